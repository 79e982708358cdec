"""Onsets on re-exposure beside that of the first episode (definitions: onset-on-re-exposure)."""

import numpy as np
import pandas as pd

from schemas.derived_course import ONSET_PAIRS
from schemas.endpoints import ONSETS
from scripts.clock.intervals import kinds, lies_before


def onset_pairs(times: pd.DataFrame, episodes: pd.DataFrame, rechallenges: pd.DataFrame) -> pd.DataFrame:
    """The table `onset_pairs`: a row for each onset of an episode on re-exposure, and how it compares with that of the first
    episode, each from the first dose of its own exposure.

    times: the table. episodes: derived, in the order of time.
    """
    times = times[times["endpoint"].isin(ONSETS) & (times["clock"] == "first_dose")]
    described = rechallenges.loc[rechallenges["kind"] == "re_exposure", ["case_id", "exposure"]].drop_duplicates()
    first = episodes.groupby("case_id", sort=False)[["episode", "exposure"]].transform("first")
    later = episodes.assign(first_episode=first["episode"])[episodes["exposure"] != first["exposure"]]
    again = later.merge(described, on=["case_id", "exposure"])
    times_again = again[["case_id", "episode", "exposure", "first_episode"]].merge(times, on=["case_id", "episode"])
    same = ["set", "case_id", "endpoint"]
    before = times.add_prefix("first_").rename(columns={f"first_{column}": column for column in same})
    pairs = times_again.merge(before, on=[*same, "first_episode"])
    return ONSET_PAIRS.validate(pairs.assign(compared=_compared(pairs))[list(ONSET_PAIRS.columns)], inplace=True)


def _compared(pairs: pd.DataFrame) -> pd.Series:
    again = pairs[["lower", "upper"]]
    first = pairs[["first_lower", "first_upper"]].set_axis(["lower", "upper"], axis=1)
    to_the_day = kinds(again["lower"], again["upper"], pairs["grain"], pairs["clock"]) != "open"
    same = again.eq(first).all(axis=1) & to_the_day
    known = (pairs["state"] == "observed") & (pairs["first_state"] == "observed")
    asked = [~known, lies_before(again, first), lies_before(first, again), same]
    return pd.Series(np.select(asked, ["", "earlier", "later", "same"], "open"), index=pairs.index, dtype=object)
