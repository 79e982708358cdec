"""One exposure of each case, with all that its times are made of."""

from dataclasses import dataclass

import pandas as pd

from scripts.derive.exposure import begins_by_case, days_by_case, doses_of, ends_by_case, first_dose_dates, of_exposure
from scripts.records.events import is_event


@dataclass(frozen=True)
class Use:
    """One exposure of each of some cases, with what times need: its frame, first dose, doses, reactions and tests."""

    frame: pd.DataFrame
    start: pd.DataFrame
    doses: pd.DataFrame
    days: dict[str, list[int]]
    begins: dict[str, list[int]]
    ends: dict[str, int]
    reactions: pd.DataFrame
    tests: pd.DataFrame


def use(tables: dict[str, pd.DataFrame], frame: pd.DataFrame) -> Use:
    """tables: placed. frame: rows of `exposures`, one per case; with `reactions`, those of the episode that is meant, the
    events of other episodes in the same exposure are left out."""
    start = first_dose_dates(frame, tables["doses"])
    doses = doses_of(frame, tables["doses"], start)
    days = days_by_case(doses)
    reactions = _of_episode(of_exposure(tables["reactions"], frame), frame)
    return Use(
        frame,
        start,
        doses,
        days,
        begins_by_case(doses),
        ends_by_case(doses),
        reactions,
        of_exposure(tables["tests"], frame),
    )


def _of_episode(reactions: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The reactions without the events of another episode: the first resolution stands, whatever came back later."""
    if "reactions" not in frame:
        return reactions
    named = frame.set_index("case_id")["reactions"].str.split("; ").explode()
    own = pd.MultiIndex.from_frame(reactions[["case_id", "reaction"]]).isin(list(named.items()))
    return reactions[~is_event(reactions) | own]
