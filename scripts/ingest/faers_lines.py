"""Lines of a FAERS file fetched by their numbers, once it is known which reports could enter.

The engine reads narrow columns only; the few whole lines that matter are then cut from the file itself, so
that every row brings the line where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.ingest.faers_tables import Reject, Scan, rejected

CHUNK = 1 << 20
Row = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """Of one file: the lines that did not fit, and those of reports that could enter (line number, text)."""

    scan: Scan
    rejects: list[Reject]
    lines: list[tuple[int, str]]

    def rows(self) -> Iterator[Row]:
        """The lines as rows under today's names, with their place."""
        for number, text in self.lines:
            yield self.scan.row(text) | {"at_file": self.scan.file.shown, "at_row": number}


def keep(database: duckdb.DuckDBPyConnection, scan: Scan, condition: str, staged: str = "") -> Kept:
    """Keep the lines whose primaryid meets the condition; `staged` is a table that holds them already."""
    source = staged or f"({scan.sql('primaryid')})"
    found = database.execute(f"select ordinal from {source} where {condition} order by ordinal").fetchall()
    bad = rejected(database, scan)
    passed = sorted([*scan.file.blank_lines, *(line for line, _, _ in bad)])
    return Kept(scan, bad, list(lines(scan.file.path, list(_numbers([n for (n,) in found], passed)))))


def _numbers(ordinals: list[int], passed: list[int]) -> Iterator[int]:
    """Line numbers of the n-th rows read, both in order: below the header and every line passed over."""
    over = 0
    for ordinal in ordinals:
        while over < len(passed) and passed[over] <= ordinal + 1 + over:
            over += 1
        yield ordinal + 1 + over


def lines(file: Path, numbers: list[int]) -> Iterator[tuple[int, str]]:
    """Some lines of a file by their numbers, which must be in order; the first line is 1."""
    place, passed, rest = 0, 0, b""
    with file.open("rb") as handle:
        while place < len(numbers) and (chunk := handle.read(CHUNK) or (rest and b"\n")):
            whole, end, rest = (rest + chunk).rpartition(b"\n")
            here = whole.count(b"\n") + 1 if end else 0
            if end and numbers[place] <= passed + here:
                cut = whole.split(b"\n")
                while place < len(numbers) and numbers[place] <= passed + here:
                    yield numbers[place], cut[numbers[place] - passed - 1].decode("utf-8", "replace")
                    place += 1
            passed += here
