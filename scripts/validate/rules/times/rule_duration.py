"""Q18: how long the event lasted, against the times of its onset and its end."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from schemas.fields import stated
from schemas.profile import Profile
from scripts.clock.intervals import calendar, elapsed
from scripts.validate.clock import course_of, since_first_dose, starts
from scripts.validate.flags import NONE, flag, together, worded
from scripts.validate.rules.time_columns import typed

ROUNDED = {"d": 0.5, "wk": 7.0, "mo": 31.0, "a": 366.0}
"""Days by which a time in such a unit may differ from what onset and end allow, rounded up or down."""
BOTH_DAYS = 1.0
"""The same of a duration in days: the day of onset and that of the end may both be counted."""
HOURS_OF_A_DAY = 1.0
"""The same of hours and minutes: two dates say nothing of the time of day."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Ends told as a time from the reaction's own onset, and durations, that onset and end do not allow."""
    reactions = tables["reactions"]
    is_from_onset = (reactions["end_origin"] == "onset:" + reactions["reaction"]) | (reactions["end_origin"] == "event")
    ends = reactions[is_from_onset & stated(reactions["onset_date"]) & stated(reactions["end_date"])]
    lasted = reactions[stated(reactions["duration"]) & stated(reactions["duration_scale"])]
    return together(
        [
            _odd(ends, "end", _by_date, ROUNDED),
            _odd(_as_times(lasted), "duration", partial(_between, tables=tables), ROUNDED | {"d": BOTH_DAYS}),
            _odd_doses(tables["doses"]),
        ]
    )


def _as_times(lasted: pd.DataFrame) -> pd.DataFrame:
    """Durations as a time `duration`, of which both bounds are the number told."""
    number = lasted["duration"]
    return lasted.assign(duration_date="", duration_lower=number, duration_upper=number, duration_origin="")


def _odd_doses(doses: pd.DataFrame) -> pd.DataFrame:
    """Administrations with two dates that their duration does not allow."""
    rows = doses[stated(doses["duration"]) & stated(doses["time_date"]) & stated(doses["end_date"])]
    rows = _as_times(rows.assign(onset_date=rows["time_date"]))
    return _odd(rows, "duration", _by_date, ROUNDED | {"d": BOTH_DAYS}, table_name="doses")


def _odd(
    rows: pd.DataFrame,
    prefix: str,
    allow: Callable[[pd.DataFrame], pd.DataFrame],
    rounded: dict[str, float],
    table_name: str = "reactions",
) -> pd.DataFrame:
    """The rows whose time `prefix` is farther from what their other times allow than its unit is rounded."""
    if not len(rows):
        return NONE
    allowed = allow(rows)
    told_bounds, about = elapsed(rows, prefix), rows[f"{prefix}_scale"].map(rounded).fillna(HOURS_OF_A_DAY)
    apart = np.maximum(allowed["lower"] - told_bounds["upper"], told_bounds["lower"] - allowed["upper"])
    odd = rows[apart > about]
    days = pd.Series(list(allowed.loc[odd.index, ["lower", "upper"]].itertuples(index=False, name=None)), odd.index)
    column, value = ("duration", odd["duration"]) if prefix == "duration" else ("end_upper", typed(odd, "end"))
    what = worded(days.astype(object), _days)
    return flag(
        table_name,
        odd,
        "Q18",
        column,
        what if table_name == "reactions" else what.str.replace("onset", "start"),
        value=value,
    )


def _by_date(rows: pd.DataFrame) -> pd.DataFrame:
    """Days between the dates of onset and end."""
    begun, ended = calendar(rows["onset_date"]), calendar(rows["end_date"])
    return pd.DataFrame({"lower": ended["first"] - begun["last"], "upper": ended["last"] - begun["first"]})


def _between(rows: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Days between onset and end: by their dates, else as both are known from the first dose, or as the end is told."""
    course, begun = course_of(rows, tables), starts(tables)
    onset, end = (since_first_dose(rows, prefix, course, begun) for prefix in ("onset", "end"))
    told = elapsed(rows, "end")
    from_first = pd.DataFrame({"lower": end["lower"] - onset["upper"], "upper": end["upper"] - onset["lower"]})
    from_onset = told[["lower", "upper"]].where(told["origin"] == "onset:" + rows["reaction"])
    return _by_date(rows).fillna(from_onset).fillna(from_first)


def _days(bounds: tuple[float, float]) -> str:
    low, high = bounds
    days = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"onset and end are {days} days apart"
