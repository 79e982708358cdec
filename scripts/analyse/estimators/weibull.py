"""The shape of a Weibull distribution fitted to interval-valued times, and when not to fit it (definitions: weibull).

S(t) = exp(-(t / scale)^shape). A row (lower, upper] contributes S(lower) - S(upper), an exact time its density,
so day-rounded times belong in as (d - 1, d]: taken as exact they give a steeper shape. On cases only, the shape
is conditional on the event and on the observation window, which is therefore part of the result; it is not a
signal test.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import chdtrc, chdtri

from scripts.analyse.estimators.intervals import checked, collapse, vacuous
from scripts.analyse.estimators.log_time import GUMBEL, NORMAL, Sample, maximise, maximise_location, sample

LEAST_EVENTS = 10
MOST_VACUOUS = 0.5
LOWEST = -1e3  # stands for a likelihood of 0 while looking for a root
WIDEST_LOG_SHAPE = 12.0  # beyond, a limit of the profile is reported as 0 or inf


@dataclass(frozen=True)
class Weibull:
    """Shape (no unit) and scale (unit of the times) with what it takes to judge them.

    `shape_lower`, `shape_upper`: profile-likelihood limits. `shape_corrected`: times Ross's factor
    (n - 2) / (n - 0.68) for the upward bias at n events. `pattern`: early where the limits lie below 1, wear-out
    above, else random. `p_value` of the likelihood ratio against shape 1. `aic_difference`: AIC minus that of the
    lognormal, negative where the Weibull describes better. `window`: the largest finite bound in the data.
    """

    shape: float
    scale: float
    log_likelihood: float
    shape_lower: float
    shape_upper: float
    shape_corrected: float
    pattern: str
    exponential_log_likelihood: float
    likelihood_ratio: float
    p_value: float
    aic_difference: float
    n: float
    events: float
    window: float


def refusal(lower: ArrayLike, upper: ArrayLike, weights: ArrayLike | None = None) -> str | None:
    """Why no shape should be printed, in words; None where it may.

    Fewer than 10 events (rows with a finite upper bound), more than half of the rows vacuous, a time of exactly 0,
    or one time that all rows could share, where the shape grows without bound.
    """
    low, high, weight = checked(lower, upper, weights)
    says_nothing = weight[vacuous(low, high)].sum() / weight.sum()
    events = weight[np.isfinite(high)].sum()
    if says_nothing > MOST_VACUOUS:
        return f"{says_nothing:.0%} of the cases have no usable time; at most {MOST_VACUOUS:.0%} may"
    if events < LEAST_EVENTS:
        return f"{events:g} events; a shape needs at least {LEAST_EVENTS}"
    return _no_maximum(low[weight > 0], high[weight > 0])


def weibull(lower: ArrayLike, upper: ArrayLike, weights: ArrayLike | None = None, level: float = 0.95) -> Weibull:
    """Maximum likelihood fit of rows (lower, upper].

    Fits below 10 events too, for checks against other programs; `refusal` decides what may be printed.
    ValueError where there is no event, a time of exactly 0, a negative bound, or no finite maximum.
    """
    rows = collapse(lower, upper, weights)
    reason = _no_maximum(rows.lower[rows.weight > 0], rows.upper[rows.weight > 0])
    if reason:
        raise ValueError(f"no Weibull fit: {reason}")
    data = sample(rows.lower, rows.upper, rows.weight)
    fit = maximise(data, GUMBEL)
    exponential = maximise_location(data, GUMBEL, 0.0, fit.location)
    low, high = _profile_limits(data, fit.log_shape, fit.location, fit.value, level)
    ratio = 2 * (fit.value - exponential.value)
    finite = np.isfinite(rows.upper) & (rows.weight > 0)
    events = float(rows.weight[finite].sum())
    shape = float(np.exp(fit.log_shape))
    return Weibull(
        shape=shape,
        scale=float(np.exp(fit.location)),
        log_likelihood=fit.value,
        shape_lower=low,
        shape_upper=high,
        shape_corrected=shape * ross_factor(events),
        pattern=pattern(low, high),
        exponential_log_likelihood=exponential.value,
        likelihood_ratio=ratio,
        p_value=float(chdtrc(1, max(ratio, 0))),
        aic_difference=2 * (maximise(data, NORMAL).value - fit.value),
        n=float(rows.weight.sum()),
        events=events,
        window=float(max(rows.upper[finite].max(), rows.lower[rows.weight > 0].max())),
    )


def ross_factor(events: float) -> float:
    """(n - 2) / (n - 0.68), Ross 1994: what the shape estimate is multiplied by; NaN up to 2 events."""
    return (events - 2) / (events - 0.68) if events > 2 else np.nan


def pattern(shape_lower: float, shape_upper: float) -> str:
    """early (limits wholly below 1), wear-out (wholly above 1) or random (they hold 1)."""
    if shape_upper < 1:
        return "early"
    return "wear-out" if shape_lower > 1 else "random"


def profile(
    lower: ArrayLike, upper: ArrayLike, fit: Weibull, weights: ArrayLike | None = None, points: int = 61
) -> tuple[np.ndarray, np.ndarray]:
    """Shapes and, at each, the log-likelihood maximised over the scale minus its maximum: 0 at the estimate.

    The shapes are evenly spaced on a log scale from a third below the lower limit to a third above the upper one, the
    estimate and the limits among them; a limit out of reach is replaced by an eighth or eight times the estimate.
    """
    low = fit.shape_lower if fit.shape_lower > 0 else fit.shape / 8
    high = fit.shape_upper if np.isfinite(fit.shape_upper) else fit.shape * 8
    shapes = np.unique([*np.geomspace(low / 1.5, high * 1.5, points), low, fit.shape, high])
    rows = collapse(lower, upper, weights)
    data, start = sample(rows.lower, rows.upper, rows.weight), float(np.log(fit.scale))
    best = [maximise_location(data, GUMBEL, float(np.log(shape)), start).value for shape in shapes]
    return shapes, np.asarray(best) - fit.log_likelihood


def limit_line(level: float = 0.95) -> float:
    """What the profile falls to at its confidence limits: half a chi-squared quantile below 0, -1.92 at 95 %."""
    return -float(chdtri(1, 1 - level)) / 2


def _no_maximum(lower: np.ndarray, upper: np.ndarray) -> str | None:
    if (lower < 0).any():
        return f"a time before the start ({lower.min():g})"
    if (upper == 0).any():
        return "a time of exactly 0; give day-grained times as (day - 1, day]"
    if not np.isfinite(upper).any():
        return "no event: every time is right-censored"
    if lower.max() <= upper.min():
        shared = f"between {lower.max():g} and {upper.min():g}"
        return f"all cases could have had the same time, {shared}: the shape would grow without bound"
    return None


def _profile_limits(data: Sample, log_shape: float, location: float, value: float, level: float) -> tuple[float, float]:
    """Where the log-likelihood, maximised over the scale, falls by half a chi-squared quantile."""
    drop = -limit_line(level)

    def excess(candidate: float) -> float:
        return max(maximise_location(data, GUMBEL, candidate, location).value - value + drop, LOWEST)

    return _crossing(excess, log_shape, -1), _crossing(excess, log_shape, 1)


def _crossing(excess: Callable[[float], float], start: float, direction: int) -> float:
    """exp of the root of `excess` on one side of `start`, where it is positive; 0 or inf if out of reach."""
    step = 0.5
    while step <= WIDEST_LOG_SHAPE:
        if excess(start + direction * step) < 0:
            return float(np.exp(brentq(excess, start, start + direction * step, xtol=1e-10)))
        step *= 2
    return 0.0 if direction < 0 else np.inf
