"""A first, quick look at many pairs: which of them can reach the bits that make a candidate?

Where few pairs are left it has taken away only what no closer look could make a candidate.
"""

from functools import cache

import numpy as np
import pandas as pd

from schemas.codes import rows as listed
from schemas.fields import filled
from scripts.validate.comparison_records import Records

FEW, MOST_LOOKED_AT = 20_000, 20_000
ENOUGH_TO_COUNT = 1000
RARE = {"country": "country", "sex": "sex", "age": "age_lower", "indication": "indication", "event": "event",
        "ordinal": "ordinal", "outcome": "outcome"}  # fmt: skip
OTHERS = 4.0
"""Bits that what is not looked at here can add: time to onset, and ages one year apart."""
MOST_HISTORY, MOST_PAST_DRUGS = 3, 2
"""Shared conditions and past drugs count up to this number; more of them add little."""


@cache
def bits_of(field: str, side: str) -> float:
    """The bits of a field of the code list `match_fields`, when it agrees or when it conflicts."""
    return float(next(row[side] for row in listed("match_fields") if row["code"] == field))


def rarities(table: pd.DataFrame) -> dict[str, dict]:
    """field -> value -> bits, from the series itself where it knows the field of enough records."""
    bits_by_field = {}
    for field, column in RARE.items():
        known = table[column].where(filled(table[column])).dropna()
        if len(known) >= ENOUGH_TO_COUNT:
            bits_by_field[field] = (-np.log2(known.value_counts(normalize=True))).to_dict()
    return bits_by_field


def promising(records: Records, at: np.ndarray, rarity: dict[str, dict], least: float, left: float) -> np.ndarray:
    """The pairs whose agreeing bits can reach `least`, with `left` of them after conflicts; the best MOST_LOOKED_AT.

    What two records share of many words is dear to find: it is looked for where the other fields leave it open, and where
    more than FEW pairs are left that it could decide.
    """
    agree, conflict = _dates(records.table, at)
    for field, column in RARE.items():
        same, other = _column(records.table[column], at, field, rarity)
        agree, conflict = agree + same, conflict + other
    words = (
        (records.history, bits_of("history", "agree"), MOST_HISTORY),
        (records.past_drugs, bits_of("past_drug", "agree"), MOST_PAST_DRUGS),
        (records.identifiers, bits_of("identifier", "agree"), 1),
    )
    to_come = sum(bits * most for sets, bits, most in words if sets)
    open_ = _reach(agree, conflict, least, left, to_come)
    at, agree, conflict = at[open_], agree[open_], conflict[open_]
    if len(at) <= FEW:
        return at
    for sets, bits, most in words:
        if sets:
            agree = agree + bits * np.minimum(_shared(records.table.index, sets, at), most)
            to_come -= bits * most
            open_ = _reach(agree, conflict, least, left, to_come)
            at, agree, conflict = at[open_], agree[open_], conflict[open_]
    best = np.argsort(-(agree - conflict), kind="stable")[:MOST_LOOKED_AT]
    return at[np.sort(best)]


def _reach(agree: np.ndarray, conflict: np.ndarray, least: float, left: float, more: float) -> np.ndarray:
    """Whether a pair can still be a candidate when it is given `more` bits, and those not looked at here."""
    most = agree + OTHERS + more
    return (most >= least) & (most - conflict >= left)


def _column(column: pd.Series, at: np.ndarray, field: str, rarity: dict[str, dict]) -> tuple[np.ndarray, np.ndarray]:
    """Bits of the pairs that agree in a column, and of those that conflict in it."""
    codes, values = pd.factorize(column.where(filled(column)))
    value_bits = rarity.get(field, {})
    weights = np.array([value_bits.get(value, bits_of(field, "agree")) for value in values] + [0.0])
    first, other = codes[at[:, 0]], codes[at[:, 1]]
    known = (first >= 0) & (other >= 0)
    # Ages are ranges, and apart by no more than a year they do not conflict: that is for the closer look.
    against = 0.0 if field == "age" else bits_of(field, "conflict")
    return np.where(known & (first == other), weights[first], 0.0), np.where(known & (first != other), against, 0.0)


def _dates(table: pd.DataFrame, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    first, last = table["first"].to_numpy(), table["last"].to_numpy()
    a, b = at[:, 0], at[:, 1]
    width = np.maximum(last[a] - first[a], last[b] - first[b])
    overlap = (first[a] <= last[b]) & (first[b] <= last[a])
    apart = (first[a] > last[b]) | (first[b] > last[a])
    day, month, year = (bits_of(field, "agree") for field in ("exposure_day", "exposure_month", "exposure_year"))
    agree = np.where(overlap, np.select([width < 1, width <= 31, width <= 366], [day, month, year], 0.0), 0.0)
    return agree, np.where(apart, bits_of("exposure_day", "conflict"), 0.0)


def _shared(index: pd.Index, words: dict[str, frozenset[str]], at: np.ndarray) -> np.ndarray:
    if not words:
        return np.zeros(len(at))
    sets = [words.get(case, frozenset()) for case in index]
    return np.array([len(sets[a] & sets[b]) for a, b in at.tolist()], float)
