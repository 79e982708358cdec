"""A date as printed: numbers with the year first, English words, or numbers in the order that the file says."""

import re

from schemas.fields import is_date
from scripts.ingest.table.unreadable import UnreadableError

MONTH_DATE = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?[.\s-]+)?(?P<month>[^\W\d_]{3,9})[.,\s-]+(?P<year>[0-9]{4})"
)
MONTH_DAY = re.compile(r"(?P<month>[^\W\d_]{3,9})\.?\s+(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})")
NUMERIC_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
MONTH_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{4})")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL = ("uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember")
DAY_FIRST, MONTH_FIRST = "day_first", "month_first"


def date_of(text: str, words: str, dates: str) -> str:
    """A date as ISO text, of numbers with the year first or of English words; of other numbers where `dates` says their order."""
    if len(text) > 4 and is_date(text):
        return text
    if date_parts := NUMERIC_DATE.fullmatch(text):
        if not dates:
            raise UnreadableError(
                "a date of which the file does not say whether the day or the month comes first",
                "Say `dates: day_first` or `dates: month_first` in the map, or write it as 2019-03-04.",
            )
        day, month = (date_parts[1], date_parts[2]) if dates == DAY_FIRST else (date_parts[2], date_parts[1])
        return _iso(date_parts[3], int(month), day)
    if date_parts := YEAR_FIRST.fullmatch(text):
        return _iso(date_parts[1], int(date_parts[2]), date_parts[3])
    if date_parts := MONTH_YEAR.fullmatch(text):
        return _iso(date_parts[2], int(date_parts[1]), None)
    named = MONTH_DATE.fullmatch(words) or MONTH_DAY.fullmatch(words)
    return _iso(named["year"], _month(named["month"]), named["day"]) if named else ""


def _iso(year: str, month: int, day: str | None) -> str:
    """The date where there is such a day, else blank."""
    text = f"{year}-{month:02d}" + (f"-{int(day):02d}" if day else "")
    return text if is_date(text) else ""


def _month(word: str) -> int:
    for place, (start, rest) in enumerate(zip(MONTHS, FULL, strict=True), start=1):
        if word in (start, start + rest) or (start == "sep" and word == "sept"):
            return place
    return 0
