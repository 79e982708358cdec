"""Tables in a canonical order, so that no answer depends on the order of rows, files or columns."""

import re

import pandas as pd

from schemas.codes import codes
from schemas.contract import PLACE
from schemas.reported import TABLES

FIRST = {"reactions": ("case_id", "course", "role"), "tests": ("case_id", "course")}
"""Columns that go before the key: what belongs to one course stands together, the event before its signs."""
ROLES = {code: str(place) for place, code in enumerate(codes("reaction_role"))}
DIGITS = re.compile(r"\d+")


def natural(text: str) -> str:
    """A text by which 2 sorts before 10."""
    return DIGITS.sub(lambda number: number[0].zfill(15), text)


def canonical(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every table sorted by its key, numbers within texts as numbers; rows alike in it by all their cells."""
    return {table_name: _sorted(table_name, table) if len(table) > 1 else table for table_name, table in tables.items()}


def _sorted(table_name: str, table: pd.DataFrame) -> pd.DataFrame:
    key = [column for column in (*FIRST.get(table_name, ()), *TABLES[table_name].metadata["key"]) if column in table]
    by = table[list(dict.fromkeys(key))]
    if by.duplicated().any():
        by = table[[*by.columns, *(column for column in table if column not in by and column not in PLACE)]]
    order = by.assign(**{column: _ranked(by[column], column) for column in by})
    return table.loc[order.sort_values(list(order.columns), kind="stable").index].reset_index(drop=True)


def _ranked(column: pd.Series, column_name: str) -> pd.Series:
    ranks = {
        text: ROLES.get(text, natural(text)) if column_name == "role" else natural(text) for text in column.unique()
    }
    return column.map(ranks)
