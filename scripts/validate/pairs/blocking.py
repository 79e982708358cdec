"""Which pairs are worth comparing: all of them in a small series, those that share a block in a large one.

Blocks are drug, country, sex and age; drug, sex, age and month; drug, country, sex and month; drug, country, age and
month; or an identifier: a pair that is wrong in one of them meets in another. Where a block would make too many pairs, the
next finer one takes its place: of so many records, two that share no more than the coarse block agree by chance.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from scripts.validate.comparison_records import Records

ALL_PAIRS = 500_000
MOST_OF_A_BLOCK = 200_000
SHARED_IDENTIFIER = 50
LADDERS = (
    (("country", "sex", "age"), ("country", "sex", "age", "month"), ("country", "sex", "age", "day")),
    (("sex", "age", "month"), ("sex", "age", "day")),
    (("country", "sex", "month"), ("country", "sex", "day")),
    (("country", "age", "month"), ("country", "age", "day")),
)


def pairs(records: Records, shared: np.ndarray) -> np.ndarray:
    """Positions of the records to compare, shape (n, 2), the lower first; `shared` are those of `of_identifiers`."""
    number = len(records.table)
    if number * (number - 1) // 2 <= ALL_PAIRS:
        return np.stack(np.triu_indices(number, 1), axis=1)
    keys = _keys(records)
    blocks = [shared, *(_of_ladder(keys, ladder) for ladder in LADDERS)]
    codes = np.unique(np.concatenate([made[:, 0] * number + made[:, 1] for made in blocks]))
    return np.stack([codes // number, codes % number], axis=1)


def _keys(records: Records) -> pd.DataFrame:
    table = records.table
    usual = pd.Series([drug for drugs in records.drugs.values() for drug in drugs], dtype=object).value_counts()
    rank = {drug_name: (-number, drug_name) for drug_name, number in usual.items()}
    first = {drugs: min(drugs, key=rank.__getitem__) for drugs in set(records.drugs.values())}
    drug = [first.get(records.drugs.get(case, frozenset()), "") for case in table.index]
    exact = table["age_lower"] == table["age_upper"]
    middle = (table["first"] + table["last"]) / 2
    width = table["last"] - table["first"]
    text = table[["country", "sex"]].where(table[["country", "sex"]] != "")
    return text.assign(
        drug=drug,
        age=table["age_lower"].where(exact),
        month=(middle // 30.4375).where(width <= 31),
        day=middle.where(width < 1),
    )


def _of_ladder(keys: pd.DataFrame, ladder: tuple[tuple[str, ...], ...]) -> np.ndarray:
    """Pairs of the coarsest blocks that make no more than MOST_OF_A_BLOCK; none where even the finest make more."""
    for parts in ladder:
        known = keys[list(parts)].notna().all(axis=1) & keys["drug"].ne("")
        codes = keys[known].groupby(["drug", *parts], sort=False).ngroup().to_numpy()
        sizes = np.bincount(codes) if len(codes) else np.zeros(1, int)
        if (sizes * (sizes - 1) // 2).sum() <= MOST_OF_A_BLOCK:
            return _within(codes, np.flatnonzero(known))
    return np.empty((0, 2), int)


def _within(codes: np.ndarray, at: np.ndarray) -> np.ndarray:
    order = at[np.argsort(codes, kind="stable")]
    sizes = np.bincount(codes) if len(codes) else np.zeros(0, int)
    starts = np.cumsum(sizes) - sizes
    member_pairs = [np.empty((0, 2), int)]
    for size in np.unique(sizes[sizes > 1]):
        members = order[starts[sizes == size][:, None] + np.arange(size)]
        first, other = np.triu_indices(size, 1)
        member_pairs.append(np.stack([members[:, first].ravel(), members[:, other].ravel()], axis=1))
    return np.sort(np.concatenate(member_pairs), axis=1)


def of_identifiers(records: Records) -> np.ndarray:
    """Records that share an identifier; one that very many share does not identify a patient."""
    position = {case: at for at, case in enumerate(records.table.index)}
    holders: dict[str, list[int]] = {}
    for case, ids in records.identifiers.items():
        for identifier in ids if case in position else ():
            holders.setdefault(identifier, []).append(position[case])
    groups = [sorted(held) for held in holders.values() if 1 < len(held) <= SHARED_IDENTIFIER]
    return np.array([pair for held in groups for pair in combinations(held, 2)], int).reshape(-1, 2)
