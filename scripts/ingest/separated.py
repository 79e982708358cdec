"""Rows of separated text: which separator, which row has which cells, and where a row does not fit its header.

Two ways lead to the same rows. The quick one lets pandas split the text after a look at its skeleton (the separators,
quotation marks and line ends alone) has shown every row to be as wide as the header. Whatever the skeleton cannot
vouch for goes through Python's own csv reader, row by row.

Rows that lie within one cell: a quotation mark left open swallows the rows up to the next one. A row of several lines
is taken for that, and left out, where two of its lines each hold as many separators as the header and none of these
is followed by a blank: prose of several lines does not do so.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scripts.ingest.native_cells import WIDEST

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 2**24
BLOCK = 2**18
START = 2**16
"""So many bytes at the beginning are looked at for the separator."""
LONGEST_LINE = 2 * LONGEST_CELL
MOST_LINES = 2**24
MOST_CELLS = 2**25
"""Of one table: about a million rows of the widest. A cell takes 8 bytes at least, however few there are in a row."""
FEW_RAGGED = 1000
HOPELESS = 10_000
"""After so many rows of another width, ten for each that fits, reading ends."""
NARROWEST = 4
"""With fewer columns than these, lines of prose may well look like rows."""
QUOTE, LINE_END, RETURN, BLANK, TAB = b'"\n\r \t'
BLANK_AFTER = 0xFF
"""Stands for a separator with a blank behind it; no byte of UTF-8."""


@dataclass
class Rows:
    """header: column names as typed. cells: one column per name, all text, in the order of the header.

    at_row   the row's number as a spreadsheet shows it: blank rows count, a cell of several lines is one row
    ragged   (row, number of cells) of the first rows wider or narrower than the header, which are left out
    more     how many such rows there are beyond those named
    merged   rows that seem to hold others within one cell, which are left out
    broken   why reading ended early, with the row; blank where it did not
    """

    header: list[str]
    cells: pd.DataFrame
    at_row: np.ndarray
    ragged: list[tuple[int, int]] = field(default_factory=list)
    more: int = 0
    merged: list[int] = field(default_factory=list)
    broken: str = ""


class TooLargeError(ValueError):
    """More lines, columns or cells than are read; the message says how many."""


def separator(content: bytes, known: set[str]) -> str:
    """The separator that finds most of the known column names in the first row; a comma among equals."""
    start, names = _first_line(content), {}
    for candidate in SEPARATORS:
        cells = [cell.strip().strip('"').strip() for cell in start.split(candidate)]
        names[candidate] = (len(known.intersection(cells)), start.count(candidate))
    return max(SEPARATORS, key=lambda candidate: (*names[candidate], candidate == ","))


def _first_line(content: bytes) -> str:
    start = content[:START].lstrip(b"\r\n").partition(b"\n")[0]
    return start.rstrip(b"\r").decode("utf-8", errors="ignore")


def without_hint(content: bytes) -> tuple[bytes, str]:
    """Drop Excel's first line `sep=;`, which a spreadsheet does not show; the separator it names, or blank."""
    line = _first_line(content)
    if line.lower().startswith("sep=") and len(line) == 5:
        return content.split(b"\n", 1)[1] if b"\n" in content else b"", line[4]
    return content, ""


def rows(content: bytes, mark: str) -> Rows:
    """Split UTF-8 text into rows under the header in its first row. TooLargeError where it is no table to be read."""
    # Empty lines at the end are no rows, however many there are.
    content = content if content.endswith(b"\n") and content[-2:].strip() else content.rstrip(b"\r\n") + b"\n"
    if (lines := content.count(b"\n")) > MOST_LINES:
        raise TooLargeError(f"{lines} lines; at most {MOST_LINES} are read")
    _bounded(content.lstrip(b"\r\n").partition(b"\n")[0].count(mark.encode()) + 1, 1)
    return _quick(content, mark) or _careful(content, mark)


def _bounded(columns: int, lines: int) -> None:
    if columns > WIDEST:
        raise TooLargeError(f"{columns} columns; at most {WIDEST} are read")
    if columns * lines > MOST_CELLS:
        raise TooLargeError(f"more than {MOST_CELLS // columns} rows of {columns} columns, the most that are read")


def _quick(content: bytes, mark: str) -> Rows | None:
    """Rows by pandas where every row is known to be as wide as the header; None where that is not certain."""
    widths, quoted_ends = _widths(content, mark)
    if not len(widths) or widths[0] == 1 or not np.isin(widths, (widths[0], 1)).all() or _stray_quotes(content, mark):
        return None
    if quoted_ends and _may_swallow(content, mark, int(widths[0])):
        return None
    _bounded(int(widths[0]), len(widths))
    try:
        table = pd.read_csv(
            io.BytesIO(content), sep=mark, header=0, names=range(widths[0]), dtype=str, keep_default_na=False,
            na_filter=False, skip_blank_lines=False, encoding="utf-8",
        )  # fmt: skip
        header = next(csv.reader(io.StringIO(_first_row(content)), delimiter=mark, strict=True))
    except (pd.errors.ParserError, csv.Error, StopIteration):
        return None
    if len(table) != len(widths) - 1 or len(header) != widths[0]:
        return None
    narrow = np.flatnonzero(widths[1:] == 1)
    if len(narrow) and (table.iloc[narrow] != "").any(axis=None):
        return None
    return Rows(header, table, np.arange(2, len(table) + 2))


def _first_row(content: bytes) -> str:
    """The header's text; names of several lines are left to the careful way."""
    return content[: content.index(b"\n")].rstrip(b"\r").decode("utf-8")


def is_clean(content: bytes, mark: str) -> bool:
    """No cell can begin or end with a blank, and no character needs a second look."""
    if not content.isascii():
        return False
    text = np.frombuffer(content, np.uint8)
    return not any(_blank_edge(text[at : at + BLOCK + 1], mark) for at in range(0, len(text), BLOCK))


def _blank_edge(text: np.ndarray, mark: str) -> bool:
    blank = (text == BLANK) | (text == TAB) if mark != "\t" else text == BLANK
    quote = text == QUOTE
    edge = (text == ord(mark)) | (text <= RETURN) | quote
    if (blank[1:] & edge[:-1]).any() or (blank[:-1] & edge[1:]).any():
        return True
    if not quote.any():
        return False
    line = (text == LINE_END) | (text == RETURN)  # may stand between rows as well: then the second look is in vain
    return bool((line[1:] & quote[:-1]).any() or (line[:-1] & quote[1:]).any())


def _widths(content: bytes, mark: str) -> tuple[np.ndarray, bool]:
    """Cells per row, read off the skeleton; marks between quotation marks do not count. Do line ends stand there too?"""
    skeleton = np.frombuffer(_only(content, QUOTE, LINE_END, ord(mark)), np.uint8)
    quoted_ends = False
    if QUOTE in content:
        quote = skeleton == QUOTE
        inside = np.cumsum(quote, dtype=np.uint8) & 1
        quoted_ends = bool((skeleton[inside == 1] == LINE_END).any())
        skeleton = skeleton[(inside | quote) == 0]
    ends = np.flatnonzero(skeleton == LINE_END)
    return np.diff(ends, prepend=-1), quoted_ends


def _only(content: bytes, *kept: int) -> bytes:
    return content.translate(None, delete=bytes(set(range(256)) - set(kept)))


def _may_swallow(content: bytes, mark: str, width: int) -> bool:
    """Does a row of several lines look as if it held others? Asked of the skeleton, where no quotation mark is stray."""
    bones = _only(content.replace(f"{mark} ".encode(), bytes([BLANK_AFTER])), QUOTE, LINE_END, ord(mark), BLANK_AFTER)
    skeleton = np.frombuffer(bones, np.uint8)
    ends = np.flatnonzero(skeleton == LINE_END)
    goes_on = (np.cumsum(skeleton == QUOTE, dtype=np.uint8) & 1)[ends] == 1
    starts = np.concatenate([[0], ends[:-1] + 1])
    lines: list[str] = []
    for at in np.flatnonzero(goes_on | np.concatenate([[False], goes_on[:-1]])):
        lines.append(bones[starts[at] : ends[at]].decode("latin-1").replace(chr(BLANK_AFTER), f"{mark} "))
        if not goes_on[at]:
            if _swallows(lines, mark, width):
                return True
            lines.clear()
    return False


def _swallows(lines: Iterable[str], mark: str, width: int) -> bool:
    """Are two lines of one row each as wide as the header? See the head of this file."""
    like_rows = sum(line.count(mark) == width - 1 and f"{mark} " not in line for line in lines)
    return width >= NARROWEST and like_rows > 1


def _stray_quotes(content: bytes, mark: str) -> bool:
    """A quotation mark in the middle of a cell, which readers understand differently."""
    if QUOTE not in content:
        return False
    text = np.frombuffer(content, np.uint8)
    at = np.flatnonzero(text == QUOTE)
    edge = np.array([QUOTE, LINE_END, RETURN, ord(mark)], np.uint8)
    before, after = text[np.maximum(at - 1, 0)], text[np.minimum(at + 1, len(text) - 1)]
    return bool((~np.isin(before, edge) & ~np.isin(after, edge) & (at > 0)).any())


def _careful(content: bytes, mark: str) -> Rows:
    """Rows one by one; a row of another width is left out and named."""
    limit = csv.field_size_limit(LONGEST_CELL)
    gathering = _Gathering(mark)
    try:
        lines: list[str] = []
        stream = _watched(io.TextIOWrapper(io.BytesIO(content), "utf-8", newline=""), lines)
        for number, cells in enumerate(csv.reader(stream, delimiter=mark, strict=True), start=1):
            gathering.take(number, cells, lines)
            lines.clear()
    except csv.Error as fault:
        gathering.broken = f"after row {gathering.last}: {fault}"
    finally:
        csv.field_size_limit(limit)
    return gathering.rows()


def _watched(stream: Iterable[str], lines: list[str]) -> Iterator[str]:
    """The lines one by one, each kept in `lines` until its row has been taken."""
    for line in stream:
        if len(line) > LONGEST_LINE:
            raise csv.Error(f"a line of {len(line)} characters; at most {LONGEST_LINE} are read")
        lines.append(line)
        yield line


@dataclass
class _Gathering:
    """Rows of the csv reader as they come; equal short texts are kept once, or few bytes would take much memory."""

    mark: str
    header: list[str] | None = None
    found: list[list[str]] = field(default_factory=list)
    at_row: list[int] = field(default_factory=list)
    ragged: list[tuple[int, int]] = field(default_factory=list)
    more: int = 0
    merged: list[int] = field(default_factory=list)
    broken: str = ""
    known: dict[str, str] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return self.at_row[-1] if self.at_row else 1

    def take(self, number: int, cells: list[str], lines: list[str]) -> None:
        if not any(cell.strip() for cell in cells):
            return
        if self.header is None:
            self.header = _without_blank_end(cells)
            _bounded(len(self.header), 1)
        elif len(lines) > 1 and _swallows(lines, self.mark, len(self.header)):
            self.merged.append(number)
        elif (fitting := _fitted(cells, len(self.header))) is None:
            self._leave_out(number, len(cells))
        else:
            _bounded(len(self.header), len(self.found) + 1)
            self.found.append([self._once(cell) for cell in fitting])
            self.at_row.append(number)

    def _leave_out(self, number: int, cells: int) -> None:
        if len(self.ragged) < FEW_RAGGED:
            self.ragged.append((number, cells))
        else:
            self.more += 1
        if self.more > max(HOPELESS, 10 * len(self.found)):
            raise csv.Error("hardly a row is as wide as the header")

    def _once(self, text: str) -> str:
        if len(self.known) > HOPELESS:
            self.known.clear()
        return self.known.setdefault(text, text)

    def rows(self) -> Rows:
        header = self.header or []
        table = pd.DataFrame(self.found, columns=range(len(header)), dtype=object)
        return Rows(header, table, np.array(self.at_row, int), self.ragged, self.more, self.merged, self.broken)


def _without_blank_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """The row at the header's width; None where cells with content lie beyond it, or cells are missing."""
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return cells[:width]
