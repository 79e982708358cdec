"""The first dose of lines that may be one exposure or several: its clock is the hull of both readings (definitions: exposures).

As one exposure they begin with the first line; as several, the event is of the one that began last before it.

| lines begin            | onset      | one exposure | several | clock   |
|------------------------|------------|--------------|---------|---------|
| 2022-07-01, 2022-07-25 | 2022-07-27 | (26, 27]     | (2, 3]  | (2, 27] |
| 2022-07-01, 2022-07-25 | 2022-07-10 | (9, 10]      | (9, 10] | (9, 10] |
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from schemas.endpoints import MOTHERS, ONSETS, WORSENED
from schemas.plain_rows import plain_rows
from scripts.clock.intervals import DAY, calendar

CLOCKS = ("first_dose", WORSENED, MOTHERS)
Starts = list[tuple[float, float]]


def both_readings(rows: pd.DataFrame, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The times with the lower bounds of those counted from the first dose of such lines. frames: exposures of episodes.

    What is told as elapsed time keeps its bounds: it is counted from the dose that its source means.
    """
    starts = _starts(frames)
    affected_rows = rows[
        rows["case_id"].isin({case for case, _ in starts}) & rows["clock"].isin(CLOCKS) & (rows["grain"] == DAY)
    ]
    if not len(affected_rows):
        return rows
    began = affected_rows[affected_rows["endpoint"].isin(ONSETS)].groupby(["case_id", "episode"])["upper"].min()
    shift = [
        _latest(starts.get((case, episode), []), began.get((case, episode), upper))
        for case, episode, upper in affected_rows[["case_id", "episode", "upper"]].itertuples(index=False)
    ]
    moved = rows.copy()
    for column in ("lower", "timed_lower"):
        wider = (affected_rows[column] - shift).clip(lower=0.0).where(affected_rows[column] > 0, affected_rows[column])
        moved.loc[affected_rows.index, column] = wider
    return moved


def _starts(frames: Iterable[pd.DataFrame]) -> dict[tuple[str, str], Starts]:
    """(case, episode) -> days from the first line's start to each later one, at the earliest and at the latest.

    The death of a case has no episode of its own: it counts from the exposure of the index episode, the first frame.
    """
    later_starts: dict[tuple[str, str], Starts] = {}
    for frame in frames:
        for row in plain_rows(frame[frame["lines_began"] != ""]):
            days = calendar(pd.Series(row["lines_began"].split("; ")))
            later = list(zip(days["first"] - row["began_first"], days["last"] - row["began_last"], strict=True))
            later_starts[row["case_id"], row["episode"]] = later
            later_starts.setdefault((row["case_id"], ""), later)
    return later_starts


def _latest(starts: Starts, onset: float) -> float:
    """How long after the first line the last one began that may have begun before the onset."""
    return max((late for early, late in starts if early < onset), default=0.0) if np.isfinite(onset) else 0.0
