"""Medians, quantiles and "by day t" of interval-valued times without a model of how the intervals arose.

Definitions: median-bounds, known-and-possible.

Case by case lower <= T <= upper, so the r-th smallest lower end never exceeds the r-th smallest time, which
never exceeds the r-th smallest upper end. Everything here follows from that, whatever decided when patients
were looked at. Rows count alike; for weighted rows repeat them.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

from scripts.analyse.estimators.intervals import checked

LEAST_FOR_LIMITS = 6  # below, no pair of ranks reaches 95 % for a median, and the range is all there is
TYPES = {
    1: "inverted_cdf",
    2: "averaged_inverted_cdf",
    3: "closest_observation",
    4: "interpolated_inverted_cdf",
    5: "hazen",
    6: "weibull",
    7: "linear",
    8: "median_unbiased",
    9: "normal_unbiased",
}  # Hyndman and Fan 1996, by their numbers


def median_ranks(n: int, p: float = 0.5, level: float = 0.95) -> tuple[int, int] | None:
    """The ranks (r, s), counted from 1, whose order statistics hold the p-quantile with at least `level`.

    Each tail keeps at most (1 - level) / 2 of Binomial(n, p). None where no such pair exists, at the median
    and 95 % for n < 6. For p = 0.5, s = n + 1 - r.
    """
    _probability(p, "p")
    _probability(level, "level")
    below = bdtr(np.arange(-1.0, n + 1), n, p) if n else np.zeros(1)  # below[k] = P(X < k)
    below[0] = 0.0
    tail = (1 - level) / 2 * (1 + 1e-12)
    first = int(np.searchsorted(below, tail, side="right")) - 1
    last = int(np.searchsorted(-(1 - below), -tail, side="left"))
    return (first, last) if 1 <= first < last <= n else None


def quantile_bounds(lower: ArrayLike, upper: ArrayLike, p: float = 0.5, kind: int = 2) -> tuple[float, float]:
    """The bounds-first headline: the p-quantile of the lower ends to the p-quantile of the upper ends.

    `kind` is Hyndman and Fan's type; 2 (the default) is the textbook median, the mean of the two middle
    values, and never invents a value between tied days elsewhere. An upper bound of inf means not reached.
    """
    low, high, _ = checked(lower, upper)
    return quantile(low, p, kind), quantile(high, p, kind)


def median_stretch(lower: ArrayLike, upper: ArrayLike) -> tuple[float, float] | None:
    """(from, until): half of the cases surely have it by the first and the other half surely only after the second.

    None for an odd number of cases, or where the middle two may be in either order. The two may be one time.
    """
    low, high, _ = checked(lower, upper)
    half = low.size // 2
    if not half or low.size % 2:
        return None
    by, after = float(np.sort(high)[half - 1]), float(np.sort(low)[half])
    return (by, after) if by <= after else None


def quantile_interval_bounds(
    lower: ArrayLike, upper: ArrayLike, p: float = 0.5, level: float = 0.95
) -> tuple[float, float] | None:
    """Limits of the p-quantile: r-th smallest lower end to s-th smallest upper end, (r, s) of `median_ranks`.

    Coverage is at least `level` under any inspection process. None below 6 rows, and where no ranks exist.
    """
    low, high, _ = checked(lower, upper)
    ranks = median_ranks(low.size, p, level)
    if low.size < LEAST_FOR_LIMITS or ranks is None:
        return None
    return float(np.sort(low)[ranks[0] - 1]), float(np.sort(high)[ranks[1] - 1])


def by(lower: ArrayLike, upper: ArrayLike, t: float) -> tuple[np.ndarray, np.ndarray]:
    """Which rows fell at or before t: surely, and possibly (the sure ones among them).

    | row       | t  | known         | possible     |
    |-----------|----|---------------|--------------|
    | (0, 14]   | 14 | yes           | yes          |
    | (0, 16]   | 14 | no: straddles | yes          |
    | (14, inf) | 14 | no            | no: after 14 |
    | exact 14  | 14 | yes           | yes          |
    | (0, inf)  | 14 | no            | yes          |
    """
    low, high, _ = checked(lower, upper)
    known = high <= t
    return known, known | (low < t)


def known_possible(lower: ArrayLike, upper: ArrayLike, t: float) -> tuple[int, int]:
    """How many rows fell at or before t: surely, and possibly (`by`)."""
    known, possible = by(lower, upper, t)
    return int(known.sum()), int(possible.sum())


def quantile(values: ArrayLike, p: float = 0.5, kind: int = 2) -> float:
    """The p-quantile by Hyndman and Fan's type; inf (not reached) once an infinite value has a part in it."""
    _probability(p, "p")
    if kind not in TYPES:
        raise ValueError(f"quantile type {kind}; known are {', '.join(map(str, TYPES))} (Hyndman and Fan 1996)")
    given = np.asarray(values, float)
    infinite = np.isinf(given)
    if not infinite.any():
        return float(np.quantile(given, p, method=TYPES[kind]))  # type: ignore[call-overload]
    # Interpolating with inf gives NaN where its share is 0; two finite stand-ins give two values where it has one.
    largest = given[~infinite].max(initial=0.0)
    value, other = (
        float(np.quantile(np.where(infinite, stand_in, given), p, method=TYPES[kind]))  # type: ignore[call-overload]
        for stand_in in (largest + 1, 2 * largest + 2)
    )
    return value if value == other else np.inf


def _probability(value: float, parameter: str) -> None:
    if not 0 < value < 1:
        raise ValueError(f"{parameter} is {value}; it must lie between 0 and 1, both excluded")
