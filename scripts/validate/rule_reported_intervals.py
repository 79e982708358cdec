"""Intervals as reported: Q18 they disagree with the dates, Q19 they are impossible.

ICH E2B(R3), guide on G.k.9.i.3: the day of the dose counts as day 1, so a whole-day value v means (v - 1, v] elapsed
days; hours and minutes are elapsed time.
"""

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.intervals import DAYS_PER_UNIT, calendar, date_bounds, numbers
from scripts.validate.clock import COURSE, course_of, dates_since, precedes, since_first_dose, starts
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.keys import joined
from scripts.validate.names import drug_names, one_name
from scripts.validate.rule_time_order import times_of

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
    """Q19: an exposure before the drug was first used in people, or a time to onset longer than it had been in use."""
    since = profile.drug.first_used
    if not since:
        return []
    launch = date_bounds(since.date)[0]
    drug = profile.drug.name.casefold()
    courses = tables["courses"]
    mine = courses[drug_names(courses, profile) == drug]
    dated = mine[filled(mine["start_date"])]
    early = dated[calendar(dated["start_date"])["last"] < launch]
    parts = [
        flag("courses", early, "Q19", "start_date", f"before the drug was first used, {since.date} ({since.source})")
    ]
    assessments = tables["assessments"]
    judged = (one_name(assessments["drug"], profile) == drug) | joined(assessments, COURSE).isin(joined(mine, COURSE))
    assessments = assessments[judged]
    times = [("reactions", "onset_lower", *_onsets(tables, mine))]
    times += [
        ("assessments", column, assessments, _as_elapsed(assessments[column], assessments[f"{column}_scale"]))
        for column in INTERVALS
    ]
    for name, column, rows, time in times:
        life = _last_known(rows[time["lower"] > 0], tables) - launch + 1
        longer = precedes(pd.DataFrame({"lower": life, "upper": life}), time.loc[life.index])
        what = f"longer than the drug was in use, from {since.date} ({since.source}) to the report"
        parts.append(flag(name, rows.loc[life.index[longer]], "Q19", column, what))
    return parts


def _onsets(tables: dict[str, pd.DataFrame], courses: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Reactions in these courses, and their onset since the first dose; since the last one it is no longer."""
    reactions = narrow(tables["reactions"], "course", "source_id", "occurred", *times_of("onset"))
    rows = reactions[reactions["occurred"] == "yes"]
    course = course_of(rows, tables)
    own = course.isin(joined(courses, COURSE))
    rows, course = rows[own], course[own]
    counted = rows.assign(onset_origin=rows["onset_origin"].replace("last_dose", "first_dose"))
    return rows, since_first_dose(counted, "onset", course, starts(tables))[["lower", "upper"]]


def _last_known(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """The last possible day on which the report of each row was written: the latest date of its source and its reports.

    Where none of them has a date there is nothing to compare with: nan.
    """
    sources = tables["sources"].drop_duplicates("source_id").set_index("source_id")["published"]
    printed = calendar(rows["source_id"].map(sources).fillna(""))["last"]
    reports = tables["reports"][tables["reports"]["case_id"].isin(rows["case_id"])]
    days = [calendar(reports[column])["last"] for column in ("received", "latest_information")]
    days.append(calendar(reports["source_id"].map(sources).fillna(""))["last"])
    reported = pd.concat(days, axis=1).max(axis=1).groupby(reports["case_id"]).max()
    return pd.concat([printed, rows["case_id"].map(reported)], axis=1).max(axis=1)
