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
    for name, prefixes in TIMES.items():
        rows = tables[name]
        own = rows["case_id"].isin(cases) & in_another_course(rows, courses, substances)
        before = calendar_days.days(rows, prefixes[0], known)["last"] < rows["case_id"].map(began)
        moved[name] = _moved(rows, prefixes, own & ~before, known)
    return tables | moved


def _moved(rows: pd.DataFrame, prefixes: tuple[str, ...], own: pd.Series, known: Bases) -> pd.DataFrame:
    moved = rows.assign(course=rows["course"].mask(own, ""))
    for prefix in prefixes:
        counted = own & rows[f"{prefix}_origin"].isin(DOSES)
        undated = counted & calendar(rows[f"{prefix}_date"])["first"].isna()
        dates = [as_date(*day) for day in calendar_days.days(rows, prefix, known).itertuples(index=False)]
        told = pd.Series(dates, index=rows.index, dtype=object)
        moved[f"{prefix}_date"] = moved[f"{prefix}_date"].mask(undated, told)
        moved[f"{prefix}_origin"] = moved[f"{prefix}_origin"].mask(counted, ANOTHER)
    return moved
