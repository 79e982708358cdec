"""Whether a store is as it was written, and what is said where it is not."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from scripts.commands.messages import UserError, shown
from scripts.files.digests import digest
from scripts.ingest.store import catalogue
from scripts.ingest.store.catalogue import Catalogue

CURE = "Remove the extract and add it again."


def damages(here: Catalogue) -> list[str]:
    """A line for each file that is missing or is not as it was written; UserError where a command has changed the store since
    its catalogue was read."""
    parts = {here.top / part.path: part.sha256 for part in (*here.parts, here.latest) if part}
    lost = [file for file in parts if not file.is_file()]
    changed = [file for file, of_it in parts.items() if file not in lost and digest(file) != of_it]
    if (lost or changed) and catalogue.read(here.top) != here:
        raise UserError(f"{shown(here.top)}: the store was changed while it was read. Start again.")
    return [f"{shown(file)}: is missing" for file in lost] + [f"{shown(file)}: was changed" for file in changed]


@contextmanager
def told_in_words(here: Catalogue | None) -> Iterator[None]:
    """What fails because a store is damaged is said in words; whatever else fails is a fault of the program."""
    try:
        yield
    except duckdb.Error:
        if here and (told := damages(here)):
            raise UserError("\n".join([*told, CURE])) from None
        raise
