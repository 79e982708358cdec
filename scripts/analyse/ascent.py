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

import numpy as np
from scipy.optimize import isotonic_regression

from scripts.analyse.intervals import Floats, Innermost, Integers

TARGET = 1e-10  # excess of the ratio over 1 to go down to, four orders below what a certificate needs
ROUNDING = 1e-15  # per interval: a longer cumulative sum cannot be driven lower
MOST_ROUNDS = 5_000
MINORANT_STEPS = (
    3  # per Newton step; 3 and 6 were the fastest pair over sizes, grains and shares of exact times
)
CONJUGATE_STEPS = 6


@dataclass(frozen=True)
class Likelihood:
    """Rows as runs of intervals first ... stop - 1, weights summing to 1 with `own`.

    `own` holds, per interval, the weight of the rows that cover nothing else (exact times above all): they
    need no sums and keep full precision.
    """

    first: Integers
    stop: Integers
    weight: Floats
    own: Floats


def likelihood(support: Innermost, weight: Floats) -> Likelihood:
    """The rows of a support, weights scaled to 1, those confined to one interval gathered there."""
    share = weight / weight.sum()
    alone = support.stop - support.first == 1
    own = np.bincount(support.first[alone], share[alone], support.left.size).astype(float)
    return Likelihood(support.first[~alone], support.stop[~alone], share[~alone], own)


def maximise(rows: Likelihood) -> Floats:
    """Masses whose largest `ratio` is at most 1 + 1e-10; where the rounds run out, the best so far."""
    size = rows.own.size
    target = 1 + max(TARGET, ROUNDING * size)
    mass = np.full(size, 1 / size)
    for _ in range(MOST_ROUNDS):
        for _ in range(MINORANT_STEPS):
            slope = ratio(rows, mass)
            if slope.max() <= target:
                return mass
            mass = _convex_minorant_step(rows, mass * slope)
        mass = _newton_step(rows, mass)
    return mass


def ratio(rows: Likelihood, mass: Floats) -> Floats:
    """Gentleman and Geyer's ratio per interval. At the maximum: 1 where there is mass, elsewhere at most 1."""
    return _per_mass(rows.own, mass) + _spread(rows, rows.weight / _probability(rows, mass))


def mean_log_likelihood(rows: Likelihood, mass: Floats) -> float:
    """Log-likelihood per unit of weight."""
    occupied = rows.own > 0
    alone = rows.own[occupied] @ np.log(mass[occupied])
    return float(alone + rows.weight @ np.log(_probability(rows, mass)))


def _probability(rows: Likelihood, mass: Floats) -> Floats:
    """The probability the masses give to each row."""
    total = np.concatenate([[0.0], np.cumsum(mass)])
    return total[rows.stop] - total[rows.first]


def _spread(rows: Likelihood, value: Floats) -> Floats:
    """For each interval, the values summed over the rows that cover it."""
    size = rows.own.size + 1
    return np.cumsum(np.bincount(rows.first, value, size) - np.bincount(rows.stop, value, size))[:-1]


def _per_mass(value: Floats, divisor: Floats) -> Floats:
    """value / divisor, 0 where the value is 0, so that empty intervals do no harm."""
    return np.divide(value, divisor, out=np.zeros_like(value), where=value > 0)


def _convex_minorant_step(rows: Likelihood, mass: Floats) -> Floats:
    """A Newton step in the curve F with diagonal curvature, projected on rising curves."""
    if mass.size == 1:
        return np.ones(1)
    probability = _probability(rows, mass)
    slope = _at_ends(rows, _per_mass(rows.own, mass), rows.weight / probability, -1)
    curvature = _at_ends(rows, _per_mass(rows.own, mass**2), rows.weight / probability**2, 1)
    curvature = np.maximum(curvature, curvature.max() * 1e-12)
    rising = isotonic_regression(np.cumsum(mass)[:-1] + slope / curvature, weights=curvature).x
    proposal = np.diff(np.concatenate([[0.0], np.clip(rising, 0, 1), [1.0]]))
    return _shortened(rows, mass, probability, lambda step: mass + step * (proposal - mass))


def _at_ends(rows: Likelihood, own: Floats, value: Floats, sign: int) -> Floats:
    """Values summed at the inner points of the curve: at a row's end, plus `sign` times at its start."""
    size = rows.own.size + 1
    total = np.bincount(rows.stop, value, size) + sign * np.bincount(rows.first, value, size)
    return total[1:-1] + own[:-1] + sign * own[1:]


def _newton_step(rows: Likelihood, mass: Floats) -> Floats:
    """Towards the maximum of the quadratic model where there is mass; what turns negative is emptied."""
    probability = _probability(rows, mass)
    excess = np.where(mass > 0, ratio(rows, mass) - 1, 0)
    curvature = _per_mass(rows.own, mass**2), rows.weight / probability**2

    def bend(direction: Floats) -> Floats:
        value = curvature[0] * direction + _spread(rows, curvature[1] * _probability(rows, direction))
        return np.where(mass > 0, value, 0)

    direction = _conjugate_gradient(bend, excess, mass)
    return _shortened(rows, mass, probability, lambda step: _normalised(mass + step * direction))


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


def _shortened(
    rows: Likelihood, mass: Floats, probability: Floats, candidate: Callable[[float], Floats]
) -> Floats:
    """The candidate at step 1, 1/3, 1/9 ... that is no less likely than the present masses; else these."""
    step = 1.0
    while step > 1e-4:
        proposal = candidate(step)
        if _gain(rows, mass, probability, proposal) >= 0:
            return proposal
        step /= 3
    return mass


def _gain(rows: Likelihood, mass: Floats, probability: Floats, proposal: Floats) -> float:
    """How much more likely, per unit of weight, the proposal is; -inf where it denies a row."""
    occupied = rows.own > 0
    growth, change = proposal[occupied] / mass[occupied], _probability(rows, proposal) / probability
    if not ((growth > 0).all() and (change > 0).all()):
        return -np.inf
    return float(rows.own[occupied] @ np.log(growth) + rows.weight @ np.log(change))
