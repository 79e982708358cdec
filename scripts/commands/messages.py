"""How every room speaks to its user: progress on stderr, and faults without traceback. A log is kept where asked for.

Exit codes: 0 done, 1 a fault of ours, 2 a fault in what the user gave (one message), 3 findings stop the run.

No value of a patient table is in a log, ever: what is said to the user has a version for the log wherever it may hold
one. A fault of ours names its type and place, for its message may hold a cell; DAHLIA_DEBUG=1 shows the whole traceback
on the terminal, of a user's fault as well.
"""

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from scripts.words.printable import printable

OUR_FAULT, USER_FAULT, STOPPED_BY_FINDINGS = 1, 2, 3
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CURES = {
    **dict.fromkeys(FULL, "Make room, and start again."),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "Check that you may read or write there."),
}
DEBUG = "DAHLIA_DEBUG"
CODE = Path(__file__).resolve().parents[2]
_log: TextIO | None = None


class UserError(Exception):
    """A fault in what the user gave. The text says place, value, reason and cure.

    log: the same without any value of a patient table; left out where the text has none.
    """

    exit_code = USER_FAULT

    def __init__(self, text: str, log: str | None = None) -> None:
        super().__init__(text)
        self.log = log


class StopError(UserError):
    """Findings whose policy is `stop`."""

    exit_code = STOPPED_BY_FINDINGS


def keep_log(path: Path | str | None) -> None:
    """From now on write what is said to this file too, begun afresh; None: to no file. OSError where it cannot be."""
    global _log
    if _log:
        _log.close()
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    _log = Path(path).open("w", encoding="utf-8", newline="\n") if path else None  # noqa: SIM115 - open until the room ends


def say(text: str, log: str | None = None) -> None:
    """Tell the user, on the terminal. Counts and ids only: never narratives, names or birth dates.

    log: what the log holds instead, where the text has a value of a patient table.
    """
    _note(text if log is None else log)
    print(printable(text), file=sys.stderr, flush=True)


def _note(text: str) -> None:
    """Write to the log; a disk that is full, or a log that is gone, must not keep the user from being told."""
    with contextlib.suppress(OSError):
        if _log:
            print(printable(text), file=_log, flush=True)


def run(main: Callable[[], None]) -> None:
    """Run a room's command line; a user's fault ends in one message and its exit code."""
    debug = bool(os.environ.get(DEBUG))
    _speak_anyway()
    try:
        main()
    except UserError as fault:
        if debug:
            _note(_without_words(fault))
            raise
        say(str(fault), fault.log)
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
    except Exception as fault:
        if debug:
            _note(_without_words(fault))
            raise
        # A refusal without a file name comes from our own doing, but for a disk that is full.
        if isinstance(fault, OSError) and (fault.filename is not None or fault.errno in FULL):
            say(f"{fault.filename or 'the disk'}: {reason(fault)}. {CURES.get(fault.errno or 0, 'Check the path.')}")
            sys.exit(USER_FAULT)
        say(_our_fault(fault), _without_words(fault))
        sys.exit(OUR_FAULT)


def _speak_anyway() -> None:
    """What the terminal's encoding has no sign for is printed by its number; on Windows a file may know Latin letters only."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(errors="backslashreplace")


def _our_fault(fault: BaseException) -> str:
    """A fault of the program: its type and the place where it arose, without its message."""
    frames = [(Path(frame.f_code.co_filename), line) for frame, line in traceback.walk_tb(fault.__traceback__)]
    own_frames = [(file, line) for file, line in frames if file.is_relative_to(CODE) and ".venv" not in file.parts]
    file, line = (own_frames or frames)[-1]
    return (
        f"A fault of Dahlia itself: {type(fault).__name__} at {shown(file)}, line {line}. "
        f"Set {DEBUG}=1 for the whole traceback; it may hold words of patient tables."
    )


def _without_words(fault: BaseException) -> str:
    """A traceback whose frames and types stand, and no message: what an error complains of is often a cell."""
    earlier = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    before = f"{_without_words(earlier)}\nthen\n" if earlier else ""
    return before + "\n".join([*(f"  {frame}" for frame in _frames(fault)), type(fault).__name__])


def _frames(fault: BaseException) -> Iterator[str]:
    for frame, line in traceback.walk_tb(fault.__traceback__):
        yield f"{shown(frame.f_code.co_filename)}, line {line}, in {frame.f_code.co_name}"


def reason(fault: OSError) -> str:
    """Why the system refused a file, in words."""
    if isinstance(fault, FileNotFoundError):
        return "no such file or folder"
    return (fault.strerror or type(fault).__name__).lower()


def shown(path: Path | str) -> str:
    """A path as the user would write it: relative to where they stand, where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # on another drive of Windows
        return str(path)
    return str(path) if relative.startswith("..") else relative
