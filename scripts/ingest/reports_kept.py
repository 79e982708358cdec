"""The latest version of every case that a selection keeps, and the ledger of all reports read.

A case is judged by its latest version only: an older version that would have matched never stands in for it.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from scripts.commands.progress import told
from scripts.ingest.reports import Report, without_place
from scripts.ingest.selection import ASKED, Selection, received
from scripts.records.versions.of_cases import DELETED, NULLIFIED

OLDER, AGAIN = "older version", "the same version again"
UNREADABLE = "report that cannot be read"
NO_ID = "no case identifier"


Key = tuple[int, str]
"""A report of an extract by the number of the extract and what names it there."""
Lines = Mapping[str, Sequence[Mapping[str, Any]]]
"""Of a report of an extract, its lines by their table."""


def latest(
    reports: Iterable[Report], wanted: Selection, source: str, broken: list[Report]
) -> tuple[list[Report], list[dict], list[dict[str, str]]]:
    """The latest version of every case that the selection keeps, the ledger of all reports read, and the cases nearly kept.

    Reports that cannot be read, or bear no id, go to `broken`. Holds the rows of kept reports only, so memory follows the selection and not the source.
    """
    best: dict[str, tuple[tuple, str, Report | None]] = {}
    out: Counter[str] = Counter()
    lines: list[dict] = []
    nearly: dict[str, dict[str, str]] = {}
    for report in with_progress(reports, source):
        if report.broken:
            record_name = report.case_id or (f"report {report.at_row}" if report.at_row else report.at_file)
            lines.append(out_line(source, record_name, 1, UNREADABLE))
            broken.append(report)
            continue
        if not report.case_id:
            lines.append(out_line(source, f"{report.at_file}: report {report.at_row}", 1, NO_ID))
            broken.append(replace(report, broken=NO_ID))
            continue
        reason = wanted.refusal(report)
        held = best.get(report.case_id)
        if held and held[0] > report.order:
            lines.append(out_line(source, report.case_id, 1, OLDER))
            continue
        if held:
            again = held[0] == report.order
            lines.append(out_line(source, report.case_id, 1, AGAIN if again else OLDER))
            if again and held[2] and not reason and _said(held[2]) != _said(report):
                note_difference(report)
        nearly.pop(report.case_id, None)
        if reason and wanted.nearly(report, reason):
            nearly[report.case_id] = _not_selected(report, reason)
        best[report.case_id] = (report.order, reason, None if reason else report.keep())
    for case, (_, reason, _) in best.items():
        if reason in (NULLIFIED, DELETED):
            lines.append(out_line(source, case, 1, reason))
        elif reason:
            out[reason] += 1
    lines += [out_line(source, "reports", out[step], step) for step in ASKED if out[step]]
    kept = [report for _, _, report in best.values() if report]
    return kept, [*lines, in_line(source, len(kept))], list(nearly.values())


def _not_selected(report: Report, reason: str) -> dict[str, str]:
    version = report.rows.get("reports", [{}])[0].get("version", "")
    return {"case_id": report.case_id, "version": version, "latest_information": received(report), "reason": reason}


def _said(report: Report) -> dict[str, list[dict]]:
    """The rows of a report without their place."""
    return {table: [without_place(row) for row in rows] for table, rows in report.rows.items()}


def note_difference(report: Report) -> None:
    """Tell of a report that the same version of it came again with something else."""
    what = "the same version of this case came again and says something else; the last one is read"
    report.note("reports", "version", "", what, "Ask the sender which of them holds.")


def compare(reports: Mapping[Key, Report], lines: Mapping[Key, Lines], others: Iterable[Key], beside: str = "") -> None:
    """Tell of the reports that enter where one of the others of their name says something else; beside: a column of lines that
    says nothing."""
    by_name = {name: (number, name) for number, name in reports}
    for key in others:
        counts = by_name[key[1]]
        if _lines_say(lines[key], beside) != _lines_say(lines[counts], beside):
            note_difference(reports[counts])


def _lines_say(lines: Lines, beside: str) -> dict[str, set[tuple]]:
    """What the lines of each table say, each thing once and in whatever order."""
    return {
        table: {tuple(without_place({**row, beside: ""}).items()) for row in rows}
        for table, rows in lines.items()
        if rows
    }


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows are texts in dicts, which go when the last one lets go of them: while they gather, Python need not look for cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def in_line(source: str, records: int) -> dict:
    """The ledger line for what stays at ingest."""
    return {
        "stage": "ingest",
        "source": source,
        "record": "reports",
        "records": records,
        "decision": "in",
        "reason": "read",
        "rule": "ingest",
    }


def out_line(source: str, record: str, records: int, reason: str) -> dict:
    """A ledger line for what leaves at ingest."""
    rule = "selection" if reason in ASKED else "ingest"
    return {
        "stage": "ingest",
        "source": source,
        "record": record,
        "records": records,
        "decision": "out",
        "reason": reason,
        "rule": rule,
    }


def of_delete_list(source: str, deleted: Iterable[str]) -> list[dict]:
    """A line for each case that its publisher withdrew, which stands for no record of this source: other sources may hold it."""
    return [out_line(source, case, 0, DELETED) for case in sorted(deleted)]


def with_progress(reports: Iterable[Report], source: str) -> Iterator[Report]:
    """The reports, with a word on the terminal every few seconds."""
    return told(reports, lambda count: f"{source}: {count} reports read")
