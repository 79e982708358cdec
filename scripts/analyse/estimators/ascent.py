"""The ascent to the maximum of the interval likelihood over masses on innermost intervals.

Three kinds of step take turns, none of which lowers the likelihood:

1. an EM step (Turnbull 1976), which alone converges, but crawls;
2. an iterative convex minorant step (Groeneboom and Wellner 1992; the hybrid of Wellner and Zhan 1997),
   which finds out where there is no mass;
3. a few conjugate-gradient steps towards Newton's direction, with EM as preconditioner, which settle the
   masses that exact times tie to their neighbours.

Every row covers a run of neighbouring intervals, so a step is a few cumulative sums: time and memory are
linear in rows plus intervals, and there is no matrix.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import isotonic_regression

from scripts.analyse.estimators.intervals import Floats, Innermost, Integers

TARGET = 1e-10  # excess of the ratio over 1 to go down to, four orders below what a certificate needs
ROUNDING = 1e-15  # per interval: a longer cumulative sum cannot be driven lower
MOST_ROUNDS = 1_000
MINORANT_STEPS = 3  # per Newton step; 3 and 6 were the fastest pair over sizes, grains and shares of exact times
CONJUGATE_STEPS = 6
NOISE = 1e-15  # rounding of a mean log-likelihood: a loss of less is none


@dataclass(frozen=True)
class Likelihood:
    """Rows as runs of intervals first ... stop - 1, weights summing to 1 with `alone`.

    `alone` holds, per interval, the weight of the rows that cover nothing else (exact times above all): they
    need no sums and keep full precision.
    """

    first: Integers
    stop: Integers
    weight: Floats
    alone: Floats


def likelihood(support: Innermost, weight: Floats) -> Likelihood:
    """The rows of a support, weights scaled to 1, those confined to one interval gathered there."""
    share = weight / weight.sum()
    alone = support.stop - support.first == 1
    alone_share = np.bincount(support.first[alone], share[alone], support.left.size).astype(float)
    return Likelihood(support.first[~alone], support.stop[~alone], share[~alone], alone_share)


def maximise(rows: Likelihood) -> Floats:
    """Masses whose largest `ratio` is at most 1 + 1e-10; where the rounds run out, the best so far."""
    size = rows.alone.size
    target = 1 + max(TARGET, ROUNDING * size)
    point = _point(rows, np.full(size, 1 / size))
    for _ in range(MOST_ROUNDS):
        for _ in range(MINORANT_STEPS):
            slope = _ratio(rows, point)
            if slope.max() <= target:
                return point.mass
            point = _convex_minorant_step(rows, _point(rows, point.mass * slope))
        point = _newton_step(rows, point)
    return point.mass


def ratio(rows: Likelihood, mass: Floats) -> Floats:
    """Gentleman and Geyer's ratio per interval. At the maximum: 1 where there is mass, else at most 1."""
    return _ratio(rows, _point(rows, mass))


def mean_log_likelihood(rows: Likelihood, mass: Floats) -> float:
    """Log-likelihood per unit of weight."""
    occupied = rows.alone > 0
    alone = rows.alone[occupied] @ np.log(mass[occupied])
    return float(alone + rows.weight @ np.log(_over_rows(rows, mass)))


class _Point(NamedTuple):
    mass: Floats
    probability: Floats  # what the masses give to each row


def _point(rows: Likelihood, mass: Floats) -> _Point:
    return _Point(mass, _over_rows(rows, mass))


def _ratio(rows: Likelihood, point: _Point) -> Floats:
    return _per_mass(rows.alone, point.mass) + _over_intervals(rows, rows.weight / point.probability)


def _over_rows(rows: Likelihood, mass: Floats) -> Floats:
    """For each row, the masses summed over the intervals it covers."""
    total = np.concatenate([[0.0], np.cumsum(mass)])
    return total[rows.stop] - total[rows.first]


def _over_intervals(rows: Likelihood, value: Floats) -> Floats:
    """For each interval, the values summed over the rows that cover it."""
    size = rows.alone.size + 1
    return np.cumsum(np.bincount(rows.first, value, size) - np.bincount(rows.stop, value, size))[:-1]


def _per_mass(value: Floats, divisor: Floats) -> Floats:
    """value / divisor, 0 where the value is 0, so that empty intervals do no harm."""
    return np.divide(value, divisor, out=np.zeros_like(value), where=value > 0)


def _convex_minorant_step(rows: Likelihood, point: _Point) -> _Point:
    """A Newton step in the curve F with diagonal curvature, projected on rising curves."""
    if point.mass.size == 1:
        return _point(rows, np.ones(1))
    mass, share = point.mass, rows.weight / point.probability
    slope = _at_ends(rows, _per_mass(rows.alone, mass), share, -1)
    curvature = _at_ends(rows, _per_mass(rows.alone, mass**2), share / point.probability, 1)
    curvature = np.maximum(curvature, curvature.max() * 1e-12)
    rising = isotonic_regression(np.cumsum(mass)[:-1] + slope / curvature, weights=curvature).x
    proposal = np.diff(np.concatenate([[0.0], np.clip(rising, 0, 1), [1.0]]))
    return _shortened(rows, point, lambda step: mass + step * (proposal - mass))


def _at_ends(rows: Likelihood, masses: Floats, value: Floats, sign: int) -> Floats:
    """Values summed at the inner points of the curve: at a row's end, plus `sign` times at its start."""
    size = rows.alone.size + 1
    total = np.bincount(rows.stop, value, size) + sign * np.bincount(rows.first, value, size)
    return total[1:-1] + masses[:-1] + sign * masses[1:]


def _newton_step(rows: Likelihood, point: _Point) -> _Point:
    """Towards the maximum of the quadratic model where there is mass; what turns negative is emptied."""
    occupied = point.mass > 0
    alone_weight, weight = _per_mass(rows.alone, point.mass**2), rows.weight / point.probability**2

    def bend(direction: Floats) -> Floats:
        value = alone_weight * direction + _over_intervals(rows, weight * _over_rows(rows, direction))
        return np.where(occupied, value, 0)

    excess = np.where(occupied, _ratio(rows, point) - 1, 0)
    direction = _conjugate_gradient(bend, excess, point.mass)
    return _shortened(rows, point, lambda step: _normalised(point.mass + step * direction))


def _conjugate_gradient(bend: Callable[[Floats], Floats], residual: Floats, mass: Floats) -> Floats:
    """A few steps towards the solution of bend(x) = residual, preconditioned by the masses."""
    solution, search = np.zeros_like(mass), mass * residual
    length = first_length = float(residual @ search)
    for _ in range(CONJUGATE_STEPS):
        bent = bend(search)
        if not length > 1e-2 * first_length or not search @ bent > 0:
            break
        step = length / (search @ bent)
        solution, residual = solution + step * search, residual - step * bent
        previous, length = length, float(residual @ (mass * residual))
        search = mass * residual + length / previous * search
    return solution


def _normalised(mass: Floats) -> Floats:
    positive = np.maximum(mass, 0)
    return positive / positive.sum()


def _shortened(rows: Likelihood, point: _Point, candidate: Callable[[float], Floats]) -> _Point:
    """The candidate at step 1, 1/3, 1/9 ... that is no less likely than the present point; else this."""
    step = 1.0
    while step > 1e-4:
        proposal = _point(rows, candidate(step))
        if _gain(rows, point, proposal) >= -NOISE:
            return proposal
        step /= 3
    return point


def _gain(rows: Likelihood, old: _Point, new: _Point) -> float:
    """How much more likely, per unit of weight, the new point is; -inf where it denies a row."""
    occupied = rows.alone > 0
    growth, change = new.mass[occupied] / old.mass[occupied], new.probability / old.probability
    if not ((growth > 0).all() and (change > 0).all()):
        return -np.inf
    return float(rows.alone[occupied] @ np.log(growth) + rows.weight @ np.log(change))
