"""Rows of separated text: which separator, which row has which cells, and where a row does not fit its header.

Two ways lead to the same rows. The quick one lets pandas split the text after a look at its skeleton (the separators,
quotation marks and line ends alone) has shown every row to be as wide as the header. Whatever the skeleton cannot
vouch for goes through Python's own csv reader, row by row.
"""

import csv
import io
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 2**24
BLOCK = 2**18
LONGEST_LINE = 2**16
QUOTE, LINE_END, RETURN, BLANK, TAB = b'"\n\r \t'


@dataclass
class Rows:
    """header: column names as typed. cells: one column per name, all text, in the order of the header.

    at_row   the row's number as a spreadsheet shows it: blank rows count, a cell of several lines is one row
    ragged   (row, number of cells) of rows wider or narrower than the header, which are left out
    broken   why reading ended early, with the row; blank where it did not
    """

    header: list[str]
    cells: pd.DataFrame
    at_row: np.ndarray
    ragged: list[tuple[int, int]] = field(default_factory=list)
    broken: str = ""


def separator(content: bytes, known: set[str]) -> str:
    """The separator that finds most of the known column names in the first row; a comma among equals."""
    start, names = _first_line(content), {}
    for candidate in SEPARATORS:
        cells = [cell.strip().strip('"').strip() for cell in start.split(candidate)]
        names[candidate] = (len(known.intersection(cells)), start.count(candidate))
    return max(SEPARATORS, key=lambda candidate: (*names[candidate], candidate == ","))


def _first_line(content: bytes) -> str:
    start = content[:LONGEST_LINE].lstrip(b"\r\n").partition(b"\n")[0]
    return start.rstrip(b"\r").decode("utf-8", errors="ignore")


def without_hint(content: bytes) -> tuple[bytes, str]:
    """Drop Excel's first line `sep=;`, which a spreadsheet does not show; the separator it names, or blank."""
    line = _first_line(content)
    if line.lower().startswith("sep=") and len(line) == 5:
        return content.split(b"\n", 1)[1] if b"\n" in content else b"", line[4]
    return content, ""


def rows(content: bytes, mark: str) -> Rows:
    """Split UTF-8 text into rows under the header in its first row."""
    if not content.endswith(b"\n"):
        content += b"\n"
    return _quick(content, mark) or _careful(content, mark)


def _quick(content: bytes, mark: str) -> Rows | None:
    """Rows by pandas where every row is known to be as wide as the header; None where that is not certain."""
    widths = _widths(content, mark)
    if not len(widths) or widths[0] == 1 or not np.isin(widths, (widths[0], 1)).all() or _stray_quotes(content, mark):
        return None
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
    edge = (text == ord(mark)) | (text <= RETURN) | (text == QUOTE)
    return bool((blank[1:] & edge[:-1]).any() or (blank[:-1] & edge[1:]).any())


def _widths(content: bytes, mark: str) -> np.ndarray:
    """Cells per row, read off the skeleton; marks between quotation marks do not count."""
    kept = bytes({QUOTE, LINE_END, ord(mark)})
    skeleton = np.frombuffer(content.translate(None, delete=bytes(set(range(256)) - set(kept))), np.uint8)
    if QUOTE in content:
        quote = skeleton == QUOTE
        inside = np.cumsum(quote, dtype=np.uint8) & 1
        skeleton = skeleton[(inside | quote) == 0]
    ends = np.flatnonzero(skeleton == LINE_END)
    return np.diff(ends, prepend=-1)


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
    found, at, ragged, broken, header = [], [], [], "", None
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        reader = csv.reader(io.TextIOWrapper(io.BytesIO(content), "utf-8", newline=""), delimiter=mark, strict=True)
        for number, cells in enumerate(reader, start=1):
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _without_blank_end(cells)
                continue
            fitting = _fitted(cells, len(header))
            if fitting is None:
                ragged.append((number, len(cells)))
                continue
            found.append(fitting)
            at.append(number)
    except csv.Error as fault:
        broken = f"after row {at[-1] if at else 1}: {fault}"
    finally:
        csv.field_size_limit(limit)
    header = header or []
    return Rows(
        header, pd.DataFrame(found, columns=range(len(header)), dtype=object), np.array(at, int), ragged, broken
    )


def _without_blank_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return cells


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """The row at the header's width; None where cells with content lie beyond it, or cells are missing."""
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return None
    return cells[:width]
