"""Writing one part: the lines that a reader has found sound, as Parquet, with its checksum."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from scripts.files.atomic import write_text
from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.distribution import profile
from scripts.ingest.store.query import literal

Copy = Callable[[str], int]


def copied(opened: duckdb.DuckDBPyConnection, select: str, target: Path) -> int:
    """Write what a query gives to a Parquet file, as a whole or not at all; the number of its lines."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    done = opened.execute(f"copy ({select}) to {literal(beside.as_posix())} (format parquet, compression zstd)")
    (count,) = done.fetchone() or (0,)
    beside.replace(target)
    return count


def described(
    part: dict, top: Path, columns: Iterable[str], records: int, left_out: list[int], rejects: list, layout: dict
) -> Part:
    """The entry of a part in the catalogue, from its file. part: extract, table, file, source and path."""
    file = top / part["path"]
    filled, common = profile(file, columns, records)
    digest = checksum(file)
    note(file, digest)
    return Part(**part, sha256=digest, records=records, left_out=left_out, rejects=rejects, layout=layout,
                filled=filled, common=common)  # fmt: skip


def checksum(file: Path) -> str:
    """SHA-256 of a file's bytes."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def note(file: Path, digest: str) -> None:
    """Leave the fingerprint beside a large file for every study that reads it (workflow.fingerprints); it holds as long as the
    file is the one that was written."""
    state = file.stat()
    key = json.dumps([str(file.resolve()), state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino])
    write_text(json.dumps({key: digest}), file.with_name(f".{file.name}.print"))
