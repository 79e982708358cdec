"""Starting Snakemake and listening to it: what the rooms say is shown as it comes, what Snakemake says only where it is needed.

The rooms speak on standard output (workflow/start_job.py), Snakemake on standard error. Where a run fails and no room has said
why, Snakemake's own words are shown.
"""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from scripts.commands.messages import say
from workflow.study import REPOSITORY
from workflow.warm import INTERRUPTED, beside

RUN = "DAHLIA_RUN"
"""In the environment of the jobs: which run they belong to."""

CHATTER = ("Using workflow specific profile", "Assuming unrestricted shared", "Building DAG", "Using shell:", "Select jobs",
           "Execute ", "Complete log", "Elapsed time", "Shutting down", "Exiting because", "Removing output files",
           "host:", "Provided cores", "Rules claiming", "Job stats", "Trying to restart", "Provided resources")  # fmt: skip
"""Beginnings of lines that tell of the work, not of a fault."""


PATIENCE = 3.0
"""Seconds in which Snakemake ends by itself after the keyboard's interruption, which reaches it too."""


@dataclass(frozen=True)
class Ended:
    """How Snakemake ended: its exit code, 130 where it was interrupted, and what it said itself."""

    code: int
    words: list[str]


def snakemake(config: Path, home: Path, cores: int, rooms: list[str]) -> Ended:
    """Run the workflow, which has work for these rooms, and show what they say."""
    with beside(rooms, _environment(home)) as environment:
        return _listened(_command(config, home, cores), environment)


def _command(config: Path, home: Path, cores: int) -> list[str]:
    places = [
        "--snakefile",
        REPOSITORY / "workflow/Snakefile",
        "--directory",
        home,
        "--configfile",
        config,
        "--workflow-profile",
        REPOSITORY / "workflow/profiles/default",
    ]
    silent = ["--quiet", "progress", "rules", "host"]
    return [sys.executable, "-m", "snakemake", *map(str, places), "--cores", str(cores), *silent]


def _listened(command: list[str], environment: dict[str, str]) -> Ended:
    running = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    words: list[str] = []
    listener = threading.Thread(target=lambda: words.extend(running.stderr or ()), daemon=True)
    listener.start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for line in running.stdout or ():
            say(line.rstrip("\n"))
        code = running.wait()
    except KeyboardInterrupt:
        _end(running)
        code = INTERRUPTED
    listener.join(PATIENCE)
    return Ended(code, [line.rstrip("\n") for line in words if line.strip() and not line.startswith(CHATTER)])


def _environment(home: Path) -> dict[str, str]:
    """Caches are kept in the study's folder, since HOME may not be writable; a failure is reported to this very run."""
    cache = home / ".snakemake/cache"
    given = {"PYTHONPATH": str(REPOSITORY), "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(cache), RUN: str(os.getpid())}
    return {"MPLCONFIGDIR": str(cache / "matplotlib")} | os.environ | given


def _end(running: subprocess.Popen) -> None:
    """Wait for an interrupted Snakemake; where the interruption did not reach it, pass it on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        running.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        running.send_signal(getattr(signal, "CTRL_C_EVENT", signal.SIGINT))  # its name on Windows
        running.wait()
