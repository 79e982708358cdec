"""Doses: Q15 doses and course disagree, Q21 dose against indication, Q31 unusual frequency of exposure."""

import re

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile, Schedule
from scripts.intervals import DAYS_PER_UNIT, calendar, elapsed, numbers
from scripts.validate.clock import COURSE, precedes
from scripts.validate.flags import flag, folded, narrow, together, worded
from scripts.validate.keys import joined
from scripts.validate.names import group_names
from scripts.validate.printed import factors
from scripts.validate.rule_time_order import times_of

COUNTED = re.compile(
    r"(?P<number>\d{1,3}) (?:infusions?|doses?|injections?|administrations?) (?:over|in|within) "
    r"(?P<span>\d{1,4}) (?P<unit>day|week|month|year)s?", re.IGNORECASE,
)  # fmt: skip
GIVEN = ("yes", "partial")
UNITS = {"day": "d", "week": "wk", "month": "mo", "year": "a"}
UNUSUAL = 0.25
"""Q31: a mean interval further than this share from the usual one."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about numbers, order and size of doses."""
    courses = narrow(
        tables["courses"], "course", "substance", "indication", "planned_doses", "given_lower", "given_upper"
    )
    courses = courses[~courses.duplicated(COURSE)]
    doses = narrow(tables["doses"], "course", "dose", "given", "amount", "unit", *times_of("time"))
    # Courses are numbered once: whole numbers sort and group faster than texts.
    codes, _ = pd.factorize(pd.concat([joined(courses, COURSE), joined(doses, COURSE)]))
    courses, doses = courses.assign(of=codes[: len(courses)]), doses.assign(of=codes[len(courses) :])
    return together([
        *_numbers(courses, doses), *_order(doses), *_against_schedule(courses, doses, profile),
        *_frequency(tables, profile),
    ])  # fmt: skip


def _numbers(courses: pd.DataFrame, doses: pd.DataFrame) -> list[pd.DataFrame]:
    """Q15: more doses given, or listed, than planned; another number of doses listed than said to be given.

    A dose counts as given unless it is said not to be.
    """
    planned, low, high = (numbers(courses[name]) for name in ("planned_doses", "given_lower", "given_upper"))
    more = low > planned
    listed = courses["of"].map(doses[doses["given"] != "no"].groupby("of", sort=False).size())
    other = (listed > high) | ((listed < low) & (listed > 1))
    beyond = courses[(listed > planned) & ~more & ~other]
    counted = worded(listed[other], "{:.0f} doses are listed as given, said to be ".format)
    too_many = worded(listed[beyond.index], "{:.0f} doses are listed as given, more than planned".format)
    return [
        flag("courses", courses[more], "Q15", "given_lower", "more doses given than planned"),
        flag("courses", courses[other], "Q15", "given_lower", counted + _said(courses[other])),
        flag("courses", beyond, "Q15", "planned_doses", too_many),
    ]


def _said(courses: pd.DataFrame) -> pd.Series:
    """The number of doses given as stated: 3, 2 to 3, at most 3."""
    low, high = courses["given_lower"], courses["given_upper"]
    one = high.isin(NO_VALUE) | (low == high)
    return (low + " to " + high).mask(one, low).mask(low.isin(NO_VALUE), "at most " + high)


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
    wrong = doses.loc[timed.index[precedes(time, before) & (origin == time["origin"]) & (time["origin"] != "")]]
    dated = ordered[filled(ordered["time_date"]) & ordered["given"].isin(GIVEN)]
    day = calendar(dated["time_date"])
    earlier = doses.loc[dated.index[day["last"] < day["first"].groupby(dated["of"], sort=False).shift()]]
    what = "earlier than the dose before it"
    return [
        flag("doses", resumed.sort_index(), "Q15", "given", "given after a dose that was left out"),
        flag("doses", wrong.sort_index(), "Q15", "time_lower", what),
        flag("doses", earlier.sort_index(), "Q15", "time_date", what),
    ]


def _against_schedule(courses: pd.DataFrame, doses: pd.DataFrame, profile: Profile) -> list[pd.DataFrame]:
    """Q21: amount or number of doses is not that of the indication's schedule in the profile."""
    drugs = {name.casefold() for name in profile.drug.substances}
    own = courses[folded(courses["substance"]).isin(drugs)]
    own = own.assign(group=folded(own["indication"]).map(group_names(profile)))
    parts = []
    for name, schedule in profile.schedules.items():
        mine = own[own["group"] == name]
        rows = doses[doses["of"].isin(mine["of"]) & numbers(doses["amount"]).notna()]
        odd = rows[~_is_dose(rows, schedule)]
        usual = f"{schedule.dose:g} {schedule.unit}"
        parts.append(flag("doses", odd, "Q21", "amount", f"not the usual {usual} for {name} ({schedule.source})",
                          value=odd["amount"] + " " + odd["unit"]))  # fmt: skip
        planned = numbers(mine["planned_doses"])
        other = mine[planned.notna() & ~planned.isin(schedule.planned_doses)]
        counts = " or ".join(map(str, schedule.planned_doses))
        what = f"not the usual {counts} doses a course for {name} ({schedule.source})"
        parts.append(flag("courses", other, "Q21", "planned_doses", what))
        parts.append(_of_another_group(own, doses, name, schedule, set(profile.schedules)))
    return parts


def _is_dose(doses: pd.DataFrame, schedule: Schedule) -> pd.Series:
    """Whether the amount is the schedule's, after conversion; an amount of an unknown unit is held to be."""
    share = numbers(doses["amount"]) * factors(doses["unit"], pd.Series(schedule.unit, index=doses.index))
    return ~((share / schedule.dose - 1).abs() > 1e-6)


def _of_another_group(
    own: pd.DataFrame, doses: pd.DataFrame, name: str, schedule: Schedule, scheduled: set[str]
) -> pd.DataFrame:
    """Q21: a group whose schedule nobody knows, treated exactly by that of another: every amount and the number of doses.

    One of the two alone may be by chance: a single dose, or an amount that is common to both.
    """
    rest = own[own["group"].notna() & ~own["group"].isin(scheduled)]
    rest = rest[numbers(rest["planned_doses"]).isin(schedule.planned_doses)]
    given = doses[doses["of"].isin(rest["of"]) & numbers(doses["amount"]).notna()]
    known = factors(given["unit"], pd.Series(schedule.unit, index=given.index)).notna()
    alike = (_is_dose(given, schedule) & known).groupby(given["of"]).all()
    rows = rest[rest["of"].map(alike).eq(True)]
    what = f"with {schedule.dose:g} {schedule.unit} a dose, this is the usual schedule of {name}, not of "
    return flag("courses", rows, "Q21", "planned_doses", what + rows["group"].astype(object) + f" ({schedule.source})")


def _frequency(tables: dict[str, pd.DataFrame], profile: Profile) -> list[pd.DataFrame]:
    """Q31: so many doses over such a time, in words, against the drug's usual interval in the profile."""
    usual = {name.casefold(): each for name, each in profile.usual_intervals.items()}
    parts = []
    for name, drug, words in (("history", "term", "detail"), ("courses", "substance", "premedication")):
        rows = tables[name]
        rows = rows[folded(rows[drug]).isin(usual)]
        found = rows[words].str.extract(COUNTED).dropna()
        rows = rows.loc[found.index]
        gaps = np.maximum(found["number"].astype(float) - 1, 1)
        every = found["span"].astype(float) * found["unit"].str.lower().map(UNITS).map(DAYS_PER_UNIT) / gaps
        expected = folded(rows[drug]).map({key: each.every * DAYS_PER_UNIT[each.unit] for key, each in usual.items()})
        odd = rows[(every / expected - 1).abs() > UNUSUAL]
        what = (
            "one every "
            + worded(every[odd.index], "{:.1f}".format)
            + " days; usual is "
            + worded(expected[odd.index], "{:.1f}".format)
        )
        parts.append(flag(name, odd, "Q31", words, what))
    return parts
