"""Ages as the tables carry them: years, with the number and unit as sent beside them."""

from datetime import date
from functools import cache

from schemas.codes import rows
from schemas.fields import is_number
from scripts.e2b.translation import ours


def stated(number: str, unit: str, column: str) -> dict[str, str]:
    """Cells of an age in the unit `unit` of the format `column` (`e2b_r3`, `e2b_r2`, `faers`).

    | sent   | from   | to     |
    |--------|--------|--------|
    | 34 a   | 34     | 34     |
    | 8 mo   | 0.6667 | 0.6667 |
    | 3 10.a | 30     | 39     | decades: the thirties

    Without a unit that the list `age_unit` knows, only the words as sent are kept.
    """
    if not number:
        return {}
    words = {"age_as_reported": f"{number} {unit}".strip()}
    years = _years().get(ours("age_unit", column, unit))
    if years is None or not is_number(number):
        return words
    lower = _short(float(number) * years)
    upper = _short(float(number) * years + 9) if years == 10 else lower
    return words | {"age_lower": lower, "age_upper": upper}


def why_unread(number: str) -> str:
    """Why an age has no bounds in years."""
    return "the age has no known unit" if is_number(number) else "the age is no number"


@cache
def _years() -> dict[str, float]:
    """Unit of an age -> years in it."""
    return {row["code"]: float(row["years"]) for row in rows("age_unit")}


def _short(years: float) -> str:
    return f"{round(years, 4):.10g}"


def from_birth(birth: str, onset: str) -> dict[str, str]:
    """Completed years at onset from ISO (part) dates; part dates give bounds, and no date gives nothing.

    The birth date itself goes no further than this function.
    """
    earliest, latest = _bounds(birth)
    first, last = _bounds(onset)
    if not (earliest and latest and first and last) or last < earliest:
        return {}
    return {
        "age_lower": str(max(0, _completed(latest, first))),
        "age_upper": str(_completed(earliest, last)),
        "age_as_reported": "from the birth date",
    }


def _bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day of YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        parts = [int(part) for part in text.split("-")]
        year, month, day = (*parts, 0, 0)[:3]
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        following = date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
        return first, date.fromordinal(following.toordinal() - 1)
    except (ValueError, OverflowError):
        return None, None


def _completed(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
