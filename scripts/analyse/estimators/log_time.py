"""Likelihood of interval-valued times whose logarithm has a location and a scale: Weibull and lognormal.

With z = shape * (log t - location), a row (lower, upper] contributes G(z_upper) - G(z_lower), an exact time
g(z) * shape / t. For the Weibull G is the smallest extreme value distribution, location the log of its scale.
The maximum is sought over (log shape, location) by Newton steps with halving.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import log_ndtr

from scripts.analyse.estimators.intervals import Floats

MOST_STEPS = 200
SETTLED = 1e-12  # gain in log-likelihood per unit of weight that the next step promises
NEAR = 1e-8  # the same, where rounding stops the search earlier


class Sample(NamedTuple):
    """Logs of rows with two finite ends, of exact times and of right-censored ones, with weights.

    A lower bound of 0 has log -inf, which is what left-censoring means.
    """

    log_lower: Floats
    log_upper: Floats
    interval_weight: Floats
    log_exact: Floats
    exact_weight: Floats
    log_censored: Floats
    censored_weight: Floats


@dataclass(frozen=True)
class Maximum:
    log_shape: float
    location: float
    value: float  # the log-likelihood


class Terms(NamedTuple):
    """Log-probability of rows and its derivatives: in each end for intervals, in z elsewhere."""

    value: Floats
    first: tuple[Floats, ...]
    second: tuple[Floats, ...]


@dataclass(frozen=True)
class Family:
    """A standard distribution: log-probabilities with first and second derivatives in z.

    `between(lower, upper)` has derivatives (d lower, d upper) and (d lower twice, both, d upper twice).
    """

    density: Callable[[Floats], Terms]
    beyond: Callable[[Floats], Terms]
    between: Callable[[Floats, Floats], Terms]
    centre: float
    spread: float


def sample(lower: Floats, upper: Floats, weight: Floats) -> Sample:
    """Rows split by kind. Rows (0, inf) and rows of weight 0 say nothing and are left out."""
    used = (weight > 0) & ~((lower == 0) & np.isinf(upper))
    with np.errstate(divide="ignore"):
        low, high, weight = np.log(lower[used]), np.log(upper[used]), weight[used]
    exact, censored = low == high, np.isinf(high)
    between = ~exact & ~censored
    return Sample(
        low[between],
        high[between],
        weight[between],
        low[exact],
        weight[exact],
        low[censored],
        weight[censored],
    )


def maximise(data: Sample, family: Family) -> Maximum:
    """The maximum over shape and location."""
    return _newton(data, family, _start(data, family), free=2)


def maximise_location(data: Sample, family: Family, log_shape: float, location: float) -> Maximum:
    """The maximum over the location alone, the shape held fixed; sought from `location`.

    At a steep shape the likelihood there may round to 0; the search then begins at the latest time, and where
    it is 0 there too, so is the maximum as far as floats can tell: value -inf.
    """
    latest = max(logs.max(initial=-np.inf) for logs in (data.log_upper, data.log_exact, data.log_censored))
    for start in (np.array([location, log_shape]), np.array([latest, log_shape])):
        if np.isfinite(_log_likelihood(data, family, start)[0]):
            return _newton(data, family, start, free=1)
    return Maximum(log_shape, location, -np.inf)


def _start(data: Sample, family: Family) -> Floats:
    """Moments of the logs, an interval standing at its upper end where it begins at 0, else at its middle."""
    low = np.where(np.isinf(data.log_lower), data.log_upper, data.log_lower)
    logs = np.concatenate([(low + data.log_upper) / 2, data.log_exact, data.log_censored])
    weight = np.concatenate([data.interval_weight, data.exact_weight, data.censored_weight])
    mean = weight @ logs / weight.sum()
    deviation = max(float(np.sqrt(weight @ (logs - mean) ** 2 / weight.sum())), 1e-3)
    return np.array([mean + family.centre * deviation, np.log(family.spread / deviation)])


def _newton(data: Sample, family: Family, start: Floats, free: int) -> Maximum:
    """Newton's method over the first `free` of (location, log shape), each step halved until it helps.

    ArithmeticError where it does not settle: the likelihood has no maximum at a finite shape.
    """
    point = start
    value, slope, bend = _log_likelihood(data, family, point)
    total = data.interval_weight.sum() + data.exact_weight.sum() + data.censored_weight.sum()
    for _ in range(MOST_STEPS):
        direction = _uphill(slope[:free], bend[:free, :free])
        promised = slope[:free] @ direction / total
        if promised < SETTLED:
            return Maximum(float(point[1]), float(point[0]), value)
        step = np.concatenate([direction, np.zeros(2 - free)]) * min(1, 2 / np.abs(direction).max())
        trial = _log_likelihood(data, family, point + step)
        while not trial[0] >= value:
            step = step / 2
            if not np.abs(step).max() > 1e-14:
                return _at_rounding(point, value, promised)
            trial = _log_likelihood(data, family, point + step)
        point, (value, slope, bend) = point + step, trial
    return _at_rounding(point, value, promised)


def _at_rounding(point: Floats, value: float, promised: float) -> Maximum:
    """The point, if what Newton's step still promised is within rounding; else ArithmeticError."""
    if promised < NEAR:
        return Maximum(float(point[1]), float(point[0]), value)
    raise ArithmeticError("the likelihood has no maximum at a finite shape, or none that can be reached")


def _uphill(slope: Floats, bend: Floats) -> Floats:
    """Newton's direction, the curvature made negative where it is not."""
    values, vectors = np.linalg.eigh(-bend)
    floor = max(float(np.abs(values).max()) * 1e-8, 1e-300)
    return vectors @ ((vectors.T @ slope) / np.maximum(np.abs(values), floor))


def _log_likelihood(data: Sample, family: Family, point: Floats) -> tuple[float, Floats, Floats]:
    """Value, gradient and Hessian in (location, log shape)."""
    location, shape = point[0], np.exp(point[1])
    with np.errstate(over="ignore", invalid="ignore", divide="ignore", under="ignore"):
        z_lower, z_upper, z_exact, z_censored = (
            shape * (logs - location) for logs in (data.log_lower, data.log_upper, data.log_exact, data.log_censored)
        )
        pieces = [
            _chain(data.exact_weight, family.density(z_exact), (z_exact,), shape),
            _chain(data.censored_weight, family.beyond(z_censored), (z_censored,), shape),
            _chain(data.interval_weight, family.between(z_lower, z_upper), (z_lower, z_upper), shape),
        ]
    value, slope, bend = (sum(parts) for parts in zip(*pieces, strict=True))
    jacobian = data.exact_weight @ (point[1] - data.log_exact)
    slope = slope + np.array([0.0, data.exact_weight.sum()])
    return float(value + jacobian), slope, bend


def _chain(weight: Floats, terms: Terms, ends: tuple[Floats, ...], shape: float) -> tuple[Floats, Floats, Floats]:
    """From derivatives in z to those in (location, log shape): dz = -shape d location + z d log shape."""
    at = [np.where(np.isfinite(z), z, 0.0) for z in ends]  # at z = -inf all derivatives vanish
    first = terms.first
    slope = np.array(
        [
            -shape * sum(weight @ d for d in first),
            sum(weight @ (d * z) for d, z in zip(first, at, strict=True)),
        ]
    )
    pairs = [(0, 0)] if len(ends) == 1 else [(0, 0), (0, 1), (1, 1)]
    bend = np.zeros((2, 2))
    for second, (i, j) in zip(terms.second, pairs, strict=True):
        share = weight * second * (1 if i == j else 2)
        cross = -shape * share @ (at[i] + at[j]) / 2
        bend += np.array([[shape**2 * share.sum(), cross], [cross, share @ (at[i] * at[j])]])
    bend += np.array([[0.0, slope[0]], [slope[0], slope[1]]])  # z is itself curved in log shape
    return weight @ terms.value, slope, bend


def _gumbel_density(z: Floats) -> Terms:
    hazard = np.exp(z)
    return Terms(z - hazard, (1 - hazard,), (-hazard,))


def _gumbel_beyond(z: Floats) -> Terms:
    hazard = np.exp(z)
    return Terms(-hazard, (-hazard,), (-hazard,))


def _gumbel_between(lower: Floats, upper: Floats) -> Terms:
    """log(exp(-A) - exp(-B)) with A = exp(lower), B = exp(upper)."""
    a, b = np.exp(lower), np.exp(upper)
    width = b - a
    odds = np.where(width < 700, 1 / np.expm1(np.minimum(width, 700)), 0.0)
    bent = odds * (1 + odds)
    start, tail = np.where(odds > 0, a, 0.0), np.where(odds > 0, b, 0.0)  # huge hazards of no consequence
    return Terms(
        -a + np.log(-np.expm1(-width)),
        (-a * (1 + odds), tail * odds),
        (-a * (1 + odds) - start**2 * bent, start * tail * bent, tail * odds - tail**2 * bent),
    )


def _normal_density(z: Floats) -> Terms:
    return Terms(-(z**2) / 2 - np.log(2 * np.pi) / 2, (-z,), (-np.ones_like(z),))


def _normal_beyond(z: Floats) -> Terms:
    ratio = np.exp(-(z**2) / 2 - np.log(2 * np.pi) / 2 - log_ndtr(-z))
    return Terms(log_ndtr(-z), (-ratio,), (-ratio * (ratio - z),))


def _normal_between(lower: Floats, upper: Floats) -> Terms:
    """log(Phi(upper) - Phi(lower)), taken in the tail where both are small."""
    flip = lower > 0
    small, large = np.where(flip, -upper, lower), np.where(flip, -lower, upper)
    value = log_ndtr(large) + np.log(-np.expm1(log_ndtr(small) - log_ndtr(large)))
    at_lower, at_upper = (np.exp(-(z**2) / 2 - np.log(2 * np.pi) / 2 - value) for z in (lower, upper))
    finite = np.where(np.isfinite(lower), lower, 0.0)
    return Terms(
        value,
        (-at_lower, at_upper),
        (finite * at_lower - at_lower**2, at_lower * at_upper, -upper * at_upper - at_upper**2),
    )


GUMBEL = Family(_gumbel_density, _gumbel_beyond, _gumbel_between, centre=0.45, spread=1.28)
NORMAL = Family(_normal_density, _normal_beyond, _normal_between, centre=0.0, spread=1.0)
