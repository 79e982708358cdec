"""A command line, called in this process: the same as `python -m scripts.ROOM`, without the second of imports.

That a room starts as a process of its own is tested in tests/house and by every whole run.
"""

import contextlib
import importlib
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

from scripts.commands import messages
from tests.conftest import REPOSITORY


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def called(room: str, *given: object) -> Ended:
    """Call a room with these arguments, standing in the repository; a fault of ours fails the test."""
    return command(room, importlib.import_module(f"scripts.{room}.__main__").main, *given)


def command(command_name: str, main: Callable[[], None], *given: object) -> Ended:
    """Call what a command does, likewise."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        mock.patch.object(sys, "argv", [command_name, *map(str, given)]),
        contextlib.chdir(REPOSITORY),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            messages.run(main)
        except SystemExit as end:
            code = end.code
        finally:
            messages.keep_log(None)
    assert isinstance(code, int), code
    assert "Traceback" not in err.getvalue()
    assert code != messages.OUR_FAULT, err.getvalue()
    return Ended(code, out.getvalue(), err.getvalue())
