"""What changes a reported cell before use: accepted corrections, withheld values, assumed cells switched off.

Each change is visible: corrections and withheld values are listed, and undone by deleting their row.
"""

import pandas as pd

from schemas.reported import TABLES
from scripts.messages import UserError


def row_key(table: pd.DataFrame, name: str) -> pd.Series:
    """The key values of every row joined by semicolons, as `corrections` and `provenance` write them."""
    return table[TABLES[name].metadata["key"]].agg(";".join, axis=1) if len(table) else pd.Series(dtype=str)


def correct(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Apply every row of `corrections`; UserError where its `from` value is not what the table holds."""
    for _, repair in tables["corrections"].iterrows():
        name, column = repair["table"], repair["column"]
        _known(repair, name in TABLES and column in TABLES[name].columns, "no such table or column")
        rows = row_key(tables[name], name) == repair["key"]
        _known(repair, rows.sum() == 1, "no such row")
        _known(repair, (tables[name].loc[rows, column] == repair["from"]).all(), "the cell holds another value")
        tables = tables | {name: _with(tables[name], rows, [column], repair["to"])}
    return tables


def _known(repair: pd.Series, holds: bool, what: str) -> None:
    if not holds:
        place = f"{repair['at_file']}, row {repair['at_row']}"
        wanted = f"{repair['table']}, {repair['key']}, {repair['column']} = '{repair['from']}'"
        raise UserError(f"{place}: {what}: {wanted}. Mend the correction or delete its row.")


def without_assumed(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Cells whose status is `assumed` become `no_information`; whole rows of status `assumed` are left out."""
    kept = {
        name: table[table["status"] != "assumed"].reset_index(drop=True) if "status" in TABLES[name].columns else table
        for name, table in tables.items()
        if name != "provenance"
    }
    marks = tables["provenance"]
    for _, mark in marks[marks["status"] == "assumed"].iterrows():
        name = mark["table"]
        rows = row_key(kept[name], name) == mark["key"]
        kept[name] = _with(kept[name], rows, cells(name, mark["column"]), "no_information")
    return kept | {"provenance": marks}


def cells(name: str, column: str) -> list[str]:
    """A column, or all columns of a time named by its prefix."""
    columns = TABLES[name].columns
    return [column] if column in columns else [c for c in columns if c.startswith(f"{column}_")]


def withhold(tables: dict[str, pd.DataFrame], found: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Blank the cells of findings whose action is `withhold_value`; the second frame keeps them as printed.

    Test results are left as printed: `derive` gives them a verdict and computes only what the verdict allows.
    """
    held = found[(found["action"] == "withhold_value") & (found["column"] != "")]
    printed = []
    for _, finding in held.iterrows():
        name = finding["table"]
        if name not in tables or name == "tests":
            continue
        rows = (tables[name]["at_file"] == finding["file"]) & (tables[name]["at_row"] == finding["row"])
        columns = cells(name, _time_or_column(name, finding["column"]))
        printed.append({"finding": finding["finding"], "case_id": finding["case_id"], "table": name,
                        "column": finding["column"], "printed": finding["value"]})  # fmt: skip
        tables = tables | {name: _with(tables[name], rows, columns, "no_information")}
    return tables, pd.DataFrame(printed, columns=["finding", "case_id", "table", "column", "printed"])


def _time_or_column(name: str, column: str) -> str:
    prefix = column.rpartition("_")[0]
    return prefix if f"{prefix}_origin" in TABLES[name].columns else column


def _with(table: pd.DataFrame, rows: pd.Series, columns: list[str], value: str) -> pd.DataFrame:
    changed = table.copy()
    changed.loc[rows, columns] = value
    return changed
