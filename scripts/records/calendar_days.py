"""Where the times of reported rows lie on the calendar: the first and the last day they allow.

Dates and counted times meet there: a day counted from the first dose has a date where that dose has one, a time from the
onset of a reaction where that onset has, and a course without a start began no earlier than its gap after the one before.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scripts.clock.first_doses import SEPARATOR, first_doses, of_case_and_course
from scripts.clock.intervals import DAYS_PER_UNIT, DOSES, calendar, counts_of_days, elapsed, numbers


@dataclass(frozen=True)
class Bases:
    """Days from which times count: `first` and `last` possible day.

    doses: of the first dose of each course that has one, by case and course as one text, with its `case`. onsets: of each reaction
    whose onset is known on the calendar, by case and `onset:` with its key.
    """

    doses: pd.DataFrame
    onsets: pd.DataFrame


def bases(tables: dict[str, pd.DataFrame]) -> Bases:
    """The bases of these tables, of which `courses`, `doses` and `reactions` are read."""
    doses, reactions = _first_doses(tables), tables["reactions"]
    onset = calendar(reactions["onset_date"])
    counted, began = elapsed(reactions, "onset"), _first_dose_of(reactions, doses)
    by_count = _after(began, counted.where(counted["origin"] == "first_dose"))
    names = pd.MultiIndex.from_arrays([reactions["case_id"], "onset:" + reactions["reaction"]])
    onsets = onset.where(onset["first"].notna(), by_count).set_axis(names)
    return Bases(doses, onsets[~onsets.index.duplicated()].dropna())


def days(rows: pd.DataFrame, prefix: str, known: Bases) -> pd.DataFrame:
    """`first` and `last` possible day of the time of each row; nan where it leads to no date."""
    if not len(rows):
        return pd.DataFrame(columns=["first", "last"], index=rows.index, dtype=float)
    times, dates = elapsed(rows, prefix), calendar(rows[f"{prefix}_date"])
    dosed = times["origin"] == "first_dose"
    of_onset = known.onsets.reindex(pd.MultiIndex.from_arrays([rows["case_id"], times["origin"]])).set_axis(rows.index)
    base = _first_dose_of(rows, known.doses).where(dosed, of_onset)
    return dates.where(dates["first"].notna(), _after(base, times))


def by_gap(courses: pd.DataFrame, known: Bases) -> pd.Series:
    """The day before which a course without a dated start surely did not begin: that of the course before it, and the least
    gap between the two."""
    ordered = courses.assign(number=numbers(courses["course"])).dropna(subset=["number"])
    ordered = ordered.sort_values(["case_id", "number"], kind="stable")
    gap = numbers(ordered["gap_lower"]) * ordered["gap_scale"].map(DAYS_PER_UNIT)
    dated = known.doses["first"].reindex(of_case_and_course(ordered)).set_axis(ordered.index)
    earliest_days: dict[object, float] = {}
    before, previous_case = np.nan, None
    for at, case, day, after in zip(ordered.index, ordered["case_id"], dated, gap, strict=True):
        earliest_days[at] = before + after if case == previous_case and np.isnan(day) else np.nan
        before, previous_case = (earliest_days[at] if np.isnan(day) else day), case
    return pd.Series(earliest_days, dtype=float).reindex(courses.index)


def _after(base: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """The days on which a time from a base lies."""
    apart = counts_of_days(times, times["origin"].isin(DOSES))
    return pd.DataFrame({end: base[end] + apart[end] for end in ("first", "last")})


def _first_doses(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    begun = first_doses(tables["courses"], tables["doses"]).replace(-np.inf, np.nan).dropna()
    return begun.assign(case=[key.partition(SEPARATOR)[0] for key in begun.index])


def _first_dose_of(rows: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """Days of the first dose of each row's course; of a row that names none, from the first to the last of the case."""
    every = doses.groupby("case").agg({"first": "min", "last": "max"}).reindex(rows["case_id"]).set_axis(rows.index)
    if "course" not in rows:
        return every
    course_days = doses[["first", "last"]].reindex(of_case_and_course(rows)).set_axis(rows.index)
    return course_days.where(rows["course"] != "", every)
