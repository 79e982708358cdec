"""Does every table keep its contract? Columns known and present, cells of the right kind, keys filled in.

A contract's checks are put to the distinct values of a column, and each failing value is then traced to its rows: one
finding per cell, at a cost that follows the variety of a column and not its length.
"""

import difflib
from collections.abc import Set
from functools import cache, lru_cache

import numpy as np
import pandas as pd
import pandera.pandas as pa

from schemas.codes import codes
from schemas.contract import PLACE
from schemas.fields import any_filled
from schemas.reported import TABLES, typed
from scripts.validate.flags import as_severe, flag, narrow, of_series, rule, together

ALIKE = 0.6
CURED = 100
"""Up to this many distinct failing values of a column are given the nearest code; beyond that the list itself must do."""


def find(
    tables: dict[str, pd.DataFrame], given: dict[str, pd.DataFrame] | None = None, unread: Set[str] = frozenset()
) -> pd.DataFrame:
    """Findings of severity `contract` (a stop by default) for broken cells, and for a series without a case.

    given: the tables as they came, where `tables` are complete ones; a column left out has no cells to judge.
    unread: tables that could not be read as a whole, blank for a file of which it is not known which table it is.
    """
    parts = [] if len(tables.get("cases", ())) or unread & {"cases", ""} else [_no_cases()]
    for table_name, table in (given or tables).items():
        for column in _present(table, TABLES[table_name]):
            parts += _cells(table_name, tables[table_name], column)
    return together(parts)


def columns(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Findings about the columns of one source's tables: unknown, twice, or missing."""
    return together([part for table_name, table in tables.items() for part in _columns(table, TABLES[table_name])])


def complete(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Every reported table with exactly the columns of its contract; what was left out is blank."""
    return {
        table_name: _complete(tables[table_name], contract) if table_name in tables else _empty(table_name)
        for table_name, contract in TABLES.items()
    }


@cache
def _empty(table_name: str) -> pd.DataFrame:
    """A table of which nothing was given: shared, and as any table here never changed in place."""
    return _complete(pd.DataFrame(columns=list(PLACE), dtype=object).astype({"at_row": int}), TABLES[table_name])


def _complete(table: pd.DataFrame, contract: pa.DataFrameSchema) -> pd.DataFrame:
    wanted = [*contract.columns, *PLACE]
    if list(table.columns) == wanted:
        return table
    return table.loc[:, ~table.columns.duplicated()].reindex(columns=wanted, fill_value="")


def _no_cases() -> pd.DataFrame:
    return of_series("cases", "cases", "no_cases", "the series is empty: there is no case")


def _columns(table: pd.DataFrame, contract: pa.DataFrameSchema) -> list[pd.DataFrame]:
    given = [column_name for column_name in table.columns if column_name not in PLACE]
    twice = sorted({column_name for column_name in given if given.count(column_name) > 1})
    header = pd.DataFrame({"at_file": [_file(table, contract.name)], "at_row": [1]})
    strange = [column_name for column_name in dict.fromkeys(given) if column_name not in contract.columns]
    return [
        *(_unknown(column_name, header, contract) for column_name in strange),
        *(
            flag(
                contract.name, header, "columns", column_name, f"column '{column_name}' appears twice", cure="Keep one."
            )
            for column_name in twice
        ),
        *_left_out([column_name for column_name in typed(contract.name) if column_name not in given], header, contract),
    ]


def _file(table: pd.DataFrame, table_name: str) -> str:
    return table["at_file"].iloc[0] if len(table) else f"{table_name}.csv"


def _unknown(column_name: str, header: pd.DataFrame, contract: pa.DataFrameSchema) -> pd.DataFrame:
    what, cure = f"unknown column '{column_name}'", _nearest(column_name, contract)
    return flag(contract.name, header, "columns", column_name, what, value=column_name, cure=cure)


def _nearest(column_name: str, contract: pa.DataFrameSchema) -> str:
    titles = {column.title.casefold(): key for key, column in contract.columns.items()}
    spelled = column_name.strip().casefold()
    known = [*contract.columns, *titles]
    close = [titles.get(each, each) for each in difflib.get_close_matches(spelled, known, n=1, cutoff=ALIKE)]
    if close:
        return f"Did you mean '{close[0]}'? Rename it, or remove the column."
    return f"Remove it. Columns of this table: {', '.join(contract.columns)}."


def _left_out(names: list[str], header: pd.DataFrame, contract: pa.DataFrameSchema) -> list[pd.DataFrame]:
    """A missing column that must be filled in is a broken contract; all others together are one piece of information."""
    parts = []
    for column in [
        contract.columns[column_name] for column_name in names if _must_be_filled(contract.columns[column_name])
    ]:
        what, cure = f"column '{column.name}' is missing", f"Add the column '{column.name}': {column.description}"
        parts.append(flag(contract.name, header, "columns", column.name, what, cure=cure))
    others = [column_name for column_name in names if not _must_be_filled(contract.columns[column_name])]
    if others:
        what = "columns are missing, and all their cells count as no information: " + ", ".join(others)
        cure = "Nothing to do if the sources say nothing of them."
        parts.append(as_severe(flag(contract.name, header, "columns", "", what, cure=cure), "information"))
    return parts


def has_keys(table: pd.DataFrame, table_name: str) -> bool:
    """Whether every column that must be filled in is there."""
    return {key for key, column in TABLES[table_name].columns.items() if _must_be_filled(column)} <= set(table.columns)


def _must_be_filled(column: pa.Column) -> bool:
    return column.metadata["kind"] == "key" or column.metadata.get("required") == "yes"


def _present(table: pd.DataFrame, contract: pa.DataFrameSchema) -> list[pa.Column]:
    once = [column_name for column_name in contract.columns if list(table.columns).count(column_name) == 1]
    return (
        [contract.columns[column_name] for column_name in once if contract.columns[column_name].checks]
        if len(table)
        else []
    )


def _cells(table_name: str, table: pd.DataFrame, column: pa.Column) -> list[pd.DataFrame]:
    cells = table[column.name]
    parts: list[pd.DataFrame] = []
    if not _must_be_filled(column) and not any_filled(cells):
        return parts
    values = pd.Series(cells.unique(), dtype=object)
    for check in column.checks:
        bad = values[~check(values).check_output.to_numpy(bool)]
        if len(bad):
            rows = narrow(table, column.name)[cells.isin(bad)]
            code = str(check.name) if str(check.name) in codes("rules") else "cell"
            cure = rows[column.name].map(_cures(column, bad))
            parts.append(flag(table_name, rows, code, column.name, f"{column.title}: {check.error}", cure=cure))
    return parts


def _cures(column: pa.Column, bad: pd.Series) -> dict[str, str]:
    """Failing value -> cure, with the nearest code of the list where there is one."""
    codelist = column.metadata.get("codelist")
    if not codelist:
        usual = {"number": rule("number")["cure"], "whole": rule("number")["cure"], "date": rule("date")["cure"]}
        cure = usual.get(column.metadata["kind"], rule("required")["cure"])
        return (
            {value: _serial_date(value) or cure for value in bad}
            if column.metadata["kind"] == "date"
            else dict.fromkeys(bad, cure)
        )
    every = f"Use one of: {', '.join(codes(codelist))}."
    return {value: (_near(value, codelist) if at < CURED else "") + every for at, value in enumerate(bad)}


@lru_cache(maxsize=10_000)
def _near(value: str, codelist: str) -> str:
    """The code meant, found by its spelling or by its label."""
    labels = {code: code for code in codes(codelist)}
    close = difflib.get_close_matches(value[:40].casefold().replace(" ", "_"), labels, n=1, cutoff=ALIKE)
    return f"Did you mean '{close[0]}'? " if close else ""


def _serial_date(value: str) -> str:
    """A five-digit number in a date column is what a spreadsheet keeps behind a date."""
    if not (value.isascii() and value.isdigit() and len(value) == 5):
        return ""
    meant = np.datetime64("1899-12-30") + np.timedelta64(int(value), "D")
    return f"Looks like a spreadsheet's serial date, {meant}: type the date."
