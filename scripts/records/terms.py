"""Which reactions bear a term of the event: one rule for what a reader selects, a rule asks and a case definition wants."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

import pandas as pd

Row = TypeVar("Row")
COLUMNS = ("term", "term_translated", "term_code")
"""A reaction's words as reported, in English as sent beside them, and its code as sent: each may be the term asked for, and
each of `other_terms`, which some messages send beside them."""


@lru_cache(1 << 16)
def plain(text: str) -> str:
    """A name for comparing: lower case, letters in one width and composed, everything but letters and digits as one blank.

    JADER writes one drug in full and half width, and macOS an accent as a sign of its own.
    """
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def names_of(reaction: Mapping[str, str]) -> set[str]:
    """What a reaction is called, in comparable form."""
    others = reaction.get("other_terms", "")
    return {plain(term) for term in (*(reaction.get(column, "") for column in COLUMNS), *others.split("; "))} - {""}


def once(rows: Iterable[Row], named: Callable[[Row], str]) -> list[Row]:
    """Rows of one report without those that name what a row before them names: a term sent twice is one reaction."""
    first: dict[str, Row] = {}
    for row in rows:
        first.setdefault(plain(named(row)) or named(row), row)
    return list(first.values())


def bear(reactions: pd.DataFrame, terms: Iterable[str]) -> pd.Series:
    """Which reactions bear one of the terms: equal to it but for capitals, signs and blanks, in any of COLUMNS.

    | term asked | as reported | in English | code     | bears |
    |------------|-------------|------------|----------|-------|
    | blue rash  | Blue  rash  |            |          | yes   |
    | blue rash  | 青い発疹    | Blue rash  |          | yes   |
    | 10000001   | Blue rash   |            | 10000001 | yes   |
    | blue rash  | Blue rashes |            |          | no    |
    """
    wanted = {plain(term) for term in terms} - {""}
    bears_term = pd.Series(False, index=reactions.index)
    for column in COLUMNS:
        cells = reactions[column]
        bears_term |= cells.isin([cell for cell in cells.unique() if plain(cell) in wanted])
    if "other_terms" in reactions:
        cells = reactions["other_terms"]
        bears_term |= cells.isin(
            [cell for cell in cells.unique() if wanted & {plain(other_term) for other_term in cell.split("; ")}]
        )
    return bears_term
