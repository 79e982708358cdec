"""Q15: the source says that the onset was during the course, and by its times it was after the last dose."""

import re

import pandas as pd

from schemas.profile import Profile
from schemas.time_columns import GOING_ON, times_of
from scripts.clock.intervals import numbers
from scripts.records.corrections import row_key
from scripts.validate.clock import COURSE, course_of, since_first_dose, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.row_keys import joined
from scripts.validate.rules.time_columns import typed
from scripts.validate.rules.words_behind import words_behind

DURING = re.compile(
    r"(?<!\bnot )\bduring\s+(?:\w+\s+){0,3}?(?:course|cycle|treatment|therapy|infusions?)\b", re.IGNORECASE
)
"""Nothing but two or three words stand between: `during an interval of two weeks after the course` says something else."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Onsets later than the last possible day of their course, where the day of every dose is known."""
    reactions = narrow(tables["reactions"], "reaction", "course", "occurred", *times_of("onset"))
    during_marks = words_behind(tables["provenance"], "reactions", "onset", DURING)
    if not len(during_marks):
        return together([])
    begun = starts(tables)
    keys = row_key(reactions, "reactions")
    rows = reactions[keys.isin(during_marks.index) & (reactions["occurred"] == "yes")]
    course = course_of(rows, tables)
    onset = since_first_dose(rows, "onset", course, begun)["lower"]
    late = rows[(onset >= course.map(_ends(tables, begun, course))).to_numpy(bool)]
    words = during_marks.loc[keys[late.index], "words"].set_axis(late.index)
    what = "after the last dose, and said to be during the course: " + words
    return flag("reactions", late, "Q15", "onset_lower", what, value=typed(late, "onset"))


def _ends(tables: dict[str, pd.DataFrame], begun: pd.DataFrame, wanted: pd.Series) -> pd.Series:
    """The end of the last dosing day, in days since the first dose, of the wanted courses.

    Only where every dose is listed with its one day: no record that goes on, none repeated, none that may be missing.
    """
    doses = narrow(tables["doses"], "course", "given", *times_of("time"), *GOING_ON)
    doses = doses[(doses["given"] != "no") & joined(doses, COURSE).isin(wanted)]
    dose_course = joined(doses, COURSE)
    day = since_first_dose(doses, "time", dose_course, begun)["upper"]
    sure = day.notna() & ~doses[list(GOING_ON)].ne("").any(axis=1)
    every = sure.groupby(dose_course).all()
    last = day.groupby(dose_course).max()[every]
    courses = tables["courses"]
    stated_doses = (
        numbers(courses["given_upper"]).fillna(numbers(courses["planned_doses"])).set_axis(joined(courses, COURSE))
    )
    return last[~(stated_doses.reindex(last.index) > dose_course.value_counts().reindex(last.index)).to_numpy(bool)]
