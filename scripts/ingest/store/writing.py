"""Writing one part: the lines that a reader has found sound, as Parquet, with its checksum."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from scripts.files import digests
from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.distribution import profile
from scripts.ingest.store.query import literal

FORM = "format parquet, parquet_version v2, compression zstd"
"""With the encodings of version 2 a part is smaller, and few of its lines are found in a third less time."""


def copied(opened: duckdb.DuckDBPyConnection, select: str, target: Path) -> int:
    """Write what a query gives to a Parquet file, as a whole or not at all; the number of its lines."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    done = opened.execute(f"copy ({select}) to {literal(beside.as_posix())} ({FORM})")
    (count,) = done.fetchone() or (0,)
    beside.replace(target)
    return count


def described(
    opened: duckdb.DuckDBPyConnection,
    part: dict,
    top: Path,
    columns: Iterable[str],
    seen: Sequence[Sequence],
    **told: Any,
) -> Part:
    """The entry of a part in the catalogue. part: extract, table, file, source and path; seen: the lines by which its columns
    are judged; told: of the file that was converted: records, left_out, rejects and layout."""
    file = top / part["path"]
    filled, common = profile(opened, file, columns, told["records"], seen)
    of_it = digests.digest(file)
    digests.leave(file, of_it)
    return Part(**part, **told, sha256=of_it, filled=filled, common=common)
