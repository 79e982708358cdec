"""Two runs of one study never work at once, however they were started and whatever was killed.

A run holds the study's lock while Snakemake lives, and every job the lock of its own step while it works. So a job whose
run was killed keeps the next run away until it ends. The system lets go of a lock when its process ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from scripts.commands.messages import UserError

RUN = "run"
REFUSED = ("Another run of this study", "A run of this study was killed")
"""How refusals begin."""


def held(processed: Path) -> list[str]:
    """Names of the locks of a study that another process holds: `run`, or steps."""
    return [file.stem for file in sorted((processed / "locks").glob("*.lock")) if not _free(file)]


def _free(file: Path) -> bool:
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    lock.release()
    return True


def take_run(processed: Path) -> FileLock:
    """Hold the study until this process ends; UserError where another run, or a job left over from one, is at work."""
    lock = _lock(processed, RUN)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(f"Another run of this study is in progress (in {processed}). Wait for it to end.") from None
    left = [step_name for step_name in held(processed) if step_name != RUN]
    if left:
        lock.release()
        raise UserError(
            f"A run of this study was killed, and its step '{left[0]}' is still at work (in {processed}). "
            "Wait for it to end, or end that process."
        )
    return lock


@contextmanager
def step(processed: Path, step_name: str) -> Iterator[None]:
    """Hold one step while its job works."""
    lock = _lock(processed, step_name)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise UserError(f"The step '{step_name}' of this study is already running (in {processed}).") from None
    try:
        yield
    finally:
        lock.release()


def _lock(processed: Path, lock_name: str) -> FileLock:
    (processed / "locks").mkdir(parents=True, exist_ok=True)
    return FileLock(processed / "locks" / f"{lock_name}.lock")
