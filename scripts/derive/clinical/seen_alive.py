"""When a patient was seen alive after the event had begun: later courses and findings (definitions: whether-alive)."""

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE
from schemas.rows_by_case import RowsByCase
from scripts.clock.intervals import as_date, calendar
from scripts.records import calendar_days

LATER = {
    "tests": ("time", "result"),
    "reactions": ("onset", "reaction"),
    "courses": ("start", "course"),
    "managements": ("time", "item"),
}
"""Tables whose rows show a patient alive, with the prefix of their time and the column of their key."""
SAID = ["value", "finding", "reading"]
DONE = ["measure", "detail"]


def seen_alive(tables: dict[str, pd.DataFrame], signs: pd.DataFrame, episodes: pd.DataFrame) -> RowsByCase:
    """case -> rows that lie surely after the onset of its index episode: `cell`, `first` and `last` possible day.

    By their days on the calendar; or by days from the first dose of the exposure of that episode, where that has no date.
    What begins after a death is not among the tables.
    """
    index = episodes[episodes["index"] == "yes"]
    onset, episode_keys = _onset(tables["reactions"], index), _own(index)
    parts, known = [], calendar_days.bases(tables)
    for table_name, (prefix, key) in LATER.items():
        rows = _telling(table_name, tables[table_name])
        keys = pd.MultiIndex.from_frame(rows[["case_id", key]])
        days = calendar_days.days(rows, prefix, known)
        late = (days["first"] > rows["case_id"].map(onset)) | keys.isin(_by_clock(table_name, signs, index))
        if table_name == "reactions":
            late &= ~keys.isin(episode_keys)
        dated_cells = days.assign(case_id=rows["case_id"], cell=f"{table_name}[" + rows[key].astype(str) + "]")
        parts.append(dated_cells[late])
    return RowsByCase(pd.concat(parts, ignore_index=True), ["cell", "first", "last"])


def _telling(table_name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that say more than a reason for saying nothing."""
    if table_name == "tests":
        return rows[(~rows[SAID].isin(list(NO_VALUE))).any(axis=1)]
    if table_name == "reactions":
        return rows[rows["occurred"] == "yes"]
    if table_name == "managements":
        return rows[(~rows[DONE].isin(list(NO_VALUE))).any(axis=1)]
    return rows[rows["role"] != "not_administered"]


def _own(index: pd.DataFrame) -> pd.MultiIndex:
    """The terms of the index episode itself."""
    named = index.set_index("case_id")["reactions"].str.split("; ").explode()
    return pd.MultiIndex.from_arrays([named.index, named.to_numpy()])


def _onset(reactions: pd.DataFrame, index: pd.DataFrame) -> pd.Series:
    """By case: the last possible day of the earliest dated onset of its index episode."""
    rows = reactions[pd.MultiIndex.from_frame(reactions[["case_id", "reaction"]]).isin(_own(index))]
    return calendar(rows["onset_date"])["last"].groupby(rows["case_id"]).min()


def _by_clock(table_name: str, signs: pd.DataFrame, index: pd.DataFrame) -> pd.MultiIndex:
    """Reactions or tests of the index episode's exposure that lie after its onset on the clock of its first dose."""
    clocked_signs = signs[(signs["kind"] == table_name.removesuffix("s")) & (signs["origin"] == "first_dose")]
    clocked_signs = clocked_signs.merge(index[["case_id", "exposure", "onset_upper"]], on=["case_id", "exposure"])
    return pd.MultiIndex.from_frame(
        clocked_signs.loc[clocked_signs["lower"] >= clocked_signs["onset_upper"], ["case_id", "key"]]
    )


def alive_until(known: list[tuple[float, float]]) -> str:
    """The latest of the days on which a patient was surely alive, as a date or an interval of dates (EDTF); blank where
    none has a day."""
    dated = [pair for pair in known if np.isfinite(pair).all()]
    return as_date(*max(dated)) if dated else ""
