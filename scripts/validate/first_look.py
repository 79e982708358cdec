"""A first, quick look at many pairs: which of them can reach the bits that make a candidate?

In a small series every pair is looked at closely, and nothing is decided here.
"""

from functools import cache

import numpy as np
import pandas as pd

from schemas.codes import rows as listed
from schemas.fields import filled
from scripts.validate.comparison_records import Records

FEW, MOST_LOOKED_AT = 20_000, 20_000
ENOUGH_TO_COUNT = 1000
RARE = {"country": "country", "sex": "sex", "age": "age_lower", "indication": "indication", "outcome": "outcome"}
OTHERS = 3.0
"""Bits that the fields not looked at here can add: event term, which course, time to onset."""


@cache
def bits_of(field: str, side: str) -> float:
    """The bits of a field of the code list `match_fields`, when it agrees or when it conflicts."""
    return float(next(row[side] for row in listed("match_fields") if row["code"] == field))


def rarities(table: pd.DataFrame) -> dict[str, dict]:
    """field -> value -> bits, from the series itself where it knows the field of enough records."""
    found = {}
    for field, column in RARE.items():
        known = table[column].where(filled(table[column])).dropna()
        if len(known) >= ENOUGH_TO_COUNT:
            found[field] = (-np.log2(known.value_counts(normalize=True))).to_dict()
    return found


def promising(records: Records, at: np.ndarray, rarity: dict[str, dict], least: float) -> np.ndarray:
    """The pairs whose agreeing bits can reach `least`, at most MOST_LOOKED_AT, those with most bits first."""
    if len(at) <= FEW:
        return at
    bits = sum(_agreement(records.table[column], at, field, rarity) for field, column in RARE.items())
    bits = bits + _dates(records.table, at)
    for words, field, most in (
        (records.history, "history", 3),
        (records.past_drugs, "past_drug", 2),
        (records.identifiers, "identifier", 1),
    ):
        bits = bits + bits_of(field, "agree") * np.minimum(_shared(records.table.index, words, at), most)
    enough = np.flatnonzero(bits + OTHERS >= least)
    best = enough[np.argsort(-bits[enough], kind="stable")][:MOST_LOOKED_AT]
    return at[np.sort(best)]


def _agreement(column: pd.Series, at: np.ndarray, field: str, rarity: dict[str, dict]) -> np.ndarray:
    codes, values = pd.factorize(column.where(filled(column)))
    own = rarity.get(field, {})
    weights = np.array([own.get(value, bits_of(field, "agree")) for value in values] + [0.0])
    one, other = codes[at[:, 0]], codes[at[:, 1]]
    return np.where((one == other) & (one >= 0), weights[one], 0.0)


def _dates(table: pd.DataFrame, at: np.ndarray) -> np.ndarray:
    first, last = table["first"].to_numpy(), table["last"].to_numpy()
    a, b = at[:, 0], at[:, 1]
    width = np.maximum(last[a] - first[a], last[b] - first[b])
    overlap = (first[a] <= last[b]) & (first[b] <= last[a])
    fields = ("exposure_day", "exposure_month", "exposure_year")
    day, month, year = (bits_of(field, "agree") for field in fields)
    return np.where(overlap, np.select([width < 1, width <= 31, width <= 366], [day, month, year], 0.0), 0.0)


def _shared(index: pd.Index, words: dict[str, frozenset[str]], at: np.ndarray) -> np.ndarray:
    if not words:
        return np.zeros(len(at))
    sets = [words.get(case, frozenset()) for case in index]
    return np.array([len(sets[a] & sets[b]) for a, b in at.tolist()], float)
