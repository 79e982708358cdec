"""How every room speaks to its user: progress on stderr, and faults without traceback.

Exit codes: 0 done, 1 a fault of ours (with traceback), 2 a fault in what the user gave (one message),
3 findings stop the run. Set DAHLIA_DEBUG=1 to see the traceback of a user's fault as well.
"""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

USER_FAULT, STOPPED_BY_FINDINGS = 2, 3
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CURES = {
    **dict.fromkeys(FULL, "Make room, and start again."),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "Check that you may read or write there."),
}


class UserError(Exception):
    """A fault in what the user gave. The text says place, value, reason and cure."""

    exit_code = USER_FAULT


class StopError(UserError):
    """Findings whose policy is `stop`."""

    exit_code = STOPPED_BY_FINDINGS


_log: list[TextIO] = []


def keep_log(path: Path) -> None:
    """From now on write what is said to this file too, beginning it anew."""
    _log[:] = [path.open("w", encoding="utf-8")]


def say(text: str, log: str | None = None) -> None:
    """One line of progress. Counts and case ids only: never narratives, names or birth dates.

    The log gets `log` instead, where what a person may see on the terminal does not belong into a file.
    """
    print(text, file=sys.stderr, flush=True)
    for file in _log:
        print(text if log is None else log, file=file, flush=True)


def run(main: Callable[[], None]) -> None:
    """Run a room's command line; a user's fault ends in one message and its exit code."""
    try:
        main()
    except UserError as fault:
        if os.environ.get("DAHLIA_DEBUG"):
            raise
        say(str(fault))
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as fault:
        # One without a file name comes from our own doing, but for a disk that is full.
        if os.environ.get("DAHLIA_DEBUG") or (fault.filename is None and fault.errno not in FULL):
            raise
        say(f"{fault.filename or 'the disk'}: {reason(fault)}. {CURES.get(fault.errno or 0, 'Check the path.')}")
        sys.exit(USER_FAULT)


def reason(fault: OSError) -> str:
    """Why the system refused a file, in words."""
    if isinstance(fault, FileNotFoundError):
        return "no such file or folder"
    return (fault.strerror or type(fault).__name__).lower()


def shown(path: Path | str) -> str:
    """A path as the user would write it: relative to where they stand, where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
