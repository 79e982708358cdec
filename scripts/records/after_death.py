"""What begins surely after the patient's death: `validate` tells it, `derive` takes it for evidence of nothing."""

import numpy as np
import pandas as pd

from scripts.clock.intervals import calendar, elapsed

BEGINS = {"courses": "start", "doses": "time", "reactions": "onset", "tests": "time", "managements": "time"}
"""Tables of what may be evidence, with the prefix of the time at which it begins."""


def after_death(tables: dict[str, pd.DataFrame]) -> dict[str, pd.Series]:
    """By table, which rows begin surely after the death: by the calendar, or counted from the same origin."""
    died = _latest_death(tables["deaths"])
    return {name: after(tables[name], prefix, died) for name, prefix in BEGINS.items()}


def _latest_death(deaths: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Last possible day of the death by case, and the upper bound of its time by case and origin; of several rows the latest.

    A row without a time takes nothing from another that has one.
    """
    times = elapsed(deaths, "time").assign(case_id=deaths["case_id"])
    timed = times[times["upper"].notna() & (times["origin"] != "")]
    days = calendar(deaths["time_date"])["last"].groupby(deaths["case_id"]).max()
    return days, timed.groupby(["case_id", "origin"])["upper"].max()


def after(rows: pd.DataFrame, prefix: str, died: tuple[pd.Series, pd.Series]) -> pd.Series:
    """Rows whose time `prefix` is surely later than the death of their case."""
    if not len(rows) or not len(died[0]):
        return pd.Series(False, index=rows.index)
    days, uppers = died
    times = elapsed(rows, prefix)
    by_date = calendar(rows[f"{prefix}_date"])["first"] > rows["case_id"].map(days)
    death = uppers.reindex(pd.MultiIndex.from_arrays([rows["case_id"], times["origin"]])).set_axis(rows.index)
    return by_date | ((times["lower"] >= death) & np.isfinite(death))
