"""A public database as several CSV files that one number joins: selected reports out of any amount of lines.

DuckDB reads the files into a database in memory, which goes on on disk beyond its cap; names are compared once per distinct
name, by the rules of every format; only the reports that enter become Python objects, so that memory follows the selection.
Lines are records: a cell may hold breaks.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.findings import findings
from schemas.ledger import ledger
from scripts.commands.messages import UserError, say, shown
from scripts.ingest import Reading, not_read, not_selected
from scripts.ingest.csv_layout import Layout, Row, key_of, note_hits
from scripts.ingest.csv_members import PARTED, Loaded, load
from scripts.ingest.extract_files import UNREADABLE, Member, members_of, remarks
from scripts.ingest.extract_versions import (
    Database,
    add_named,
    ask,
    chosen,
    connect,
    copies,
    decide,
    find_latest,
    lost_ids,
    nearly,
    without_report,
)
from scripts.ingest.reports import Report, source_row, tables
from scripts.ingest.reports_kept import Key, compare, in_line, of_delete_list, out_line, with_progress
from scripts.ingest.selection import Selection, selection, undated, unmatched_ids
from scripts.ingest.store import catalogue, latest
from scripts.ingest.store import csv_tables as stored
from scripts.ingest.store.catalogue import Catalogue, Part
from scripts.ingest.store.damage import told_in_words

MOST_UNSELECTED = 20_000
BESIDE = "beside"
"""In a row: the headings of the cells that hold something and are not read."""
CURE = "Mend the line: its quotation marks or commas."


def read_extract(path: Path, layout: Layout, options: dict) -> Reading:
    """Read the selected reports of one or more extracts of a database."""
    path, wanted = Path(path), selection(options)
    source_id = str(options.get("source_id") or path.stem)
    top = catalogue.folder(path, layout.name.lower())
    here = catalogue.read(top) if top else None
    extracts = [] if here else _extracts(path, layout)
    with TemporaryDirectory() as folder, connect(folder) as database, told_in_words(here):
        ask(database, wanted)
        files = stored.tables(database, layout.columns, here) if here else []
        files += [
            file for n, group in enumerate(extracts) for file in _loaded(database, layout, n, group, Path(folder))
        ]
        layout = layout.of(files)
        _check_size(database, layout, wanted)
        told = note_hits(database, layout, wanted, files)
        counts = decide(database, wanted, _latest(database, layout, wanted, here))
        told += unmatched_ids(lost_ids(database, wanted)) + without_report(database)
        enter = chosen(database)
        again = copies(database, wanted, enter)
        missed = not_selected(nearly(database))
        rows = _rows(database, layout, files, [*enter, *again])
    reports = list(with_progress(_reports(layout, rows, enter), source_id))
    for report in reports:
        wanted.mark_events(report)
    of_key = dict(zip(enter, reports, strict=True))
    compare(of_key, rows, again, BESIDE)
    cases = {key: report.case_id for key, report in of_key.items()}
    told += [finding for file in files for finding in _remarks(layout, file, cases)]
    told += [finding for file in files for finding in not_read.columns(file.layout.shown, file.layout.unread)]
    told += [note for report in reports for note in report.findings] + undated(wanted, reports)
    told += [] if here else not_read.files(not_read.in_extract(path, layout.kind))
    unread = sum(len(file.rejects) for file in files if file.layout.table == layout.main)
    lines = [
        out_line(source_id, "reports", n, step) for step, n in {UNREADABLE: unread, **counts}.items() if step and n
    ]
    read = source_row(source_id, "database_listing", path.name) | tables(reports, source_id)
    lines = [*of_delete_list(source_id, wanted.deleted), *lines]
    lines += [*not_read.lines(source_id, reports), in_line(source_id, counts[""])]
    return Reading(read, findings(told), ledger(lines), missed)


def members(path: Path, layout: Layout) -> list[Member]:
    """The files of every extract; UserError where one lacks a table."""
    return [member for group in _extracts(path, layout) for member in group]


def must(layout: Layout) -> set[str]:
    """Columns that no whole extract leaves empty: what names a report, a drug and an event."""
    return {"case_id", layout.drugs[1][0], layout.events[1][0]}


def convert(member: Member, part: dict, top: Path, folder: Path, layout: Layout) -> Part:
    """Write a file as a part of a store; its entry."""
    return stored.convert(member, part, top, folder, layout)


def _extracts(path: Path, layout: Layout) -> list[list[Member]]:
    """The files of each extract, in the order of the extracts' names; every extract has all tables."""
    sorted_members = sorted(members_of(path, layout.kind), key=lambda member: (member.quarter, member.shown))
    groups = [list(group) for _, group in groupby(sorted_members, key=lambda member: member.quarter)]
    for group in groups or [[]]:
        here = {member.table for member in group}
        if missing := [table for table in layout.columns if table not in here]:
            where = f"{shown(path)}: {group[0].quarter}".rstrip(": ") if group else shown(path)
            cure = f"Give a folder or zip with all {len(layout.columns)} tables of {layout.name}."
            raise UserError(f"{where}: no file of the table {', '.join(missing)}. {cure}")
    return groups


def _loaded(database: Database, layout: Layout, number: int, group: list[Member], folder: Path) -> Iterator[Loaded]:
    for member in group:
        yield load(database, member, number, layout.columns[member.table], layout.encoding, folder, layout.optional)
    say(f"{group[0].quarter or layout.name}: scanned")


def note_keys(database: Database, here: Catalogue, layout: Layout) -> None:
    """Note the keys of all reports of a store."""
    stored.tables(database, layout.columns, here)
    _note_keys(database, layout)


def _latest(database: Database, layout: Layout, wanted: Selection, here: Catalogue | None) -> dict[str, int]:
    """Make the table of the reports that count; how many others there are, by their step."""
    if here:
        return latest.attach(database, here, wanted, lambda opened, _: _note_keys(opened, layout))
    _note_keys(database, layout)
    return find_latest(database)


def _note_keys(database: Database, layout: Layout) -> None:
    """The keys of all reports, in the order of the table: by extract, file and line, as its files were put into it."""
    version = "trim(version)" if "version" in layout.columns[layout.main] else "''"
    database.execute(
        f"""insert into keys select quarter, {layout.report}, trim(case_id), {version}, {layout.latest}, false
        from "{layout.main}" """
    )
    add_named(database, "quarter", layout.report, layout.numbers, f'"{layout.main}"')


def _check_size(database: Database, layout: Layout, wanted: Selection) -> None:
    (count,) = database.execute(f'select count(*) from "{layout.main}"').fetchone() or (0,)
    if not (wanted.drugs or wanted.terms or wanted.case_ids) and count > MOST_UNSELECTED:
        raise UserError(
            f"{count} reports and nothing to select them by: a whole database is no case series. "
            "Name `drugs` or `terms` in the source's entry of the config."
        )


def _remarks(layout: Layout, file: Loaded, cases: dict[tuple[int, str], str]) -> list[dict]:
    """Findings on a file; `cases` are those that are read, by the report that counts."""

    def case(beginning: str) -> str:
        return cases.get((file.number, key_of(layout, file, beginning)), "")

    return remarks(file.layout.shown, file.layout.guessed, file.rejects, CURE, case)


def _rows(database: Database, layout: Layout, files: list[Loaded], enter: list[Key]) -> dict[Key, dict[str, list[Row]]]:
    """The rows of the reports that enter, table by table."""
    rows_by_report: dict[Key, dict[str, list[Row]]] = {key: defaultdict(list) for key in enter}
    database.execute("create table entering(quarter int, report varchar)")
    database.execute(
        "insert into entering select unnest(?::int[]), unnest(?::varchar[])",
        [*map(list, zip(*enter, strict=True))] or [[], []],
    )
    places = {file.layout.shown: file for file in files}
    for table, columns in layout.columns.items():
        query = f"""select quarter, {layout.report} as report, file, place, beside, {", ".join(columns)} from "{table}"
            where (quarter, {layout.report}) in (select (quarter, report) from entering) order by quarter, file, place"""
        for quarter, report, file, place, beside, *cells in database.execute(query).fetchall():
            row = {column: (cell or "").strip() for column, cell in zip(columns, cells, strict=True)}
            row |= {"at_file": file, "at_row": places[file].row(place), BESIDE: beside}
            rows_by_report[quarter, report][table].append(row)
    return rows_by_report


def _reports(layout: Layout, rows: dict[Key, dict[str, list[Row]]], enter: list[Key]) -> Iterator[Report]:
    for of_report in (rows[key] for key in enter):
        main = of_report[layout.main][-1]  # the same report twice in a file: the last, as the ledger has it
        report = Report(main["case_id"], main["at_file"], int(main["at_row"]))
        layout.fill(report, main, of_report)
        beside = (row[BESIDE].split(PARTED) for few in of_report.values() for row in few)
        report.unread = frozenset(heading for names in beside for heading in names if heading)
        yield report
