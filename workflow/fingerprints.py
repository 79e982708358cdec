"""Fingerprints of files: the SHA-256 of their bytes.

Small files are read every time. Of a large one the fingerprint is remembered under its path, size, times of change
(content and inode, in nanoseconds) and inode: writing to a file changes one of them, setting its time back included.
"""

import hashlib
import json
from pathlib import Path

from scripts.files import digests
from scripts.files.atomic import write_text

LARGE = 8 << 20


class Fingerprints:
    """The fingerprints of files, each read once; those of large ones are remembered in the file `memory`."""

    def __init__(self, memory: Path) -> None:
        self.memory = memory
        self.known: dict[str, str] = digests.kept(memory)
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
            return digests.digest(file)
        key = digests.key(file, state)
        self.seen[key] = self.known.get(key) or digests.kept(digests.beside(file)).get(key) or digests.digest(file)
        return self.seen[key]

    def save(self) -> None:
        """Keep what was asked for; what is no longer asked for is dropped."""
        if self.seen != self.known:
            write_text(json.dumps(self.seen, indent=0, sort_keys=True), self.memory)


def combined(parts: object) -> str:
    """One fingerprint of anything that JSON can write; the order of keys does not matter."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
