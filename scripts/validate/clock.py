"""Times of reported rows on one clock: elapsed days since the first dose of the row's course.

Bounds counted from `first_dose` stand as they are (study days as elapsed); dates are counted from the day of the first
dose, as the course's start date and its dated doses allow it (scripts.clock.first_doses). All bounds are half-open,
(lower, upper].
"""

import numpy as np
import pandas as pd

from schemas.fields import filled
from scripts.clock.first_doses import first_doses
from scripts.clock.intervals import between_dates, calendar, elapsed, plus
from scripts.records.events import is_event
from scripts.records.uses import uses_of_the_drug
from scripts.validate.flags import matching, narrow
from scripts.validate.row_keys import SEPARATOR, joined

COURSE = ["case_id", "course"]


def starts(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`first` and `last` possible day of the first dose, by case and course joined; courses without a date left out."""
    courses = narrow(tables["courses"], "course", "start_date")
    doses = narrow(tables["doses"], "course", "dose", "given", "time_date")
    return first_doses(courses[filled(courses["start_date"])], doses[filled(doses["time_date"])])


def with_courses(tables: dict[str, pd.DataFrame], substances: list[str]) -> dict[str, pd.DataFrame]:
    """Reactions and tests that name no course belong to the index course of their case, as `derive` has it.

    That is the first use of the drug with the event in it, or else its first use; of a case without a course of
    the drug its only course. Where rows are placed so, `course_named` says which rows name their course themselves.
    """
    rows = {name: tables[name] for name in ("reactions", "tests")}
    if all(filled(table["course"]).all() for table in rows.values()):
        return tables
    index = index_courses(tables, substances)
    return tables | {
        name: table.assign(
            course=table["course"].where(filled(table["course"]), table["case_id"].map(index).fillna("")),
            course_named=filled(table["course"]),
        )
        for name, table in rows.items()
    }


def index_courses(tables: dict[str, pd.DataFrame], substances: list[str]) -> pd.Series:
    """The index course by case, as in `with_courses`."""
    courses = narrow(tables["courses"], "course")
    own = uses_of_the_drug(tables, substances)
    reactions = tables["reactions"]
    event = reactions[is_event(reactions)]
    without = ~joined(own, COURSE).isin(joined(event, COURSE))
    own = own.assign(without=without).sort_values("without", kind="stable")
    alone = courses[~courses["case_id"].duplicated(keep=False)]
    return pd.concat([own, alone]).drop_duplicates("case_id").set_index("case_id")["course"]


def course_of(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.Series:
    """Case and course of each row, joined; a row that names no course belongs to its case's only one."""
    if filled(rows["course"]).all():
        return joined(rows, COURSE)
    courses = tables["courses"]
    alone = courses[~courses["case_id"].duplicated(keep=False)]
    only = alone.set_index("case_id")["course"]
    named = rows["course"].where(filled(rows["course"]), rows["case_id"].map(only).fillna(""))
    return rows["case_id"] + SEPARATOR + named


def since_first_dose(rows: pd.DataFrame, prefix: str, course: pd.Series, begun: pd.DataFrame) -> pd.DataFrame:
    """`lower`, `upper` and `by` (bounds, dates or blank) of the time `prefix`; nan where it is on no such clock."""
    bounds = elapsed(rows, prefix)
    counted = bounds["origin"] == "first_dose"
    found = bounds[["lower", "upper"]].where(counted)
    dated = filled(rows[f"{prefix}_date"]) & ~counted
    by_dates = dates_since(rows.loc[dated, f"{prefix}_date"], course[dated], begun)
    found.loc[dated, ["lower", "upper"]] = by_dates
    by = np.select([counted, found["lower"].notna()], ["bounds", "dates"], "")
    return found.assign(by=by)


def dates_since(dates: pd.Series, course: pd.Series, begun: pd.DataFrame) -> pd.DataFrame:
    """Dates as elapsed days since the start of their course: k days after it is (k, k + 1]."""
    start = begun.reindex(course).set_axis(dates.index)
    return between_dates(start, calendar(dates))[["lower", "upper"]]


def since_onsets(
    rows: pd.DataFrame, prefix: str, course: pd.Series, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> pd.DataFrame:
    """Times counted from the onset of a reaction of the same course, as days since the first dose; nan for any other.

    The reaction's own onset is counted from the first dose or has a date: of a chain no further link is followed.
    """
    counted = elapsed(rows, prefix)
    named = counted[matching(counted["origin"], lambda origin: origin.startswith("onset:"))]
    if not len(named):
        return pd.DataFrame(np.nan, index=rows.index, columns=["lower", "upper"])
    reactions = tables["reactions"][tables["reactions"]["case_id"].isin(rows.loc[named.index, "case_id"])]
    of = course_of(reactions, tables)
    onset = since_first_dose(reactions, "onset", of, begun).set_axis(of + SEPARATOR + reactions["reaction"])
    wanted = course[named.index] + SEPARATOR + named["origin"].str.removeprefix("onset:")
    base = onset[~onset.index.duplicated()].reindex(wanted).set_axis(named.index)
    return plus(base, named).reindex(rows.index)


def before_origin(time: pd.DataFrame) -> pd.Series:
    """Rows whose time surely comes before what it is counted from."""
    return (time["upper"] < 0) | ((time["upper"] == 0) & (time["lower"] < 0))
