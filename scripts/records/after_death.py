"""What begins surely after the patient's death: `validate` tells it, `derive` takes it for evidence of nothing."""

import numpy as np
import pandas as pd

from scripts.clock.intervals import DOSES, elapsed
from scripts.records.calendar_days import Bases, bases, by_gap, days
from scripts.records.drugs import meant_by_the_case

BEGINS = {"courses": "start", "doses": "time", "reactions": "onset", "tests": "time", "managements": "time"}
"""Tables of what may be evidence, with the prefix of the time at which it begins."""


def after_death(tables: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """By table, which rows begin surely after the death: by the calendar, or counted from the same origin."""
    late = times_after_death(tables, tuple(BEGINS.items()))
    return {table_name: late[table_name, prefix] for table_name, prefix in BEGINS.items()}


def times_after_death(
    tables: dict[str, pd.DataFrame], wanted: tuple[tuple[str, str], ...]
) -> dict[tuple[str, str], pd.Series]:
    """By table and prefix of a time, which rows have that time surely after the death."""
    if not len(tables["deaths"]):
        return {(table_name, prefix): pd.Series(False, index=tables[table_name].index) for table_name, prefix in wanted}
    names = {"courses", "doses", "reactions", *(table_name for table_name, _ in wanted)}
    dead = {
        table_name: tables[table_name][tables[table_name]["case_id"].isin(tables["deaths"]["case_id"])]
        for table_name in names
    }
    known = bases(dead)
    latest, uppers = _latest_death(tables["deaths"], known)
    late = {
        (table_name, prefix): _by_calendar(dead[table_name], prefix, known, latest)
        | _by_count(dead[table_name], prefix, uppers, dead["courses"])
        for table_name, prefix in wanted
    }
    if ("courses", "start") in late:
        late["courses", "start"] |= by_gap(dead["courses"], known) > dead["courses"]["case_id"].map(latest)
    return {
        (table_name, prefix): rows.reindex(tables[table_name].index, fill_value=False)
        for (table_name, prefix), rows in late.items()
    }


def _latest_death(deaths: pd.DataFrame, known: Bases) -> tuple[pd.Series, pd.Series]:
    """Last possible day of the death by case, and the upper bound of its time by case and origin; of several rows the latest.

    A row without a time takes nothing from another that has one.
    """
    times = elapsed(deaths, "time").assign(case_id=deaths["case_id"])
    timed = times[times["upper"].notna() & (times["origin"] != "")]
    last = days(deaths, "time", known)["last"].replace(np.inf, np.nan)
    return last.groupby(deaths["case_id"]).max(), timed.groupby(["case_id", "origin"])["upper"].max()


def _by_calendar(rows: pd.DataFrame, prefix: str, known: Bases, latest: pd.Series) -> pd.Series:
    """Rows whose time `prefix` has its first possible day after the last of the death of their case."""
    return days(rows, prefix, known)["first"] > rows["case_id"].map(latest)


def _by_count(rows: pd.DataFrame, prefix: str, uppers: pd.Series, courses: pd.DataFrame) -> pd.Series:
    """Rows whose time `prefix`, counted from where the death of their case is, is surely later."""
    times = elapsed(rows, prefix)
    death = uppers.reindex(pd.MultiIndex.from_arrays([rows["case_id"], times["origin"]])).set_axis(rows.index)
    same = ~times["origin"].isin(DOSES) | meant_by_the_case(rows, courses)
    return same & (times["lower"] >= death) & np.isfinite(death)
