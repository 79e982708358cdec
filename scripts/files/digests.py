"""The SHA-256 of a file's bytes, and how it is kept for a large file: under a key that any writing to the file changes."""

import hashlib
import json
from os import stat_result
from pathlib import Path

from scripts.files.atomic import write_text


def digest(file: Path) -> str:
    """SHA-256 of the file's bytes, in hexadecimal digits; OSError where it cannot be read."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def key(file: Path, state: stat_result) -> str:
    """Path, size, times of change (content and inode, in nanoseconds) and inode as one text; setting a time back changes it."""
    return json.dumps([str(file.resolve()), state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino])


def beside(file: Path) -> Path:
    """Where the writer of a large file leaves its fingerprint for every study that reads it."""
    return file.with_name(f".{file.name}.print")


def leave(file: Path, of_it: str) -> None:
    """Leave the fingerprint of a file beside it; it holds as long as the file is the one that was written."""
    write_text(json.dumps({key(file, file.stat()): of_it}), beside(file))


def kept(memory: Path) -> dict[str, str]:
    """Fingerprints by key, as a file keeps them; none where it cannot be read."""
    try:
        fingerprints = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return fingerprints if isinstance(fingerprints, dict) else {}
