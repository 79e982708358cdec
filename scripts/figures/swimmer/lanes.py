"""What the swimmer shows: every mark of every case as an interval in a lane of its own, so that none covers another.

Index courses and resolutions come from the derived times; days of doses, and signs of later courses, are read from
the series, because no derived table holds them. Time is (lower, upper] days, lower == upper exact, inf open.
"""

import numpy as np
import pandas as pd

from schemas.derived import ONSETS, RESOLUTIONS
from scripts.clock.intervals import between_dates, calendar, elapsed
from scripts.files.bundle import Bundle

COLUMNS = ["panel", "case_id", "course", "what", "lower", "upper", "state", "clock", "detail", "lane", "tick"]
WIDE_MARK, TICK, MOST_DOSE_LANES = 1.6, 0.45, 3
ROLES = {"event": "event", "sentinel_sign": "sentinel_sign", "symptom": "first_symptom"}


def cases(data: Bundle) -> pd.DataFrame:
    """Counted cases by latency of the primary onset: the latest possible day, then the earliest; unknown last."""
    onset = data.main_times(data.facts.onset, "first_dose").set_index("case_id")[["lower", "upper", "state"]]
    rows = data.counted[["case_id", "identity", "group", "course", "given_upper", "planned_doses"]]
    rows = rows.join(onset, on="case_id")
    known = rows["state"].eq("observed")
    keyed = rows.assign(unknown=~known, latest=rows["upper"].where(known), earliest=rows["lower"].where(known))
    order = ["unknown", "latest", "earliest", "group", "case_id"]
    return keyed.sort_values(order, kind="stable").drop(columns=["lower", "upper", "state", *order[:3]])


def index_marks(data: Bundle) -> pd.DataFrame:
    """Doses and observed onsets of index courses on the first-dose clock."""
    times = data.times[(data.times["set"] == data.main_set) & (data.times["clock"] == "first_dose")]
    seen = times[times["endpoint"].isin(ONSETS) & times["state"].eq("observed")]
    seen = seen.assign(what=seen["endpoint"], detail="")
    courses = data.counted[["case_id", "course"]]
    doses = dose_marks(data).merge(courses, on=["case_id", "course"]) if len(data.series["doses"]) else _none()
    return _laned(pd.concat([doses, seen.merge(courses, on="case_id")]), "index")


def resolution_marks(data: Bundle) -> pd.DataFrame:
    """Resolutions, last looks without resolution, and deaths, each from its own origin."""
    own = data.times[data.times["set"] == data.main_set]
    ends = own[own["endpoint"].isin(RESOLUTIONS) & own["state"].isin(["observed", "not_resolved"])]
    deaths = own[own["endpoint"] == "death"]
    without_row = own[own["state"].eq("died") & ~own["case_id"].isin(deaths["case_id"])].drop_duplicates("case_id")
    marks = pd.concat([ends, deaths, without_row.assign(endpoint="death", clock="not_stated")])
    return _laned(marks.assign(what=marks["endpoint"], course="", detail=""), "resolution")


def later_marks(data: Bundle) -> pd.DataFrame:
    """Doses and timed signs of re-exposures on the clock of that course's first dose."""
    if not len(data.rechallenges) or not len(data.series["doses"]):
        return _laned(_none(), "later")
    again = re_exposures(data)[["case_id", "course"]]
    return _laned(pd.concat([dose_marks(data), sign_marks(data)]).merge(again, on=["case_id", "course"]), "later")


def re_exposures(data: Bundle) -> pd.DataFrame:
    """Re-exposures of counted cases, in the order of the table."""
    again = data.rechallenges
    return again[again["kind"].eq("re_exposure") & again["case_id"].isin(data.counted["case_id"])]


def dose_marks(data: Bundle) -> pd.DataFrame:
    """Administrations with a day counted from, or dated like, the first dose of their course."""
    given = data.series["doses"][~data.series["doses"]["given"].isin(["no"])]
    times = elapsed(given, "time")
    times = times.where(times["origin"] == "first_dose")
    first = given.drop_duplicates(["case_id", "course"]).set_index(["case_id", "course"])["time_date"]
    start = given.set_index(["case_id", "course"]).index.map(first)
    dated = between_dates(calendar(pd.Series(start, index=given.index, dtype=str)), calendar(given["time_date"]))
    times[["lower", "upper"]] = times[["lower", "upper"]].fillna(dated.clip(lower=0))
    marks = given[["case_id", "course"]].assign(
        what="dose",
        detail=given["given"],
        lower=times["lower"],
        upper=times["upper"],
        state="observed",
        clock="first_dose",
    )
    return marks[marks["lower"].notna() & np.isfinite(marks["upper"])]


def sign_marks(data: Bundle) -> pd.DataFrame:
    """The earliest event, sentinel sign and symptom of each course that has a time from the course's first dose."""
    seen = data.series["reactions"]
    if not len(seen):
        return _none()
    seen = seen[seen["occurred"].eq("yes") & seen["role"].isin(ROLES) & ~seen["attribution"].eq("unlikely")]
    times = elapsed(seen, "onset")
    marks = seen[["case_id", "course"]].assign(
        what=seen["role"].map(ROLES),
        detail=seen["term"],
        lower=times["lower"],
        upper=times["upper"],
        state="observed",
        clock="first_dose",
    )
    marks = marks[(times["origin"] == "first_dose") & marks["lower"].notna()]
    return marks.sort_values(["upper", "lower"], kind="stable").drop_duplicates(["case_id", "course", "what"])


def _laned(marks: pd.DataFrame, panel: str) -> pd.DataFrame:
    """Lane numbers within each case and course: all doses share one, every other mark has its own."""
    kind = marks["what"].where(marks["what"] == "dose", [f"{what} {row}" for row, what in enumerate(marks["what"])])
    marks = marks.assign(panel=panel, kind=kind, tick=False).reset_index(drop=True)
    lanes = marks.drop_duplicates(["case_id", "course", "kind"])
    lanes = lanes.assign(lane=lanes.groupby(["case_id", "course"], sort=False).cumcount())
    return marks.merge(lanes[["case_id", "course", "kind", "lane"]], on=["case_id", "course", "kind"])[COLUMNS]


def doses_apart(marks: pd.DataFrame, span: tuple[float, float, float], room: float) -> pd.DataFrame:
    """Dose marks in as many lanes as keep them from touching, on an axis of `room` mm at least.

    Days narrower than a mark get ticks instead; where even ticks would need more than three lanes, one bar shows
    from the first to the last dose how many there were.
    """
    pitch = room / (span[2] - span[0])
    narrow = bool(pitch < WIDE_MARK)
    apart = (TICK if narrow else WIDE_MARK) / pitch
    parts = [_case_apart(own, apart, narrow) for _, own in marks.groupby(["case_id", "course"], sort=False)]
    return pd.concat(parts, ignore_index=True) if parts else marks


def _case_apart(own: pd.DataFrame, apart: float, narrow: bool) -> pd.DataFrame:
    doses = own[own["what"] == "dose"].sort_values(["upper", "lower"], kind="stable")
    ends: list[float] = []
    lanes = []
    for day in doses["upper"]:
        lane = next((number for number, end in enumerate(ends) if day - end >= apart - 1e-9), len(ends))
        ends[lane : lane + 1] = [day]
        lanes.append(lane)
    if len(ends) > MOST_DOSE_LANES:
        first, last = doses.iloc[0], doses.iloc[-1]
        doses = doses.iloc[[0]].assign(lower=first["lower"], upper=last["upper"], detail=f"{len(doses)} doses")
        lanes, ends, narrow = [0], [last["upper"]], False
    doses = doses.assign(lane=lanes, tick=narrow)
    others = own[own["what"] != "dose"]
    return pd.concat([doses, others.assign(lane=np.arange(len(others)) + len(ends))]).astype({"lane": int})


def _none() -> pd.DataFrame:
    texts = ["case_id", "course", "what", "state", "clock", "detail"]
    return pd.DataFrame(
        {name: pd.Series(dtype=str) for name in texts} | {name: pd.Series(dtype=float) for name in ("lower", "upper")}
    )
