"""Onsets on re-exposure beside that of the first episode (definitions: onset-on-re-exposure)."""

import numpy as np
import pandas as pd

from scripts.clock.intervals import kinds, lies_before

COMPARED = ("earlier", "same", "later", "open")
"""The onset on re-exposure against the first: surely earlier or later, the same time or day, or not to be told."""


def onset_pairs(times: pd.DataFrame, episodes: pd.DataFrame, rechallenges: pd.DataFrame) -> pd.DataFrame:
    """A row for each episode of a re-exposure: its time, and beside it that of the first episode (columns `first_...`), each
    from the first dose of its own exposure.

    times: one endpoint and one clock of the derived times, those of every episode. episodes: derived, in the order of time.
    Column `compared` is one of COMPARED, and blank where one of the two is not known.
    """
    described = rechallenges.loc[rechallenges["kind"] == "re_exposure", ["case_id", "exposure"]].drop_duplicates()
    first = episodes.groupby("case_id", sort=False)[["episode", "exposure"]].transform("first")
    later = episodes.assign(first_episode=first["episode"])[episodes["exposure"] != first["exposure"]]
    again = later.merge(described, on=["case_id", "exposure"])
    own = again[["case_id", "episode", "exposure", "first_episode"]].merge(times, on=["case_id", "episode"])
    before = times.add_prefix("first_").rename(columns={"first_case_id": "case_id", "first_set": "set"})
    pairs = own.merge(before, on=["set", "case_id", "first_episode"])
    return pairs.assign(compared=_compared(pairs))


def _compared(pairs: pd.DataFrame) -> np.ndarray:
    again = pairs[["lower", "upper"]]
    first = pairs[["first_lower", "first_upper"]].set_axis(["lower", "upper"], axis=1)
    to_the_day = kinds(again["lower"], again["upper"], pairs["grain"], pairs["clock"]) != "open"
    same = again.eq(first).all(axis=1) & to_the_day
    known = (pairs["state"] == "observed") & (pairs["first_state"] == "observed")
    asked = [~known, lies_before(again, first), lies_before(first, again), same]
    return np.select(asked, ["", "earlier", "later", "same"], "open")
