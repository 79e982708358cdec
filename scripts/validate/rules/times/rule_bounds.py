"""Bounds that cannot be: a time that ends before it starts, or is longer than a life; a range turned round."""

import numpy as np
import pandas as pd

from schemas.fields import any_filled
from schemas.profile import Profile
from schemas.time_columns import LENGTHS, time_prefixes
from scripts.clock.intervals import DAYS_PER_UNIT, calendar, elapsed, numbers
from scripts.validate.flags import flag, matching, together
from scripts.validate.rules.time_columns import typed

PAIRS = {"cases": [("age_lower", "age_upper")], "courses": [("given_lower", "given_upper"), ("gap_lower", "gap_upper")]}
SIZES = {"cases": ["weight", "height"], "courses": ["gap_lower", "gap_upper", "cumulative_dose"],
         "doses": ["amount", "interval", "duration"], "reactions": ["duration"]}  # fmt: skip
YEARS = 130
"""No recorded life was longer. A year is the largest unit: in any unit a smaller number is no longer time."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about single times and ranges."""
    parts = [
        part
        for table_name, table in tables.items()
        if len(table)
        for prefix in time_prefixes(table_name)
        for part in _time(table_name, table, prefix)
    ]
    parts += [_crossed(table_name, tables[table_name], *pair) for table_name, pairs in PAIRS.items() for pair in pairs]
    parts += [
        _too_long_a_length(table_name, tables[table_name], *length)
        for table_name, lengths in LENGTHS.items()
        for length in lengths.items()
    ]
    parts += [
        _negative(table_name, tables[table_name], column) for table_name, columns in SIZES.items() for column in columns
    ]
    return together(parts)


def _time(table_name: str, table: pd.DataFrame, prefix: str) -> list[pd.DataFrame]:
    low, high = numbers(table[f"{prefix}_lower"]), numbers(table[f"{prefix}_upper"])
    large = (low.abs() > YEARS) | (high.abs() > YEARS)
    return [_backwards(table_name, table, prefix, low > high), _too_long(table_name, table[large], prefix)]


def _backwards(table_name: str, table: pd.DataFrame, prefix: str, wrong: pd.Series) -> pd.DataFrame:
    if any_filled(table[f"{prefix}_date"]):
        spans = matching(table[f"{prefix}_date"], lambda text: "/" in text)
        dates = calendar(table.loc[spans, f"{prefix}_date"])
        wrong = wrong.copy()
        wrong.loc[spans] |= dates["first"] > dates["last"]
    if not wrong.any():
        return together([])
    rows = table[wrong]
    return flag(
        table_name, rows, "bounds", f"{prefix}_lower", "the time ends before it starts", value=typed(rows, prefix)
    )


def _too_long(table_name: str, rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Often a date typed where a number of days belongs."""
    if not len(rows):
        return together([])
    bounds = elapsed(rows, prefix)[["lower", "upper"]].abs().replace(np.inf, np.nan)
    rows = rows[(bounds > YEARS * 365.25).any(axis=1)]
    return flag(
        table_name, rows, "length", f"{prefix}_upper", "more than 130 years from its origin", value=typed(rows, prefix)
    )


def _negative(table_name: str, table: pd.DataFrame, column: str) -> pd.DataFrame:
    rows = table[numbers(table[column]) < 0]
    return flag(table_name, rows, "negative", column, "less than zero")


def _too_long_a_length(table_name: str, table: pd.DataFrame, column: str, scale: str) -> pd.DataFrame:
    number = numbers(table[column])
    rows = table[number > YEARS]
    if not len(rows):
        return together([])
    days = number[rows.index] * rows[scale].map(DAYS_PER_UNIT)
    return flag(table_name, rows[days > YEARS * 365.25], "length", column, "more than 130 years")


def _crossed(table_name: str, table: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    rows = table[numbers(table[low]) > numbers(table[high])]
    return flag(table_name, rows, "bounds", low, f"'{low}' is above '{high}'", value=rows[low] + " to " + rows[high])
