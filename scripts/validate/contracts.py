"""Does every table keep its contract? Columns known and present, cells of the right kind, keys filled in."""

import difflib

import pandas as pd
import pandera.pandas as pa

from schemas.codes import codes
from schemas.reported import PLACE, TABLES

LONGEST_VALUE = 60


def find(tables: dict[str, pd.DataFrame]) -> list[dict]:
    """Findings of severity `contract` (a stop by default) for broken cells and columns.

    A left-out optional column is a warning: all its cells count as no information.
    """
    found = [] if len(tables.get("cases", ())) else [_no_cases()]
    for name, table in tables.items():
        contract = TABLES[name]
        found += _columns(table, contract)
        found += _cells(table, contract)
    return found


def _no_cases() -> dict:
    cure = "Add a row to `cases` for every patient, and check the path of the source."
    return {"rule": "no_cases", "severity": "contract", "table": "cases", "file": "cases",
            "what": "the series is empty: there is no case", "cure": cure}  # fmt: skip


def _columns(table: pd.DataFrame, contract: pa.DataFrameSchema) -> list[dict]:
    file = table["at_file"].iloc[0] if len(table) else f"{contract.name}.csv"
    given = [name for name in table.columns if name not in PLACE]
    start = {"rule": "columns", "table": contract.name, "file": file, "row": 1}
    unknown = [
        start | {"severity": "contract", "column": name, "value": name, "what": f"unknown column '{name}'",
                 "cure": _nearest(name, contract)}
        for name in given if name not in contract.columns
    ]  # fmt: skip
    twice = [
        start | {"severity": "contract", "column": name, "what": f"column '{name}' stands twice", "cure": "Keep one."}
        for name in sorted({name for name in given if given.count(name) > 1})
    ]
    left_out = [name for name in contract.columns if name not in given]
    return unknown + twice + [start | _left_out(name, contract) for name in left_out]


def _left_out(name: str, contract: pa.DataFrameSchema) -> dict:
    if _must_be_filled(contract.columns[name]):
        cure = f"Add the column '{name}': {contract.columns[name].description}"
        return {"severity": "contract", "column": name, "what": f"column '{name}' is missing", "cure": cure}
    what = f"column '{name}' is missing: all its cells count as no information"
    return {
        "severity": "warning",
        "column": name,
        "what": what,
        "cure": f"Add the column '{name}', blank if unknown.",
    }


def has_keys(table: pd.DataFrame, name: str) -> bool:
    """Whether every column that must be filled in is there."""
    return {key for key, column in TABLES[name].columns.items() if _must_be_filled(column)} <= set(table.columns)


def _must_be_filled(column: pa.Column) -> bool:
    return column.metadata["kind"] == "key" or column.metadata.get("required") == "yes"


def _nearest(name: str, contract: pa.DataFrameSchema) -> str:
    close = difflib.get_close_matches(name, list(contract.columns), n=1, cutoff=0.5)
    if close:
        return f"Did you mean '{close[0]}'? Rename it, or remove the column."
    return f"Remove it. Columns of this table: {', '.join(contract.columns)}."


def _cells(table: pd.DataFrame, contract: pa.DataFrameSchema) -> list[dict]:
    present = {name: column for name, column in contract.columns.items() if list(table.columns).count(name) == 1}
    if not len(table) or not present:
        return []
    try:
        pa.DataFrameSchema(present, strict=False).validate(table, lazy=True)
        return []
    except pa.errors.SchemaErrors as broken:
        cases = broken.failure_cases.dropna(subset=["index"])
    cases = cases.assign(index=cases["index"].astype(int)).drop_duplicates(["index", "column", "check"])
    return [_cell(contract.name, table.loc[at], contract.columns[column], reason) for at, column, reason in
            zip(cases["index"], cases["column"], cases["check"], strict=True)]  # fmt: skip


def _cell(name: str, row: pd.Series, column: pa.Column, reason: str) -> dict:
    value = str(row[column.name])
    return {
        "rule": _rule(column, reason), "severity": "contract", "table": name, "file": row["at_file"],
        "row": int(row["at_row"]), "case_id": row.get("case_id", ""), "column": column.name,
        "value": value[:LONGEST_VALUE], "what": f"{column.title}: {reason}", "cure": _cure(column, value),
    }  # fmt: skip


def _rule(column: pa.Column, reason: str) -> str:
    return next((check.name for check in column.checks if check.error == reason), "cell")


def _cure(column: pa.Column, value: str) -> str:
    codelist = column.metadata.get("codelist")
    if codelist:
        close = difflib.get_close_matches(value, codes(codelist), n=1, cutoff=0.5)
        start = f"Did you mean '{close[0]}'? " if close else ""
        return f"{start}Use one of: {', '.join(codes(codelist))}."
    if column.metadata["kind"] in ("number", "whole", "date"):
        return "Correct it, or give a reason for missing such as not_stated, or leave it blank."
    return "Fill it in."
