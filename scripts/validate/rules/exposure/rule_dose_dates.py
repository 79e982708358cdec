"""Q15: the dated doses of a course against its own start date."""

import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.clock.intervals import calendar, numbers
from scripts.validate.clock import COURSE
from scripts.validate.flags import flag, narrow, together
from scripts.validate.row_keys import joined

CURE = "Correct the date of the dose or the start date of its course."


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Doses surely before the start of their course, and first doses surely after it.

    A first dose is one with the number 1 with no other before it by date: where dose 1 is not listed, the course may
    have begun with it.
    """
    doses = narrow(tables["doses"], "course", "dose", "given", "time_date")
    doses = doses[filled(doses["time_date"]) & (doses["given"] != "no")]
    courses = narrow(tables["courses"], "course", "start_date")
    courses = courses[filled(courses["start_date"])]
    if not len(doses) or not len(courses):
        return together([])
    dose_course = joined(doses, COURSE)
    day = calendar(doses["time_date"])
    begun = calendar(courses["start_date"]).set_axis(joined(courses, COURSE))
    start = begun[~begun.index.duplicated()].reindex(dose_course).set_axis(doses.index)
    early = doses[day["last"] < start["first"]]
    late = (day["first"] > start["last"]).groupby(dose_course).transform("all") & (numbers(doses["dose"]) == 1)
    typed_start = courses["start_date"].set_axis(joined(courses, COURSE)).groupby(level=0).first()
    parts = []
    for rows, what in (
        (early, "before its course began, on "),
        (doses[late], "the first dose is after its course began, on "),
    ):
        parts.append(
            flag(
                "doses",
                rows,
                "Q15",
                "time_date",
                what + dose_course[rows.index].map(typed_start).astype(object),
                cure=CURE,
            )
        )
    return together(parts)
