"""Q21: amount or number of doses is not that of the indication's schedule in the series profile."""

import pandas as pd

from schemas.profile import Profile, Schedule, group_names
from scripts.clock.intervals import numbers
from scripts.records.drugs import of_the_drug
from scripts.validate.clock import COURSE
from scripts.validate.flags import flag, folded, narrow, together, worded
from scripts.validate.row_keys import joined
from scripts.validate.rules.printed import factors

NTH = {1: "first", 2: "second", 3: "third"}


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about the size and the number of doses of the drug of the series; one not given has no size."""
    if not profile.schedules:
        return together([])
    courses = narrow(
        tables["courses"], "course", "drug", "substance", "indication", "ordinal", "planned_doses", "given_lower"
    )
    courses_of_drug = courses[of_the_drug(courses, profile.drug.substances) & ~courses.duplicated(COURSE)]
    courses_of_drug = courses_of_drug.assign(
        of=joined(courses_of_drug, COURSE), group=folded(courses_of_drug["indication"]).map(group_names(profile.groups))
    )
    doses = narrow(tables["doses"], "course", "given", "amount", "unit")
    doses = doses[doses["case_id"].isin(courses_of_drug["case_id"]) & (doses["given"] != "no")]
    doses = doses[numbers(doses["amount"]).notna()]
    doses = doses.assign(of=joined(doses, COURSE))
    parts = []
    for group_name, schedule in profile.schedules.items():
        mine = courses_of_drug[courses_of_drug["group"] == group_name]
        parts += [_amounts(mine, doses, group_name, schedule), *_counts(mine, group_name, schedule)]
        parts.append(_of_another_group(courses_of_drug, doses, group_name, schedule, set(profile.schedules)))
    return together(parts)


def _amounts(mine: pd.DataFrame, doses: pd.DataFrame, group_name: str, schedule: Schedule) -> pd.DataFrame:
    rows = doses[doses["of"].isin(mine["of"])]
    odd = rows[~_is_dose(rows, schedule)]
    what = f"not the usual {schedule.dose:g} {schedule.unit} for {group_name} ({schedule.source})"
    return flag("doses", odd, "Q21", "amount", what, value=odd["amount"] + " " + odd["unit"])


def _counts(mine: pd.DataFrame, group_name: str, schedule: Schedule) -> list[pd.DataFrame]:
    """Planned doses other than the usual ones; where no plan is known, more given than any plan has.

    Of a course whose ordinal is known the number is that of this course, or else that of any. Fewer given than usual
    say nothing: a course may be stopped.
    """
    usual = schedule.planned_doses
    ordinal = numbers(mine["ordinal"]).where(lambda number: number >= 1)
    of_course = ordinal.clip(upper=len(usual)).map(dict(enumerate(usual, 1)))
    planned, given = numbers(mine["planned_doses"]), numbers(mine["given_lower"])
    other = planned.notna() & ~planned.eq(of_course) & ~(of_course.isna() & planned.isin(usual))
    more = planned.isna() & (given > of_course.fillna(max(usual)))
    any_number = " or ".join(map(str, dict.fromkeys(usual)))
    expected = worded(of_course, lambda number: any_number if number != number else f"{number:.0f}")
    which = worded(ordinal, lambda number: "a" if number != number else f"the {NTH.get(number, f'{number:.0f}th')}")
    what = "not the usual " + expected + " doses of " + which + f" course for {group_name} ({schedule.source})"
    return [
        flag("courses", mine[rows], "Q21", column, what[rows])
        for column, rows in (("planned_doses", other), ("given_lower", more))
    ]


def _is_dose(doses: pd.DataFrame, schedule: Schedule) -> pd.Series:
    """Whether the amount is the schedule's, after conversion; an amount of an unknown unit is held to be."""
    share = numbers(doses["amount"]) * factors(doses["unit"], pd.Series(schedule.unit, index=doses.index))
    return ~((share / schedule.dose - 1).abs() > 1e-6)


def _of_another_group(
    courses: pd.DataFrame, doses: pd.DataFrame, group_name: str, schedule: Schedule, scheduled: set[str]
) -> pd.DataFrame:
    """Q21: a group without a known schedule, treated exactly by that of another: every amount and the number of doses.

    One of the two alone may be by chance: a single dose, or an amount that is common to both.
    """
    rest = courses[courses["group"].notna() & ~courses["group"].isin(scheduled)]
    rest = rest[numbers(rest["planned_doses"]).isin(schedule.planned_doses)]
    given = doses[doses["of"].isin(rest["of"])]
    known = factors(given["unit"], pd.Series(schedule.unit, index=given.index)).notna()
    alike = (_is_dose(given, schedule) & known).groupby(given["of"]).all()
    rows = rest[rest["of"].map(alike).eq(True)]
    what = f"with {schedule.dose:g} {schedule.unit} a dose, this is the usual schedule of {group_name}, not of "
    return flag("courses", rows, "Q21", "planned_doses", what + rows["group"].astype(object) + f" ({schedule.source})")
