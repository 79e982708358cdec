"""The rows of a listing as CSV: any separator, and a row that is no CSV is told and passed over."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.ingest.csv_lines import records

LONGEST_CELL = 1 << 24


@dataclass(frozen=True)
class Unreadable:
    """A row that is no CSV: its first cell as far as it can be read, and why."""

    first_cell: str
    why: str


def rows(file: Path, heading: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Number and cells of each row, parted by the sign that stands most often in the header, the line with `heading`,
    whatever stands above it. UserError where the file is not UTF-8."""
    csv.field_size_limit(LONGEST_CELL)
    done = 0
    try:
        separator = _separator(file, heading)
        try:
            for number, cells in _at_once(file, separator):
                done += 1
                yield number, cells
        except csv.Error:
            yield from islice(_by_itself(file, separator), done, None)
    except UnicodeDecodeError as fault:
        raise UserError(f"{shown(file)}: not UTF-8 ({fault.reason}). Save it as CSV UTF-8.") from fault


def _separator(file: Path, heading: str) -> str:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        head = handle.read(1 << 16).splitlines()
    header = next((line for line in head if heading in line.casefold()), next(iter(head), ""))
    return max(",;\t", key=header.count)


def _at_once(file: Path, separator: str) -> Iterator[tuple[int, list[str]]]:
    with file.open(encoding="utf-8-sig", newline="") as handle:
        lines = csv.reader(handle, delimiter=separator, strict=True)
        for cells in lines:
            yield lines.line_num, cells


def _by_itself(file: Path, separator: str) -> Iterator[tuple[int, list[str] | Unreadable]]:
    """Each row by itself; its number is its place among the rows."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        for number, (record, why) in enumerate(records(handle, separator=separator), start=1):
            if why:
                yield number, Unreadable(record.split(separator, 1)[0].strip(' "'), why)
            else:
                yield number, next(csv.reader(record.splitlines(keepends=True), delimiter=separator))
