"""A report of a public extract that stands in an earlier extract too, at the same version: where that says something else, it is
told, since nobody knows which of the two holds."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scripts.ingest.extract_versions import Database
from scripts.ingest.reports import Report, without_place
from scripts.ingest.reports_kept import note_difference
from scripts.ingest.selection import Selection

Key = tuple[int, str]
"""A report by the number of its extract and what names it there."""
Lines = Mapping[str, Sequence[Mapping[str, Any]]]
"""Of a report, its lines by their table."""


def copies(database: Database, wanted: Selection, enter: Sequence[Key]) -> list[Key]:
    """Where else the reports that enter stand with the drug and event asked for; none where neither is asked for."""
    asked = [kind for kind, names in (("with_drug", wanted.drugs), ("with_event", wanted.terms)) if names]
    if not asked or not enter:
        return []
    answer = database.execute(
        """select quarter, primaryid from hits where kind in (select unnest(?::varchar[]))
        and primaryid in (select unnest(?::varchar[])) group by all having count(distinct kind) = ?""",
        [asked, sorted({report for _, report in enter}), len(asked)],
    )
    return sorted({*answer.fetchall()} - {*enter})


def compare(reports: Mapping[Key, Report], lines: Mapping[Key, Lines], others: Iterable[Key], beside: str = "") -> None:
    """Tell of the reports that enter where one of the others of their name says something else; beside: a column of lines that
    says nothing."""
    by_name = {name: (number, name) for number, name in reports}
    for key in others:
        counts = by_name[key[1]]
        if _said(lines[key], beside) != _said(lines[counts], beside):
            note_difference(reports[counts])


def _said(lines: Lines, beside: str) -> dict[str, set[tuple]]:
    """What the lines of each table say, each thing once and in whatever order."""
    return {
        table: {tuple(without_place({**row, beside: ""}).items()) for row in rows}
        for table, rows in lines.items()
        if rows
    }
