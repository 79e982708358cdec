"""One exposure of each case, with all that its times are made of."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from scripts.clock.named_origins import bases
from scripts.derive.exposure import (
    begins_by_case,
    days_by_case,
    doses_of,
    ends_by_case,
    first_dose_dates,
    latest_by_case,
    of_exposure,
)
from scripts.records.events import is_event


@dataclass(frozen=True)
class Use:
    """One exposure of each of some cases, with what times need: its frame, first dose, doses, reactions and tests."""

    frame: pd.DataFrame
    start: pd.DataFrame
    doses: pd.DataFrame
    reactions: pd.DataFrame
    tests: pd.DataFrame

    @cached_property
    def bases(self) -> pd.DataFrame:
        """What other times are counted from, as of `scripts.clock.named_origins`."""
        return bases(self.reactions, self.tests, self.start)

    @cached_property
    def days(self) -> dict[str, list[int]]:
        return days_by_case(self.doses)

    @cached_property
    def begins(self) -> dict[str, list[int]]:
        return begins_by_case(self.doses)

    @cached_property
    def latest(self) -> dict[str, float]:
        return latest_by_case(self.doses)

    @cached_property
    def ends(self) -> dict[str, int]:
        return ends_by_case(self.doses)


def use(tables: dict[str, pd.DataFrame], frame: pd.DataFrame) -> Use:
    """tables: placed. frame: rows of `exposures`, one per case; with `reactions`, those of the episode that is meant, the
    events of other episodes in the same exposure are left out. Where that episode is not the first of its exposure
    (`after_another`), nothing says which other signs and tests are its own: it has none."""
    start = first_dose_dates(frame, tables["doses"])
    doses = doses_of(frame, tables["doses"], start)
    reactions = _of_episode(of_exposure(tables["reactions"], frame), frame)
    return Use(frame, start, doses, reactions, _of_first(of_exposure(tables["tests"], frame), frame))


def _of_episode(reactions: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The reactions without the events of another episode: the first resolution stands, whatever came back later."""
    if "reactions" not in frame:
        return reactions
    named = frame.set_index("case_id")["reactions"].str.split("; ").explode()
    is_of_episode = pd.MultiIndex.from_frame(reactions[["case_id", "reaction"]]).isin(list(named.items()))
    others = _of_first(reactions[~is_event(reactions)], frame)
    return reactions[is_of_episode | reactions.index.isin(others.index)]


def _of_first(rows: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of cases whose episode is the first of its exposure."""
    if "after_another" not in frame:
        return rows
    return rows[~rows["case_id"].isin(frame.loc[frame["after_another"], "case_id"])]
