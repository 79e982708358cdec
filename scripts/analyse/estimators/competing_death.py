"""Cumulative incidence of resolution when death forecloses it (Aalen and Johansen 1978) (definitions: competing-death).

Counting deaths as censored would credit the dead with the resolutions of the living. For exact and
right-censored times; where resolution is an interval, a patient who died unresolved enters the bounds of
`order_statistics` with upper = inf, which says the same.

Written out here because the library's version breaks tied times by random shifts.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

STATES = ("resolved", "dead", "censored")


def cumulative_incidence(time: ArrayLike, state: ArrayLike) -> pd.DataFrame:
    """One row per distinct time: `time, at_risk, resolved, dead, neither`, shares by that time, adding to 1.

    `state` is resolved, dead or censored for each exact time. At a tied time events come before censoring.
    ValueError for other states, negative or missing times, or no rows.
    """
    table = pd.DataFrame({"time": np.asarray(time, float), "state": np.asarray(state, str)})
    _refuse(table)
    counts = table.groupby("time")["state"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=list(STATES), fill_value=0).sort_index()
    at_risk = len(table) - counts.sum(axis=1).cumsum().shift(fill_value=0)
    stays = 1 - (counts["resolved"] + counts["dead"]) / at_risk
    neither = stays.cumprod()
    before = neither.shift(fill_value=1.0)
    incidence = {outcome: (before * counts[outcome] / at_risk).cumsum() for outcome in ("resolved", "dead")}
    return pd.DataFrame({"at_risk": at_risk, **incidence, "neither": neither}).reset_index()


def _refuse(table: pd.DataFrame) -> None:
    if table.empty:
        raise ValueError("no rows: a cumulative incidence needs at least one time")
    unknown = sorted(set(table["state"]) - set(STATES))
    if unknown:
        raise ValueError(f"state {unknown[0]!r}; known are {', '.join(STATES)}")
    if not (table["time"] >= 0).all() or np.isinf(table["time"]).any():
        raise ValueError("a time is missing, negative or infinite")
