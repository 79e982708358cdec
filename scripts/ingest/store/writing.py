"""Writing one part: the lines that a reader has found sound, as Parquet, with its checksum."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

from scripts.files.atomic import write_text
from scripts.ingest.store.catalogue import Part
from scripts.ingest.store.distribution import profile
from scripts.ingest.store.query import literal


def copied(opened: duckdb.DuckDBPyConnection, select: str, target: Path) -> int:
    """Write what a query gives to a Parquet file, as a whole or not at all; the number of its lines."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    done = opened.execute(f"copy ({select}) to {literal(beside.as_posix())} (format parquet, compression zstd)")
    (count,) = done.fetchone() or (0,)
    beside.replace(target)
    return count


def described(opened: duckdb.DuckDBPyConnection, part: dict, top: Path, columns: Iterable[str], **told: Any) -> Part:
    """The entry of a part in the catalogue. part: extract, table, file, source and path; told: of the file that was converted:
    records, left_out, rejects and layout."""
    file = top / part["path"]
    filled, common = profile(opened, file, columns, told["records"])
    digest = checksum(file)
    note(file, digest)
    return Part(**part, **told, sha256=digest, filled=filled, common=common)


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
