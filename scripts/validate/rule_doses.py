"""Doses: Q15 the doses of a course and the course itself disagree."""

import pandas as pd

from schemas.profile import Profile
from scripts.intervals import elapsed, numbers
from scripts.validate.clock import COURSE, precedes
from scripts.validate.flags import flag, narrow, together, worded
from scripts.validate.keys import joined
from scripts.validate.rule_time_order import times_of


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
    """Q15: more doses given than planned; another number of doses listed than said to be given."""
    planned, low, high = (numbers(courses[name]) for name in ("planned_doses", "given_lower", "given_upper"))
    more = courses[low > planned]
    given = doses[doses["given"].isin(["yes", "partial"])].groupby("of", sort=False).size()
    listed = courses["of"].map(given)
    other = courses[(listed > high) | ((listed < low) & (listed > 1))]
    what = worded(listed[other.index], "{:.0f} doses are listed as given, said to be ".format)
    said = other["given_lower"] + (" to " + other["given_upper"]).where(
        other["given_upper"] != other["given_lower"], ""
    )
    return [
        flag("courses", more, "Q15", "given_lower", "more doses given than planned"),
        flag("courses", other, "Q15", "given_lower", what + said),
    ]


def _order(doses: pd.DataFrame) -> list[pd.DataFrame]:
    """Q15: a dose given after one that was left out when the drug was stopped; a dose before the one before it."""
    ordered = doses.assign(number=numbers(doses["dose"])).sort_values(["of", "number"], kind="stable")
    stopped = (ordered["given"] == "no").groupby(ordered["of"], sort=False).cumsum() > 0
    resumed = doses.loc[ordered.index[stopped & ordered["given"].isin(["yes", "partial"])]]
    timed = ordered[ordered["given"] != "no"]
    time = elapsed(timed, "time")
    before = time.groupby(timed["of"], sort=False)[["lower", "upper"]].shift()
    origin = time["origin"].groupby(timed["of"], sort=False).shift()
    wrong = doses.loc[timed.index[precedes(time, before) & (origin == time["origin"]) & (time["origin"] != "")]]
    return [
        flag("doses", resumed.sort_index(), "Q15", "given", "given after a dose that was left out"),
        flag("doses", wrong.sort_index(), "Q15", "time_lower", "earlier than the dose before it"),
    ]
