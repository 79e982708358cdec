"""What a printed time means: the one place where a cell of a table of patients becomes bounds.

| printed                              | after a dose                   | between two events |
|--------------------------------------|--------------------------------|--------------------|
| `5`, `5 d` (the unit, or the map's)  | 5 to 5 d: study day 6          | 5 d, a point       |
| `3-5 d`, `3–5 d`, `3 to 5 d`         | 3 to 5 d: study days 4 to 6    | (3, 5]             |
| `≤16 d`, `within 16 d`, `up to 16 d` | 0 to 16 d: study days 1 to 17  | (0, 16]            |
| `<14 d`: whole days, at most 13      | 0 to 13 d: study days 1 to 14  | (0, 13]            |
| `>30 d`: whole days, at least 31     | from 31 d: study day 32 and on | (30, inf]          |
| `≥30 d`                              | from 30 d: study day 31 and on | (30, inf]          |
| `<48 h`, `within 48 h`, `<1.5 mo`    | (0, 48 h], (0, 1.5 mo]         | the same           |
| `day 4`, `D4`, `days 4-6`, `on day 4`| study day 4, 4 to 6            | refused            |
| `~7 d`, `about 7 d`                  | 7 to 7 d, marked approximate   | 7 d, marked        |
| `2019-03`, `3/2019`, `Mar 2019`      | a date, where the map says `unit: date`             ||

What whole days are on a clock is decided in scripts.clock.intervals, to which these bounds go as typed. Weeks, months,
years, hours and decimals stay as typed. One to twelve may be words; `2 or 3 wk` is 2 to 3 wk. A footnote mark behind a cell
(`5*`, `5†`, `5ᵃ`) is passed over. `03/04/2019` is a date where the file says which comes first (`dates`), else refused.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from schemas.codes import back, crosswalk
from scripts.ingest.native_cells import cleaned
from scripts.ingest.table.printed_dates import date_of
from scripts.ingest.table.unreadable import UnreadableError, of_time

STUDY_DAY, DATE = "study_day", "date"
WHOLE = ("d", STUDY_DAY)
MARKS = re.compile(r"(?<=[\w.)])\s*[*†‡§¶#ᵃᵇᶜᵈᵉᶠᵍ¹²³⁴⁵⁶⁷⁸⁹]+$")
NUMBER = r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)"
SPAN = re.compile(rf"({NUMBER})\s*([^\W\d_]*)\.?(?:\s*(?:-|–|—|to|and|or|&)\s*({NUMBER})\s*([^\W\d_]*)\.?)?")
DAYS = re.compile(r"(?:(?:on|at)\s+)?(?:(?:study\s+)?days?(?:\s+(?=[0-9+-])|(?=[0-9]))|d(?:\s?(?=[0-9])|(?=\+)))")
DAY_AGAIN = re.compile(r"((?:-|–|—|to|and|or|&)\s*)(?:days?\s*|d\s?)(?=[0-9])")
TWO = re.compile(r"[0-9a-z.]\s*(?:&|\band\b)\s*[0-9d]")
BETWEEN = re.compile(r"(?:between|from)\s+")
CLOCK = re.compile(r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?")
YEAR = re.compile(r"\d{4}", re.ASCII)
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
IN_WORDS = re.compile(rf"\b(?:{'|'.join(WORDS)})\b")
DASHES = {ord(each): "-" for each in "\u2010\u2011\u2212"} | {ord(each): "–" for each in "\u2012\u2015"}
"""Hyphens and the minus sign as a hyphen, further dashes as the usual one."""


class Written(NamedTuple):
    """How a file writes numbers and dates: decimals with a comma; day or month first in a date of numbers, blank if not known."""

    comma: bool = False
    dates: str = ""


@dataclass(frozen=True)
class Printed:
    """A time as printed, not yet on any clock.

    limit   a code of `printed_limits`; blank for a value or a range
    first   the number, or the lower end of a range; blank where `date` stands
    second  the upper end of a range, else blank
    unit    a code of `scale`; date: ISO text
    """

    first: str = ""
    second: str = ""
    unit: str = ""
    limit: str = ""
    date: str = ""

    @property
    def approximate(self) -> bool:
        """The source itself says about."""
        return self.limit == "~" or self.date.endswith("~")


def parse(text: str, unit: str = "", *, comma: bool = False, dates: str = "") -> Printed:
    """A cell as a time; UnreadableError where it is none.

    unit: what numbers without a unit of their own count, a code of `scale`, or `date` in a column of dates.
    comma: the file writes decimals with a comma; otherwise a comma is refused, since it may part thousands.
    dates: `day_first` or `month_first`, what comes first in a date of numbers; blank where that is not known.
    """
    plain_text = MARKS.sub("", cleaned(text).translate(DASHES))
    words = IN_WORDS.sub(
        lambda word: str(WORDS.index(word[0]) + 1), " ".join(plain_text.split()).casefold().replace("(s)", "s")
    )
    if date := plain_text if unit == DATE and YEAR.fullmatch(plain_text) else date_of(plain_text, words, dates):
        if unit != DATE:
            raise UnreadableError(
                "a date in a column that counts time",
                "Say `unit: date` in the map, or check the cell: spreadsheets make dates of ranges such as 3-5.",
            )
        return Printed(date=date)
    limit, rest = limit_of(words)
    by_day = DAYS.match(rest)
    span = SPAN.fullmatch(BETWEEN.sub("", DAY_AGAIN.sub(r"\1", rest[by_day.end() :]) if by_day else rest))
    if span and TWO.search(rest) and not BETWEEN.search(rest):
        raise UnreadableError(
            "two times in one cell", "Write 1-3 d where a range is meant; else each in a column of its own."
        )
    if not span and CLOCK.fullmatch(rest):
        raise UnreadableError("a time of day, or hours and minutes: which is not said", "Write it as 90 min or 1.5 h.")
    if not span:
        raise of_time(words, unit == DATE)
    return _checked(limit, span, unit, by_day is not None, comma)


def _checked(limit: str, span: re.Match, default: str, by_day: bool, comma: bool) -> Printed:
    first, unit_first, second, unit_second = (part or "" for part in span.groups())
    units = {_unit(word) for word in (unit_first, unit_second) if word}
    if (by_day and units) or len(units) > 1:
        raise UnreadableError("two units in one cell")
    if limit and second:
        raise UnreadableError("a limit and a range in one cell", "Leave out one of them, as 5-7 d.")
    unit = STUDY_DAY if by_day else next(iter(units), default)
    if unit == DATE:
        raise of_time(span[0], date=True)
    if not unit:
        raise UnreadableError(
            "a number without a unit", "Give the column a `unit` in the map, or write it in the cell."
        )
    numbers = [number(each, comma) for each in (first, second) if each]
    if by_day and first.startswith("+"):
        raise UnreadableError(
            "a day with a plus sign, which may be counted from a day 0 or a day 1",
            "Write 4 d for four days after, day 4 for the fourth day.",
        )
    if unit == STUDY_DAY and any(Decimal(each) % 1 for each in numbers):
        raise UnreadableError("a study day is a whole number")
    if second and Decimal(numbers[0]) > Decimal(numbers[1]):
        raise UnreadableError("a range that ends before it begins", "Swap the two ends, or correct one of them.")
    if limit == "<" and Decimal(numbers[0]) <= 0:
        raise UnreadableError("less than zero")
    return Printed(numbers[0], numbers[1] if second else "", unit, limit)


def number(text: str, comma: bool = False) -> str:
    """A decimal number with a point, as typed otherwise; UnreadableError where its sign may mean something else."""
    if "," in text and not comma:
        raise UnreadableError(
            "a comma in a number", "Say `decimal: comma` in the map, or write the number with a point."
        )
    if "." in text and comma:
        raise UnreadableError("a point in a number of a file with decimal commas", "Write the number with a comma.")
    plain = text.replace(",", ".").removeprefix("+")
    return f"0{plain}" if plain.startswith(".") else plain


def bounds(printed: Printed, after_dose: bool) -> tuple[str, str]:
    """Lower and upper bound as the reported tables take them; blank where open. The table above is the rule."""
    first, limit = printed.first, printed.limit
    whole = printed.unit in WHOLE and Decimal(first or 0) % 1 == 0
    start = "1" if printed.unit == STUDY_DAY else "0"
    if limit == "<":
        return start, str(int(first) - 1) if whole else first
    if limit == "<=":
        return start, first
    if limit == ">":
        return str(int(first) + 1) if whole and after_dose else first, ""
    if limit == ">=":
        return first, ""
    return first, printed.second or first


def printed(time: Printed) -> str:
    """A time in the words of the grammar: `parse(printed(time))` is the time again."""
    if time.date:
        return time.date
    span = f"{time.first} to {time.second}" if time.second else time.first
    if time.unit == STUDY_DAY:
        return f"{time.limit}day {span}"
    return f"{time.limit}{span} {crosswalk('scale', 'printed')[time.unit].partition('|')[0]}"


def limit_of(words: str) -> tuple[str, str]:
    """The code of the limit a text begins with, and the rest of it."""
    if words[:1].isdigit():
        return "", words
    for word, code in _limits():
        rest = words.removeprefix(word)
        if rest != words and (rest.startswith((" ", "<", ">")) or not word[-1].isalnum()):
            return code, rest.strip()
    return "", words


@cache
def _limits() -> list[tuple[str, str]]:
    return sorted(back("printed_limits", "printed").items(), key=lambda pair: -len(pair[0]))


def _unit(word: str) -> str:
    if word == "m":
        raise UnreadableError("'m' may be minutes or months", "Write min or mo.")
    if code := back("scale", "printed").get(word, ""):
        return code
    raise UnreadableError("a unit of time that is not known", "Use min, h, d, wk, mo or y.")
