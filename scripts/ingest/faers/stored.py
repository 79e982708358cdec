"""FAERS tables in a store: a table of a quarter becomes a part, and a part answers what a file is asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from scripts.commands.messages import UserError
from scripts.ingest.extract_files import Member, chunks
from scripts.ingest.extract_versions import Database
from scripts.ingest.faers import lines as files
from scripts.ingest.faers.lines import MOST_KEPT, Block, Kept, Places, Row, everything, nothing
from scripts.ingest.faers.search import Either, Naming, Reports
from scripts.ingest.faers.tables import Layout
from scripts.ingest.faers.versions import in_file
from scripts.ingest.store.catalogue import Part, read, row
from scripts.ingest.store.query import database, literal, name, parquet
from scripts.ingest.store.writing import copied, described

NAMED = {"DRUG": ("drugname", "prod_ai"), "REAC": ("pt",)}
"""Columns in which a name is looked for."""
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

    def kept(self, wanted: Callable[[Block], Places]) -> Kept:
        """What `keep` would give of the file."""
        stored_rows = []
        if wanted is not nothing:
            condition, values = self._where(wanted)
            cells = ", ".join(map(name, self.layout.columns))
            query = f"select place, {cells} from {parquet(self.file)} where {condition} order by place"
            stored_rows = self.opened.cursor().execute(query, values).fetchall()
        if len(stored_rows) > MOST_KEPT:
            raise UserError(f"{self.shown}: more than {MOST_KEPT} lines are selected. Narrow `drugs` or `terms`.")
        texts = [(row(self.part, place), "$".join(cells)) for place, *cells in stored_rows]
        return Kept(self.shown, self.layout, texts, self.part.rejects, self.part.layout["guessed"])

    def rows(self, wanted: Callable[[Block], Places], *columns: str) -> Iterator[tuple[str, Row]]:
        """Some cells, under today's names, of the lines wanted; each line after the report it belongs to."""
        condition, values = self._where(wanted)
        cells = [name(here) if (here := self.layout.name_here(column)) else "''" for column in columns]
        query = (
            f"select {', '.join([name(self.layout.columns[0]), *cells])} from {parquet(self.file)} where {condition}"
        )
        for report, *row_cells in self.opened.cursor().execute(query, values).fetchall():
            yield report, dict(zip(columns, row_cells, strict=True))

    def _where(self, wanted: Callable[[Block], Places]) -> tuple[str, list]:
        """SQL of the lines wanted, and its values; a line too many does no harm."""
        if wanted is everything:
            return "true", []
        if isinstance(wanted, Reports):
            return f"{name(self.layout.columns[0])} in (select unnest(?::varchar[]))", [sorted(wanted.reports)]
        if isinstance(wanted, Naming):
            cells = [name(here) for column in NAMED[self.table] if (here := self.layout.name_here(column))]
            return " or ".join(_naming(cell, wanted.said) for cell in cells), []
        assert isinstance(wanted, Either)
        (first, first_values), (second, other) = map(self._where, wanted.wanted)
        return f"({first}) or ({second})", [*first_values, *other]

    def values(self, column: str, most: int) -> list[str]:
        """Distinct values of a column, at most so many, in the order of the file."""
        cell = name(self.layout.name_here(column))
        query = f"select {cell} from {parquet(self.file)} group by 1 order by min(place) limit {most}"
        return [value for (value,) in self.opened.cursor().execute(query).fetchall()]


def _naming(cell: str, names: list[str]) -> str:
    """SQL of the cells that hold all words of a name, and of all that are not ASCII."""
    words = [" and ".join(f"contains(lower({cell}), {literal(word)})" for word in term.split()) for term in names]
    return " or ".join([f"strlen({cell}) <> length({cell})", *(f"({each})" for each in words)])


def members(top: Path, opened: Database) -> list[StoredTable]:
    """The tables of every quarter in a store, asked by way of a database."""
    return [StoredTable(part, top / part.path, opened) for part in read(top)]


def keep(member: Member | StoredTable, wanted: Callable[[Block], Places], sound: Callable | None = None) -> Kept:
    """The lines wanted of a file, or of a part."""
    return member.kept(wanted) if isinstance(member, StoredTable) else files.keep(member, wanted, sound)


def convert(member: Member, part: dict, top: Path, folder: Path) -> Part:
    """Write a table of a quarter as a part of the store; its entry. folder: for a copy."""
    if member.table == "DELETED":
        return _deleted(member, part, top)
    copy = folder / f"{member.table}.txt"
    kept = files.copied(member, copy)
    select = f"select row_number() over () as place, * from {in_file(copy, kept.layout)}"
    known = {"header": kept.layout.header, "guessed": kept.guessed}
    with database() as opened:
        told = {"records": copied(opened, select, top / part["path"]), "layout": known}
        copy.unlink()
        told |= {"left_out": kept.left_out, "rejects": kept.rejects}
        return described(opened, part, top, kept.layout.columns, **told)


def _deleted(member: Member, part: dict, top: Path) -> Part:
    ids = case_ids(b"".join(chunks(member)))
    with database() as opened:
        opened.execute("create or replace table ids as select unnest(?::varchar[]) as caseid", [ids])
        records = copied(opened, "select row_number() over () as place, caseid from ids", top / part["path"])
        known = {"header": ["caseid"], "guessed": False}
        return described(opened, part, top, [], records=records, left_out=[], rejects=[], layout=known)


def case_ids(content: bytes) -> list[str]:
    """The cases of a delete list: one case id per line, whatever else the line holds after a $ or a comma."""
    lines = content.decode("latin-1").replace("$", ",").splitlines()
    return [case for line in lines if (case := line.split(",")[0].strip()).isdigit()]


def deleted(member: Member | StoredTable) -> list[str]:
    """The cases that a delete list names, in a file or a part."""
    return member.values("caseid", MOST_KEPT) if isinstance(member, StoredTable) else case_ids(b"".join(chunks(member)))
