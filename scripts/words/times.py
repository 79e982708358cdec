"""How times read: the one place where bounds of a time become words, for captions, tables, documents and the terminal.

Bounds are days. A time known to the day is a study day on a dose clock; an exact or finer one is elapsed time in its
unit, never a study day: (3, 4] is study day 4, and 30 minutes are 30 min.
"""

import math

from scripts.words.wording import NOTHING, number, span

UNITS = {"min": "minutes", "h": "hours", "d": "days", "wk": "weeks", "mo": "months", "a": "years"}
HOURS, MINUTES = 24, 1440
MINUTES_TO, HOURS_TO = 4 / HOURS, 2.0
"""Days up to which a time finer than a day is told in minutes, and below which in hours."""


def since_dose(lower: float, upper: float, *, labelled: bool = True) -> str:
    """A time on a dose clock: (0, 4] -> study day 1 to 4; (3, 4] -> study day 4; exactly 3 -> 3 days elapsed.

    The first dose day is 1 and there is no day 0. Without label, for a column of study days: 1 to 4. Unknown: a dash.
    """
    if math.isnan(lower) or math.isnan(upper) or (math.isinf(upper) and lower <= 0):
        return NOTHING
    if not _to_the_day(lower, upper):
        return f"{elapsed(lower, upper)} elapsed"
    label = "study day " if labelled else ""
    if math.isinf(upper):
        return f"after {label}{number(math.floor(lower))}"
    first, last = _study_day(math.floor(lower) + 1), _study_day(math.ceil(upper))
    return f"{label}{last}" if first >= last else f"{label}{first} to {last}"


def elapsed(lower: float, upper: float, *, labelled: bool = True) -> str:
    """Elapsed time in half-open form: (0, 16] days; 7 days; more than 14 days; a dash where nothing is known.

    Without label, for a column of days: (0, 16]; a time finer than a day keeps its unit there too.
    """
    if math.isnan(lower) or math.isnan(upper) or (math.isinf(upper) and lower <= 0):
        return NOTHING
    factor, unit = _unit(lower, upper)
    low, high = number(lower * factor, 2), number(upper * factor, 2)
    said = f"more than {low}" if math.isinf(upper) else low if lower == upper else f"({low}, {high}]"
    if unit == "days" and not labelled:
        return said
    return f"{said} {'day' if (said, unit) == ('1', 'days') else unit}"


def reported(low: str, high: str, scale: str, origin: str) -> str:
    """Bounds as the source says them: within 16 days of onset of haemoptysis; 5 to 7 days after diagnosis.

    `low` and `high` are cells, blank where nothing is told; not both.
    """
    if scale == "study_day":
        days = span(low, high) if low and high else f"{low} or later" if low else f"{high} or earlier"
        return f"study day {days}" + ("" if origin == "first dose of the course" else f" ({origin})")
    unit = UNITS.get(scale, scale)
    if low == high:
        return f"{low} {unit} after {origin}"
    if not high:
        return f"more than {low} {unit} after {origin}"
    return f"within {high} {unit} of {origin}" if low in ("", "0") else f"{low} to {high} {unit} after {origin}"


def _study_day(day: int) -> int:
    """The day before the first dose day is -1."""
    return day if day > 0 else day - 1


def _to_the_day(lower: float, upper: float) -> bool:
    """Is this a time known in whole days, or the median of two such (half a day)?"""
    return upper - lower >= 1 and all(float(2 * end).is_integer() for end in (lower, upper) if math.isfinite(end))


def _unit(lower: float, upper: float) -> tuple[float, str]:
    """Units per day, and the unit: days where the bounds are days, else by the greatest finite bound."""
    ends = [abs(end) for end in (lower, upper) if math.isfinite(end)]
    if _to_the_day(lower, upper) or all(float(end).is_integer() for end in ends) or max(ends) >= HOURS_TO:
        return 1, "days"
    return (MINUTES, "min") if max(ends) <= MINUTES_TO else (HOURS, "h")
