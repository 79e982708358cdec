"""Which pairs are worth comparing: all of them in a small series, those that share a block in a large one.

A block is drug, country, sex and age; or drug, sex, age and month; or drug, country, sex and month; or an identifier.
"""

from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from scripts.validate.comparison_records import Records

ALL_PAIRS = 20_000
LARGEST_BLOCK = 200
MOST_PAIRS = 500_000
BLOCKS = (("country", "sex", "age"), ("sex", "age", "month"), ("country", "sex", "month"))


def pairs(records: Records) -> tuple[np.ndarray, int]:
    """Positions of the records to compare, shape (n, 2); and how many records stand in blocks too large to compare."""
    number = len(records.table)
    if number * (number - 1) // 2 <= ALL_PAIRS:
        return np.array(list(combinations(range(number), 2)), int).reshape(-1, 2), 0
    keys = _keys(records)
    found = [_of_identifiers(records)]
    left_out: set[int] = set()
    for parts in BLOCKS:
        known = keys[list(parts)].notna().all(axis=1) & keys["drug"].ne("")
        codes = keys[known].groupby(["drug", *parts], sort=False).ngroup()
        made, too_many = _within(codes.to_numpy(), np.flatnonzero(known))
        found.append(made)
        left_out |= too_many
    unique = np.unique(np.concatenate(found), axis=0)
    return unique[:MOST_PAIRS], len(left_out) + max(0, len(unique) - MOST_PAIRS)


def _keys(records: Records) -> pd.DataFrame:
    table = records.table
    usual = pd.Series([drug for drugs in records.drugs.values() for drug in drugs], dtype=object).value_counts()
    drug = [min(records.drugs.get(case, [""]), key=lambda name: (-usual.get(name, 0), name)) for case in table.index]
    exact = table["age_lower"] == table["age_upper"]
    narrow = table["last"] - table["first"] <= 31
    month = ((table["first"] + table["last"]) / 2 // 30.4375).where(narrow)
    text = table[["country", "sex"]].replace("", np.nan)
    return text.assign(drug=drug, age=table["age_lower"].where(exact), month=month)


def _within(codes: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, set[int]]:
    order = np.argsort(codes, kind="stable")
    edges = np.flatnonzero(np.diff(codes[order], prepend=-1, append=-2))
    found, too_many = [np.empty((0, 2), int)], set()
    for start, end in pairwise(edges):
        members = np.sort(at[order[start:end]])
        if len(members) > LARGEST_BLOCK:
            too_many |= set(members.tolist())
        elif len(members) > 1:
            found.append(np.stack([members[side] for side in np.triu_indices(len(members), 1)], axis=1))
    return np.concatenate(found), too_many


def _of_identifiers(records: Records) -> np.ndarray:
    position = {case: at for at, case in enumerate(records.table.index)}
    holders: dict[str, list[int]] = {}
    for case, ids in records.identifiers.items():
        for identifier in ids:
            holders.setdefault(identifier, []).append(position[case])
    found = [
        sorted(pair) for held in holders.values() if 1 < len(held) <= LARGEST_BLOCK for pair in combinations(held, 2)
    ]
    return np.array(found, int).reshape(-1, 2)
