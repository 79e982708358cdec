"""Copies beside the results: those to share and the figures made for authors; which of them are of the present run.

A copy keeps the stamp of the run that it was made from. After a later run the ones of an earlier stamp hold the file
OUT_OF_DATE.txt, which says how to make them anew; nothing of theirs is removed.
"""

from collections.abc import Mapping
from pathlib import Path

from scripts.commands.messages import shown
from scripts.commands.program import typed
from scripts.files.atomic import write_text
from workflow.fingerprints import combined
from workflow.plan import Task
from workflow.study import Place

SHARED, FOR_AUTHORS = "for_sharing", "for_authors"
NOTE = "OUT_OF_DATE.txt"
MADE_FROM = ".made_from"
CURE = {SHARED: "make share KIND={}", FOR_AUTHORS: "make figure NAME={}"}


def stamp(tasks: Mapping[str, Task]) -> str:
    """What copies are made from, as one fingerprint: the ingredients of tables and figures, and all before them."""
    return combined([tasks[step].sheet.stamp for step in ("tables", "figures")])


def sign(folder: Path, copy_name: str, now: str) -> None:
    """Keep, beside a copy that was just made, the stamp of the run it was made from."""
    write_text(now + "\n", folder / f"{MADE_FROM}.{copy_name}")


def is_current(folder: Path, copy_name: str, now: str) -> bool:
    file = folder / f"{MADE_FROM}.{copy_name}"
    return file.exists() and file.read_text(encoding="utf-8").strip() == now


def mark(place: Place, now: str) -> list[str]:
    """Put the note into every folder with a copy of an earlier run and take it out of the others; a line for each that is
    out of date."""
    told = []
    folders = [*sorted((place.results / SHARED).glob("*/")), place.results / FOR_AUTHORS]
    for folder in folders:
        kind = FOR_AUTHORS if folder.name == FOR_AUTHORS else SHARED
        signed = [file.name.removeprefix(f"{MADE_FROM}.") for file in sorted(folder.glob(f"{MADE_FROM}.*"))]
        old = [copy_name for copy_name in signed if not is_current(folder, copy_name, now)]
        if not old:
            (folder / NOTE).unlink(missing_ok=True)
            continue
        cures = ", ".join(typed(CURE[kind].format(copy_name)) for copy_name in old)
        write_text(
            f"Made from an earlier run, and not changed since: {', '.join(old)}. To make it anew: {cures}\n",
            folder / NOTE,
        )
        told.append(f"of an earlier run: {shown(folder)}; to make it anew: {cures}")
    return told
