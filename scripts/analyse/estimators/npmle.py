"""Nonparametric maximum likelihood of an interval-valued time: Turnbull's estimate, proved optimal.

Definitions: npmle.

The estimate is a set of innermost intervals with masses; inside one of them the curve is undefined. A
self-consistent curve need not be the maximum (Gentleman and Geyer 1994), so every fit carries the largest
Karush-Kuhn-Tucker ratio and none leaves here without passing it. The ascent itself is in `ascent.py`. Written out here because lifelines 0.30
treats intervals as closed, which gives other masses, and no Python library at hand certifies its maximum.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scripts.analyse.estimators.ascent import Likelihood, likelihood, maximise, mean_log_likelihood, ratio
from scripts.analyse.estimators.intervals import Collapsed, Floats, Innermost, collapse, innermost

CERTIFIED = 1e-6  # largest accepted excess of the Karush-Kuhn-Tucker ratio over 1
NEGLIGIBLE = 1e-9  # masses below are rounding, not estimates


@dataclass(frozen=True)
class Npmle:
    """Masses on the innermost intervals (left, right], exact where left == right, in ascending order.

    `mass` is positive and sums to 1. `kkt` is the largest ratio, over all candidate intervals, of gradient to
    total weight; the fit is the maximum when it is at most 1 + 1e-6. `n` is the total weight.
    """

    left: Floats
    right: Floats
    mass: Floats
    log_likelihood: float
    kkt: float
    n: float


def npmle(lower: ArrayLike, upper: ArrayLike, weights: ArrayLike | None = None) -> Npmle:
    """Fit rows (lower, upper]; bounds as in `scripts.analyse.estimators.intervals`, whose ValueErrors apply.

    ArithmeticError if the maximum cannot be certified, so an uncertified curve never leaves this module.
    """
    return fit(collapse(lower, upper, weights))


def fit(rows: Collapsed) -> Npmle:
    """The estimate for rows that were collapsed before. Rows of weight 0 are as if absent."""
    used = rows.weight > 0
    if not used.all():
        ranks = rows.lower_rank[used], rows.upper_rank[used]
        rows = Collapsed(rows.points, *ranks, rows.weight[used], rows.row)
    support = innermost(rows)
    runs = likelihood(support, rows.weight)
    return _certified(support, runs, maximise(runs), float(rows.weight.sum()))


def cdf_bounds(fit: Npmle, t: ArrayLike) -> tuple[Floats, Floats]:
    """What the fit says about F(t): (all mass certainly at or before t, all mass possibly so).

    The two differ exactly when t lies inside an innermost interval: left < t < right.
    """
    total = np.concatenate([[0.0], np.cumsum(fit.mass)])
    time = np.asarray(t, float)
    low = total[np.searchsorted(fit.right, time, side="right")]
    started = np.searchsorted(fit.left, time, side="left")
    return low, np.maximum(low, total[started])


def quantile_interval(fit: Npmle, p: float) -> tuple[float, float]:
    """The innermost interval (left, right] where F first reaches p, 0 < p <= 1; right == inf: not reached."""
    if not 0 < p <= 1:
        raise ValueError(f"p is {p}; a quantile needs 0 < p <= 1")
    # Masses carry rounding: a curve that stands at p - 1e-12 has reached p.
    index = int(np.searchsorted(np.cumsum(fit.mass)[:-1], p - CERTIFIED))
    return float(fit.left[index]), float(fit.right[index])


@dataclass(frozen=True)
class Median:
    """Where the curve crosses one half: within (lower, upper], exact where equal.

    flat: (from, until) where the curve stands at one half instead, from the end of one innermost interval to the
    beginning of the next; `lower` and `upper` are then the outer ends of the two.
    """

    lower: float
    upper: float
    flat: tuple[float, float] | None = None


def median(fit: Npmle) -> Median:
    """The median interval, with the stretch on which the curve stands at one half where it does."""
    lower, upper = quantile_interval(fit, 0.5)
    index = int(np.searchsorted(np.cumsum(fit.mass)[:-1], 0.5 - CERTIFIED))
    if index + 1 < fit.mass.size and abs(np.cumsum(fit.mass)[index] - 0.5) <= CERTIFIED:
        return Median(lower, float(fit.right[index + 1]), (upper, float(fit.left[index + 1])))
    return Median(lower, upper)


def _certified(support: Innermost, rows: Likelihood, mass: Floats, total: float) -> Npmle:
    mass, kkt = _tidied(rows, mass)
    if not kkt <= 1 + CERTIFIED:
        raise ArithmeticError(f"no certified maximum: ratio {kkt:.9f}, needs at most 1 + {CERTIFIED}")
    kept = mass > 0
    log_likelihood = total * mean_log_likelihood(rows, mass)
    return Npmle(support.left[kept], support.right[kept], mass[kept], log_likelihood, kkt, total)


def _tidied(rows: Likelihood, mass: Floats) -> tuple[Floats, float]:
    """The masses without what is only rounding, and their largest ratio; untouched if a row lives on a trace."""
    tidy = np.where(mass > NEGLIGIBLE, mass, 0)
    tidy = tidy / tidy.sum()
    if (tidy[rows.alone > 0] > 0).all():
        kkt = float(ratio(rows, tidy).max())
        if kkt <= 1 + CERTIFIED:
            return tidy, kkt
    return mass, float(ratio(rows, mass).max())
