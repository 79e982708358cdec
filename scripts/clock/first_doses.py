"""The day of the first dose of a course, from what its start date and its dated doses allow."""

import numpy as np
import pandas as pd

from scripts.clock.intervals import calendar, numbers

SEPARATOR = "\x1f"
"""Joins case and course in memory; no cell holds it."""


def of_case_and_course(rows: pd.DataFrame) -> pd.Series:
    """Case and course of each row as one text, by which `first_doses` is indexed."""
    return rows["case_id"].astype(object) + SEPARATOR + rows["course"]


def first_doses(courses: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """`first` and `last` possible day of the first dose of each course that has one, by case and course as one text.

    Of several rows of one course the first counts; doses that were not given are none.
    """
    begun = calendar(courses["start_date"]).set_axis(of_case_and_course(courses))
    given = doses[doses["given"] != "no"]
    return first_dose_days(begun[~begun.index.duplicated()], given, of_case_and_course(given))


def first_dose_days(begun: pd.DataFrame, doses: pd.DataFrame, of_courses: pd.Series) -> pd.DataFrame:
    """`first` and `last` possible day of the first dose, by course; what neither dates is left out.

    begun: `first` and `last` day of each start date, by course. doses: those given (`dose`, `time_date`), of the
    courses `of_courses`. Start date and doses speak of one day, so it lies where both allow it.

        start 2024, dose 1 on 2024-06-01          2024-06-01
        start 2024-05, dose 1 on 2024-06-01       2024-05-01 to 2024-06-01: one is wrong, it is not known which
        no start, dose 2 on 2024-06-01            no later than 2024-06-01: dose 1 came before, at an unknown time
    """
    begun = begun.dropna()
    dosed = _earliest(doses, of_courses)
    if not len(dosed):
        return begun
    courses = begun.index.union(dosed.index, sort=False)
    start, dose = begun.reindex(courses), dosed.reindex(courses)
    first, last = np.fmax(start["first"], dose["first"]), np.fmin(start["last"], dose["last"])
    apart = first > last
    return pd.DataFrame(
        {
            "first": first.mask(apart, np.fmin(start["first"], dose["first"])),
            "last": last.mask(apart, np.fmax(start["last"], dose["last"])),
        }
    )


def _earliest(doses: pd.DataFrame, courses: pd.Series) -> pd.DataFrame:
    """`first` and `last` day of the earliest dated dose by course; `first` is open where dose 1 is not among the dated."""
    dates = calendar(doses["time_date"]).dropna()
    if not len(dates):
        return dates
    dated_courses = courses[dates.index]
    earliest = dates.groupby(dated_courses, sort=False).min()
    begins_late = numbers(doses.loc[dates.index, "dose"]).groupby(dated_courses, sort=False).min() > 1
    return earliest.assign(first=earliest["first"].mask(begins_late, -np.inf))
