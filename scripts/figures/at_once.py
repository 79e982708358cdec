"""Drawing figures in several processes: no figure needs another, and they are the longest part of a run.

Each process is forked from this one, has its share of the figures and ends with it: it outlives a killed parent by no
more than its share, and with it the lock of the step. Elsewhere than on Linux a forked process may crash in the system's
libraries, so the figures are drawn one after the other there.
"""

import signal
import sys
from collections.abc import Callable, Iterable
from multiprocessing import get_context

from scripts.commands.messages import run
from scripts.commands.progress import told


def each(draw: Callable[[str], None], names: list[str], processes: int) -> None:
    """Draw every figure by its name, in so many processes at most.

    A fault is told where it arises: this ends with the exit code of the process that met it, when all have ended.
    """
    shares = [names[at::processes] for at in range(processes)] if sys.platform == "linux" else [names]
    others = [get_context("fork").Process(target=_other, args=(draw, share)) for share in shares[1:] if share]
    for other in others:
        other.start()
    try:
        _share(draw, told(shares[0], lambda done: f"figures: {shares[0][done - 1]} drawn"))
    finally:
        for other in others:
            other.join()
    if codes := [other.exitcode for other in others if other.exitcode]:
        sys.exit(codes[0])


def _other(draw: Callable[[str], None], share: list[str]) -> None:
    """A share in a process of its own, which the keyboard's interruption ends without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    run(lambda: _share(draw, share))


def _share(draw: Callable[[str], None], share: Iterable[str]) -> None:
    for figure_name in share:
        draw(figure_name)
