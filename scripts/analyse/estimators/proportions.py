"""Limits of a proportion x / n, two-sided, each method under its name: they differ in the first decimal.

Definitions: proportions.

x and n are counts, scalars or arrays that broadcast; results are (lower, upper) arrays of that shape.
ValueError where not 0 <= x <= n or n is 0. Sources: Clopper and Pearson 1934; Brown, Cai and DasGupta 2001;
Newcombe 1998. `scipy.special` alone is used, because `scipy.stats` takes half a second to import.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, ndtri

from scripts.analyse.estimators.intervals import Floats

LEAST_FOR_RULE_OF_THREE = 30


def clopper_pearson(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Exact limits: coverage at least `level` for every true proportion. 0 at x = 0, 1 at x = n."""
    count, total, tail = _checked(x, n, level)
    low = np.where(count == 0, 0.0, _beta_quantile(count, total - count + 1, tail))
    high = np.where(count == total, 1.0, _beta_quantile(count + 1, total - count, 1 - tail))
    return low, high


def jeffreys(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Equal-tailed interval of Beta(x + 1/2, n - x + 1/2), by convention 0 at x = 0 and 1 at x = n."""
    count, total, tail = _checked(x, n, level)
    low = np.where(count == 0, 0.0, _beta_quantile(count + 0.5, total - count + 0.5, tail))
    high = np.where(count == total, 1.0, _beta_quantile(count + 0.5, total - count + 0.5, 1 - tail))
    return low, high


def wilson(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Score limits without continuity correction; for plots from n = 40 up."""
    count, total, tail = _checked(x, n, level)
    z = ndtri(1 - tail)
    centre = (count + z**2 / 2) / (total + z**2)
    half = z / (total + z**2) * np.sqrt(count * (total - count) / total + z**2 / 4)
    return np.where(count == 0, 0.0, centre - half), np.where(count == total, 1.0, centre + half)


def zero_event_upper(n: ArrayLike, level: float = 0.95) -> Floats:
    """One-sided exact upper limit after 0 events in n: 1 - (1 - level)^(1/n).

    The upper end of the two-sided 95 % interval is the one-sided limit at level 0.975. 3/n is no substitute
    below n = 30, and exceeds 1 below n = 3; see `rule_of_three`.
    """
    _, total, tail = _checked(0, n, level)
    return -np.expm1(np.log(2 * tail) / total)


def rule_of_three(n: int) -> float | None:
    """3 / n, or None below n = 30, where it must not be printed."""
    return 3 / n if n >= LEAST_FOR_RULE_OF_THREE else None


def outer_limits(known: ArrayLike, possible: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Limits that hold whatever the straddling rows were: lower limit of the known, upper of the possible."""
    if (np.asarray(known) > np.asarray(possible)).any():
        raise ValueError(f"known {known!r} exceeds possible {possible!r}; what is known is also possible")
    return clopper_pearson(known, n, level)[0], clopper_pearson(possible, n, level)[1]


def missing_outcome_bounds(x: int, n: int, missing: int) -> tuple[float, float]:
    """The proportion if none, and if all, of `missing` further patients had the outcome; n are those known.

    9 of 11 known and 1 missing: 9/12 to 10/12. NaN, NaN where there are no patients.
    """
    if not (0 <= x <= n and missing >= 0):
        raise ValueError(f"{x} of {n} with {missing} missing: needs 0 <= x <= n and missing >= 0")
    everyone = n + missing
    return (x / everyone, (x + missing) / everyone) if everyone else (np.nan, np.nan)


def _checked(x: ArrayLike, n: ArrayLike, level: float) -> tuple[Floats, Floats, float]:
    """Counts as broadcast float arrays, and the probability left in each tail."""
    count, total = np.broadcast_arrays(np.asarray(x, float), np.asarray(n, float))
    if not 0 < level < 1:
        raise ValueError(f"level is {level}; it must lie between 0 and 1, both excluded")
    if not ((count >= 0) & (count <= total) & (total > 0)).all():
        raise ValueError(f"{x!r} of {n!r}: a proportion needs 0 <= x <= n and n of at least 1")
    return count, total, (1 - level) / 2


def _beta_quantile(a: Floats, b: Floats, probability: float) -> Floats:
    """Quantile of Beta(a, b); where a parameter is 0 the caller pins the end, and 1 stands in for it."""
    return betaincinv(np.maximum(a, 0.5), np.maximum(b, 0.5), probability)
