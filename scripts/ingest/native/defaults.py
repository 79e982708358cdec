"""`defaults`: what is said once for a whole table instead of in every row: source, locator and status.

A row names a table, or leaves it blank and speaks of every table that no other row names. Only blank cells are filled, and
each filling is told.
"""

import numpy as np
import pandas as pd

from schemas.reported import TABLES
from scripts.ingest.native_cells import fault

NAME = "defaults"
OF = "table"
FILLED = ("source_id", "locator", "status")
COLUMNS = (OF, *FILLED)


def filled_in(
    tables: dict[str, pd.DataFrame], given: pd.DataFrame | None, beside: str = ""
) -> tuple[dict[str, pd.DataFrame], list[dict]]:
    """The tables with blank cells filled from the rows of `defaults`, and what is to be said of them.

    beside: a table that is no reported one and has defaults too (`cells_of_table`).
    """
    if given is None or not len(given):
        return tables, []
    if faults := _faults(given, beside):
        return tables, faults
    made, remarks = {}, []
    for table_name, table in tables.items():
        wanted = {column: column for column in FILLED if column in TABLES[table_name].columns}
        made[table_name], more = cells_of_table(table_name, table, given, wanted)
        remarks += more
    return made, remarks


def cells_of_table(
    table_name: str, table: pd.DataFrame, given: pd.DataFrame, columns: dict[str, str]
) -> tuple[pd.DataFrame, list[dict]]:
    """One table with its blanks filled, and what is to be said; columns: its names for those of `FILLED`."""
    filled, put_in = _filled(table, row_of(given, table_name), columns)
    return filled, told(table_name, given, put_in)


def row_of(given: pd.DataFrame, table_name: str) -> dict[str, str]:
    """What is said of a table: by its own row, else by the row without a name."""
    if OF not in given:
        return {}
    for wanted in (table_name, ""):
        rows = given[given[OF].str.lower() == wanted]
        if len(rows):
            return {column: rows[column].iloc[0] for column in FILLED if column in rows}
    return {}


def _filled(
    table: pd.DataFrame, defaults: dict[str, str], columns: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, tuple[str, int]]]:
    """The table with its blanks filled; by column what was put in how many of its rows."""
    filled, changed = {}, {}
    for key, column in columns.items():
        text = defaults.get(key, "")
        if not text or not len(table) or list(table.columns).count(column) > 1:
            continue
        cells = table[column] if column in table else pd.Series("", index=table.index, dtype=object)
        blank = cells == ""
        if blank.any():
            changed[column] = cells.mask(blank, text)
            filled[column] = (text, int(blank.sum()))
    return table.assign(**changed), filled


def told(table_name: str, given: pd.DataFrame, filled: dict[str, tuple[str, int]]) -> list[dict]:
    """A line for each column that was filled: with what, in how many rows."""
    place, cure = given["at_file"].iloc[0], "Nothing to do if that is intended."
    return [
        fault(
            table_name,
            place,
            f"{column} of {number} {'row' if number == 1 else 'rows'} of {table_name} is what `{NAME}` says",
            cure,
            column=column,
            value=text,
            severity="information",
        )
        for column, (text, number) in filled.items()
    ]


def _faults(given: pd.DataFrame, beside: str) -> list[dict]:
    """What keeps the rows from being used: none of them is then."""
    place = given["at_file"].iloc[0]
    named = given[OF].str.lower() if OF in given else pd.Series("", index=given.index)
    unknown = [column for column in given.columns.drop(["at_file", "at_row"]) if column not in COLUMNS]
    faults = [
        fault(
            NAME,
            place,
            f"unknown column '{column}'",
            f"Columns are {', '.join(COLUMNS)}.",
            row=1,
            column=column,
            value=column,
        )
        for column in unknown
    ]
    if OF not in given:
        faults.append(fault(NAME, place, f"no column '{OF}'", f"Columns are {', '.join(COLUMNS)}.", row=1))
    strange = ~named.isin(["", beside, *TABLES])
    faults += [
        _of_row(given, at, "no reported table has this name", f"Name one of {', '.join(TABLES)}; or leave it blank.")
        for at in np.flatnonzero(strange).tolist()
    ]
    again = named.duplicated() & ~strange
    return faults + [
        _of_row(given, at, "a second row for one table", "Keep one.") for at in np.flatnonzero(again).tolist()
    ]


def _of_row(given: pd.DataFrame, at: int, what: str, cure: str) -> dict:
    row, value = int(given["at_row"].iloc[at]), given[OF].iloc[at]
    return fault(NAME, given["at_file"].iloc[at], what, cure, row=row, column=OF, value=value)
