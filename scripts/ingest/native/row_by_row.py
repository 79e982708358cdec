"""Separated text row by row, by Python's own csv reader: rows of another width are named, texts are bounded.

Rows that lie within one cell: a quotation mark left open swallows the rows up to the next one. A row of several lines
is taken for that, and left out, where two of its lines each hold as many separators as the header and none of these
is followed by a blank: prose of several lines does not do so. Ours, because the readers of csv and pandas take such a
swallowed row for text and say nothing.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scripts.commands.progress import told
from scripts.ingest.native_cells import WIDEST

LONGEST_CELL = 2**24
LONGEST_LINE = 2 * LONGEST_CELL
MOST_CELLS = 2**25
"""Of one table: about a million rows of the widest. A cell takes 8 bytes at least, however few there are in a row."""
FEW_RAGGED = 1000
HOPELESS = 10_000
"""After so many rows of another width, ten for each that fits, reading ends."""
NARROWEST = 4
"""With fewer columns than these, lines of prose may well look like rows."""


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


def bounded(columns: int, lines: int) -> None:
    """TooLargeError where a table of so many columns and rows is not read."""
    if columns > WIDEST:
        raise TooLargeError(f"{columns} columns; at most {WIDEST} are read")
    if columns * lines > MOST_CELLS:
        raise TooLargeError(f"more than {MOST_CELLS // columns} rows of {columns} columns, the most that are read")


def swallows(lines: Iterable[str], mark: str, width: int) -> bool:
    """Are two lines of one row each as wide as the header? See the head of this file."""
    like_rows = sum(line.count(mark) == width - 1 and f"{mark} " not in line for line in lines)
    return width >= NARROWEST and like_rows > 1


def carefully(content: bytes, mark: str, place: str = "") -> Rows:
    """Rows one by one; a row of another width is left out and named. place: what is said to be read where it takes long."""
    limit = csv.field_size_limit(LONGEST_CELL)
    gathering = _Gathering(mark)
    try:
        lines: list[str] = []
        stream = _watched(io.TextIOWrapper(io.BytesIO(content), "utf-8", newline=""), lines)
        read = told(csv.reader(stream, delimiter=mark, strict=True), lambda done: f"{place}: {done} rows read")
        for number, cells in enumerate(read, start=1):
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
    gathered: list[list[str]] = field(default_factory=list)
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
            bounded(len(self.header), 1)
        elif len(lines) > 1 and swallows(lines, self.mark, len(self.header)):
            self.merged.append(number)
        elif (fitting := _fitted(cells, len(self.header))) is None:
            self._leave_out(number, len(cells))
        else:
            bounded(len(self.header), len(self.gathered) + 1)
            self.gathered.append([self._once(cell) for cell in fitting])
            self.at_row.append(number)

    def _leave_out(self, number: int, cells: int) -> None:
        if len(self.ragged) < FEW_RAGGED:
            self.ragged.append((number, cells))
        else:
            self.more += 1
        if self.more > max(HOPELESS, 10 * len(self.gathered)):
            raise csv.Error("hardly a row is as wide as the header")

    def _once(self, text: str) -> str:
        if len(self.known) > HOPELESS:
            self.known.clear()
        return self.known.setdefault(text, text)

    def rows(self) -> Rows:
        header = self.header or []
        table = pd.DataFrame(self.gathered, columns=range(len(header)), dtype=object)
        return Rows(header, table, np.array(self.at_row, int), self.ragged, self.more, self.merged, self.broken)


def _without_blank_end(cells: list[str]) -> list[str]:
    kept = list(cells)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """The row at the header's width; None where cells with content lie beyond it, or cells are missing."""
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return cells[:width]
