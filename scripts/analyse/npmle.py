"""Nonparametric maximum likelihood of an interval-valued time: Turnbull's estimate, proved optimal.

The estimate is a set of innermost intervals with masses; inside one of them the curve is undefined. The fit
alternates an EM step (Turnbull 1976) with an iterative convex minorant step (Groeneboom and Wellner 1992;
the hybrid of Wellner and Zhan 1997), because EM alone crawls and can stop short of the maximum. Every row
covers a run of neighbouring innermost intervals, so a step is two cumulative sums, linear in the rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import isotonic_regression

from scripts.analyse.intervals import Collapsed, Floats, Innermost, collapse, innermost

CERTIFIED = 1e-6  # largest accepted excess of the Karush-Kuhn-Tucker ratio over 1
TARGET = 1e-8  # the fit goes on to here, so that masses agree far beyond the fourth decimal
NEGLIGIBLE = 1e-9  # masses below are rounding, not estimates
MOST_STEPS = 20_000


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
    """Fit rows (lower, upper]; bounds as in `scripts.analyse.intervals`, whose ValueErrors apply.

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
    mass = _maximise(support, rows.weight)
    return _certified(support, mass, rows.weight)


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


def _maximise(support: Innermost, weight: Floats) -> Floats:
    mass = np.full(support.left.size, 1 / support.left.size)
    for _ in range(MOST_STEPS):
        gradient = _gradient(support, mass, weight)
        if gradient.max() <= 1 + TARGET:
            break
        mass = _convex_minorant_step(support, mass * gradient, weight)
    return mass


def _certified(support: Innermost, mass: Floats, weight: Floats) -> Npmle:
    mass = np.where(mass > NEGLIGIBLE, mass, 0)
    mass /= mass.sum()
    kkt = float(_gradient(support, mass, weight).max())
    if not kkt <= 1 + CERTIFIED:
        raise ArithmeticError(f"no certified maximum after {MOST_STEPS} steps: ratio {kkt:.9f}, needs 1 + {CERTIFIED}")
    kept = mass > 0
    likelihood = _log_likelihood(support, mass, weight)
    return Npmle(support.left[kept], support.right[kept], mass[kept], likelihood, kkt, float(weight.sum()))


def _probability(support: Innermost, mass: Floats) -> Floats:
    """The probability the masses give to each row."""
    total = np.concatenate([[0.0], np.cumsum(mass)])
    return total[support.stop] - total[support.first]


def _gradient(support: Innermost, mass: Floats, weight: Floats) -> Floats:
    """Gentleman and Geyer's ratio per innermost interval; multiplied by the masses, it is one EM step."""
    share = weight / _probability(support, mass)
    size = mass.size + 1
    change = np.bincount(support.first, share, size) - np.bincount(support.stop, share, size)
    return np.cumsum(change)[:-1] / weight.sum()


def _log_likelihood(support: Innermost, mass: Floats, weight: Floats) -> float:
    probability = _probability(support, mass)
    return float(weight @ np.log(probability)) if (probability > 0).all() else -np.inf


def _convex_minorant_step(support: Innermost, mass: Floats, weight: Floats) -> Floats:
    """A Newton step in F with diagonal curvature, projected on rising curves, shortened until it helps."""
    if mass.size == 1:
        return np.ones(1)
    curve = np.concatenate([[0.0], np.cumsum(mass)])
    probability = curve[support.stop] - curve[support.first]
    slope = _ends(support, weight / probability, -1)
    curvature = _ends(support, weight / probability**2, 1)
    curvature = np.maximum(curvature, curvature.max() * 1e-12)
    rising = isotonic_regression(curve[1:-1] + slope / curvature, weights=curvature).x
    proposal = np.diff(np.concatenate([[0.0], np.clip(rising, 0, 1), [1.0]]))
    return _shortened(support, mass, proposal, weight)


def _ends(support: Innermost, value: Floats, sign: int) -> Floats:
    """Row values summed at the inner points of the curve: at a row's end, plus `sign` times at its start."""
    size = support.left.size + 1
    total = np.bincount(support.stop, value, size) + sign * np.bincount(support.first, value, size)
    return total[1:-1].astype(float)


def _shortened(support: Innermost, mass: Floats, proposal: Floats, weight: Floats) -> Floats:
    reference = _log_likelihood(support, mass, weight)
    step = 1.0
    while step > 1e-6:
        candidate = mass + step * (proposal - mass)
        if _log_likelihood(support, candidate, weight) >= reference:
            return candidate
        step /= 3
    return mass
