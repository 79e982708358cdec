"""What begins surely after the patient's death: `validate` tells it, `derive` takes it for evidence of nothing.

Times meet on the calendar: a day counted from the first dose has a date where that dose has one, and a course that has no
start began no earlier than its gap after the course before it.
"""

import numpy as np
import pandas as pd

from scripts.clock.first_doses import SEPARATOR, first_doses, of_case_and_course
from scripts.clock.intervals import DAY, DAYS_PER_UNIT, calendar, elapsed, numbers

BEGINS = {"courses": "start", "doses": "time", "reactions": "onset", "tests": "time", "managements": "time"}
"""Tables of what may be evidence, with the prefix of the time at which it begins."""


def after_death(tables: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """By table, which rows begin surely after the death: by the calendar, or counted from the same origin."""
    if not len(tables["deaths"]):
        return {name: pd.Series(False, index=tables[name].index) for name in BEGINS}
    dead = {name: tables[name][tables[name]["case_id"].isin(tables["deaths"]["case_id"])] for name in BEGINS}
    begun = _first_doses(dead)
    days, uppers = _latest_death(tables["deaths"], begun)
    late = {name: _late(rows, BEGINS[name], begun, days, uppers) for name, rows in dead.items()}
    late["courses"] |= _by_gap(dead["courses"], begun) > dead["courses"]["case_id"].map(days)
    return {name: late[name].reindex(tables[name].index, fill_value=False) for name in BEGINS}


def _first_doses(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`first` and `last` possible day of the first dose of each course that has one, with its `case`."""
    begun = first_doses(tables["courses"], tables["doses"]).replace(-np.inf, np.nan).dropna()
    return begun.assign(case=begun.index.str.partition(SEPARATOR).get_level_values(0) if len(begun) else "")


def _latest_death(deaths: pd.DataFrame, begun: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Last possible day of the death by case, and the upper bound of its time by case and origin; of several rows the latest.

    A row without a time takes nothing from another that has one.
    """
    times = elapsed(deaths, "time").assign(case_id=deaths["case_id"])
    timed = times[times["upper"].notna() & (times["origin"] != "")]
    counted = times["origin"].eq("first_dose") & np.isfinite(times["upper"])
    latest = deaths["case_id"].map(begun.groupby("case")["last"].max())
    since = np.where(times["grain"] == DAY, times["upper"] - 1, np.floor(times["upper"]) + 1)
    by_count = (latest + since).where(counted)
    days = calendar(deaths["time_date"])["last"].fillna(by_count).groupby(deaths["case_id"]).max()
    return days, timed.groupby(["case_id", "origin"])["upper"].max()


def _late(rows: pd.DataFrame, prefix: str, begun: pd.DataFrame, days: pd.Series, uppers: pd.Series) -> pd.Series:
    """Rows whose time `prefix` is surely later than the death of their case."""
    times = elapsed(rows, prefix)
    by_count = _first_dose_of(rows, begun) + np.floor(times["lower"].where(times["origin"] == "first_dose"))
    first = calendar(rows[f"{prefix}_date"])["first"].fillna(by_count)
    death = uppers.reindex(pd.MultiIndex.from_arrays([rows["case_id"], times["origin"]])).set_axis(rows.index)
    return (first > rows["case_id"].map(days)) | ((times["lower"] >= death) & np.isfinite(death))


def _first_dose_of(rows: pd.DataFrame, begun: pd.DataFrame) -> pd.Series:
    """First possible day of the first dose of each row's course; of a row that names none, of any of the case."""
    any_course = rows["case_id"].map(begun.groupby("case")["first"].min())
    if "course" not in rows:
        return any_course
    own = begun["first"].reindex(of_case_and_course(rows)).set_axis(rows.index)
    return own.where(rows["course"] != "", any_course)


def _by_gap(courses: pd.DataFrame, begun: pd.DataFrame) -> pd.Series:
    """The day before which a course without a dated start surely did not begin: that of the course before it, and the least
    gap between the two."""
    ordered = courses.assign(number=numbers(courses["course"])).dropna(subset=["number"])
    ordered = ordered.sort_values(["case_id", "number"], kind="stable")
    gap = numbers(ordered["gap_lower"]) * ordered["gap_scale"].map(DAYS_PER_UNIT)
    dated = begun["first"].reindex(of_case_and_course(ordered)).set_axis(ordered.index)
    found: dict[object, float] = {}
    before, of = np.nan, None
    for at, case, day, after in zip(ordered.index, ordered["case_id"], dated, gap, strict=True):
        found[at] = before + after if case == of and np.isnan(day) else np.nan
        before, of = (found[at] if np.isnan(day) else day), case
    return pd.Series(found, dtype=float).reindex(courses.index)
