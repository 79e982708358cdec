"""Fingerprints of files: the SHA-256 of their bytes.

Small files are read every time. Of a large one the fingerprint is remembered under its path, size, times of change
(content and inode, in nanoseconds) and inode: writing to a file changes one of them, setting its time back included.
"""

import hashlib
import json
from pathlib import Path

from scripts.files.atomic import write_text

LARGE = 8 << 20


class Fingerprints:
    """The fingerprints of files, each read once; those of large ones are remembered in the file `memory`."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.known: dict[str, str] = _remembered(memory)
        self.seen: dict[str, str] = {}
        self.read: dict[str, str] = {}

    def digest(self, file: Path) -> str:
        """SHA-256 of the file's bytes, in hexadecimal digits; OSError where it cannot be read."""
        if (path := str(file)) not in self.read:
            self.read[path] = self._now(file)
        return self.read[path]

    def _now(self, file: Path) -> str:
        state = file.stat()
        if state.st_size < LARGE:
            return hashlib.sha256(file.read_bytes()).hexdigest()
        key = json.dumps([str(file.resolve()), state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino])
        self.seen[key] = self.known.get(key) or _remembered(_note(file)).get(key) or _read(file)
        return self.seen[key]

    def save(self) -> None:
        """Keep what was asked for; what is no longer asked for is dropped."""
        if self.seen != self.known:
            write_text(json.dumps(self.seen, indent=0, sort_keys=True), self.memory)


def _remembered(memory: Path) -> dict[str, str]:
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _note(file: Path) -> Path:
    """Where the writer of the file left its fingerprint, under the same key (scripts.ingest.store.writing)."""
    return file.with_name(f".{file.name}.print")


def _read(file: Path) -> str:
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def combined(parts: object) -> str:
    """One fingerprint of anything that JSON can write; the order of keys does not matter."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
