"""Doses: Q15 the doses of a course and the course itself disagree."""

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from schemas.time_columns import times_of
from scripts.clock.intervals import calendar, elapsed, lies_before, numbers
from scripts.validate.clock import COURSE
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.row_keys import joined

GIVEN = ("yes", "partial")


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about numbers and order of doses."""
    courses = narrow(tables["courses"], "course", "planned_doses", "given_lower", "given_upper")
    courses = courses[~courses.duplicated(COURSE)]
    doses = narrow(tables["doses"], "course", "dose", "given", *times_of("time"))
    # Courses are numbered once: whole numbers sort and group faster than texts.
    codes, _ = pd.factorize(pd.concat([joined(courses, COURSE), joined(doses, COURSE)]))
    courses, doses = courses.assign(of=codes[: len(courses)]), doses.assign(of=codes[len(courses) :])
    return together([*_numbers(courses, doses), *_order(doses)])


def _numbers(courses: pd.DataFrame, doses: pd.DataFrame) -> list[pd.DataFrame]:
    """Q15: more doses given, or listed, than planned; another number of doses listed than said to be given.

    A dose counts as given unless it is said not to be.
    """
    planned, low, high = (numbers(courses[column]) for column in ("planned_doses", "given_lower", "given_upper"))
    more = low > planned
    listed = courses["of"].map(doses[doses["given"] != "no"].groupby("of", sort=False).size())
    other = (listed > high) | ((listed < low) & (listed > 1))
    beyond = courses[(listed > planned) & ~more & ~other]
    counted = worded(listed[other], "{:.0f} doses are listed as given, said to be ".format)
    too_many = worded(listed[beyond.index], "{:.0f} doses are listed as given, more than planned".format)
    return [
        flag("courses", courses[more], "Q15", "given_lower", "more doses given than planned"),
        flag("courses", courses[other], "Q15", "given_lower", counted + _given_as_stated(courses[other])),
        flag("courses", beyond, "Q15", "planned_doses", too_many),
    ]


def _given_as_stated(courses: pd.DataFrame) -> pd.Series:
    """The number of doses given as stated: 3, 2 to 3, at most 3."""
    low, high = courses["given_lower"], courses["given_upper"]
    is_single = high.isin(NO_VALUE) | (low == high)
    return (low + " to " + high).mask(is_single, low).mask(low.isin(NO_VALUE), "at most " + high)


def _order(doses: pd.DataFrame) -> list[pd.DataFrame]:
    """Q15: a dose given after one that was left out when the drug was stopped; a dose before the one before it.

    Dates are compared of doses said to be given: records of a message, of which nothing is said, stand in any order.
    """
    ordered = doses.assign(number=numbers(doses["dose"])).sort_values(["of", "number"], kind="stable")
    stopped = (ordered["given"] == "no").groupby(ordered["of"], sort=False).cumsum() > 0
    resumed = doses.loc[ordered.index[stopped & ordered["given"].isin(GIVEN)]]
    timed = ordered[ordered["given"] != "no"]
    time = elapsed(timed, "time")
    before = time.groupby(timed["of"], sort=False)[["lower", "upper"]].shift()
    origin = time["origin"].groupby(timed["of"], sort=False).shift()
    wrong = doses.loc[timed.index[lies_before(time, before) & (origin == time["origin"]) & (time["origin"] != "")]]
    dated = ordered[filled(ordered["time_date"]) & ordered["given"].isin(GIVEN)]
    day = calendar(dated["time_date"])
    earlier = doses.loc[dated.index[day["last"] < day["first"].groupby(dated["of"], sort=False).shift()]]
    what = "earlier than the dose before it"
    return [
        flag("doses", resumed.sort_index(), "Q15", "given", "given after a dose that was left out"),
        flag("doses", wrong.sort_index(), "Q15", "time_lower", what),
        flag("doses", earlier.sort_index(), "Q15", "time_date", what),
    ]
