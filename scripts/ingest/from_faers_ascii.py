"""FAERS quarterly ASCII extracts, before and after 2012Q4: a quarter's zip, a folder, or a folder of several.

Select with `drugs`, `terms`, `roles`, `period` and `deleted` (case ids, or files of them; delete lists inside
the extract are used by themselves). A case is its caseid, and its highest version is used.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from schemas.findings import findings
from schemas.ledger import ledger
from scripts.ingest import Reading, faers_selection
from scripts.ingest.faers_files import TABLES, Clean, Member, clean, members
from scripts.ingest.faers_report import Row
from scripts.ingest.faers_report import report as fill_in
from scripts.ingest.faers_tables import Reject, Scan, connect
from scripts.ingest.reports import Report, source_row, tables
from scripts.ingest.selection import Selection, in_line, listed, out_line, selection
from scripts.messages import UserError, say, shown

FORMAT = "FAERS quarterly ASCII extract: zip, folder, or folder of several quarters"

UNREADABLE = "line that does not fit its header"
MOST_SHOWN = 50

Lines = dict[tuple[int, str], tuple[Scan, list[int]]]
"""Of each quarter and table: the file as scanned, and the numbers of the lines passed over in it."""


def read(path: Path, **options: object) -> Reading:
    """Read the selected reports of one or more quarters."""
    path = Path(path)
    source_id = str(options.get("source_id") or path.stem)
    found = members(path)
    wanted = _with_delete_lists(options, found)
    with TemporaryDirectory() as folder, connect(folder) as database:
        faers_selection.prepare(database)
        lines, remarks = _scan(database, found, Path(folder), wanted)
        remarks += faers_selection.unmatched(database, wanted)
        counts = faers_selection.decide(database, wanted)
        reports = list(_reports(database, lines))
    for report in reports:
        wanted.mark_events(report)
    unreadable = sum(len(passed) - len(scan.file.blank_lines) for (_, table), (scan, passed) in lines.items()
                     if table == "DEMO")  # fmt: skip
    went = [out_line(source_id, "reports", count, step) for step, count in counts.items() if step and count]
    if unreadable:
        went.insert(0, out_line(source_id, "reports", unreadable, UNREADABLE))
    read = source_row(source_id, "database_listing", path.name) | tables(reports, source_id)
    notes = [note for report in reports for note in report.findings]
    return Reading(read, findings(remarks + notes), ledger([*went, in_line(source_id, counts[""])]))


def _scan(
    database: duckdb.DuckDBPyConnection, found: list[Member], folder: Path, wanted: Selection
) -> tuple[Lines, list[dict]]:
    """Pass over the quarters one after another; of each only the rows that could enter stay."""
    lines: Lines = {}
    remarks: list[dict] = []
    data = sorted((one for one in found if one.table in TABLES), key=lambda one: one.quarter)
    for number, (quarter, group) in enumerate(groupby(data, key=lambda one: one.quarter)):
        with _unpacked(list(group), folder) as scans:
            rejects = faers_selection.scan_quarter(database, number, scans, wanted)
        for table in TABLES:
            scan = scans[table]()
            lines[number, table] = (
                scan,
                sorted([*scan.file.blank_lines, *(line for line, *_ in rejects[table])]),
            )
            remarks += _remarks(scan, rejects[table])
            scan.file.path.unlink()
        say(f"{quarter}: scanned")
    return lines, remarks


@contextmanager
def _unpacked(group: list[Member], folder: Path) -> Iterator[dict[str, Callable[[], Scan]]]:
    """Clean copies of a quarter's files, made side by side; each is waited for when it is asked for."""
    here = {member.table: member for member in group}
    missing = [name for name in TABLES if name not in here]
    if missing or len(group) > len(here):
        fault = f"has no {', '.join(missing)}" if missing else "has a table twice"
        raise UserError(f"{group[0].shown}: {group[0].quarter} {fault}. Give each quarter once and whole.")
    with ThreadPoolExecutor(2) as workers:
        copies = {table: workers.submit(_scanned, here[table], folder) for table in TABLES}
        yield {table: copy.result for table, copy in copies.items()}


def _scanned(member: Member, folder: Path) -> Scan:
    return Scan(clean(member, folder))


def _remarks(scan: Scan, bad: list[Reject]) -> Iterator[dict]:
    """Findings on a file: its encoding, and the lines left out, the first of them one by one."""
    if scan.file.recoded:
        yield _remark(
            scan.file, 0, "warning", "not UTF-8 throughout; read as Windows-1252", "Check names with accents."
        )
    for line, why, beginning in bad[:MOST_SHOWN]:
        what = f"line left out: {why.lower()} ({len(scan.file.header)} expected)"
        yield _remark(scan.file, line, "error", what, "A $ inside a field or a broken line: mend the line.", beginning)
    if len(bad) > MOST_SHOWN:
        what = f"{len(bad) - MOST_SHOWN} more lines left out"
        yield _remark(scan.file, 0, "error", what, "See the lines named; the file may be damaged.")


def _remark(file: Clean, row: int, severity: str, what: str, cure: str, value: str = "") -> dict:
    return {"rule": "readable", "severity": severity, "table": "reports", "file": file.shown, "row": row,
            "value": value, "what": what, "cure": cure}  # fmt: skip


def _with_delete_lists(options: dict, found: list[Member]) -> Selection:
    """The selection, with the cases of the extract's own delete lists and of the files named in `deleted`."""
    wanted = selection(options | {"deleted": ()})
    deleted = {line for member in found if member.table == "DELETED" for line in _case_ids(member.open().read())}
    for given in listed(options, "deleted"):
        file = Path(given)
        if given.isdigit():
            deleted.add(given)
        elif file.is_file():
            deleted.update(_case_ids(file.read_bytes()))
        else:
            raise UserError(f"deleted: {shown(file)} is neither a case id nor a file of case ids.")
    return replace(wanted, deleted=frozenset(deleted))


def _case_ids(content: bytes) -> list[str]:
    """One case id per line, whatever else the line holds after a $ or a comma."""
    first_cells = (line.replace("$", ",").split(",")[0].strip() for line in content.decode("latin-1").splitlines())
    return [cell for cell in first_cells if cell.isdigit()]


def _reports(database: duckdb.DuckDBPyConnection, lines: Lines) -> Iterator[Report]:
    """The reports that enter, in the order of quarters and of DEMO."""
    rows: dict[tuple[int, str], dict[str, list[Row]]] = {}
    for table in sorted(TABLES):  # DEMO first: its order is the order of the reports
        columns, cells = faers_selection.chosen(database, table)
        for line in cells:
            number, ordinal, row = line[0], line[1], _row(columns[2:], line[2:])
            scan, passed = lines[number, table]
            row["at_file"], row["at_row"] = scan.file.shown, scan.line(ordinal, passed)
            of_report = rows.setdefault((number, row["primaryid"]), defaultdict(list))
            of_report[table].append(row)
    for of_report in rows.values():
        demo = of_report["DEMO"][0]
        yield fill_in(Report(demo["caseid"], demo["at_file"], demo["at_row"]), of_report)


def _row(columns: list[str], cells: tuple) -> Row:
    return {name: (cell or "").strip() for name, cell in zip(columns, cells, strict=True)}
