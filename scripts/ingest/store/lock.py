"""A store is changed by one command at a time: another one waits, and says so, until the first has ended or was killed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from scripts.commands.messages import say, shown

LOCK = ".lock"


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Hold a store; what its catalogue says before stays true until what is written after it."""
    store.mkdir(parents=True, exist_ok=True)
    lock = FileLock(store / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say(f"{shown(store)}: another command is changing this store; waiting until it has ended")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
