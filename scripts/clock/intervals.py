"""Reported times as half-open intervals (lower, upper] in days from a named origin.

Conventions (definitions: days-and-intervals): the clock starts at the beginning of the dosing day, so study day [a, b]
becomes (a-1, b] and a date k days after the dosing date becomes (k, k+1]; stated durations stay as stated.
lower == upper is exact; upper = inf is open; nan in both is no information.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from schemas.codes import days_per_unit
from schemas.endpoints import DOSE_CLOCKS
from schemas.fields import PART_DATE, any_filled

DOSES = ("first_dose", "last_dose")
"""Origins from which whole days are counted as a calendar counts them."""
DAY, EXACT = "day", "exact"
"""Grains of a time: counted in days by a calendar, or elapsed time as fine as it is typed."""
EPOCH = date(1970, 1, 1)
DURATION = "duration_d"
"""Scale of whole days that are taken as exact elapsed time; no reported table holds it."""
FROM_ZERO, FROM_EITHER = "day_from_zero", "day_from_either"
"""Scales of study days of a source that calls the day of the first dose day 0, or does not say whether 0 or 1; likewise."""
STUDY_DAYS = ("study_day", FROM_ZERO, FROM_EITHER)
DAYS_PER_UNIT = {DURATION: 1.0, FROM_ZERO: 1.0, FROM_EITHER: 1.0} | days_per_unit()
DIGITS = 12
"""Decimals of a time in days, a tenth of a microsecond: 60 minutes and 1 hour are then the same number."""


def numbers(column: pd.Series) -> pd.Series:
    """Cells as numbers; blanks and reasons for missing become nan. Each distinct text is read once."""
    if not any_filled(column):
        return pd.Series(np.nan, index=column.index, name=column.name)
    codes, texts = pd.factorize(column)
    values = pd.to_numeric(pd.Series(texts, dtype=object), errors="coerce").to_numpy(float)
    return pd.Series(np.append(values, np.nan)[codes], index=column.index, name=column.name)


def date_bounds(text: str) -> tuple[float, float]:
    """First and last day, in days since 1970-01-01, that an EDTF date may mean; (nan, nan) for no date.

    2022-07 -> the days of 1 and 31 July 2022; ../2022 -> (-inf, 31 December 2022); 2022-07/2022-09 -> both ends.
    """
    start, slash, end = text.partition("/")
    if not slash:
        return _part_date_bounds(start)
    first = -np.inf if start in ("", "..") else _part_date_bounds(start)[0]
    last = np.inf if end in ("", "..") else _part_date_bounds(end)[1]
    return first, last


def _part_date_bounds(text: str) -> tuple[float, float]:
    match = PART_DATE.fullmatch(text)
    if not match:
        return np.nan, np.nan
    year, month, day = (int(part) if part else None for part in match.groups())
    first = date(year or 1, month or 1, day or 1)
    if day:
        last = first
    elif month:
        last = first.replace(day=monthrange(first.year, first.month)[1])
    else:
        last = date(first.year, 12, 31)
    return float((first - EPOCH).days), float((last - EPOCH).days)


def as_date(first: float, last: float) -> str:
    """The EDTF date that means the days from the first to the last one; blank without one, `..` for an end that is open."""
    if np.isnan(first) or np.isnan(last) or (np.isinf(first) and np.isinf(last)):
        return ""
    begin, end = (str(np.datetime64(int(day), "D")) if np.isfinite(day) else ".." for day in (first, last))
    return begin if begin == end else f"{begin}/{end}"


def calendar(column: pd.Series) -> pd.DataFrame:
    """`first` and `last` day of every date cell; each distinct text is read once. Blank columns, of which there are many,
    cost little."""
    if not any_filled(column):
        return pd.DataFrame(np.nan, columns=["first", "last"], index=column.index)
    codes, texts = pd.factorize(column)
    bounds = np.array([date_bounds(text) for text in texts] + [(np.nan, np.nan)], dtype=float)[codes]
    return pd.DataFrame(bounds, columns=["first", "last"], index=column.index)


def elapsed(table: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """The bounds of a time given by bounds, scale and origin, as `lower`, `upper` (days), `origin`, `grain`, `unit`.

    A missing lower bound of a known upper one is 0 (not before the origin), of a negative one -inf; a missing upper one inf.
    Study day -1 is the day before the dosing day: (-1, 0]. Whole days from a dose are known to the day: 3 d is (3, 4],
    study day 4; hours, decimals and days between two events stay as typed. Rows without bounds or scale have nan and ''.
    grain: `day` where a calendar counted it, else `exact`. unit: the one it is reported in, of a study day `d`.
    """
    low, high, scale = _cells(table, prefix)
    origin = table[f"{prefix}_origin"]
    factor = np.array([DAYS_PER_UNIT.get(row_scale, np.nan) for row_scale in scale], float)
    study, whole = np.array([row_scale in STUDY_DAYS for row_scale in scale], bool), _whole(low, high, scale)
    given = ~np.isnan(factor) & ~(np.isnan(low) & np.isnan(high))
    low_days = ((low - (study & (low > 0) & (scale != FROM_ZERO))) * factor).round(DIGITS)
    a_day_on = study & ((high < 0) | (scale != "study_day"))
    high_days = ((high + a_day_on + _to_the_end(whole, high, origin)) * factor).round(DIGITS)
    least = np.where(high < 0, -np.inf, 0.0)
    return pd.DataFrame(
        {
            "lower": np.where(given, np.where(np.isnan(low_days), least, low_days), np.nan),
            "upper": np.where(given, np.where(np.isnan(high_days), np.inf, high_days), np.nan),
            "origin": np.where(given, origin.to_numpy(object), ""),
            "grain": np.where(given, np.where(study | whole, DAY, EXACT), "").astype(object),
            "unit": np.where(given, np.where(study | (scale == DURATION), "d", scale), "").astype(object),
        },
        index=table.index,
    )


def _cells(table: pd.DataFrame, prefix: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Bounds as numbers and the scale of a time; numpy, for there are many times and most tables are small."""
    low, high = (numbers(table[f"{prefix}_{side}"]).to_numpy() for side in ("lower", "upper"))
    return low, high, table[f"{prefix}_scale"].to_numpy(object)


def as_durations(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The reported tables with every time in days as an exact duration, whatever it is counted from."""
    return {table_name: table.assign(**_durations(table)) for table_name, table in tables.items()}


def _durations(table: pd.DataFrame) -> dict[str, pd.Series]:
    scales = [
        column for column in table if column.endswith("_scale") and column.removesuffix("scale") + "origin" in table
    ]
    return {column: table[column].replace("d", DURATION) for column in scales}


def whole_days(table: pd.DataFrame, prefix: str) -> pd.Series:
    """Which rows count whole days from a dose: their upper bound means until the end of that day."""
    low, high, scale = _cells(table, prefix)
    return pd.Series(_to_the_end(_whole(low, high, scale), high, table[f"{prefix}_origin"]), index=table.index)


def _to_the_end(whole: np.ndarray, high: np.ndarray, origin: pd.Series) -> np.ndarray:
    """Which upper bounds mean until the end of their day: whole days that are counted from a dose."""
    return whole & ~np.isnan(high) & np.array([row_origin in DOSES for row_origin in origin.to_numpy(object)], bool)


def _whole(low: np.ndarray, high: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Which times are told in whole days."""
    whole = (np.isnan(low) | (low % 1 == 0)) & (np.isnan(high) | (high % 1 == 0))
    return whole & (scale == "d")


def between_dates(start: pd.DataFrame, end: pd.DataFrame) -> pd.DataFrame:
    """Elapsed time from one calendar interval to another, frames with `first`, `last`, row by row.

    k = end - start lies in [end.first - start.last, end.last - start.first]; day-grained: (k, k+1].
    Negative lower bounds survive: the end may precede the start.
    """
    bounds = {"lower": end["first"] - start["last"], "upper": end["last"] - start["first"] + 1}
    return pd.DataFrame({**bounds, "grain": DAY, "unit": "d"}, index=end.index)


def not_before_origin(times: pd.DataFrame) -> pd.DataFrame:
    """Times with an open lower end (-inf, b] as (0, b]: a source that says no more says nothing of a time before the origin.

    nan where that leaves nothing: (-inf, b] with b at or before the origin, and times open at both ends.
    """
    low, high = times["lower"].to_numpy(float), times["upper"].to_numpy(float)
    open_below = np.isneginf(low)
    begin = np.where(open_below, 0.0, low)
    nothing = (begin > high) | (open_below & (high <= 0)) | ((begin == 0) & np.isposinf(high))
    closed = times.assign(lower=begin)
    return closed.mask(pd.Series(nothing, index=times.index)) if nothing.any() else closed


def between_events(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Whole days from one event to a later one, frames with `first` and `last` possible day, as `lower`, `upper`.

    One count of days is a point. Of several the least is among them, so that the open end lies a day before it: 9 to 12
    days are (8, 12]. nan where that leaves nothing; a count that may be negative is none, and one without end keeps its begin.
    """
    apart = pd.DataFrame({"lower": second["first"] - first["last"], "upper": second["last"] - first["first"]})
    known = not_before_origin(apart)
    low, high = known["lower"].clip(lower=0), known["upper"]
    possible = high >= 0
    return pd.DataFrame({"lower": low - ((low > 0) & (low < high) & np.isfinite(high)), "upper": high}).where(possible)


def counts_of_days(times: pd.DataFrame, of_dose: pd.Series | bool) -> pd.DataFrame:
    """`first` and `last` possible difference of calendar days between a time and what it is counted from.

    of_dose: which are counted from a dose, where a day k is (k, k + 1]; between two other events k days are the point k.
    Elapsed time may fall on the next day, for nobody says at what hour it began: 30 h is day 1 or 2, 72 h is day 3.
    """
    last = np.ceil(times["upper"]) - ((times["grain"] == DAY) & of_dose)
    return pd.DataFrame({"first": np.floor(times["lower"]), "last": last})


def earliest(times: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The first of several times known as intervals: (least lower, least upper] per group.

    times: columns `by`, `lower`, `upper`; rows with nan are left out, and may have come earlier.
    """
    known = times.dropna(subset=["lower", "upper"])
    return known.groupby(by, sort=False)[["lower", "upper"]].min().reset_index()


def lies_before(first: Any, second: Any) -> Any:
    """Whether a time lies surely before another: of two rows with `lower` and `upper`, or row by row of two tables.

    (a, b] lies wholly before (b, c], 2 before 3, not 2 before 2; an unknown time before nothing.
    """
    touching = (first["upper"] == second["lower"]) & (second["upper"] > second["lower"])
    return (first["upper"] < second["lower"]) | touching


def plus(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Interval sum of two elapsed times: (l1 + l2, u1 + u2]."""
    return pd.DataFrame({"lower": first["lower"] + second["lower"], "upper": first["upper"] + second["upper"]})


def kinds(lower: ArrayLike, upper: ArrayLike, grain: ArrayLike, clock: ArrayLike) -> np.ndarray:
    """What the bounds of each time are: `exact`, a `day` counted from a dose, or `open`."""
    return np.where(np.equal(lower, upper), "exact", np.where(by_day_of_dose(grain, clock), "day", "open"))


def by_day_of_dose(grain: ArrayLike, clock: ArrayLike) -> NDArray[np.bool_]:
    """Which times are known to the day and counted from a dose."""
    told = zip(np.asarray(grain, object), np.asarray(clock, object), strict=True)
    return np.array([row_grain == DAY and start in DOSE_CLOCKS for row_grain, start in told], bool)


def kind(lower: float, upper: float, grain: str, clock: str) -> str:
    """`kinds` of one time."""
    if lower == upper:
        return "exact"
    return "day" if grain == DAY and clock in DOSE_CLOCKS else "open"


def grain_of_sum(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """`grain` and `unit` of `plus`: counted in days only where both are."""
    grain = first["grain"].where(second["grain"] == DAY, second["grain"])
    return pd.DataFrame({"grain": grain, "unit": first["unit"].where(first["unit"] == second["unit"], "d")})
