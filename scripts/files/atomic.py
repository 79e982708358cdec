"""Writing files whole or not at all, so that a killed run leaves the old file as it was."""

import os
from pathlib import Path


def write_bytes(content: bytes | memoryview, path: Path | str) -> None:
    """Replace a file as a whole or not at all; of two processes that write one file, one has the last word."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{os.getpid()}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def write_text(text: str, path: Path | str) -> None:
    """`write_bytes` of a text in UTF-8."""
    write_bytes(text.encode("utf-8"), path)
