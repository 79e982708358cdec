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

from schemas.thresholds import Threshold
from scripts.clock.intervals import DAY, by_day_of_dose

AS_FINE = 9
"""Decimals of a day, less than a millisecond, to which a time and a threshold are compared: 60 minutes, converted from
one clock to another, are within 1 hour."""


def reached(times: pd.DataFrame, asked: Threshold) -> tuple[pd.Series, pd.Series]:
    """Row by row whether a time had surely come by the threshold, and whether it had possibly (the sure among them).

    times: lower, upper (days), grain, clock. Times without bounds, (0, inf], are possible at any threshold.
    """
    low, high = (bound.round(AS_FINE) for bound in _as_asked(times, asked))
    at = round(asked.days, AS_FINE)
    known = high <= at
    possible = known | (low < at)
    return pd.Series(known, times.index, dtype=bool), pd.Series(possible, times.index, dtype=bool)


def _as_asked(times: pd.DataFrame, asked: Threshold) -> tuple[np.ndarray, np.ndarray]:
    """Bounds (lower, upper] that hold for the day count, the study day or the elapsed time that is asked for."""
    low, high = times["lower"].to_numpy(float), times["upper"].to_numpy(float)
    dosed = by_day_of_dose(times["grain"], times["clock"])
    if asked.unit == "study_day":
        return low, np.where(dosed, high, high + 1)
    if asked.unit == "d":
        # Counts lower .. upper - 1 of a dose clock: the least is included, so the open end lies just before it.
        return np.where(dosed & (low < np.inf), low - 0.5, low), np.where(dosed, high - 1, high)
    counted = (times["grain"] == DAY).to_numpy(bool) & ~dosed
    finer_low = np.where(dosed | (counted & (low == high)), low - 1, low)
    return np.where(low >= 0, np.maximum(finer_low, 0), finer_low), np.where(counted, high + 1, high)
