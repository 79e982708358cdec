"""Q15: the source says that the onset was during the course, and by its times it was after the last dose."""

import re

import pandas as pd

from schemas.profile import Profile
from scripts.corrections import row_key
from scripts.intervals import numbers
from scripts.validate.clock import COURSE, course_of, since_first_dose, starts
from scripts.validate.flags import flag, narrow, together
from scripts.validate.keys import joined
from scripts.validate.rule_time_order import times_of, typed
from scripts.validate.words_behind import words_behind

DURING = re.compile(r"\bduring\b.{0,40}\b(?:course|cycle|treatment|therapy|infusions?)\b", re.IGNORECASE)


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Onsets later than the last possible day of their course, where the day of every dose is known."""
    reactions = narrow(tables["reactions"], "reaction", "course", *times_of("onset"))
    said = words_behind(tables["provenance"], "reactions", "onset", DURING)
    if not len(said):
        return together([])
    begun = starts(tables)
    keys = row_key(reactions, "reactions")
    rows = reactions[keys.isin(said.index)]
    course = course_of(rows, tables)
    onset = since_first_dose(rows, "onset", course, begun)["lower"]
    late = rows[(onset >= course.map(_ends(tables, begun))).to_numpy(bool)]
    words = said.loc[keys[late.index], "words"].set_axis(late.index)
    what = "after the last dose, and said to be during the course: " + words
    return flag("reactions", late, "Q15", "onset_lower", what, value=typed(late, "onset"))


def _ends(tables: dict[str, pd.DataFrame], begun: pd.DataFrame) -> pd.Series:
    """The end of the last dosing day, in days since the first dose, by course; only where no dose is without a time."""
    doses = narrow(tables["doses"], "course", "given", *times_of("time"))
    doses = doses[doses["given"] != "no"]
    of = joined(doses, COURSE)
    last = since_first_dose(doses, "time", of, begun)["upper"].groupby(of).agg(lambda days: days.max(skipna=False))
    courses = tables["courses"]
    said = numbers(courses["given_upper"]).set_axis(joined(courses, COURSE))
    listed = of.value_counts()
    return last[~(said.reindex(last.index) > listed.reindex(last.index)).to_numpy(bool)]
