"""Times from the first dose and from the last one before them, by the days on which the doses of an exposure were given
(definitions: days-and-intervals)."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from scripts.clock.intervals import DAY


def since_last_dose(
    lower: float, upper: float, days: list[int], *, after_dose: bool = False, by_day: bool = True
) -> tuple[float, float]:
    """Time from the last dose at or before onset, for onset (lower, upper] days from the first dose.

    Day-grained: onset may fall on day index floor(lower) .. ceil(upper) - 1; k whole days after the last dose at or
    before it becomes (k, k + 1]. Of a later dose on the day of onset nobody says which came first: the hull of before and
    after. after_dose: what is timed came after the doses of its day, as a death does. by_day: onset is counted by a
    calendar; elapsed time may fall on the day after, for nobody says at what hour a dose was given. (nan, nan) when onset
    may precede every dose or is open-ended.

    Doses on days 0, 1, 2: onset (2, 4] -> k from 0 to 1 -> (0, 2]; onset (2, 3] -> k is 0 or 1 -> (0, 2].
    """
    if not days or not np.isfinite(upper):
        return np.nan, np.nan
    first, last = int(np.floor(lower)), max(int(np.ceil(upper)) - by_day, int(np.floor(lower)))
    if first < days[0]:
        return np.nan, np.nan
    candidates = {first, last} | {d for d in days if first <= d <= last} | {d - 1 for d in days if first < d <= last}
    gaps = [day - days[bisect_right(days, day) - 1] for day in candidates]
    if not after_dose:
        gaps += [later - before for before, later in pairwise(days) if later in candidates]
    return float(min(gaps)), float(max(gaps) + 1)


def all_since_last_dose(
    first: pd.DataFrame, days: Mapping[Any, list[int]], ends: Mapping[Any, int], *, after_dose: bool = False
) -> pd.DataFrame:
    """`lower`, `upper` and `grain` by `since_last_dose` for times from the first dose, by case or whatever else is the key;
    nan where a dose has no day.

    While there was surely no dose but the first the time stays as it is, exact times too. ends: as of `ends_by_case`; after
    the end of its last record the last dose was given on that day.
    """
    time_bounds: list[tuple[float, float, str]] = []
    for case, lower, upper, grain in zip(first.index, first["lower"], first["upper"], first["grain"], strict=True):
        last = ends.get(case, np.inf)
        over = lower >= last + (not after_dose)
        dose_days = [int(last)] if over and case not in days else days.get(case, [])
        by_day = grain == DAY
        if lower >= 0 and upper <= _no_other_dose_until(dose_days, by_day) and np.isfinite(upper):
            time_bounds.append((lower, upper, grain))
        else:
            time_bounds.append((*since_last_dose(lower, upper, dose_days, after_dose=after_dose, by_day=by_day), DAY))
    table = pd.DataFrame(time_bounds, columns=["lower", "upper", "grain"], index=first.index)
    return table.astype({"lower": float, "upper": float, "grain": object})


def _no_other_dose_until(days: list[int], by_day: bool) -> float:
    """Until when after the first dose there was surely no other; elapsed time may end a day later than it says. Where the days
    are not known there was none before the first itself."""
    if days[:1] != [0]:
        return 0.0
    return days[1] - (not by_day) if len(days) > 1 else np.inf


def from_first_dose(lower: float, upper: float, days: list[int], by_day: bool) -> tuple[float, float]:
    """Time from the first dose, for (lower, upper] days from the last dose at or before it; the inverse of `since_last_dose`.

    Any dose may be the last one that is not followed by another within `lower`; (nan, nan) without dose days. by_day: the
    days are counted by a calendar; elapsed time may be a day more or less, for nobody says at what hour a dose was given.

    Doses on days 0, 1, 2: (2, 3] after the last dose -> day 2 and two whole days -> (4, 5].
    """
    following = dict(pairwise(days))
    last = [day for day in days if following.get(day, np.inf) > day + np.floor(lower)]
    if not last or np.isnan(lower):
        return np.nan, np.nan
    hours = 0 if by_day or last[-1] == 0 else 1
    return float(max(last[0] - hours, 0) + lower), float(last[-1] + hours + upper)


def counted_from_first(last: pd.DataFrame, days: dict[str, list[int]]) -> pd.DataFrame:
    """Times from the last dose, indexed by case with `grain`, as times from the first one where every dose has its day."""
    times = zip(last.index, last["lower"], last["upper"], last["grain"], strict=True)
    pairs = [from_first_dose(lower, upper, days.get(case, []), grain == DAY) for case, lower, upper, grain in times]
    return last.assign(**pd.DataFrame(pairs, columns=["lower", "upper"], index=last.index, dtype=float))


def doses_before(days: list[int], lower: float, upper: float) -> tuple[int, int]:
    """Least and greatest number of doses before an onset in (lower, upper]; (0, 0) without dose days.

    A dose on the day of onset may have been given after it, unless it is the first.
    """
    least = sum(day <= lower - (place > 0) for place, day in enumerate(days))
    return least, sum(day < upper for day in days)
