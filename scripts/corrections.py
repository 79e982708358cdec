"""Accepted repairs: rows of `corrections`, applied before anything judges or uses a cell, undone by deleting the row.

A correction names its cell by table, key and column, and the value it replaces: where that value no longer stands,
the correction is a fault, because what it was accepted for has changed.
"""

import pandas as pd

from schemas.reported import PLACE, TABLES

APPLIED = ["case_id", "table", "key", "column", "from", "to", "reason", "by", "date", *PLACE]
UNTOUCHABLE = ("corrections", "provenance", "links", "remarks")


def row_key(table: pd.DataFrame, name: str) -> pd.Series:
    """The key values of every row joined by semicolons, as `corrections` and `provenance` write them."""
    first, *others = TABLES[name].metadata["key"]
    text = table[first].astype(object)
    for column in others:
        text = text + ";" + table[column]
    return text


def apply(tables: dict[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame, pd.DataFrame]:
    """Corrected tables, the corrections applied (columns APPLIED), and those that cannot be, each with `what`.

    Corrections follow one another in the order of their rows; the given tables stay as they are.
    """
    applied, refused = [], []
    changed: dict[str, pd.DataFrame] = {}
    keys: dict[str, pd.Series] = {}
    for repair in tables["corrections"].to_dict("records"):
        name, column = repair["table"], repair["column"]
        what = _place(tables, name, column)
        if not what and name not in keys:
            changed[name] = tables[name].copy()
            keys[name] = _positions(changed[name], name)
        what = what or _cell(changed[name], keys[name], repair)
        if what:
            refused.append(repair | {"what": what})
            continue
        at = keys[name].loc[repair["key"]]
        changed[name].at[at, column] = repair["to"]
        applied.append(repair | {"case_id": changed[name].at[at, "case_id"] if "case_id" in changed[name] else ""})
    columns = [*tables["corrections"].columns, "what"]
    return tables | changed, pd.DataFrame(applied, columns=APPLIED), pd.DataFrame(refused, columns=columns)


def _positions(table: pd.DataFrame, name: str) -> pd.Series:
    return pd.Series(table.index, index=row_key(table, name))


def _place(tables: dict[str, pd.DataFrame], name: str, column: str) -> str:
    if name not in TABLES or name in UNTOUCHABLE or name not in tables:
        return "no such table to correct"
    if column not in TABLES[name].columns or column not in tables[name]:
        return "no such column"
    return "a key cannot be corrected; correct the raw row" if column in TABLES[name].metadata["key"] else ""


def _cell(table: pd.DataFrame, positions: pd.Series, repair: dict) -> str:
    if (positions.index == repair["key"]).sum() != 1:
        return "no such row"
    held = table.at[positions.loc[repair["key"]], repair["column"]]
    return "" if held == repair["from"] else f"the cell holds another value: '{held}'"
