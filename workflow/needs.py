"""What a step asks of a cluster: memory and time, measured (workflow/resources.csv) and grown with the size of what it reads."""

import csv
import os
from collections.abc import Iterable
from functools import cache
from math import ceil
from pathlib import Path

STORED, CATALOGUE = "ingest_store", "catalogue.json"
"""The row of a source that is a store, of which little is read, and the file by which one is known."""
TABLE = Path(__file__).parent / "resources.csv"
MB = 1 << 20


@cache
def measured() -> dict[str, dict[str, float]]:
    """Room -> `mb` and `minutes` of a small series, `mb_per_mb` and `minutes_per_mb` of each further MB that is read."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {row.pop("room"): {need: float(value) for need, value in row.items()} for row in csv.DictReader(handle)}


def kind(room: str, files: Iterable[str | Path]) -> str:
    """The row of the table for a step of a room; `files`: those of its source, where it has one."""
    return STORED if room == "ingest" and any(Path(file).name == CATALOGUE for file in files) else room


def memory(room: str, read: float, attempt: int = 1) -> int:
    """MB of memory for a room that reads so many MB; a second attempt asks for twice as much, a third for three times."""
    known = measured()[room]
    return attempt * ceil(known["mb"] + known["mb_per_mb"] * read)


def runtime(room: str, read: float, attempt: int = 1) -> int:
    """Minutes, likewise."""
    known = measured()[room]
    return attempt * ceil(known["minutes"] + known["minutes_per_mb"] * read)


def size(paths: Iterable[str | Path]) -> float:
    """MB of files, and of what lies in folders at any depth; what is not there yet counts nothing."""
    return sum(_size(Path(path)) for path in paths) / MB


def _size(path: Path) -> int:
    if path.is_dir():
        return sum((Path(folder) / file).stat().st_size for folder, _, names in os.walk(path) for file in names)
    return path.stat().st_size if path.exists() else 0
