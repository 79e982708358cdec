"""Which room opens which table to read it, over a whole line; what the workflow opens between rooms is not counted."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from workflow import job


class Opened:
    """`times`: (room, CSV file) -> how often it was opened to be read."""

    def __init__(self) -> None:
        self.room = ""
        self.times: Counter[tuple[str, str]] = Counter()
        sys.addaudithook(self.heard)

    def heard(self, event: str, given: tuple) -> None:
        if event == "open" and self.room and str(given[0]).endswith(".csv") and given[1] in ("r", "rb"):
            self.times[self.room, str(Path(given[0]).resolve())] += 1


@contextmanager
def opened() -> Iterator[Counter[tuple[str, str]]]:
    """The counts of the rooms that work while the block lasts."""
    heard, work = Opened(), job._work

    def counted(room: str, arguments: list[str]) -> None:
        heard.room = room
        try:
            work(room, arguments)
        finally:
            heard.room = ""

    with mock.patch.object(job, "_work", counted):
        yield heard.times
