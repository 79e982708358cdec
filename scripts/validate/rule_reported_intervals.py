"""Intervals as reported: Q18 they disagree with the dates, Q19 they are impossible.

ICH E2B(R3), guide on G.k.9.i.3: the day of the dose counts as day 1, so a whole-day value v means (v - 1, v] elapsed
days; hours and minutes are elapsed time.
"""

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.intervals import DAYS_PER_UNIT, calendar, date_bounds, numbers
from scripts.validate.clock import course_of, dates_since, since_first_dose, starts
from scripts.validate.flags import flag, folded, together, worded
from scripts.validate.keys import joined

INTERVALS = {"start_to_onset": "first dose", "last_to_onset": "last dose"}
REACTION = ["case_id", "reaction"]


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about reported intervals, and about times to onset longer than the drug has existed."""
    parts = []
    for column, words in INTERVALS.items():
        rows = tables["assessments"]
        rows = rows[numbers(rows[column]).notna()]
        negative = rows[numbers(rows[column]) < 0]
        parts.append(flag("assessments", negative, "Q19", column, f"negative time from the {words} to onset"))
        parts.append(_against_dates(rows, column, tables))
    return together([*parts, *_beyond_market(tables, profile)])


def _against_dates(rows: pd.DataFrame, column: str, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q18: the reported interval lies outside what the dates allow."""
    if not len(rows):
        return together([])
    reactions = tables["reactions"]
    reactions = reactions[reactions["case_id"].isin(rows["case_id"])].drop_duplicates(REACTION)
    if not len(reactions):
        return together([])
    course = course_of(reactions, tables)
    if column == "start_to_onset":
        known = since_first_dose(reactions, "onset", course, starts(tables))[["lower", "upper"]]
    else:
        known = dates_since(reactions["onset_date"], course, _last_doses(reactions, course, tables))
    known = known.set_axis(joined(reactions, REACTION)).reindex(joined(rows, REACTION)).set_axis(rows.index)
    said = _as_elapsed(rows[column], rows[f"{column}_scale"])
    apart = np.maximum(known["lower"] - said["upper"], said["lower"] - known["upper"])
    whole = rows[f"{column}_scale"] == "d"
    wrong = rows[(apart > 0) | (whole & (apart == 0))]
    one = whole & (apart < 1)
    allowed = _days_allowed(known.loc[wrong.index], whole[wrong.index])
    hint = worded(one[wrong.index], lambda off: "; off by one: the day of the dose counts as day 1" if off else "")
    return flag("assessments", wrong, "Q18", column, "the dates allow " + allowed + hint)


def _as_elapsed(value: pd.Series, scale: pd.Series) -> pd.DataFrame:
    days = numbers(value) * scale.map(DAYS_PER_UNIT)
    width = scale.map({"d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25}).fillna(0.0)
    return pd.DataFrame({"lower": days - width, "upper": days})


def _days_allowed(known: pd.DataFrame, whole: pd.Series) -> pd.Series:
    low, high = known["lower"] + whole, known["upper"]
    span = worded(low, "{:g}".format) + worded(high, " to {:g}".format).where(high > low, "")
    return span + worded(whole, lambda days: " d" if days else " d of elapsed time")


def _last_doses(reactions: pd.DataFrame, course: pd.Series, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`first` and `last` possible day of the last dose at or before onset, where every dose of the course has its day."""
    doses = tables["doses"][tables["doses"]["given"] != "no"]
    own = joined(doses, ["case_id", "course"])
    day = calendar(doses["time_date"])
    exact = (day["first"] == day["last"]).groupby(own, sort=False).all()
    onset = pd.DataFrame({"course": course, "onset": calendar(reactions["onset_date"])["last"]}).dropna()
    pairs = onset.merge(pd.DataFrame({"course": own, "day": day["first"]}), on="course")
    pairs = pairs[pairs["course"].map(exact).astype(bool) & (pairs["day"] <= pairs["onset"])]
    last = pairs.groupby("course", sort=False)["day"].max()
    return pd.DataFrame({"first": last, "last": last})


def _beyond_market(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q19: an exposure before the drug was first used in people, or a time to onset longer than it has been."""
    since = profile.drug.first_used
    if not since:
        return []
    names = {name.casefold() for name in profile.drug.substances}
    courses = tables["courses"]
    dated = courses[filled(courses["start_date"]) & folded(courses["substance"]).isin(names)]
    early = dated[calendar(dated["start_date"])["last"] < date_bounds(since.date)[0]]
    return [
        flag("courses", early, "Q19", "start_date", f"before the drug was first used, {since.date} ({since.source})")
    ]
