"""The event told in a course of another drug alone: the patient had it, and each drug has its own clock (definitions: onset).

Such rows belong to an exposure of the drug by their date. A time counted from the other drug's doses is taken to the day of
the calendar where these have theirs; else no clock can use it. What surely lies before the drug stays with the other one.
"""

import pandas as pd

from scripts.clock.intervals import DOSES, as_date, calendar
from scripts.records import calendar_days
from scripts.records.calendar_days import Bases
from scripts.records.other_courses import in_another_course, of_another_alone

ANOTHER = "another_drug"
"""Origin of a time counted from the doses of another drug; no reported table holds it."""
TIMES = {"reactions": ("onset", "end"), "tests": ("time",)}


def on_the_clock_of_the_drug(
    tables: dict[str, pd.DataFrame], exposures: pd.DataFrame, substances: list[str]
) -> dict[str, pd.DataFrame]:
    """The tables; of cases whose event is told in courses of other drugs alone its rows name no course, and their times
    are dates. exposures: of the drug, which has these names."""
    courses = tables["courses"]
    cases = of_another_alone(tables["reactions"], courses, substances) & set(exposures["case_id"])
    if not cases:
        return tables
    known = calendar_days.bases(tables)
    began = exposures.groupby("case_id")["began_first"].min()
    moved = {}
    for table_name, prefixes in TIMES.items():
        rows = tables[table_name]
        other_rows = rows[rows["case_id"].isin(cases) & in_another_course(rows, courses, substances)]
        before = calendar_days.days(other_rows, prefixes[0], known)["last"] < other_rows["case_id"].map(began)
        other_rows = _moved(other_rows[~before], prefixes, known)
        moved[table_name] = pd.concat([other_rows, rows.drop(other_rows.index)]).loc[rows.index]
    return tables | moved


def _moved(courses: pd.DataFrame, prefixes: tuple[str, ...], known: Bases) -> pd.DataFrame:
    moved = courses.assign(course="")
    for prefix in prefixes:
        counted = courses[f"{prefix}_origin"].isin(DOSES)
        undated = counted & calendar(courses[f"{prefix}_date"])["first"].isna()
        days = calendar_days.days(courses[undated], prefix, known)
        moved.loc[undated, f"{prefix}_date"] = [as_date(*day) for day in days.itertuples(index=False)]
        moved.loc[counted, f"{prefix}_origin"] = ANOTHER
    return moved
