"""Cells of a sheet as the text that was typed: no formula is read, dates become ISO text, numbers stay as typed.

What a number format shows and what is stored may differ: scripts.ingest.workbook.number_formats says which of them is read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from scripts.ingest.workbook.number_formats import MONTH, YEAR, as_text, number_as_shown, shown_of_date, time_as_shown

FIRST_SERIAL, LAST_SERIAL = 10_000, 99_999
"""Excel serial dates from 1927 to 2173; a number of four digits in a date column is a year."""


FEW = 20
"""Cells of a column that are named for one and the same fault; of the others the number is told."""
MOST_DIGITS = 10**15
TYPED = "Type the value itself."
ISO = {"": "%Y-%m-%d", MONTH: "%Y-%m", YEAR: "%Y"}


@dataclass
class Reader:
    """Turns the cells of one sheet into text and remembers what could not be taken as it stood.

    dates    columns whose cells are dates
    epoch    day 0 of the workbook's serial dates (1900 or 1904 system)
    refused  (row, column, what, value, cure) of the first cells that were not read
    beyond   how many more there are of each column and fault, with the first row of these
    noted    how often which remark about a column arose
    """

    header: list[str]
    dates: frozenset[str]
    epoch: datetime
    refused: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    beyond: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    noted: Counter = field(default_factory=Counter)
    _seen: Counter = field(default_factory=Counter)

    def row(self, number: int, cells: Iterable) -> list[str]:
        """The row's cells as text, at the width of the header; cells beyond it, or two in one place, are refused."""
        texts = [""] * len(self.header)
        places = set()
        for cell in cells:
            text = self.text(number, cell)
            if cell.column in places:
                self.refuse(number, self._name_of(cell), "a cell that appears twice in the file", str(cell.value))
            elif cell.column <= len(texts):
                texts[cell.column - 1] = text
            elif text.strip():
                cure = "Name the column in row 1, or clear the cells."
                self.refuse(number, "", "cells beyond the last named column", "", cure)
            places.add(cell.column)
        return texts

    def refuse(self, row: int, column: str, what: str, value: str, cure: str = TYPED) -> None:
        """Remember a fault: the first few of a column with their place, the others only counted."""
        self._seen[column, what] += 1
        if self._seen[column, what] <= FEW:
            self.refused.append((row, column, what, value, cure))
        else:
            self.beyond.setdefault((column, what, cure), [row, 0])[1] += 1

    def _name_of(self, cell) -> str:
        return self.header[cell.column - 1] if cell.column <= len(self.header) else ""

    def text(self, number: int, cell) -> str:
        """One cell as text; blank, and remembered, where it holds a formula or an error or is not shown as it is."""
        value, column = cell.value, self._name_of(cell)
        if cell.kind == "f":
            self.refuse(number, column, "a formula, which is not read", formula(value))
            return ""
        if cell.kind == "e":
            self.refuse(number, column, "an error of the spreadsheet program", str(value))
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            self.noted[column, "truth values of the spreadsheet program were read as TRUE and FALSE"] += 1
            return str(value).upper()
        if isinstance(value, (date, time, timedelta)):
            return self._moment(number, column, value, cell.form)
        return self._number(number, column, value, cell.form)

    def _moment(self, number: int, column: str, value: date | time | timedelta, form: str) -> str:
        if not isinstance(value, date):
            return self._clock(number, column, value, form)
        shown = shown_of_date(form) if "general" not in form.lower() else ""
        if shown is None:
            what = "a date of which the cell does not show the year, or no day with it"
            self.refuse(number, column, what, f"{value:%Y-%m-%d}, shown as {form}")
            return ""
        if shown:
            self.noted[
                column, f"dates shown without a {'day' if shown == MONTH else 'month'} were read as the {shown}"
            ] += 1
        if column not in self.dates:
            self.noted[column, "the spreadsheet program made dates of what may have been typed as text"] += 1
        if isinstance(value, datetime) and value.time() != time():
            what = "the time of day has no place in a date column"
            self.refuse(number, column, what, value.isoformat(" ", "minutes"))
        return value.strftime(ISO[shown])

    def _clock(self, number: int, column: str, value: time | timedelta, form: str) -> str:
        text = time_as_shown(value, form)
        if text is None:
            self.refuse(
                number, column, "a time of day or duration that is not shown as it is", f"{value}, shown as {form}"
            )
            return ""
        self.noted[column, "times of day or durations were read as text"] += 1
        return text

    def _number(self, number: int, column: str, value: int | float, form: str) -> str:
        if abs(value) >= MOST_DIGITS:
            self.refuse(
                number,
                column,
                "a number of more than 15 digits, which a spreadsheet program cuts",
                str(value),
                "Type it as text: format the cell as text first.",
            )
            return ""
        if column in self.dates and value == int(value) and FIRST_SERIAL <= value <= LAST_SERIAL:
            self.noted[column, "serial dates of the spreadsheet program were read as dates"] += 1
            return (self.epoch + timedelta(days=int(value))).strftime("%Y-%m-%d")
        number_shown = number_as_shown(value, form)
        if number_shown is None:
            what = "a number that its format shows as something else"
            self.refuse(
                number,
                column,
                what,
                f"{as_text(value)}, shown as {form}",
                "Format the cell as text and type the value.",
            )
            return ""
        text, done = number_shown
        if done:
            self.noted[column, done] += 1
        return text


def formula(value: object) -> str:
    """The words of a formula; arrays and data tables of the spreadsheet program are objects."""
    return str(getattr(value, "text", None) or (value if isinstance(value, str) else "a data table"))
