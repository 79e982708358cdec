"""One CSV file of a public extract on its way into DuckDB: in UTF-8, its headings known, lines that do not fit set aside.

A file all of whose lines fit is read by DuckDB alone. Where the lines in the table are not as many as those in the file, or
one does not fit, each is looked at by itself (scripts.ingest.csv_lines) and the sound ones are read again.
"""

import csv
import unicodedata
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from scripts.commands.messages import UserError
from scripts.ingest.csv_lines import LONGEST, sound
from scripts.ingest.extract_files import Member, Reject, chunks
from scripts.ingest.extract_versions import Database
from scripts.ingest.native.encoding import mostly_utf8
from scripts.ingest.store.query import literal

LONGEST_HEADER = 1 << 16
PARTED = chr(31)
"""Between headings in the column `beside`."""


@dataclass(frozen=True)
class Layout:
    """A file's columns under our names, in its order (a blank for one that is not read), its headings that are not read,
    and its lines, the header aside."""

    shown: str
    table: str
    names: list[str]
    unread: list[str]
    guessed: str
    lines: int

    def types(self) -> dict[str, str]:
        """The columns for DuckDB, with one more in which nothing may stand."""
        return {column or f"unread {place}": "VARCHAR" for place, column in enumerate([*self.names, "surplus"])}

    def beside(self) -> str:
        """SQL of the headings that are not read and under which a line has something, with PARTED between them."""
        places = (column for column in self.types() if column.startswith("unread "))
        filled = [
            f"""case when "{place}" > ' ' then {literal(heading)} end"""
            for place, heading in zip(places, self.unread, strict=True)
            if heading
        ]
        return f"concat_ws({', '.join([literal(PARTED), *filled])})" if filled else "''"

    @property
    def last(self) -> str:
        """The last column that a line must have."""
        return list(self.types())[-2]


@dataclass(frozen=True)
class Loaded:
    """A file whose lines lie in the database: the number of its extract, and the lines that were set aside."""

    layout: Layout
    number: int
    rejects: list[Reject] = field(default_factory=list)

    def row(self, place: int) -> int:
        """The row of the n-th record that could be read, as a spreadsheet shows it."""
        at = place + 1
        for row, _, _ in self.rejects:
            at += row <= at
        return at


def load(
    database: Database,
    member: Member,
    number: int,
    columns: Mapping[str, str],
    encoding: str,
    folder: Path,
    optional: frozenset[str] = frozenset(),
) -> Loaded:
    """Put a file's lines into the table of its name: extract, file, place, headings not read, then the columns that are read; those of `optional` that
    the file lacks are blank.

    UserError where another heading that is read is missing, or too many lines do not fit.
    """
    copy = folder / "copy.csv"
    guessed, lines = _as_utf8(member, copy, encoding)
    names, unread = _names(copy, member.shown, columns, optional)
    layout = Layout(member.shown, member.table, names, unread, guessed, lines)
    rejects: list[Reject] = []
    if not _inserted(database, layout, number, list(columns), copy, parallel=True):
        lines, rejects = sound(copy, folder / "sound.csv", len(layout.names), member.shown)
        layout = replace(layout, lines=lines)
        if not _inserted(database, layout, number, list(columns), folder / "sound.csv", parallel=False):
            raise UserError(f"{member.shown}: cannot be read as CSV. Save it again as CSV UTF-8.")
    copy.unlink()
    return Loaded(layout, number, rejects)


def _as_utf8(member: Member, copy: Path, encoding: str) -> tuple[str, int]:
    """Write the file as UTF-8; what is to be said where it is neither in UTF-8 nor in the encoding of its publisher, and
    the number of its lines behind the first. A byte that is none among letters of UTF-8 makes no other encoding of the file."""
    try:
        return "", _copied(member, copy, "utf-8-sig")
    except UnicodeDecodeError as fault:
        codec, form = ("utf-8-sig", "UTF-8") if mostly_utf8(fault.object) else (encoding, encoding)
    try:
        return "", _copied(member, copy, codec)
    except UnicodeDecodeError:
        remark = f"not {form} throughout; signs that are none are shown as \ufffd"
        return remark, _copied(member, copy, codec, "replace")


def _copied(member: Member, copy: Path, codec: str, errors: str = "strict") -> int:
    """Write the file as UTF-8 without its mark; the number of its lines behind the first."""
    decoder, lines, end = getincrementaldecoder(codec)(errors), 0, b"\n"
    as_it_is = (codec, errors) == ("utf-8-sig", "strict")
    with copy.open("wb") as handle:
        for chunk in chunks(member):
            lines, end = lines + chunk.count(b"\n"), chunk[-1:] or end
            text = decoder.decode(chunk)
            whole = chunk if handle.tell() else chunk.removeprefix(BOM_UTF8)
            handle.write(whole if as_it_is else text.encode())
        handle.write(decoder.decode(b"", True).encode())
    return lines - (end == b"\n")


def _names(
    copy: Path, member_name: str, columns: Mapping[str, str], optional: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Our names of the file's columns, by their headings in one width of letters, and the headings that are not ours."""
    with copy.open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader([handle.readline(LONGEST_HEADER)]), [])
    headings = [unicodedata.normalize("NFKC", cell).strip() for cell in header]
    ours = {unicodedata.normalize("NFKC", heading): column for column, heading in columns.items()}
    if missing := [heading for heading, column in ours.items() if heading not in headings and column not in optional]:
        raise UserError(
            f"{member_name}: no column '{missing[0]}'; it has {len(header)} column(s). Is this the right file?"
        )
    if twice := [heading for heading in ours if headings.count(heading) > 1]:
        raise UserError(f"{member_name}: the column '{twice[0]}' appears twice in the header.")
    return [ours.get(heading, "") for heading in headings], [heading for heading in headings if heading not in ours]


def _inserted(
    database: Database, layout: Layout, number: int, columns: list[str], copy: Path, *, parallel: bool
) -> bool:
    """Whether every line of the file fits and lies in the table now; else none of them does."""
    try:
        _insert(database, layout, number, columns, copy, parallel=parallel)
    except duckdb.Error:  # a line that fits in no way, or breaks inside a cell, which one thread alone can follow
        return False
    here = f'from "{layout.table}" where quarter = ? and file = ?'
    count, misfits = database.execute(
        f"select count(*), count(*) filter (misfit) {here}", [number, layout.shown]
    ).fetchone() or (0, 0)
    if count == layout.lines and not misfits:
        return True
    database.execute(f"delete {here}", [number, layout.shown])
    return False


def _insert(database: Database, layout: Layout, number: int, columns: list[str], copy: Path, *, parallel: bool) -> None:
    cells = ", ".join(f"{column} varchar" for column in columns)
    fields = f"quarter int, file varchar, place bigint, misfit boolean, beside varchar, {cells}"
    database.execute(f'create table if not exists "{layout.table}"({fields})')
    database.execute(
        f"""insert into "{layout.table}" select ?, ?, row_number() over (),
        "{layout.last}" is null or surplus is not null, {layout.beside()}, {", ".join(cell if cell in layout.names else "''" for cell in columns)}
        from read_csv(?, columns={layout.types()}, auto_detect=false, header=false, skip=1, delim=',', quote='"',
        escape='"', max_line_size={LONGEST}, nullstr=chr(1), null_padding=true, parallel={str(parallel).lower()})""",
        [number, layout.shown, str(copy)],
    )
