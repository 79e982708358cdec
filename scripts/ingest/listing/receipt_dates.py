"""Days of receipt in a listing: ISO as it was downloaded, or numbers in an order of their own after a spreadsheet saved it.

8/1/2022 has two meanings. Where a date of the column has but one, as 13/1/2022, all of it was written in that order; else none
of them is used.
"""

import re
from collections.abc import Iterable

ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?")
NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T,].*)?")
MONTHS = 12
DAY_FIRST, MONTH_FIRST, OPEN = "day first", "month first", "open"


def in_numbers(sent: str) -> bool:
    """Whether a date is one of numbers that do not begin with the year."""
    return bool(NUMBERS.fullmatch(sent))


def order(column: Iterable[str]) -> str:
    """Whether the day or the month comes first in the dates of a column; open where none tells it, or they contradict each other."""
    dates = [match for sent in column if (match := NUMBERS.fullmatch(sent))]
    day_first = any(int(date[1]) > MONTHS for date in dates)
    month_first = any(int(date[3]) > MONTHS for date in dates)
    if day_first == month_first:
        return OPEN
    return DAY_FIRST if day_first else MONTH_FIRST


def day(sent: str, order_of_numbers: str) -> str:
    """The day as an ISO date; anything else, and numbers of open order, as sent."""
    if match := ISO_DAY.fullmatch(sent):
        return match[1]
    match = NUMBERS.fullmatch(sent)
    if match is None or order_of_numbers == OPEN:
        return sent
    first, second = (match[3], match[1]) if order_of_numbers == DAY_FIRST else (match[1], match[3])
    return f"{match[4]}-{int(first):02}-{int(second):02}"
