"""Accepted repairs: rows of `corrections`, applied before anything judges or uses a cell, undone by deleting the row.

A correction names its cell by table, key and column, and the value it replaces: where that value no longer stands,
the correction is a fault, because what it was accepted for has changed. A cell is corrected once.
"""

import pandas as pd

from schemas.books import CORRECTIONS_APPLIED
from schemas.reported import TABLES

APPLIED = list(CORRECTIONS_APPLIED.columns)
CELL = ["table", "key", "column"]
UNTOUCHABLE = ("corrections", "provenance", "links", "remarks")
LONGEST_TOLD = 60
LONG_TEXT = "(a long text)"
TWICE = "another row already corrects the cell"


def row_key(table: pd.DataFrame, table_name: str) -> pd.Series:
    """The key values of every row joined by semicolons, as `corrections` and `provenance` write them."""
    first, *others = TABLES[table_name].metadata["key"]
    text = table[first].astype(object)
    for column in others:
        text = text + ";" + table[column]
    return text


def cells(table_name: str, column: str) -> list[str]:
    """The columns that a row of `provenance` means: one, or all of a group named by its prefix, as `onset` or `gap`."""
    columns = TABLES[table_name].columns
    return [column] if column in columns else [each for each in columns if each.startswith(f"{column}_")]


def apply(tables: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, pd.DataFrame]:
    """Corrected tables, the corrections applied (columns APPLIED), and those that cannot be, each with `what`.

    The given tables stay as they are. Of further corrections of one cell the first is listed as refused.
    """
    asked = tables["corrections"]
    if not len(asked):
        return tables, asked.reindex(columns=APPLIED), asked.assign(what="")
    again = asked.duplicated(CELL)
    once = asked[~again].assign(what=_place(asked[~again], tables), case_id="")
    changed: dict[str, pd.DataFrame] = {}
    for table_name, repairs in once[once["what"] == ""].groupby("table", sort=False):
        changed[str(table_name)], seen = _corrected(tables[str(table_name)], str(table_name), repairs)
        once.loc[seen.index, ["what", "case_id"]] = seen
    twice = asked[again].drop_duplicates(CELL).assign(what=TWICE)
    refused = pd.concat([once[once["what"] != ""].drop(columns="case_id"), twice]).sort_index()
    return (
        tables | changed,
        once.loc[once["what"] == "", APPLIED].reset_index(drop=True),
        refused.reset_index(drop=True),
    )


def _place(asked: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Why there is no such place, or none that may be corrected; blank where there is."""
    named = pd.MultiIndex.from_frame(asked[["table", "column"]])
    correctable = {
        table_name: table
        for table_name, table in tables.items()
        if table_name in TABLES and table_name not in UNTOUCHABLE
    }
    columns = [
        (table_name, column)
        for table_name, table in correctable.items()
        for column in TABLES[table_name].columns
        if column in table
    ]
    keys = [(table_name, column) for table_name in correctable for column in TABLES[table_name].metadata["key"]]
    what = pd.Series("", index=asked.index, dtype=object)
    what[named.isin(keys)] = "a key cannot be corrected; correct the raw row"
    what[~named.isin(columns)] = "no such column"
    return what.mask(~asked["table"].isin(list(correctable)), "no such table to correct")


def _corrected(table: pd.DataFrame, table_name: str, repairs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table with the repairs that fit it; for each repair why it does not (`what`, blank if it does), and its case."""
    keys = row_key(table, table_name)
    at = repairs["key"].map(pd.Series(table.index, index=keys)[~keys.duplicated(keep=False).to_numpy()])
    row_labels = at[at.notna()].astype(int)
    seen = pd.DataFrame({"what": "no such row", "case_id": ""}, index=repairs.index, dtype=object)
    if "case_id" in table:
        seen.loc[row_labels.index, "case_id"] = table.loc[row_labels, "case_id"].to_numpy()
    for column, rows in repairs.loc[row_labels.index].groupby("column", sort=False):
        values = table[str(column)].copy()
        held = values[row_labels[rows.index]].set_axis(rows.index)
        fits = held == rows["from"]
        seen.loc[rows.index, "what"] = ("the cell holds another value: '" + short(held) + "'").mask(fits, "")
        values[row_labels[rows.index[fits]]] = rows.loc[fits, "to"].to_numpy()
        table = table.assign(**{str(column): values})
    return table, seen


def short(texts: pd.Series) -> pd.Series:
    """Cells fit for a message; long texts such as narratives are left out."""
    return texts.where(texts.str.len() <= LONGEST_TOLD, LONG_TEXT)


def place(asked: pd.DataFrame) -> pd.Series:
    """The corrected cells in words: table, key, column = 'value'."""
    return asked["table"] + ", " + asked["key"] + ", " + asked["column"] + " = '" + short(asked["from"]) + "'"
