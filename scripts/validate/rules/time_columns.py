"""Times as they stand in a table: a time as typed, and which of two surely comes first."""

import pandas as pd

from schemas.fields import filled
from scripts.clock.intervals import calendar, elapsed, lies_before
from scripts.validate.clock import before_origin, since_first_dose
from scripts.words.wording import span


def typed(rows: pd.DataFrame, prefix: str) -> pd.Series:
    """A time as typed: its date, or its bounds."""
    if not len(rows):
        return rows[f"{prefix}_date"]
    ends = zip(rows[f"{prefix}_lower"], rows[f"{prefix}_upper"], strict=True)
    bounds = pd.Series([span(low, high) for low, high in ends], index=rows.index, dtype=object)
    return rows[f"{prefix}_date"].where(filled(rows[f"{prefix}_date"]), bounds)


def surely_before(
    first: tuple[pd.DataFrame, str], second: tuple[pd.DataFrame, str], course: pd.Series, begun: pd.DataFrame
) -> pd.Series:
    """Rows whose first time surely comes before the second, each given as rows and prefix, paired row by row.

    Two times compare by their dates, by their bounds from one origin, or on the clock of `course`, whose start
    (scripts.validate.clock.starts) brings a date and a number of days together. A time counted from the onset that is
    the second one is before it where its bounds are; what comes before another origin is before nothing else.
    """
    if not len(first[0]):
        return pd.Series(False, index=first[0].index)
    bounds, other = elapsed(*first), elapsed(*second)
    same = (bounds["origin"] == other["origin"]) & bounds["origin"].ne("")
    dates, others = (calendar(rows[f"{prefix}_date"]) for rows, prefix in (first, second))
    clock, other_clock = (since_first_dose(*time, course, begun) for time in (first, second))
    early = (same & lies_before(bounds, other)) | (dates["last"] < others["first"]) | lies_before(clock, other_clock)
    rows, prefix = second
    return (
        early | ((bounds["origin"] == "onset:" + rows["reaction"]) & before_origin(bounds))
        if prefix == "onset"
        else early
    )
