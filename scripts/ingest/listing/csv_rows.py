"""The rows of a listing as CSV: any separator, and a row that is no CSV is told and passed over."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

from scripts.commands.messages import UserError, shown
from scripts.ingest.csv_lines import records
from scripts.ingest.native.encoding import MARKS, mostly_utf8

LONGEST_CELL, GUESSED = 1 << 24, "cp1252"
STRAY = "\ufffd"
"""Stands for a byte that is none of the encoding."""


@dataclass(frozen=True)
class Unreadable:
    """A row that is no CSV: its first cell as far as it can be read, and why."""

    first_cell: str
    why: str


def rows(file: Path, form: str, heading: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Number and cells of each row, parted by the sign that stands most often in the header, the line with `heading`,
    whatever stands above it; `form` is the encoding. UserError where the file is no text."""
    csv.field_size_limit(LONGEST_CELL)
    done = 0
    try:
        separator = _separator(file, form, heading)
        try:
            for number, cells in _at_once(file, form, separator):
                done += 1
                yield number, cells
        except csv.Error:
            yield from islice(_by_itself(file, form, separator), done, None)
    except UnicodeError as fault:
        raise UserError(f"{shown(file)}: neither UTF-8, UTF-16 nor Windows-1252. Save it as CSV UTF-8.") from fault


def encoding(file: Path) -> str:
    """What a spreadsheet saved the file in: UTF-16 or UTF-32 by its mark, UTF-8, else Windows-1252, which is a
    guess; a byte that is none among letters of UTF-8 makes no other encoding of the file."""
    with file.open("rb") as handle:
        start = handle.read(4)
    if marked := next((name for mark, name in MARKS if start.startswith(mark)), ""):
        return marked
    try:
        with file.open(encoding="utf-8", newline="") as text:
            while text.read(1 << 20):
                pass
    except UnicodeDecodeError as fault:
        return "utf-8" if mostly_utf8(fault.object) else GUESSED
    return "utf-8"


def _opened(file: Path, form: str) -> TextIO:
    """The text of the file; of UTF-8 bytes that are none are STRAY, of another encoding the file is refused."""
    return file.open(encoding=form, errors="replace" if form.startswith("utf-8") else "strict", newline="")


def _separator(file: Path, form: str, heading: str) -> str:
    with _opened(file, form) as handle:
        head = handle.read(1 << 16).splitlines()
    header = next((line for line in head if heading in line.casefold()), next(iter(head), ""))
    return max(",;\t", key=header.count)


def _at_once(file: Path, form: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    with _opened(file, form) as handle:
        lines = csv.reader(handle, delimiter=separator, strict=True)
        for cells in lines:
            yield lines.line_num, cells


def _by_itself(file: Path, form: str, separator: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Each row by itself; its number is its place among the rows."""
    with _opened(file, form) as handle:
        for number, (record, why) in enumerate(records(handle, separator=separator), start=1):
            if why:
                yield number, Unreadable(record.split(separator, 1)[0].strip(' "'), why)
            else:
                yield number, next(csv.reader(record.splitlines(keepends=True), delimiter=separator))
