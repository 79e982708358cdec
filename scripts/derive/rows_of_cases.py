"""Rows of a table by case, as dictionaries, in a canonical order: no answer depends on the order in which rows came."""

from collections import defaultdict

import pandas as pd

Row = dict


def by_case(table: pd.DataFrame, columns: list[str] | None = None) -> dict[str, list[Row]]:
    """case -> its rows in the order of the table; `columns` only, where they are given."""
    own = table if columns is None else table[["case_id", *columns]]
    found: dict[str, list[Row]] = defaultdict(list)
    for row in own.to_dict("records"):
        found[row["case_id"]].append(row)
    return found


def cell(table: str, row: Row, column: str, key: str = "") -> str:
    """The address of a cell as a `basis` names it: table[key].column."""
    return f"{table}[{row[key]}].{column}" if key else f"{table}.{column}"


def joined(cells: list[str]) -> str:
    """Addresses of cells, each once."""
    return "; ".join(dict.fromkeys(filter(None, cells)))
