"""On request: every reported column with its E2B(R3) element and its place in a PRAC table; from the contracts."""

from pathlib import Path

import pandera.pandas as pa
import yaml

from schemas.reported import TABLES
from schemas.time_columns import is_time
from scripts.files.bundle import Bundle
from scripts.tables.shown import Shown, shown
from scripts.words.wording import NOTHING

TITLE = "Crosswalk of reported columns"
COLUMNS = ["Table", "Column", "Meaning", "E2B(R3) element", "PRAC column", "Code list"]


def build(bundle: Bundle) -> Shown:
    """One row per reported column with an element or a PRAC column. The same for every series."""
    columns = _prac()
    rows = [
        _line(table, column_name, column, _groups(columns, table, column_name))
        for table, schema in TABLES.items()
        for column_name, column in schema.columns.items()
    ]
    kept = [row for row in rows if row["E2B(R3) element"] != NOTHING or row["PRAC column"] != NOTHING]
    notes = (
        "Generated from the contracts of the reported tables; columns with neither an element nor a PRAC column are left "
        "out.",
        "PRAC columns: synthesis of GVP module IX and the signal assessment template. E2B(R3) has no element for "
        "dechallenge; it is derived from G.k.8 and E.i.7.",
    )
    return shown(TITLE, kept, COLUMNS, footnotes=notes, block="Table")


def _line(table: str, column_name: str, column: pa.Column, groups: list[str]) -> dict:
    known = column.metadata or {}
    return {
        "Table": table,
        "Column": column_name,
        "Meaning": column.title or "",
        "E2B(R3) element": known.get("e2b", NOTHING),
        "PRAC column": ", ".join(groups) or NOTHING,
        "Code list": known.get("codelist", ""),
    }


def _groups(columns: dict[str, dict[str, list[str]]], table: str, column_name: str) -> list[str]:
    prefix = column_name.rpartition("_")[0]
    return [
        group
        for group, tables in columns.items()
        if column_name in tables.get(table, []) or (is_time(table, prefix) and prefix in tables.get(table, []))
    ]


def _prac() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load((Path(__file__).parent / "prac.yaml").read_text(encoding="utf-8"))
