"""When the NPMLE says more than the cases do: two warnings that stand beside the curve (definitions: npmle).

Both come from the same habit of maximum likelihood, which puts all it can into the smallest interval that
several rows share. Eleven cases on (0, 4] and one on (0, 2] give a curve that has everybody by time 2.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from scripts.analyse.estimators.intervals import Collapsed, Floats, checked, collapse, vacuous
from scripts.analyse.estimators.npmle import Npmle, cdf_bounds, fit, quantile_interval

MOST_CASES = 200
LEAST_SHIFT = 1 / 3
BARE = "{:g}".format


@dataclass(frozen=True)
class DecidingCase:
    """The single case that decides the curve, or none.

    `case` is its row, counted from 0, the first of equal rows; None where there is none. At time `at`, the
    share of cases the curve has by then is `share_with` all cases and `share_without` this one; `median_with`
    and `median_without` are the innermost intervals that hold the median. `reason` says all that in words, or
    why nothing was looked for.
    """

    case: int | None
    reason: str
    at: float = np.nan
    share_with: float = np.nan
    share_without: float = np.nan
    median_with: tuple[float, float] = (np.nan, np.nan)
    median_without: tuple[float, float] = (np.nan, np.nan)


def deciding_case(
    lower: ArrayLike,
    upper: ArrayLike,
    least_shift: float = LEAST_SHIFT,
    most_cases: int = MOST_CASES,
    told: Callable[[float], str] = BARE,
) -> DecidingCase:
    """Leave each case out in turn and find the one without which the NPMLE moves most.

    It decides the shape when the curve's certain or possible share moves somewhere by more than `least_shift`
    and by more than two cases' worth, 2 / n; among exact times no case moves it by more than 1 / n. told: how a time
    reads, with its unit where the caller knows it.
    """
    low, high, _ = checked(lower, upper)
    if low.size > most_cases:
        return DecidingCase(None, f"not looked for: {low.size} cases, more than {most_cases}")
    if low.size < 3:
        return DecidingCase(None, f"not looked for: {low.size} cases, fewer than 3")
    rows = collapse(low, high)
    whole = fit(rows)
    parts = [fit(_without(rows, index)) for index in range(rows.weight.size)]
    shifts = [_largest_shift(whole, part, rows.points) for part in parts]
    index = int(np.argmax([shift for shift, _, _, _ in shifts]))
    shift, at, share_with, share_without = shifts[index]
    if shift <= max(least_shift, 2 / low.size):
        return DecidingCase(None, f"no single case moves the curve by more than {shift:.3g}")
    case = int(np.argmax(rows.row == index))
    medians = quantile_interval(whole, 0.5), quantile_interval(parts[index], 0.5)
    after = f"after {told(low[case])} and " if low[case] > 0 else ""
    timed = f"at {told(low[case])}" if low[case] == high[case] else f"{after}by {told(high[case])}"
    reason = (
        f"one case, timed {timed}, decides the curve: the estimated share by {told(at)} is "
        f"{share_with:.3g} with it and {share_without:.3g} without it"
    )
    return DecidingCase(case, reason, at, share_with, share_without, *medians)


def forced_completion(
    fit: Npmle, lower: ArrayLike, upper: ArrayLike, told: Callable[[float], str] = BARE
) -> str | None:
    """The warning that the curve reaches 1 although some cases are known only to be later, or None.

    Happens when the last finite interval overlaps right-censored rows: all that is left goes into it.
    """
    low, high, _ = checked(lower, upper)
    open_ended = np.isinf(high) & ~vacuous(low, high)
    if not open_ended.any() or np.isinf(fit.right[-1]):
        return None
    late = int(open_ended.sum())
    known_late = f"{late} of {low.size} cases {'is' if late == 1 else 'are'} known only to be later than"
    return f"the curve reaches 1 at {told(fit.right[-1])}, but {known_late} {told(low[open_ended].min())}"


def _without(rows: Collapsed, index: int) -> Collapsed:
    weight = rows.weight.copy()
    weight[index] -= 1
    return replace(rows, weight=weight)


def _largest_shift(whole: Npmle, part: Npmle, times: Floats) -> tuple[float, float, float, float]:
    """(size, time, share in the whole, share in the part) where either bound of the curve changes most."""
    finite = times[np.isfinite(times)]
    between = np.concatenate([finite, (finite[1:] + finite[:-1]) / 2])
    changes = []
    for with_case, without in zip(cdf_bounds(whole, between), cdf_bounds(part, between), strict=True):
        place = int(np.argmax(np.abs(with_case - without)))
        size = float(abs(with_case[place] - without[place]))
        changes.append((size, float(between[place]), float(with_case[place]), float(without[place])))
    return max(changes)
