"""XLSX workbooks: every cell written as text or number, never as formula or link, and no clock in the file."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

from scripts.words.printable import printable
from scripts.words.wording import brief

LONGEST = 32_767
"""The most characters a cell can hold."""
CUT = " [cut here: {more} more characters; the whole text stands in narratives.docx or the reported tables]"
LARGE = 5000
"""Rows above which a workbook is written row by row instead of being held in memory."""
AS_TYPED = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}  # fmt: skip
A4 = 9
WIDE, IN_WIDE, IN_NARROW = 20, 0.72, 0.82
"""From which width of a column, in digits, its lines are filled well, and what a letter takes in such and in other columns."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


class Book:
    """A workbook in the making."""

    def __init__(self, title: str, data_lock: str, most_rows: int = 0) -> None:
        """most_rows: of its longest sheet, where that may be large; a row is then forgotten once the next one has begun."""
        self.made = io.BytesIO()
        large = most_rows > LARGE
        self.book = xlsxwriter.Workbook(self.made, AS_TYPED | {"in_memory": not large, "constant_memory": large})
        self.book.set_properties(
            {"title": brief(printable(title), 255), "author": "Dahlia", "created": datetime.fromisoformat(data_lock)}
        )
        plain = {"text_wrap": True, "valign": "top", "font_size": 9, "font_name": "Arial"}
        self.plain = self.book.add_format(plain)
        self.grid = self.book.add_format(plain | {"align": "left", "border": 1, "border_color": "#999999"})
        self.bold = self.book.add_format(plain | {"bold": True, "text_wrap": False})
        self.head = self.book.add_format(plain | {"bold": True, "bg_color": "#DCE6F1", "border": 1})
        self.mark = self.book.add_format(plain | {"bold": True, "font_color": "#9C0006"})
        self.names: set[str] = set()
        self.said: list[str] = []

    def sheet(self, sheet_name: str, widths: Sequence[float]) -> "Sheet":
        """A landscape sheet of A4, as wide as one page. A name already taken, or not allowed, is changed.

        The paper is always A4: where the columns are wider, the print is smaller.
        """
        sheet = self.book.add_worksheet(self._free(sheet_name))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.fit_to_pages(1, 0)
        return Sheet(self, sheet, list(widths))

    def _free(self, sheet_name: str) -> str:
        base = printable(sheet_name).translate(FORBIDDEN).strip()[:31] or "sheet"
        free, number = base, 1
        while free.casefold() in self.names:
            number += 1
            free = f"{base[: 31 - len(str(number)) - 1]}~{number}"
        self.names.add(free.casefold())
        return free

    def text(self) -> str:
        """All words that were written so far, a cell on a line."""
        return "\n".join(self.said)

    def bytes(self) -> bytes:
        self.book.close()
        return self.made.getvalue()


class Sheet:
    """A sheet filled from above."""

    def __init__(self, book: Book, sheet, widths: list[float]) -> None:
        self.book, self.sheet, self.widths, self.row = book, sheet, widths, 0

    def title(self, text: str) -> None:
        self._put(0, text, self.book.bold)
        self.row += 1

    def note(self, text: str, columns: int, *, human: bool = False) -> None:
        """A line of text across columns, as high as it needs."""
        style = self.book.mark if human else self.book.plain
        if columns > 1:
            self.sheet.merge_range(self.row, 0, self.row, columns - 1, "", style)
        self._put(0, text, style)
        self.sheet.set_row(self.row, _height([text], [sum(self.widths[:columns])]))
        self.row += 1

    def table(
        self, header: Sequence[str], rows: Iterable[Sequence[object]], *, freeze: bool = True, filtered: bool = False
    ) -> None:
        """A header and its rows; a blank row follows. filtered: the header has the buttons of a filter (one per sheet)."""
        start = self.row
        for place, text in enumerate(header):
            self._put(place, text, self.book.head)
        self.sheet.set_row(self.row, _height(header, self.widths))
        self.row += 1
        if freeze:
            self.sheet.freeze_panes(self.row, 1)
            self.sheet.repeat_rows(self.row - 1)
        for row in rows:
            for place, cell in enumerate(row):
                self._put(place, cell, self.book.grid)
            self.sheet.set_row(self.row, _height(map(str, row), self.widths))
            self.row += 1
        if filtered:
            self.sheet.autofilter(start, 0, self.row - 1, len(header) - 1)
        self.row += 1

    def _put(self, place: int, cell: object, style) -> None:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            self.sheet.write_number(self.row, place, cell, style)
            return
        self.book.said.append(str(cell))
        self.sheet.write_string(self.row, place, whole(str(cell)), style)


def _height(cells: Iterable[str], widths: Sequence[float]) -> float:
    """Points that wrapped text of these widths needs; not every program finds that out by itself."""
    lines = (
        sum(1 + int(len(line) * (IN_WIDE if width >= WIDE else IN_NARROW) // width) for line in text.split("\n"))
        for text, width in zip(cells, widths, strict=False)
    )
    return min(409.0, 12.5 * max(lines, default=1) + 1)


def whole(text: str) -> str:
    """The text as far as a cell can hold it, saying what is cut."""
    text = printable(text)
    if len(text) <= LONGEST:
        return text
    note = CUT.format(more=len(text) - LONGEST + len(CUT) + 12)
    return text[: LONGEST - len(note)] + note
