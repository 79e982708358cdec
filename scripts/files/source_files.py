"""Which files belong to a source: the one answer for its reader, for the workflow's freshness and for the manifest."""

import os
from collections.abc import Iterator
from pathlib import Path

OURS = ".dahlia"
"""A folder that holds a file of this name was written by the workflow, and is not a source."""
PASSED_OVER = (".", "~$")
"""Beginnings of names that are no data: hidden files, and the marks that office programs leave beside an open file."""


def entries(folder: Path) -> list[Path]:
    """What lies directly in a folder, in the order of names; hidden things and folders of our own writing left out."""
    contents = sorted(Path(folder).iterdir(), key=lambda entry: entry.name)
    return [entry for entry in contents if not entry.name.startswith(PASSED_OVER) and not (entry / OURS).exists()]


def map_beside(path: Path) -> Path:
    """Where the column map of a table lies unless an option names another: `cases.map.yaml` beside `cases.csv`."""
    return Path(path).with_suffix(".map.yaml")


def files(path: Path) -> list[Path]:
    """The files of a source: itself with a column map beside it where it is a file, else those at any depth of the
    folder, links followed.

    In the order of their paths. A folder reached twice through links is read once; links to nothing and whatever is
    neither file nor folder are left out. FileNotFoundError where there is nothing at `path`.
    """
    path = Path(path)
    if path.is_dir():
        return sorted(_below(path, set()))
    beside = map_beside(path)
    return [_existing(path), *([beside] if beside.is_file() else [])]


def _existing(path: Path) -> Path:
    path.stat()
    return path


def _below(folder: Path, seen: set[str]) -> Iterator[Path]:
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    for entry in entries(folder):
        if entry.is_dir():
            yield from _below(entry, seen)
        elif entry.is_file():
            yield entry
