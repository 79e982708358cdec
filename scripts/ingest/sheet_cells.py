"""Cells of a sheet as the text that was typed: no formula is read, dates become ISO text, numbers stay as typed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

FIRST_SERIAL, LAST_SERIAL = 10_000, 99_999
"""Excel serial dates from 1927 to 2173; a number of four digits in a date column is a year."""


@dataclass
class Reader:
    """Turns the cells of one sheet into text and remembers what could not be taken as it stood.

    dates    columns whose cells are dates
    epoch    day 0 of the workbook's serial dates (1900 or 1904 system)
    refused  (row, column, what, value) of cells that were not read
    noted    how often which remark about a column arose
    """

    header: list[str]
    dates: frozenset[str]
    epoch: datetime
    refused: list[tuple[int, str, str, str]] = field(default_factory=list)
    noted: Counter = field(default_factory=Counter)

    def row(self, number: int, cells: Iterable) -> list[str]:
        """The row's cells as text, at the width of the header."""
        texts = [self.text(number, at, cell) for at, cell in enumerate(cells)]
        return texts + [""] * (len(self.header) - len(texts))

    def text(self, number: int, at: int, cell) -> str:
        """One cell as text; blank, and remembered, where it holds a formula or an error."""
        value = cell.value
        if value is None:
            return ""
        column = self.header[at] if at < len(self.header) else ""
        if cell.data_type == "f":
            self.refused.append((number, column, "a formula, which is not read", str(value)))
            return ""
        if cell.data_type == "e":
            self.refused.append((number, column, "an error of the spreadsheet program", str(value)))
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, (datetime, date, time, timedelta)):
            return self._moment(number, column, value)
        return self._number(column, value)

    def _moment(self, number: int, column: str, value: datetime | date | time | timedelta) -> str:
        if not isinstance(value, date):
            self.noted[column, "times of day or durations were read as text"] += 1
            return str(value)
        if column not in self.dates:
            self.noted[column, "the spreadsheet program made dates of what may have been typed as text"] += 1
        if isinstance(value, datetime) and value.time() != time():
            what = f"the time of day {value.time().isoformat('minutes')} has no place in a date column"
            self.refused.append((number, column, what, value.isoformat(" ", "minutes")))
        return value.strftime("%Y-%m-%d")

    def _number(self, column: str, value: int | float) -> str:
        whole = value == int(value) if abs(value) < 1e15 else False
        if column in self.dates and whole and FIRST_SERIAL <= value <= LAST_SERIAL:
            self.noted[column, "serial dates of the spreadsheet program were read as dates"] += 1
            return (self.epoch + timedelta(days=int(value))).strftime("%Y-%m-%d")
        return str(int(value)) if whole else repr(value)
