"""How far a room has come, for who waits: one plain line every few seconds, and none where the work is done by then.

DAHLIA_PROGRESS=0 in the environment: no such lines, for a program that reads what a room says.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from time import monotonic
from typing import TypeVar

from scripts.commands.messages import say

Item = TypeVar("Item")
SECONDS = 2.0
"""Between two lines, and before the first."""


def told(items: Iterable[Item], words: Callable[[int], str]) -> Iterator[Item]:
    """The items one by one; where they take longer than SECONDS, a line every so often.

    words: what is said when so many items are done.
    """
    spoken = monotonic()
    for done, item in enumerate(items, start=1):
        yield item
        if monotonic() - spoken > SECONDS and os.environ.get("DAHLIA_PROGRESS") != "0":
            spoken = monotonic()
            say(words(done))


def counted(items: Iterable[Item], what: str) -> Iterator[Item]:
    """The items, with lines as `validate: rules: 12 of 61`."""
    every = list(items)
    return told(every, lambda done: f"{what}: {done} of {len(every)}")


def stages(room: str) -> Callable[[str], None]:
    """Says which part of a work is done, where the last such line, or the beginning, is more than SECONDS ago."""
    spoken = monotonic()

    def done(what: str) -> None:
        nonlocal spoken
        if monotonic() - spoken > SECONDS and os.environ.get("DAHLIA_PROGRESS") != "0":
            spoken = monotonic()
            say(f"{room}: {what} looked at")

    return done


def by(room: str) -> Callable[[Iterable, str], Iterable]:
    """`counted` for what a floor below does for a room: the room's name stands before its words."""
    return lambda items, what: counted(items, f"{room}: {what}")
