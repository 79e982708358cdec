"""Which times had come by a threshold: surely, and possibly (definitions: known-and-possible).

A threshold asks a time in its own terms. k is the count of days of a time known to the day; e is exact, elapsed.

| asked         | known to the day, from a dose | known to the day, between events | exact                          |
|---------------|-------------------------------|----------------------------------|--------------------------------|
| study day s   | k + 1 <= s                    |                                  | yes e <= s - 1, no e >= s      |
| d (whole)     | k <= t                        | k <= t                           | e <= t                         |
| h, min        | elapsed: (k - 1, k + 1]       | elapsed: (k - 1, k + 1]          | e <= t                         |
"""

import numpy as np
import pandas as pd

from schemas.derived import DOSE_CLOCKS
from schemas.thresholds import Threshold
from scripts.clock.intervals import DAY


def reached(times: pd.DataFrame, asked: Threshold) -> tuple[pd.Series, pd.Series]:
    """Row by row whether a time had surely come by the threshold, and whether it had possibly (the sure among them).

    times: lower, upper (days), grain, clock. Times without bounds, (0, inf], are possible at any threshold.
    """
    low, high = _as_asked(times, asked)
    known = high <= asked.days
    return known, known | (low < asked.days)


def _as_asked(times: pd.DataFrame, asked: Threshold) -> tuple[pd.Series, pd.Series]:
    """Bounds (lower, upper] that hold for the day count, the study day or the elapsed time that is asked for."""
    low, high = times["lower"], times["upper"]
    by_day = times["grain"] == DAY
    dosed = by_day & times["clock"].isin(DOSE_CLOCKS)
    if asked.unit == "study_day":
        return low, (high + 1).where(~dosed, high)
    if asked.unit == "d":
        # Counts lower .. upper - 1 of a dose clock: the least is included, so the open end lies just before it.
        return (low - 0.5).where(dosed & (low < np.inf), low), (high - 1).where(dosed, high)
    counted = by_day & ~dosed
    point = counted & (low == high)
    finer_low = (low - 1).where(dosed | point, low)
    return finer_low.clip(lower=0).where(low >= 0, finer_low), (high + 1).where(counted, high)
