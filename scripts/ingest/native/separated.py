"""Rows of separated text: which separator, which row has which cells, and where a row does not fit its header.

Two ways lead to the same rows. The quick one lets pandas split the text after a look at its skeleton (the separators,
quotation marks and line ends alone) has shown every row to be as wide as the header. Whatever the skeleton cannot
vouch for goes through Python's own csv reader, row by row.
"""

import csv
import io

import numpy as np
import pandas as pd

from scripts.commands.progress import told
from scripts.ingest.native.row_by_row import Rows, TooLargeError, bounded, carefully, swallows

SEPARATORS = (",", ";", "\t", "|")
BLOCK = 2**18
START = 2**16
"""So many bytes at the beginning are looked at for the separator."""
MOST_LINES = 2**24
PART = 2**17
"""Rows that are read between two looks at the time."""
QUOTE, LINE_END, RETURN, BLANK, TAB = b'"\n\r \t'
BLANK_AFTER = 0xFF
"""Stands for a separator with a blank behind it; no byte of UTF-8."""


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


def rows(content: bytes, mark: str, place: str = "") -> Rows:
    """Split UTF-8 text into rows under the header in its first row. TooLargeError where it is no table to be read.

    place: what is said to be read where it takes long.
    """
    # Empty lines at the end are no rows, however many there are.
    content = content if content.endswith(b"\n") and content[-2:].strip() else content.rstrip(b"\r\n") + b"\n"
    if (lines := content.count(b"\n")) > MOST_LINES:
        raise TooLargeError(f"{lines} lines; at most {MOST_LINES} are read")
    bounded(content.lstrip(b"\r\n").partition(b"\n")[0].count(mark.encode()) + 1, 1)
    return _quick(content, mark, place) or carefully(content, mark, place)


def _quick(content: bytes, mark: str, place: str) -> Rows | None:
    """Rows by pandas where every row is known to be as wide as the header; None where that is not certain."""
    widths, quoted_ends = _widths(content, mark)
    if not len(widths) or widths[0] == 1 or not np.isin(widths, (widths[0], 1)).all() or _stray_quotes(content, mark):
        return None
    if quoted_ends and _may_swallow(content, mark, int(widths[0])):
        return None
    bounded(int(widths[0]), len(widths))
    try:
        table = _table(content, mark, widths, place)
        header = next(csv.reader(io.StringIO(_first_row(content)), delimiter=mark, strict=True))
    except (pd.errors.ParserError, csv.Error, StopIteration):
        return None
    if len(table) != len(widths) - 1 or len(header) != widths[0]:
        return None
    narrow = np.flatnonzero(widths[1:] == 1)
    if len(narrow) and (table.iloc[narrow] != "").any(axis=None):
        return None
    return Rows(header, table, np.arange(2, len(table) + 2))


def _table(content: bytes, mark: str, widths: np.ndarray, place: str) -> pd.DataFrame:
    """All cells as text, read in parts, so that who waits hears of a large file."""
    parts = pd.read_csv(
        io.BytesIO(content),
        sep=mark,
        header=0,
        names=range(widths[0]),
        dtype=str,
        keep_default_na=False,
        na_filter=False,
        skip_blank_lines=False,
        encoding="utf-8",
        chunksize=PART,
    )
    with parts:
        read = list(
            told(parts, lambda done: f"{place}: rows: {min(done * PART, len(widths) - 1)} of {len(widths) - 1}")
        )
    return read[0] if len(read) == 1 else pd.concat(read)


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
    line = (text == LINE_END) | (text == RETURN)  # may stand between rows as well: then the second look finds nothing
    return bool((line[1:] & quote[:-1]).any() or (line[:-1] & quote[1:]).any())


def _widths(content: bytes, mark: str) -> tuple[np.ndarray, bool]:
    """Cells per row, read off the skeleton; marks between quotation marks do not count. Do line ends stand there too?"""
    skeleton = np.frombuffer(_bytes_kept(content, QUOTE, LINE_END, ord(mark)), np.uint8)
    quoted_ends = False
    if QUOTE in content:
        quote = skeleton == QUOTE
        inside = np.cumsum(quote, dtype=np.uint8) & 1
        quoted_ends = bool((skeleton[inside == 1] == LINE_END).any())
        skeleton = skeleton[(inside | quote) == 0]
    ends = np.flatnonzero(skeleton == LINE_END)
    return np.diff(ends, prepend=-1), quoted_ends


def _bytes_kept(content: bytes, *kept: int) -> bytes:
    return content.translate(None, delete=bytes(set(range(256)) - set(kept)))


def _may_swallow(content: bytes, mark: str, width: int) -> bool:
    """Does a row of several lines look as if it held others? Asked of the skeleton, where no quotation mark is stray."""
    bones = _bytes_kept(
        content.replace(f"{mark} ".encode(), bytes([BLANK_AFTER])), QUOTE, LINE_END, ord(mark), BLANK_AFTER
    )
    skeleton = np.frombuffer(bones, np.uint8)
    ends = np.flatnonzero(skeleton == LINE_END)
    goes_on = (np.cumsum(skeleton == QUOTE, dtype=np.uint8) & 1)[ends] == 1
    starts = np.concatenate([[0], ends[:-1] + 1])
    lines: list[str] = []
    for at in np.flatnonzero(goes_on | np.concatenate([[False], goes_on[:-1]])):
        lines.append(bones[starts[at] : ends[at]].decode("latin-1").replace(chr(BLANK_AFTER), f"{mark} "))
        if not goes_on[at]:
            if swallows(lines, mark, width):
                return True
            lines.clear()
    return False


def _stray_quotes(content: bytes, mark: str) -> bool:
    """A quotation mark in the middle of a cell, which readers understand differently."""
    if QUOTE not in content:
        return False
    text = np.frombuffer(content, np.uint8)
    at = np.flatnonzero(text == QUOTE)
    edge = np.array([QUOTE, LINE_END, RETURN, ord(mark)], np.uint8)
    before, after = text[np.maximum(at - 1, 0)], text[np.minimum(at + 1, len(text) - 1)]
    return bool((~np.isin(before, edge) & ~np.isin(after, edge) & (at > 0)).any())
