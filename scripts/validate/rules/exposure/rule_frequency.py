"""Q31: doses of a drug came at other intervals than usual, by the words of the source or by the listed doses."""

import re

import numpy as np
import pandas as pd

from schemas.profile import Profile
from schemas.time_columns import GOING_ON, times_of
from scripts.clock.intervals import DAYS_PER_UNIT, numbers
from scripts.validate.clock import COURSE, since_first_dose, starts
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.names import drug_names, one_name
from scripts.validate.row_keys import joined
from scripts.validate.rules.time_columns import typed

COUNTED = re.compile(
    r"(?<![\w.,])(?P<number>\d{1,3})\s+(?:(?:[a-z-]+ly|intravenous|subcutaneous|i\.?v\.?|s\.?c\.?)\s+){0,2}"
    r"(?:infusions?|doses?|injections?|administrations?)\s+(?:(?:given|received|administered)\s+)?"
    r"(?:over|in|within|during)\s+(?:(?:a|the)\s+)?(?:(?:period|course|space|span)\s+of\s+)?"
    r"(?P<span>\d{1,4})\s+(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
UNITS = {"day": "d", "week": "wk", "month": "mo", "year": "a"}
UNUSUAL = 0.25
"""A mean interval further than this share from the usual one."""
WORDS = (("history", "detail"), ("courses", "premedication"), ("courses", "additional_information"))


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about drugs with a usual interval in the profile."""
    if not profile.usual_intervals:
        return together([])
    names = one_name(pd.Series(list(profile.usual_intervals), dtype=object), profile)
    usual = {
        drug_name: each.every * DAYS_PER_UNIT[each.unit]
        for drug_name, each in zip(names, profile.usual_intervals.values(), strict=True)
    }
    named = {"history": one_name(tables["history"]["term"], profile), "courses": drug_names(tables["courses"], profile)}
    expected = {table_name: drugs.map(usual).astype(float) for table_name, drugs in named.items()}
    return together(
        [
            *(_in_words(tables[table_name], table_name, words, expected[table_name]) for table_name, words in WORDS),
            _listed(tables, expected["courses"]),
        ]
    )


def _in_words(rows: pd.DataFrame, table_name: str, words: str, expected: pd.Series) -> pd.DataFrame:
    """A number of doses over a length of time: there is one gap fewer than there are doses; a single dose has none."""
    matches = rows.loc[expected.notna(), words].str.extract(COUNTED).dropna()
    gaps = matches["number"].astype(float) - 1
    matches, gaps = matches[gaps > 0], gaps[gaps > 0]
    every = matches["span"].astype(float) * matches["unit"].str.lower().map(UNITS).map(DAYS_PER_UNIT) / gaps
    odd = every[(every / expected[every.index] - 1).abs() > UNUSUAL]
    return flag(table_name, rows.loc[odd.index], "Q31", words, _against(odd, expected))


def _against(every: pd.Series, expected: pd.Series) -> pd.Series:
    usual = worded(expected[every.index], "{:.1f}".format)
    return "one every " + worded(every, "{:.1f}".format) + " days; usual is " + usual


def _listed(tables: dict[str, pd.DataFrame], expected: pd.Series) -> pd.DataFrame:
    """The mean interval of the listed doses of a course, whatever day within their bounds each was given on.

    Doses on one day are one administration. Found at the last dose.
    """
    courses = narrow(tables["courses"], "course", "given_upper").assign(expected=expected)[expected.notna()]
    if not len(courses):
        return together([])
    courses = courses[~courses.duplicated(COURSE)]
    courses = courses.set_index(joined(courses, COURSE))
    time = _times(courses, tables).drop_duplicates(["of", "lower", "upper"])
    by_course = time.groupby("of", sort=False)
    first, last, gaps = by_course.first(), by_course.last(), by_course.size() - 1
    first, last, gaps = (each[gaps > 0] for each in (first, last, gaps))
    least, most = (last["lower"] - first["upper"]) / gaps, (last["upper"] - first["lower"]) / gaps
    usual = courses["expected"].reindex(gaps.index)
    odd = (least / usual > 1 + UNUSUAL) | (most / usual < 1 - UNUSUAL)
    rows = tables["doses"].loc[last.loc[odd, "at"]]
    what = _against(((least + most) / 2)[odd], usual).set_axis(rows.index)
    return flag("doses", rows, "Q31", "time_date", what, value=typed(rows, "time"))


def _times(courses: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`of` (course), `lower`, `upper` and `at` (row) of the doses of these courses, in order of time.

    Only of courses whose every dose is listed with its time: none that may be missing, no record that goes on.
    """
    doses = narrow(tables["doses"], "course", "given", *times_of("time"), *GOING_ON)
    doses = doses[doses["case_id"].isin(courses["case_id"]) & (doses["given"] != "no")]
    dose_course = joined(doses, COURSE)
    dose_course = dose_course[dose_course.isin(courses.index)]
    doses = doses.loc[dose_course.index]
    time = since_first_dose(doses, "time", dose_course, starts(tables)).assign(of=dose_course, at=doses.index)
    sure = time["lower"].notna() & np.isfinite(time["upper"]) & ~doses[list(GOING_ON)].ne("").any(axis=1)
    few = dose_course.map(dose_course.value_counts()) < dose_course.map(numbers(courses["given_upper"]))
    return time[(sure & ~few).groupby(dose_course).transform("all")].sort_values("lower", kind="stable")
