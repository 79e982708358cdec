"""Comparing groups within a case series: mostly reasons not to, and the exact test for those who insist."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln

from scripts.analyse.estimators.intervals import Floats

LEAST_PER_GROUP = 5
MOST_MISSING = 0.2


def reasons_against(
    sizes: Mapping[str, int],
    differ_by: Sequence[str] = (),
    share_missing: float = 0.0,
    split_seen_first: bool = False,
    sampling_frame: bool = False,
) -> list[str]:
    """Why the groups should not be tested against each other, in words; empty where nothing speaks against.

    `sizes`: cases per group. `differ_by`: what differs between them by construction (dose, route, source).
    """
    small = [f"{name} ({size})" for name, size in sizes.items() if size < LEAST_PER_GROUP]
    reasons = {
        f"fewer than {LEAST_PER_GROUP} cases in {', '.join(small)}": bool(small),
        f"the groups differ by construction in {', '.join(differ_by)}": bool(differ_by),
        f"the outcome is missing in {share_missing:.0%}, more than {MOST_MISSING:.0%}": share_missing > MOST_MISSING,
        "the groups were formed after the outcomes had been seen": split_seen_first,
        "reported cases are not a sample from anything a test could speak about": not sampling_frame,
    }
    return [reason for reason, holds in reasons.items() if holds]


def fisher_exact(table: ArrayLike, alternative: str = "two-sided") -> float:
    """p-value of a 2 x 2 table of counts, conditional on its margins (Fisher 1935). Exploratory by nature.

    two-sided sums the tables no more likely than this one; less and greater refer to the first cell.
    """
    (a, b), (c, d) = _counts(table)
    row, column, total = a + b, a + c, a + b + c + d
    first = np.arange(max(0, row + column - total), min(row, column) + 1)
    log_probability = _log_choose(column, first) + _log_choose(total - column, row - first)
    probability = np.exp(log_probability - _log_choose(total, row))
    chosen = {
        "two-sided": probability <= probability[first == a] * (1 + 1e-7),
        "less": first <= a,
        "greater": first >= a,
    }
    if alternative not in chosen:
        raise ValueError(f"alternative {alternative!r}; known are {', '.join(chosen)}")
    return float(min(1.0, probability[chosen[alternative]].sum()))


def holm(p_values: ArrayLike) -> Floats:
    """Holm's step-down adjustment, in the order given."""
    p = np.asarray(p_values, float)
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(stepped, 1)
    return adjusted


def _counts(table: ArrayLike) -> np.ndarray:
    counts = np.asarray(table)
    if counts.shape != (2, 2) or (counts < 0).any() or (counts != np.floor(counts)).any():
        raise ValueError("needs a 2 x 2 table of counts")
    return counts.astype(int)


def _log_choose(n: ArrayLike, k: ArrayLike) -> Floats:
    n, k = np.asarray(n, float), np.asarray(k, float)
    return -np.log(n + 1) - betaln(n - k + 1, k + 1)
