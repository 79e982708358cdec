"""FAERS tables in a store: a table of a quarter becomes a part, and a part answers what a file is asked."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path

from scripts.commands.messages import UserError
from scripts.ingest.extract_files import Member, deleted_cases
from scripts.ingest.extract_versions import Database
from scripts.ingest.faers import copies
from scripts.ingest.faers.lines import MOST_KEPT, Kept, Row
from scripts.ingest.faers.search import Naming
from scripts.ingest.faers.tables import Layout
from scripts.ingest.faers.versions import add_keys, in_file
from scripts.ingest.store.catalogue import Catalogue, Part, row
from scripts.ingest.store.distribution import every
from scripts.ingest.store.query import database, literal, name, parquet
from scripts.ingest.store.writing import copied, described

NAMED = {"DRUG": ("drugname", "prod_ai"), "REAC": ("pt",)}
"""Columns in which a name is looked for."""
REPORT, NUMBER = "report_number", re.compile(r"[1-9][0-9]{0,17}")
"""A column beside those of the file: the report of the line, where its text is that of a number and no other."""
AT_ONCE = 10_000
"""Lines that are fetched at once."""
MUST = ("primaryid", "isr", "caseid", "case", "pt", "drugname", "role_cod", "outc_cod", "outc_code", "indi_pt")
"""Columns that no whole quarter leaves empty."""


@dataclass(frozen=True)
class StoredTable:
    """A table of a quarter in a store; it stands where a file of the quarter stands."""

    part: Part
    file: Path
    opened: Database

    @property
    def shown(self) -> str:
        return self.part.file

    @property
    def table(self) -> str:
        return self.part.table

    @property
    def quarter(self) -> str:
        return self.part.extract

    @cached_property
    def layout(self) -> Layout:
        return Layout(self.table, tuple(self.part.layout["header"]))

    @property
    def numbered(self) -> bool:
        """Whether the number of its report stands in every line, which is sought and read in a fraction of the time of its text."""
        return self.part.layout.get("numbered", False)

    @property
    def report(self) -> str:
        """SQL of the report that a line belongs to, as it stands there."""
        return f"cast({REPORT} as varchar)" if self.numbered else name(self.layout.columns[0])

    def told(self) -> Kept:
        """What `keep` would tell of the file, without any line."""
        return Kept(self.shown, self.layout, [], self.part.rejects, self.part.layout["guessed"])

    def naming(self, names: Iterable[str], *columns: str) -> Iterator[tuple[str, Row]]:
        """Some cells, under today's names, of the lines that could name one of the names; each after the report it belongs to."""
        looked = [name(here) for column in NAMED[self.table] if (here := self.layout.name_here(column))]
        where = " or ".join(_naming(cell, Naming(names).said) for cell in looked)
        cells = [name(here) if (here := self.layout.name_here(column)) else "''" for column in columns]
        query = f"select {', '.join([self.report, *cells])} from {parquet(self.file)} where {where}"
        for report, *row_cells in self.opened.cursor().execute(query).fetchall():
            yield report, {column: cell.strip() for column, cell in zip(columns, row_cells, strict=True)}

    def terms(self, most: int) -> set[str]:
        """The distinct terms of a table of reactions, as far as there is room for them."""
        return {value.strip() for value in self.values("pt", most)} - {""}

    def values(self, column: str, most: int) -> list[str]:
        """Distinct values of a column, at most so many, in the order of the file."""
        cell = name(self.layout.name_here(column))
        query = f"select {cell} from {parquet(self.file)} group by 1 order by min(place) limit {most}"
        return [value for (value,) in self.opened.cursor().execute(query).fetchall()]


def _naming(cell: str, names: list[str]) -> str:
    """SQL of the cells that hold all words of a name, and of all that are not ASCII."""
    words = [" and ".join(f"contains(lower({cell}), {literal(word)})" for word in term.split()) for term in names]
    return " or ".join([f"strlen({cell}) <> length({cell})", *(f"({each})" for each in words)])


def lines_of(tables: Iterable[StoredTable], reports: Iterable[str]) -> dict[Path, list[tuple[int, str]]]:
    """The lines of some reports, with their numbers, by the file of their table; of a report of another file too."""
    lines: dict[Path, list[tuple[int, str]]] = {}
    for _, group in groupby(sorted(tables, key=_kind), key=_kind):
        alike = {table.file.as_posix(): table for table in group}
        for file, place, *cells in _asked(list(alike.values()), sorted(set(reports))):
            lines.setdefault(alike[file].file, []).append((row(alike[file].part, place), "$".join(cells)))
    if many := [table for table in tables if len(lines.get(table.file, [])) > MOST_KEPT]:
        raise UserError(f"{many[0].shown}: more than {MOST_KEPT} lines are selected. Narrow `drugs` or `terms`.")
    return lines


def _kind(table: StoredTable) -> tuple:
    """Tables that one query can ask."""
    return table.table, table.layout.header, table.numbered


def _asked(tables: list[StoredTable], reports: list[str]) -> Iterator[tuple]:
    """File, place and cells of the lines of some reports; a cell that nobody asks for is left blank."""
    first = tables[0]
    key, kind = (REPORT, "bigint") if first.numbered else (first.report, "varchar")
    reports = [report for report in reports if NUMBER.fullmatch(report)] if first.numbered else reports
    asked_for = first.layout.read | {*first.layout.unread}
    cells = [name(cell) if cell in asked_for else "''" for cell in first.layout.columns[1:]]
    query = f"""select filename, place, {", ".join([first.report, *cells])} from {parquet(*(table.file for table in tables))}
        where {key} in (select unnest(?::{kind}[])) order by filename, place"""
    asked = first.opened.cursor().execute(query, [reports])
    while rows := asked.fetchmany(AT_ONCE):
        yield from rows


def members(here: Catalogue, opened: Database) -> list[StoredTable]:
    """The tables of every quarter in a store, asked by way of a database."""
    return [StoredTable(part, here.top / part.path, opened) for part in here.parts]


def note_keys(database: Database, here: Catalogue) -> None:
    """Note the keys of all reports of a store, its quarters numbered in the order of their names."""
    parts = [part for part in members(here, database) if part.table != "DELETED"]
    numbers = {quarter: number for number, quarter in enumerate(sorted({part.quarter for part in parts}))}
    for part in parts:
        if part.table == "DEMO":
            add_keys(database, numbers[part.quarter], part.layout, parquet(part.file))


def convert(member: Member, part: dict, top: Path, folder: Path) -> Part:
    """Write a table of a quarter as a part of the store; its entry. folder: for a copy."""
    if member.table == "DELETED":
        return _deleted(member, part, top)
    copy = folder / f"{member.table}.txt"
    kept = copies.copied(member, copy).told
    report = name(kept.layout.columns[0])
    number = f"try_cast({report} as bigint)"
    same = f"case when cast({number} as varchar) = {report} then {number} end as {REPORT}"
    select = f"select row_number() over () as place, {same}, * from {in_file(copy, kept.layout)}"
    with database() as opened:
        records = copied(opened, select, top / part["path"])
        seen = _looked_at(copy, records)
        copy.unlink()
        (numbers,) = opened.execute(f"select count({REPORT}) from {parquet(top / part['path'])}").fetchone() or (0,)
        known = {"header": kept.layout.header, "guessed": kept.guessed, "numbered": numbers == records}
        told = {"records": records, "layout": known}
        told |= {"left_out": kept.left_out, "rejects": kept.rejects}
        return described(opened, part, top, kept.layout.columns, seen, **told)


def _looked_at(copy: Path, records: int) -> list[list[str]]:
    """The lines by which the columns are judged: quicker out of the text than out of all columns of the part."""
    step = every(records)
    with copy.open("rb") as lines:
        return [line[:-1].decode().split("$") for line in islice(lines, step - 1, None, step)]


def _deleted(member: Member, part: dict, top: Path) -> Part:
    ids = deleted_cases(member)
    with database() as opened:
        opened.execute("create or replace table ids as select unnest(?::varchar[]) as caseid", [ids])
        records = copied(opened, "select row_number() over () as place, caseid from ids", top / part["path"])
        known = {"header": ["caseid"], "guessed": False}
        return described(opened, part, top, [], [], records=records, left_out=[], rejects=[], layout=known)


def deleted(member: Member | StoredTable) -> list[str]:
    """The cases that a delete list names, in a file or a part."""
    return member.values("caseid", MOST_KEPT) if isinstance(member, StoredTable) else deleted_cases(member)
