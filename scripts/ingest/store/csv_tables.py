"""CSV files of VAERS and JADER in a store: a file becomes a part, and parts become the tables that their reader asks."""

from collections.abc import Mapping
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.ingest import csv_layout
from scripts.ingest.csv_members import Layout, Loaded, load
from scripts.ingest.extract_files import Member
from scripts.ingest.extract_versions import Database
from scripts.ingest.store.catalogue import Catalogue, Part
from scripts.ingest.store.damage import CURE
from scripts.ingest.store.distribution import looked_at
from scripts.ingest.store.query import database, literal, parquet
from scripts.ingest.store.writing import copied, described


def convert(member: Member, part: dict, top: Path, folder: Path, layout: csv_layout.Layout) -> Part:
    """Write the columns of a file that are read; the entry of the part. folder: for copies."""
    columns = layout.columns[member.table]
    with database() as opened:
        file = load(opened, member, 0, columns, layout.encoding, folder, layout.optional)
        select = f'select place, beside, {", ".join(columns)} from "{member.table}" order by place'
        records = copied(opened, select, top / part["path"])
        opened.execute(f'drop table "{member.table}"')
        of_file = file.layout
        lacking = [column for column in columns if column not in of_file.names]
        known = {
            "names": of_file.names,
            "lacking": lacking,
            "unread": of_file.unread,
            "guessed": of_file.guessed,
            "lines": of_file.lines,
        }
        left_out = [row for row, _, _ in file.rejects]
        told = {"records": records, "left_out": left_out, "rejects": file.rejects, "layout": known}
        seen = looked_at(opened, top / part["path"], columns, records)
        return described(opened, part, top, columns, seen, **told)


def tables(opened: Database, columns: Mapping[str, Mapping[str, str]], here: Catalogue) -> list[Loaded]:
    """Lay the parts of every extract out as the tables of their names; what the reader knows of their files."""
    top, parts = here.top, here.parts
    numbers = {extract: number for number, extract in enumerate(sorted({part.extract for part in parts}))}
    for table, cells in columns.items():
        table_parts = [part for part in parts if part.table == table]
        if missing := sorted(numbers.keys() - {part.extract for part in table_parts}):
            raise UserError(f"{shown(top)}: {missing[0]} has no table {table}. {CURE}")
        if old := [
            part for part in table_parts if not {*cells} <= {*part.layout["names"], *part.layout.get("lacking", ())}
        ]:
            raise UserError(
                f"{shown(top)}: {old[0].extract}: {old[0].table} was stored without columns that are read now. {CURE}"
            )
        each = [
            f"select {numbers[part.extract]} as quarter, {literal(part.file)} as file, place, false as misfit, beside, "
            f"{', '.join(cells)} from {parquet(top / part.path)}"
            for part in table_parts
        ]
        opened.execute(f'create view "{table}" as {" union all ".join(each)}')
    return [_loaded(part, numbers[part.extract]) for part in parts]


def _loaded(part: Part, number: int) -> Loaded:
    known = part.layout
    layout = Layout(part.file, part.table, known["names"], known["unread"], known["guessed"], known["lines"])
    return Loaded(layout, number, part.rejects)
