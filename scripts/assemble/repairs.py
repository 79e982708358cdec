"""What takes a reported cell out of use: values withheld by policy, and assumed cells switched off.

Each change is listed and undone by its cause: withheld values by the finding's policy, assumed ones by the config.
Corrections, the third kind of change, are shared with `validate` (scripts.records.corrections).
"""

import pandas as pd

from schemas.books import WITHHELD
from schemas.fields import NO_VALUE, OUT_OF_USE
from schemas.findings import of_unit, withholdable
from schemas.reported import TABLES
from schemas.time_columns import is_time
from scripts.records.corrections import cells, row_key
from scripts.records.places import meant_by


def without_assumed(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Cells whose status is `assumed` become `no_information`; whole rows of status `assumed` are left out.

    Rows of `cases` stay, so that the ledger can say why their case leaves (`selection.assumed`).
    """
    kept = {
        table_name: _stated(table) if table_name not in ("cases", "provenance") else table
        for table_name, table in tables.items()
    }
    marks = tables["provenance"]
    marks = marks[(marks["status"] == "assumed") & marks["table"].isin(TABLES)]
    for (table_name, column), rows in marks.groupby(["table", "column"], sort=False):
        hit = row_key(kept[table_name], table_name).isin(rows["key"])
        kept[table_name] = _out_of_use(kept[table_name], hit, cells(table_name, column))
    return kept


def _stated(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["status"] != "assumed"].reset_index(drop=True) if "status" in table else table


def withhold(tables: dict[str, pd.DataFrame], findings: pd.DataFrame) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Take the cells of findings whose action is `withhold_value` out of use; the second frame keeps them as printed.

    A cell that several findings hold back stands there once, with the first of them.

    A time is withheld as a whole, and a range with both its bounds. What is not `withholdable` stays: a row without its key would be lost. A doubtful unit
    of a test result stays too: `derive` gives it a verdict and computes only the multiple of the printed range.
    """
    held = findings[(findings["action"] == "withhold_value") & withholdable(findings) & ~of_unit(findings)]
    printed, kept = [], dict(tables)
    for (table_name, column), faults in held.groupby(["table", "column"], sort=False):
        table, columns = kept[table_name], _withheld_together(table_name, column)
        meant = meant_by(faults, table_name, tables[table_name]).drop_duplicates("at").set_index("at")["fault"]
        hit = pd.Series(table.index.isin(meant.index), index=table.index)
        first = faults.loc[meant.reindex(table.index[hit])]
        rows = _as_typed(tables[table_name][hit], column, first["value"].to_numpy())
        printed.append(_printed(rows, table_name, columns, first["finding"].to_numpy()))
        kept[table_name] = _out_of_use(table, hit, columns)
    every = pd.concat([pd.DataFrame(columns=list(WITHHELD.columns), dtype=object), *printed])
    return kept, every.drop_duplicates(["table", "key", "column"], ignore_index=True)


def _as_typed(rows: pd.DataFrame, column: str, values) -> pd.DataFrame:
    """A cell that its reader could not read holds no information; what stood there is the value of the finding."""
    return rows.assign(**{column: rows[column].mask(rows[column] == OUT_OF_USE, pd.Series(values, rows.index))})


def _printed(rows: pd.DataFrame, table_name: str, columns: list[str], findings) -> pd.DataFrame:
    """One line per cell that holds a value: a reason for missing beside one is none."""
    case = rows.get("case_id", "")
    start = pd.DataFrame({"finding": findings, "case_id": case, "table": table_name, "key": row_key(rows, table_name)})
    lines = [start.assign(column=column, printed=rows[column]) for column in columns]
    every = pd.concat(lines)
    return every[~every["printed"].isin(NO_VALUE)][list(WITHHELD.columns)]


def _withheld_together(table_name: str, column: str) -> list[str]:
    """A time as a whole; of a range, as of an age, both bounds; else the column alone."""
    prefix, _, end = column.rpartition("_")
    if is_time(table_name, prefix):
        return cells(table_name, prefix)
    return [f"{prefix}_lower", f"{prefix}_upper"] if end in ("lower", "upper") else [column]


def _out_of_use(table: pd.DataFrame, rows: pd.Series, columns: list[str]) -> pd.DataFrame:
    return table.assign(**{column: table[column].mask(rows, OUT_OF_USE) for column in columns})
