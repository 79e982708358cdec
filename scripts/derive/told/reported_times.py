"""A time as its source tells it, in words: a date, or bounds with what they are counted from."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.rows_by_case import Row
from scripts.words import times
from scripts.words.wording import coded

Terms = dict[tuple[str, str], str]
"""Case and key of a reaction -> its term as reported."""


def terms_of(reactions: pd.DataFrame) -> Terms:
    return dict(zip(zip(reactions["case_id"], reactions["reaction"], strict=True), reactions["term"], strict=True))


def date(row: Row, prefix: str) -> str:
    """Blank where there is none, or a reason in its place."""
    told = row[f"{prefix}_date"]
    return "" if told in NO_VALUE else told


def bounds(row: Row, prefix: str, terms: Terms) -> str:
    """`within 16 days of onset of haemoptysis`; blank where neither bound is told."""
    low, high = ("" if row[f"{prefix}_{end}"] in NO_VALUE else row[f"{prefix}_{end}"] for end in ("lower", "upper"))
    if not (low or high):
        return ""
    return times.reported(low, high, row[f"{prefix}_scale"], _origin(row, prefix, terms))


def _origin(row: Row, prefix: str, terms: Terms) -> str:
    origin = row[f"{prefix}_origin"]
    _, colon, named = origin.partition(":")
    return f"onset of {terms.get((row['case_id'], named), named)}" if colon else coded("origin", origin)
