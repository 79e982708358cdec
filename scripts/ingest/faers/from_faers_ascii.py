"""FAERS quarterly ASCII extracts, before and after 2012Q4: a quarter's zip, a folder, or a folder of several.

Delete lists inside the extract are used by themselves. A case is its caseid, and its highest version is used.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.findings import findings
from schemas.ledger import ledger
from scripts.commands.messages import UserError, say
from scripts.ingest import Reading, not_read, not_selected
from scripts.ingest.extract_files import UNREADABLE, Member, remarks
from scripts.ingest.extract_versions import ask, chosen, connect, copies, decide, lost_ids, nearly, without_report
from scripts.ingest.faers import stored
from scripts.ingest.faers.files import BESIDE, TABLES, members, others
from scripts.ingest.faers.lines import Kept, Row
from scripts.ingest.faers.report import report as fill_in
from scripts.ingest.faers.selection import Search
from scripts.ingest.faers.stored import MUST, StoredTable, convert, note_keys
from scripts.ingest.faers.stored_search import StoredSearch
from scripts.ingest.options import OfReports
from scripts.ingest.reports import Report, source_row, tables
from scripts.ingest.reports_kept import Key, compare, in_line, of_delete_list, out_line, with_progress
from scripts.ingest.selection import Selection, selection, undated, unmatched_ids
from scripts.ingest.store import catalogue
from scripts.ingest.store.damage import told_in_words

FORMAT = "FAERS quarterly ASCII extract: zip, folder, or folder of several quarters"
Options = OfReports
__all__ = ["FORMAT", "MUST", "Options", "convert", "members", "note_keys", "read"]

Quarters = list[dict[str, Kept]]
"""Of each quarter and table: the lines of reports that could enter."""


def read(path: Path, **options: object) -> Reading:
    """Read the selected reports of one or more quarters."""
    path = Path(path)
    source_id = str(options.get("source_id") or path.stem)
    top = catalogue.folder(path, "faers_ascii")
    here = catalogue.read(top) if top else None
    with TemporaryDirectory() as folder, connect(folder) as database, told_in_words(here):
        source_tables = stored.members(here, database) if here else members(path)
        wanted = _with_delete_lists(options, source_tables)
        ask(database, wanted)
        search = (
            StoredSearch(wanted, database, Path(folder), here=here) if here else Search(wanted, database, Path(folder))
        )
        quarters = list(_searched_quarters(search, source_tables))
        told = search.unmatched()
        counts = decide(database, wanted, search.latest())
        told += unmatched_ids(lost_ids(database, wanted)) + without_report(database)
        enter = chosen(database)
        again = copies(database, wanted, enter)
        missed = not_selected(nearly(database))
        quarters = search.of_entered(quarters, [*enter, *again])
    reports = list(with_progress(_reports(quarters, enter, again), source_id))
    for report in reports:
        wanted.mark_events(report)
    cases = {key: report.case_id for key, report in zip(enter, reports, strict=True)}
    told += [
        remark
        for number, quarter in enumerate(quarters)
        for kept in quarter.values()
        for remark in _remarks(kept, partial(_case_of, cases, number))
    ]
    told += [note for report in reports for note in report.findings] + undated(wanted, reports)
    told += [] if here else others(path)
    read = source_row(source_id, "database_listing", path.name) | tables(reports, source_id)
    lines = [*of_delete_list(source_id, wanted.deleted), *not_read.lines(source_id, reports)]
    lines += _ledger(source_id, quarters, counts)
    return Reading(read, findings(told), ledger(lines), missed)


def _ledger(source_id: str, quarters: Quarters, counts: dict[str, int]) -> Iterator[dict]:
    unreadable = sum(len(quarter["DEMO"].rejects) for quarter in quarters)
    for step, count in {UNREADABLE: unreadable, **counts}.items():
        if step and count:
            yield out_line(source_id, "reports", count, step)
    yield in_line(source_id, counts[""])


def _searched_quarters(search: Search, members: Sequence[Member | StoredTable]) -> Iterator[dict[str, Kept]]:
    """Pass over the quarters one after another; of each only the lines that could enter stay."""
    data = sorted((file for file in members if file.table in (*TABLES, *BESIDE)), key=lambda file: file.quarter)
    for number, (quarter, group) in enumerate(groupby(data, key=lambda file: file.quarter)):
        yield search.quarter(number, _whole(quarter, list(group)))
        say(f"{quarter}: scanned")


def _whole(quarter: str, group: list[Member | StoredTable]) -> dict[str, Member | StoredTable]:
    """The files of a quarter by their table, each there and there once."""
    here = {member.table: member for member in group}
    missing = [table for table in TABLES if table not in here]
    if missing or len(group) > len(here):
        fault = f"has no {', '.join(missing)}" if missing else "has a table twice"
        raise UserError(f"{group[0].shown}: {quarter} {fault}. Give each quarter once, complete.")
    return here


def _case_of(cases: dict[tuple[int, str], str], number: int, beginning: str) -> str:
    """The case of a line of a quarter by how the line begins, where it is read; else a blank."""
    return cases.get((number, beginning.partition("$")[0]), "")


def _remarks(kept: Kept, case: Callable[[str], str]) -> list[dict]:
    """Findings on a file: its encoding, the lines left out, the columns of which nobody knows."""
    guessed = "not UTF-8 throughout; read as Windows-1252" if kept.guessed else ""
    bad = [(line, f"{why} ({len(kept.layout.header)} expected)", beginning) for line, why, beginning in kept.rejects]
    told = remarks(kept.shown, guessed, bad, "Mend the line: a $ in a field, or a break.", case)
    return told + not_read.columns(kept.shown, kept.layout.unread)


def _with_delete_lists(options: dict, members: Sequence[Member | StoredTable]) -> Selection:
    """The selection, with the extract's own delete lists and those named in `deleted`."""
    wanted = selection(options)
    lists = [stored.deleted(member) for member in members if member.table == "DELETED"]
    return replace(wanted, deleted=wanted.deleted | {case for ids in lists for case in ids})


def _reports(quarters: Quarters, enter: list[Key], again: list[Key]) -> Iterator[Report]:
    """The reports that enter, in the order of quarters and of DEMO; again: where they stand at the same version too."""
    rows: dict[Key, dict[str, list[Row]]] = {key: defaultdict(list) for key in (*enter, *again)}
    beside: dict[Key, set[str]] = {key: set() for key in rows}
    for number, quarter in enumerate(quarters):
        for table, kept in quarter.items():
            for report, row in kept.rows():
                if (number, report) in rows:
                    rows[number, report][table].append(row)
            for report, line in kept.texts():
                if (number, report) in rows:
                    beside[number, report].update(kept.layout.beside(line))
    # the same report twice in a file: the last, as the ledger has it
    demos = {key: rows[key]["DEMO"][-1] for key in enter}
    reports = {
        key: Report(demo["caseid"], demo["at_file"], demo["at_row"], unread=frozenset(beside[key]))
        for key, demo in demos.items()
    }
    compare(reports, rows, again)
    for key, case_report in reports.items():
        yield fill_in(case_report, demos[key], rows[key])
