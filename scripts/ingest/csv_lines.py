"""The records of a CSV file one by one: what fits its header goes on, what does not is set aside with its row."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from scripts.commands.messages import UserError
from scripts.ingest.extract_files import Reject

LONGEST = 1 << 24
MOST_BREAKS = 1000
"""So many lines of a cell at most; a quotation mark that is still open then is a slip of typing."""
MOST_REJECTS = 10_000
OPEN = "quotation marks that do not pair"


def sound(file: Path, good: Path, width: int, csv_name: str) -> tuple[int, list[Reject]]:
    """Write the header and the records of `width` cells to `good`, and count them; the others with their row (header = 1),
    the reason and their beginning. UserError where there are too many of them."""
    rejects: list[Reject] = []
    row = 1
    csv.field_size_limit(LONGEST)
    with file.open(encoding="utf-8", newline="") as handle, good.open("w", encoding="utf-8", newline="") as out:
        out.write(handle.readline())
        for row, (record, why) in enumerate(records(handle, width), start=2):
            if not why:
                out.write(record if record.endswith("\n") else record + "\n")
                continue
            rejects.append((row, f"{why} ({width} expected)", record[:60].rstrip("\n")))
            if len(rejects) >= MOST_REJECTS:
                raise UserError(
                    f"{csv_name}: {MOST_REJECTS} lines or more do not fit the header, the first is row {rejects[0][0]}."
                )
    return row - 1 - len(rejects), rejects


def records(handle: TextIO, width: int = 0, separator: str = ",") -> Iterator[tuple[str, str]]:
    """Each record as it stands, with what is wrong with it. Behind a line that never closes the next one is looked at.

    width  cells that a record must have; 0 takes any number
    """
    waiting: list[str] = []
    while line := _next(waiting, handle):
        lines, is_open = [line], _odd(line)
        while is_open and len(lines) <= MOST_BREAKS and (more := _next(waiting, handle)):
            lines.append(more)
            is_open ^= _odd(more)
        record = "".join(lines)
        why = _fault(record, width, separator) if record.strip("\r\n") else None
        if len(lines) > 1 and why:
            waiting += reversed(lines[1:])
            yield line, OPEN
        elif why is not None:
            yield record, why


def _next(waiting: list[str], handle: TextIO) -> str:
    return waiting.pop() if waiting else handle.readline(LONGEST)


def _odd(line: str) -> bool:
    """Whether a line leaves a cell open, or closes one: inside a cell a quotation mark stands twice."""
    return line.count('"') % 2 == 1


def _fault(record: str, width: int, separator: str) -> str:
    """What is wrong with a record; blank where nothing is."""
    try:
        cells, *more = csv.reader(record.splitlines(keepends=True), delimiter=separator, strict=True)
    except csv.Error:
        return OPEN
    if more:
        return OPEN
    return "" if len(cells) == width or not width else ("missing columns" if len(cells) < width else "too many columns")
