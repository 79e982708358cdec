"""Runs of the invented study that faults are done to, and what was found wrong."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPOSITORY, invented_study

KILLS = 20
RESTRAINED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Runs a command of root's without root's leave to write where others may not."""


def command(home: Path, cores: int = 2, repository: Path = REPOSITORY) -> list[str]:
    return [sys.executable, "-m", "workflow.run", "--config", str(home / "study.yaml"), "--cores", str(cores)]


def start(home: Path, cores: int = 2, repository: Path = REPOSITORY, **more) -> subprocess.Popen:
    """A run in a process group of its own; `under` is a command that starts it."""
    environment = os.environ | {"PYTHONPATH": str(repository)} | more.pop("environment", {})
    return subprocess.Popen(
        [*more.pop("under", []), *command(home, cores)],
        cwd=repository,
        env=environment,
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **more,
    )


def finished(home: Path, cores: int = 2, repository: Path = REPOSITORY, **more) -> tuple[int, str]:
    """A run to its end: exit code, and all it printed."""
    running = start(home, cores, repository, **more)
    out, err = running.communicate(timeout=600)
    return running.returncode, err + out


def products(home: Path) -> dict[str, str]:
    top = home / "results/invented"
    return {
        file.relative_to(top).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(top.rglob("*"))
        if file.is_file()
    }


def study(folder: Path) -> Path:
    """The invented study with two documents, for speed."""
    home = invented_study(folder)
    with (home / "study.yaml").open("a", encoding="utf-8") as config:
        config.write("documents: {write: [narratives, e2b_r3]}\n")
    return home


def updated(home: Path) -> Path:
    """The study after an edit: the first patient is a year older."""
    cases = home / "data/cases.csv"
    cases.write_text(cases.read_text(encoding="utf-8").replace("NO,F,40,40", "NO,F,41,41"), encoding="utf-8")
    return home


def check(right: bool, words: str) -> None:
    print(f"  {'right' if right else 'WRONG'}: {words}", flush=True)
    FAULTS.append(words) if not right else None


FAULTS: list[str] = []
