"""How times read: the one place where bounds of a time become words, for captions, tables, documents and the terminal.

Bounds are days. An end known to the day is a study day on a dose clock; an exact one is elapsed time and counts as
included; every other is a bound, and of one case's time open below. All times of an endpoint are told in one unit (`times.shown_in`),
but minutes among days as minutes:

| lower | upper | ends         | clock      | unit | words             |
|-------|-------|--------------|------------|------|-------------------|
| 3     | 4     | day, day     | first dose | d    | study day 4       |
| 1     | 4     | day, day     | first dose | d    | study day 2 to 4  |
| 2     | 9.5   | exact, exact | first dose | d    | 2 to 9.5 days elapsed |
| 0     | 16    | open, open   | onset      | d    | at most 16 days   |
| 1/48  | 1/24  | exact, exact | first dose | min  | 30 to 60 minutes  |
| 1/48  | 1/48  | exact, exact | first dose | d    | 30 minutes        |
| 1/48  | 6     | exact, day   | first dose | d    | 30 minutes to 6 days elapsed |
"""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schemas.codes import days_per_unit
from schemas.endpoints import CLOCKS, DOSE_CLOCKS
from schemas.fields import NO_VALUE
from scripts.clock.intervals import kind
from scripts.words import wording
from scripts.words.wording import NOTHING, number, span

UNITS = {"min": "minutes", "h": "hours", "d": "days", "wk": "weeks", "mo": "months", "a": "years"}
PER_DAY = {unit: 1 / days_per_unit()[unit] for unit in UNITS}
FINER = ("min", "h")
SHORTEST = 0.1
"""Days below which a time is told in minutes though its endpoint is shown in days: half an hour reads as 0.021 days."""
FIRST = CLOCKS[0]
NOT_USABLE = "reported, not usable"


def of_case(time: Mapping[str, Any] | None, *, labelled: bool = True) -> str:
    """The time of one case (a row of `times`) in the unit of its endpoint, `about` where the source says so; a dash where nothing
    is known."""
    if time is None:
        return NOTHING
    if time["state"] == "not_usable":
        return NOT_USABLE
    what = kind(time["lower"], time["upper"], time["grain"], time["clock"])
    told = between(
        time["lower"],
        time["upper"],
        ends=(what, what),
        from_dose=time["clock"] in DOSE_CLOCKS,
        unit=time["shown_in"],
        labelled=labelled,
    )
    return f"about {told}" if time.get("approximate") == "yes" and told != NOTHING else told


def of_result(row: Mapping[str, Any], unit: str = "d", *, labelled: bool = True) -> str:
    """The two ends of a row of `results`, each as what it is, and of a median the stretch on which half of the cases have
    it; a dash where there is none."""
    told = between(
        row["lower"],
        row["upper"],
        ends=(row["lower_is"], row["upper_is"]),
        from_dose=row["clock"] in DOSE_CLOCKS,
        unit=unit,
        labelled=labelled,
        of_several=True,
    )
    return told + _stretch(row, unit)


def _stretch(row: Mapping[str, Any], unit: str) -> str:
    """`; half by 3, next at 4`: from one middle case to the other, in words of their kind; blank without a stretch."""
    by, until = row.get("flat_from", math.nan), row.get("flat_until", math.nan)
    if math.isnan(by):
        return ""
    ends = {row["lower_is"], row["upper_is"]}
    if ends == {"day"} and row["clock"] in DOSE_CLOCKS and unit not in FINER:
        return f"; half by {number(_study_day(by))}, next on {number(_study_day(until + 1))}"
    low, high = (_end(unit, day) for day in (by, until))
    return f"; half by {low}, next {'at' if ends == {'exact'} else 'after'} {high}"


def between(
    lower: float,
    upper: float,
    *,
    ends: tuple[str, str],
    from_dose: bool,
    unit: str = "d",
    labelled: bool = True,
    of_several: bool = False,
) -> str:
    """Two ends in days, `exact`, `day` or `open` each; without label where a heading says study day or the unit.

    of_several: the ends come from different cases, and are told as `10 to 60 minutes`; those of one case say which of
    them it can reach: more than 10, at most 60 minutes.
    """
    if math.isnan(lower) or math.isnan(upper) or (math.isinf(upper) and lower <= 0):
        return NOTHING
    if ends == ("day", "day") and from_dose and unit not in FINER:
        return _study_days(lower, upper, labelled)
    told = {lower, upper} - {0, math.inf}
    unit = "min" if unit == "d" and told and all(map(_short, told)) else unit
    low, high = _end(unit, lower), _in(unit, upper)
    if math.isinf(upper):
        quantity = f"at least {low}" if ends[0] == "exact" else f"more than {low}"
    elif low == high:
        quantity = low
    else:
        quantity = f"{low} to {high}" if of_several or ends[0] == "exact" else _of_one(lower, low, high)
    named = f"{quantity} {_plural(quantity, unit)}"
    if from_dose and unit not in FINER:
        return f"{named} elapsed"
    return named if labelled or unit != "d" or _short(lower) else quantity


def length(days: float, unit: str) -> str:
    """A length of time that is no case's own, as of a scale: `6.5 minutes`."""
    unit = "min" if unit == "d" and _short(days) else unit
    quantity = _in(unit, days)
    return f"{quantity} {_plural(quantity, unit)}"


def _short(days: float) -> bool:
    return 0 < abs(days) < SHORTEST


def _end(unit: str, days: float) -> str:
    """An end beside another: in the unit of both, minutes among days with their own."""
    return length(days, "min") if unit == "d" and _short(days) else _in(unit, days)


def _in(unit: str, days: float) -> str:
    """Days in a unit, to two decimals; a second is 0.017 minutes, and not none. Months and years, whose days are a mean,
    are whole days."""
    value = days * PER_DAY[unit]
    halves = 2 * days * PER_DAY["mo"]
    if unit == "d" and math.isfinite(days) and halves and math.isclose(halves, round(halves), abs_tol=1e-6):
        return number(value, 0)
    return f"{value:.2g}" if 0 < abs(value) < 0.1 else number(value, 2)


def _of_one(lower: float, low: str, high: str) -> str:
    """`at most 16`, `more than 10, at most 60`: bounds of one case, of which the first is not reached."""
    return f"at most {high}" if lower <= 0 else f"more than {low}, at most {high}"


def onset_heading(label: str, unit: str, clock: str) -> str:
    """The heading of a column of onsets: `Onset (study day)`; hours and minutes name themselves in each cell. A clock other
    than that of the first dose is named."""
    if unit in FINER or clock not in DOSE_CLOCKS:
        return label + (f" ({'' if unit in FINER else 'days '}from: {wording.clock(clock)})" if clock != FIRST else "")
    return f"{label} (study day{f', day of {wording.day_1(clock)} = 1' if clock in wording.DAY_1 else ''})"


def counted_from(clock: str) -> str:
    """`, counted from: last dose`, behind a time or its name; blank for the first dose, from which study days are counted."""
    return "" if clock == FIRST else f", counted from: {wording.clock(clock)}"


def by(row: Mapping[str, Any]) -> str:
    """A threshold of the results: by study day 4; within 14 days; within 30 minutes."""
    if row["at_unit"] == "study_day":
        return f"by study day {number(row['at'])}"
    return f"within {number(row['at'])} {_plural(number(row['at']), row['at_unit'])}"


def by_code(code: str) -> str:
    """A threshold in the name of a number, as `by`: 4 is by study day 4, 14d within 14 days, 30min within 30 minutes."""
    digits = code.rstrip("abcdefghijklmnopqrstuvwxyz")
    return by({"at": float(digits), "at_unit": code.removeprefix(digits) or "study_day"})


def beside(estimates: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Rows of the results that can stand beside times in `unit`: study day 1 ends at no known hour or minute after a dose,
    so that a threshold in study days is on no axis of hours and in no line with them."""
    return estimates[estimates["at_unit"] != "study_day"] if unit in FINER else estimates


def _study_days(lower: float, upper: float, labelled: bool) -> str:
    """Study day 4, 2 to 4, after 3; the mean of two middle days may be half a day."""
    label = "study day " if labelled else ""
    if math.isinf(upper):
        return f"after {label}{number(_study_day(lower))}"
    first, last = number(_study_day(lower + 1)), number(_study_day(upper))
    return f"{label}{last}" if lower + 1 >= upper else f"{label}{first} to {last}"


def _study_day(day: float) -> float:
    """The day before the first dose day is -1."""
    return day if day > 0 else day - 1


def amount(low: str, high: str, scale: str) -> str:
    """Reported bounds of a length of time: 1 month, 6 to 18 months, at least 2 weeks, or the reason for missing."""
    words = span(low, high)
    told = low not in NO_VALUE or high not in NO_VALUE
    return f"{words} {_plural(words.split()[-1], scale)}" if told else words


def _plural(words: str, scale: str) -> str:
    """The unit of a scale in words; a scale that is no unit in its own."""
    unit = UNITS.get(scale, scale.replace("_", " "))
    return unit.removesuffix("s") if words == "1" else unit


def _before(near: str, far: str, scale: str, origin: str) -> str:
    """Both bounds lie before the origin: 1 day before diagnosis; 2 to 4 days, or 2 days or more, before it."""
    unit = _plural(far or near, scale)
    if not far:
        return f"{near} {unit} or more before {origin}"
    return f"{near if near == far else f'{near} to {far}'} {unit} before {origin}"


def reported(low: str, high: str, scale: str, origin: str) -> str:
    """Bounds as the source says them: within 16 days of onset of haemoptysis; 5 to 7 days after diagnosis; 1 day before it.

    `low` and `high` are cells, blank where nothing is told; not both.
    """
    if scale == "study_day":
        days = span(low, high) if low and high else f"{low} or later" if low else f"{high} or earlier"
        return f"study day {days}" + ("" if origin == "first dose of the course" else f" ({origin})")
    if high.startswith("-"):
        return _before(high.removeprefix("-"), low.removeprefix("-"), scale, origin)
    unit = _plural(high or low, scale)
    if low == high:
        return f"{low} {unit} after {origin}"
    if not high:
        return f"more than {low} {unit} after {origin}"
    return f"within {high} {unit} of {origin}" if low in ("", "0") else f"{low} to {high} {unit} after {origin}"
