"""Exposure to the drug of the series: the index course, its doses and the days they were given."""

import numpy as np
import pandas as pd

from schemas.profile import group_names
from scripts.clock.first_doses import first_dose_days
from scripts.clock.intervals import calendar, elapsed, numbers


def groups(indications: pd.Series, named: dict[str, list[str]]) -> pd.Series:
    """The first group of the profile that lists the indication; `not stated` where none does."""
    return indications.str.casefold().map(group_names(named)).fillna("not stated")


def drug_courses(courses: pd.DataFrame, substances: list[str]) -> pd.DataFrame:
    """Courses of the drug as suspect or interacting, in their order within the case."""
    wanted = {name.casefold() for name in substances}
    named = courses["substance"].str.casefold().isin(wanted) | courses["drug"].str.casefold().isin(wanted)
    own = courses[named & courses["role"].isin(["suspect", "interacting"])]
    order = own.assign(order=numbers(own["course"]).fillna(0))
    return order.sort_values(["case_id", "order"], kind="stable").drop(columns="order")


def index_courses(own: pd.DataFrame, reactions: pd.DataFrame) -> pd.DataFrame:
    """One row per case: the first course of the drug with the event in it, or else its first course."""
    event = reactions[(reactions["role"] == "event") & (reactions["occurred"] == "yes")]
    with_event = pd.MultiIndex.from_frame(event[["case_id", "course"]])
    here = pd.MultiIndex.from_frame(own[["case_id", "course"]]).isin(with_event)
    first = own.assign(without=~here).sort_values(["without"], kind="stable").drop_duplicates("case_id")
    return first.sort_values("case_id").drop(columns="without").reset_index(drop=True)


def of_index(rows: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """Rows of the index course; rows that name no course belong to it."""
    course = rows["case_id"].map(index.set_index("case_id")["course"])
    return rows[course.notna() & ((rows["course"] == course) | (rows["course"] == ""))]


def first_dose_dates(index: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """`first` and `last` possible calendar day of the first dose, by case (scripts.clock.first_doses)."""
    start = calendar(index["start_date"]).set_index(index["case_id"])
    given = of_index(doses[doses["given"] != "no"], index)
    return first_dose_days(start, given, given["case_id"]).reindex(index["case_id"])


def dose_days(index: pd.DataFrame, doses: pd.DataFrame, start: pd.DataFrame) -> dict[str, list[int]]:
    """case -> whole days from the first dose to each dose of the index course (first dose 0).

    Only cases whose given doses all have one known day, and whose number agrees with the doses given.
    """
    given = of_index(doses[doses["given"].isin(["yes", "partial", ""])], index)
    day = _day(given, start)
    complete = day.notna().groupby(given["case_id"]).all() & _all_listed(index, given)
    known = given["case_id"].map(complete).fillna(False).astype(bool)
    return {case: sorted(int(d) for d in days) for case, days in day[known].groupby(given["case_id"][known])}


def _day(given: pd.DataFrame, start: pd.DataFrame) -> pd.Series:
    """Days since the first dose of doses known to the day; nan otherwise."""
    bounds = elapsed(given, "time")
    exact = (bounds["origin"] == "first_dose") & (given["time_scale"] == "study_day")
    by_number = (bounds["upper"] - 1).where(exact & (bounds["upper"] - bounds["lower"] == 1))
    dates, began = calendar(given["time_date"]), start.reindex(given["case_id"]).set_index(given.index)
    sure = (dates["first"] == dates["last"]) & (began["first"] == began["last"])
    return by_number.fillna((dates["first"] - began["first"]).where(sure))


def _all_listed(index: pd.DataFrame, given: pd.DataFrame) -> pd.Series:
    listed = given.groupby("case_id").size().reindex(index["case_id"]).fillna(0)
    said = numbers(index.set_index("case_id")["given_upper"])
    return (listed > 0) & (said.isna() | (said == listed))


def since_last_dose(lower: float, upper: float, days: list[int]) -> tuple[float, float]:
    """Time from the last dose at or before onset, for onset (lower, upper] days from the first dose.

    Day-grained: onset may fall on day index floor(lower) .. ceil(upper) - 1; k whole days after the last dose at or
    before it becomes (k, k + 1]. (nan, nan) when onset may precede every dose or is open-ended.

    Doses on days 0, 1, 2: onset (2, 4] -> k from 0 to 1 -> (0, 2]; onset (0, 2] -> (0, 1].
    """
    if not days or not np.isfinite(upper):
        return np.nan, np.nan
    first, last = int(np.floor(lower)), max(int(np.ceil(upper)) - 1, int(np.floor(lower)))
    if first < days[0]:
        return np.nan, np.nan
    candidates = {first, last} | {d for d in days if first <= d <= last} | {d - 1 for d in days if first < d <= last}
    gaps = [day - max(d for d in days if d <= day) for day in candidates]
    return float(min(gaps)), float(max(gaps) + 1)
