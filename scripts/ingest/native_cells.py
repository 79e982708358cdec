"""From the rows of a native table to a reported table: names and cells cleaned of invisible blanks, rows with a place.

Cleaning is about characters, never about meaning: blanks around a cell go, a non-breaking blank becomes a blank.
"""

import re

import numpy as np
import pandas as pd

from schemas import versions
from schemas.contract import PLACE
from schemas.reported import TABLES, typed
from scripts.commands.progress import counted

WIDEST = 1000
"""More columns than any reported table has."""
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
BLANKS = re.compile("[\u00a0\u2007\u202f]")


def cleaned(text: str) -> str:
    """A cell or name without blanks around it, invisible characters, and non-breaking blanks.

    Other blanks and line ends inside a text stay.
    """
    if not text.isascii():
        text = BLANKS.sub(" ", INVISIBLE.sub("", text))
    return text.strip()


def each_distinct(column: pd.Series, change) -> pd.Series:
    """A column with every distinct text changed once; the column itself where nothing changes."""
    places, distinct = pd.factorize(column.to_numpy(object), use_na_sentinel=False)
    changed = [change(text) for text in distinct]
    if all(new is text or (isinstance(new, str) and new == text) for text, new in zip(distinct, changed, strict=True)):
        return column
    cells = np.fromiter(changed, dtype=object, count=len(changed))
    return pd.Series(cells[places], index=column.index, name=column.name, dtype=object)


def named(header: list[str], cells: pd.DataFrame, place: str, clean: bool = False) -> tuple[pd.DataFrame, list[int]]:
    """Cells under their cleaned names, without unnamed empty columns; positions of unnamed columns that hold cells.

    place: what is said to be read where it takes long; clean: the cells are known to need no cleaning.
    """
    names = [cleaned(str(heading)) for heading in header]
    if clean and all(names):
        cells.columns = pd.Index(names)
        return cells, []
    tidy = [
        cells.iloc[:, at] if clean else each_distinct(cells.iloc[:, at], cleaned)
        for at in counted(range(len(names)), f"{place}: columns")
    ]
    unnamed = [at for at, heading in enumerate(names) if not heading and (tidy[at] != "").any()]
    kept = [at for at, heading in enumerate(names) if heading]
    table = pd.DataFrame({at: tidy[at] for at in kept}, index=cells.index, copy=False)
    return table.set_axis([names[at] for at in kept], axis=1), unnamed


def placed(table: pd.DataFrame, file: str, at_row: np.ndarray) -> pd.DataFrame:
    """Rows that hold anything, each with the user's file and row."""
    filled = filled_rows(table)
    kept = table if filled.all() else table[filled].reset_index(drop=True)
    kept.insert(len(kept.columns), "at_file", pd.Series(file, index=kept.index, dtype=object))
    kept.insert(len(kept.columns), "at_row", np.asarray(at_row, int)[filled])
    return kept


def without_place(table: pd.DataFrame, table_name: str, file: str) -> tuple[pd.DataFrame, list[dict]]:
    """The table without columns named like the place that a reader notes for each row, which no user fills in."""
    place_columns = [column for column in PLACE if column in table]
    faults = [
        fault(
            table_name,
            file,
            f"unknown column '{column}'",
            "Remove it: where a row stands is noted by the reader.",
            rule="columns",
            row=1,
            column=column,
            value=column,
        )
        for column in place_columns
    ]
    return (table.loc[:, ~table.columns.isin(PLACE)] if place_columns else table), faults


def filled_rows(table: pd.DataFrame) -> np.ndarray:
    """Rows with a cell that is not blank; the first columns usually settle it."""
    filled = np.zeros(len(table), bool)
    for at in range(len(table.columns)):
        if filled.all():
            break
        filled |= (table.iloc[:, at] != "").to_numpy()
    return filled


def nothing(table_name: str) -> pd.DataFrame:
    """The table without rows."""
    columns = [*TABLES[table_name].columns, "at_file", "at_row"]
    return pd.DataFrame(columns=columns, dtype=object).astype({"at_row": int})


def of_kind(table_name: str, kind: str) -> list[str]:
    """Columns of a table whose cells are of a kind: number, date, code ..."""
    return [column for column, contract in TABLES[table_name].columns.items() if contract.metadata["kind"] == kind]


def fault(table: str, file: str, what: str, cure: str, **more: object) -> dict:
    """A finding about the reading itself; it stops a run unless another severity is given."""
    row = {"rule": "readable", "severity": "contract", "table": table, "file": file, "row": 0, "what": what}
    return row | {"cure": cure} | more


def older(tables: dict[str, pd.DataFrame], place: str) -> list[dict]:
    """One line for tables made for an older version of the contract: what was added since, and how to bring them up to date."""
    version = versions.version_of(tables, {table_name: typed(table_name) for table_name in TABLES})
    if version == versions.VERSION:
        return []
    what = f"made for version {version} of the tables, read as it is; new in version {versions.VERSION}: {versions.news(version)}"
    cure = "Add these columns (a workbook of `make template` or `dahlia template` has them) where your sources answer them; nothing else has changed."
    return [fault("", place, what, cure, severity="information")]
