"""Which exposure of a case its times are told of: that of the index episode, and those of further episodes."""

import pandas as pd

from schemas.profile import Profile
from scripts.derive.exposure import groups
from scripts.derive.use import Use, use


def index_exposures(
    tables: dict[str, pd.DataFrame], exposed: pd.DataFrame, events: pd.DataFrame, profile: Profile
) -> pd.DataFrame:
    """The exposure of the index episode of every case, with its episode and group; of cases without event the first."""
    index_episodes = _with_place(events)[events["index"] == "yes"].set_index("case_id")
    cases = tables["cases"]["case_id"]
    chosen = pd.DataFrame(
        {
            "case_id": cases,
            "exposure": cases.map(index_episodes["exposure"]).fillna("1"),
            "episode": cases.map(index_episodes["episode"]).fillna(""),
            "reactions": cases.map(index_episodes["reactions"]).fillna(""),
            "after_another": cases.map(index_episodes["after_another"]).eq(True),
        }
    )
    frame = chosen.merge(exposed, on=["case_id", "exposure"], how="left").sort_values("case_id", kind="stable")
    texts = [column for column in frame if frame[column].dtype == object]
    frame[texts] = frame[texts].fillna("")
    frame["from_first_ever"] = frame["case_id"].map(_from_first_ever(exposed)).eq(True)
    return frame.assign(group=groups(frame["indication"], profile.groups)).reset_index(drop=True)


def _with_place(events: pd.DataFrame) -> pd.DataFrame:
    """Episodes with whether another one came before in the same exposure."""
    return events.assign(after_another=events.duplicated(["case_id", "exposure"]))


def _from_first_ever(exposed: pd.DataFrame) -> pd.Series:
    """By case: the earliest exposure of the record is numbered the patient's first."""
    first = exposed[exposed["exposure"] == "1"].set_index("case_id")
    return first["ordinal"] == "1"


def further_uses(tables: dict[str, pd.DataFrame], exposed: pd.DataFrame, events: pd.DataFrame) -> list[Use]:
    """The exposures of further episodes, one frame per rank within the case."""
    further = _with_place(events)[events["index"] != "yes"]
    rank = further.groupby("case_id").cumcount()
    columns = ["case_id", "exposure", "episode", "reactions", "after_another"]
    frames = [further.loc[rank == each, columns] for each in sorted(rank.unique())]
    known = exposed.assign(from_first_ever=exposed["case_id"].map(_from_first_ever(exposed)))
    return [use(tables, frame.merge(known, on=["case_id", "exposure"])) for frame in frames]
