"""What the swimmer shows: every mark of every case as an interval in a lane of its own, so that none covers another.

Onsets and resolutions come from the derived times, days of doses from `dose_days`, signs of later courses from `signs`.
Time is (lower, upper] days, lower == upper exact, inf open.
"""

import numpy as np
import pandas as pd

from schemas.endpoints import ONSETS, RESOLUTIONS
from scripts.figures.page.standards import DIGITS
from scripts.files.bundle import Bundle
from scripts.words import dosing
from scripts.words.times import FIRST, PER_DAY

COLUMNS = ["panel", "case_id", "course", "what", "lower", "upper", "state", "clock", "detail", "lane", "tick"]
_MARK = ["case_id", "course", "what", "detail", "lower", "upper", "state", "clock"]
WIDE_MARK, TICK, MOST_DOSE_LANES = 1.6, 0.45, 3
ROLES = {"event": "event", "sentinel_sign": "sentinel_sign", "symptom": "first_symptom"}


def clock(data: Bundle) -> str:
    """What index courses count from: the first dose, with doses beside; what the headline counts from where more onsets have
    a time from there."""
    onsets = data.main_times(data.facts.onset)
    known = onsets.loc[onsets["state"] == "observed", "clock"].value_counts()
    return max((FIRST, data.conventions.clock), key=lambda each: known.get(each, 0))


def cases(data: Bundle) -> pd.DataFrame:
    """Counted cases by latency of the primary onset: the latest possible day, then the earliest; unknown last."""
    onset = data.main_times(data.facts.onset, clock(data)).set_index("case_id")[["lower", "upper", "state"]]
    rows = data.counted[["case_id", "identity", "group", "course", "given_lower", "given_upper", "planned_doses"]]
    rows = rows.join(onset, on="case_id")
    known = rows["state"].eq("observed")
    keyed = rows.assign(unknown=~known, latest=rows["upper"].where(known), earliest=rows["lower"].where(known))
    order = ["unknown", "latest", "earliest", "group", "case_id"]
    return keyed.sort_values(order, kind="stable").drop(columns=["lower", "upper", "state", *order[:3]])


def index_marks(data: Bundle) -> pd.DataFrame:
    """Observed onsets of index courses, and doses where both are counted from the first."""
    times = data.times[(data.times["set"] == data.main_set) & (data.times["clock"] == clock(data))]
    seen = times[times["endpoint"].isin(ONSETS) & times["state"].eq("observed")]
    seen = seen.assign(what=seen["endpoint"], detail="")
    courses = data.counted[["case_id", "course"]]
    doses = dose_marks(data).merge(courses, on=["case_id", "course"])
    doses = doses if clock(data) == FIRST else doses.iloc[:0]
    return _laned(pd.concat([doses, seen.merge(courses, on="case_id")]), "index")


def resolution_marks(data: Bundle) -> pd.DataFrame:
    """Resolutions, ends with sequelae, last looks without resolution, and deaths, each from its own origin."""
    main_times = data.times[data.times["set"] == data.main_set]
    ends = main_times[
        main_times["endpoint"].isin(RESOLUTIONS) & main_times["state"].isin(["observed", "not_resolved", "sequelae"])
    ]
    ends = ends.assign(what=ends["endpoint"].mask(ends["state"] == "sequelae", "sequelae"))
    died = main_times[main_times["endpoint"] == "death"]
    timed = died[died["state"] == "died"].sort_values("clock", key=_by_preference, kind="stable")
    deaths = timed.drop_duplicates("case_id").sort_index()
    undated = died[~died["case_id"].isin(deaths["case_id"])].drop_duplicates("case_id")
    marks = pd.concat([ends, deaths, undated.assign(clock="not_stated", lower=0.0, upper=np.inf)])
    what = marks["what"].fillna(marks["endpoint"])
    return _laned(marks.assign(what=what, course="", detail=""), "resolution")


def _by_preference(clocks: pd.Series) -> pd.Series:
    """From the onset as resolutions are, else from a dose."""
    return clocks.map({clock: place for place, clock in enumerate(("event", "first_dose", "last_dose"))}).fillna(3)


def later_marks(data: Bundle) -> pd.DataFrame:
    """Doses and timed signs of re-exposures on the clock of that course's first dose."""
    if not len(data.rechallenges):
        return _laned(_none(), "later")
    again = re_exposures(data)[["case_id", "course"]]
    return _laned(pd.concat([dose_marks(data), sign_marks(data)]).merge(again, on=["case_id", "course"]), "later")


def re_exposures(data: Bundle) -> pd.DataFrame:
    """Re-exposures of counted cases, in the order of the table."""
    again = data.rechallenges
    return again[again["kind"].eq("re_exposure") & again["case_id"].isin(data.counted["case_id"])]


def dose_marks(data: Bundle) -> pd.DataFrame:
    """Administrations with a day counted from, or dated like, the first dose of their exposure."""
    given = data.derived["dose_days"].merge(_courses(data), on=["case_id", "exposure"])
    given = given[np.isfinite(given["upper"])]
    return given.assign(what="dose", detail=given["given"], state="observed", clock="first_dose")[_MARK]


def _courses(data: Bundle) -> pd.DataFrame:
    return data.derived["exposures"][["case_id", "exposure", "course"]]


def sign_marks(data: Bundle) -> pd.DataFrame:
    """The earliest event, sentinel sign and symptom of each exposure that has a time from its first dose."""
    seen = data.derived["signs"]
    occurred = seen["kind"].eq("reaction") & seen["occurred"].eq("yes") & ~seen["attribution"].eq("unlikely")
    timed = seen["origin"].eq("first_dose") & seen["lower"].notna() & seen["role"].isin(list(ROLES))
    marks = seen[occurred & timed].merge(_courses(data), on=["case_id", "exposure"])
    marks = marks.assign(what=marks["role"].map(ROLES), detail=marks["term"], state="observed", clock="first_dose")
    marks = marks.sort_values(["upper", "lower"], kind="stable").drop_duplicates(["case_id", "course", "what"])
    return marks[_MARK]


def _laned(marks: pd.DataFrame, panel: str) -> pd.DataFrame:
    """Lane numbers within each case and course: all doses share one, every other mark has its own."""
    kind = marks["what"].where(marks["what"] == "dose", [f"{what} {row}" for row, what in enumerate(marks["what"])])
    marks = marks.assign(panel=panel, kind=kind, tick=False).reset_index(drop=True)
    lanes = marks.drop_duplicates(["case_id", "course", "kind"])
    lanes = lanes.assign(lane=lanes.groupby(["case_id", "course"], sort=False).cumcount())
    return marks.merge(lanes[["case_id", "course", "kind", "lane"]], on=["case_id", "course", "kind"])[COLUMNS]


def in_unit(marks: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The marks in hours or minutes from the first dose; a dose of its day stands at 0, the origin of the clock."""
    first = (marks["what"] == "dose") & (marks["upper"] <= 1)
    ends = {end: (marks[end].mask(first, 0.0) * PER_DAY[unit]).round(DIGITS) for end in ("lower", "upper")}
    return marks.assign(**ends)


def doses_apart(
    marks: pd.DataFrame, span: tuple[float, float, float], room: float, *, finer: bool = False
) -> pd.DataFrame:
    """Dose marks in as many lanes as keep them from touching, on an axis of `room` mm at least.

    Days narrower than a mark get ticks instead; where even ticks would need more than three lanes, one bar shows
    from the first to the last dose how many there were. finer: on an axis of hours or minutes doses are few.
    """
    pitch = room / (span[2] - span[0])
    narrow = bool(pitch < WIDE_MARK) and not finer
    apart = (TICK if narrow else WIDE_MARK) / pitch
    parts = [
        _case_apart(course_marks, apart, narrow) for _, course_marks in marks.groupby(["case_id", "course"], sort=False)
    ]
    return pd.concat(parts, ignore_index=True) if parts else marks


def _case_apart(rows: pd.DataFrame, apart: float, narrow: bool) -> pd.DataFrame:
    doses = rows[rows["what"] == "dose"].sort_values(["upper", "lower"], kind="stable")
    ends: list[float] = []
    lanes = []
    for day in doses["upper"]:
        lane = next((number for number, end in enumerate(ends) if day - end >= apart - 1e-9), len(ends))
        ends[lane : lane + 1] = [day]
        lanes.append(lane)
    if len(ends) > MOST_DOSE_LANES:
        first, last = doses.iloc[0], doses.iloc[-1]
        doses = doses.iloc[[0]].assign(lower=first["lower"], upper=last["upper"], detail=dosing.doses(str(len(doses))))
        lanes, ends, narrow = [0], [last["upper"]], False
    doses = doses.assign(lane=lanes, tick=narrow)
    others = rows[rows["what"] != "dose"]
    return pd.concat([doses, others.assign(lane=np.arange(len(others)) + len(ends))]).astype({"lane": int})


def _none() -> pd.DataFrame:
    texts = ["case_id", "course", "what", "state", "clock", "detail"]
    return pd.DataFrame(
        {column: pd.Series(dtype=str) for column in texts}
        | {column: pd.Series(dtype=float) for column in ("lower", "upper")}
    )
