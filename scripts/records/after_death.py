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


def _latest_death(deaths: pd.DataFrame) -> pd.DataFrame:
    """By case: last possible day of the death, and the upper bound of its time with the origin; nan where not known."""
    deaths = deaths.drop_duplicates("case_id")
    times = elapsed(deaths, "time")
    return pd.DataFrame(
        {
            "last": calendar(deaths["time_date"])["last"].to_numpy(),
            "upper": times["upper"].to_numpy(),
            "origin": times["origin"].to_numpy(),
        },
        index=deaths["case_id"],
    )


def after(rows: pd.DataFrame, prefix: str, died: pd.DataFrame) -> pd.Series:
    """Rows whose time `prefix` is surely later than the death of their case."""
    if not len(rows) or not len(died):
        return pd.Series(False, index=rows.index)
    death = died.reindex(rows["case_id"]).set_axis(rows.index)
    times = elapsed(rows, prefix)
    by_date = calendar(rows[f"{prefix}_date"])["first"] > death["last"]
    same = (times["origin"] == death["origin"]) & (times["origin"] != "") & (times["lower"] >= death["upper"])
    return by_date | (same & np.isfinite(death["upper"]))
