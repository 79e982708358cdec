"""Times that could only be seen because they ended before the data lock: the reverse-time product limit.

Definitions: right-truncation.

A case that started v before the lock is in the series only if its time x is at most v; short times are
over-represented, the more so the later the exposures. Source: Lagakos, Barraj and De Gruttola 1988.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from scripts.analyse.estimators.intervals import Floats

NEGLIGIBLE_RATIO = 10
METHOD = "reverse-time product limit, given a time of at most the longest one"


@dataclass(frozen=True)
class Truncation:
    """Whether the data lock matters, in words, with the two numbers that decide it."""

    negligible: bool
    reason: str
    shortest_observation: float
    longest_time: float

    @property
    def words(self) -> str:
        return f"{'negligible' if self.negligible else 'not negligible'}: {self.reason}"


def truncation(time: ArrayLike, observable: ArrayLike, ratio: float = NEGLIGIBLE_RATIO) -> Truncation:
    """Negligible when even the latest exposure left `ratio` times the longest time until the lock."""
    x, v = _checked(time, observable)
    negligible = bool(v.min() >= ratio * x.max())
    relation = "at least" if negligible else "less than"
    reason = f"the shortest possible observation, {v.min():g}, is {relation} {ratio:g} x the longest time, {x.max():g}"
    return Truncation(negligible, reason, float(v.min()), float(x.max()))


def reverse_product_limit(time: ArrayLike, observable: ArrayLike) -> pd.DataFrame:
    """One row per distinct time: `time, at_risk, events, share`, where share = F(t | T <= the longest time).

    `time` x and `observable` v = lock - start, both exact, x <= v (ValueError). At risk at t: x <= t <= v.
    What lies beyond the longest time cannot be known from such data, so the share reaches 1 there by
    construction.
    """
    x, v = _checked(time, observable)
    times, events = np.unique(x, return_counts=True)
    started = np.searchsorted(np.sort(x), times, side="right")
    at_risk = started - np.searchsorted(np.sort(v), times, side="left")
    later = np.cumprod((1 - events / at_risk)[::-1])[::-1]
    return pd.DataFrame({"time": times, "at_risk": at_risk, "events": events, "share": np.append(later[1:], 1.0)})


def identified_from(curve: pd.DataFrame) -> float:
    """The time before which the curve says 0 only because one risk set held no other patient; -inf if none did.

    Where all at risk at t have their event at t, nothing links earlier times to later ones.
    """
    emptied = curve.loc[(curve["at_risk"] == curve["events"]) & (curve.index > 0), "time"]
    return float(emptied.max()) if len(emptied) else -np.inf


def _checked(time: ArrayLike, observable: ArrayLike) -> tuple[Floats, Floats]:
    x, v = np.atleast_1d(np.asarray(time, float)), np.atleast_1d(np.asarray(observable, float))
    if x.shape != v.shape or x.size == 0:
        raise ValueError(f"times and observation spans differ in number, or there are none: {x.size}, {v.size}")
    bad = ~((x >= 0) & (x <= v) & np.isfinite(v))
    if bad.any():
        row = int(bad.argmax())
        raise ValueError(f"row {row}: time {x[row]:g} with {v[row]:g} until the lock; needs 0 <= time <= span")
    return x, v
