"""Whole runs, made once per session and shared: the default study and the invented one, in folders of their own."""

import gc
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

import pandas as pd
import pytest
from filelock import FileLock

from tests import outside_programs
from tests.opened import opened
from tests.whole_line import Line
from workflow import accept

os.environ["DAHLIA_PROGRESS"] = "0"  # how often a room tells how far it is depends on the machine
REPOSITORY = Path(__file__).resolve().parents[1]
LONG = (
    "test_runs.py",
    "workflow/test_every_key.py",
    "validate/test_properties.py",
    "test_bad_input.py",
    "decisions/test_properties.py",
    "decisions/test_nothing_lost.py",
    "test_privacy.py",
    "figures/test_every_figure.py",
    "documents/test_mutations.py",
    "documents/test_default_documents.py",
    "figures/page/test_typeface.py",
    "decisions/test_agreement.py",
    "files/test_bundle.py",
)
"""The files that take longest. They are begun first: one begun last would leave the other process idle."""


@dataclass(frozen=True)
class Run:
    """A finished run: its folder, exit code and what it printed."""

    home: Path
    series: str
    code: int
    out: str
    err: str
    opened: dict[tuple[str, str], int] = field(default_factory=dict)
    """(room, file) -> how often, of what was done in one process (tests.opened)."""

    def table(self, file_name: str) -> pd.DataFrame:
        """A file under results/<series>/, all cells text."""
        return pd.read_csv(self.home / "results" / self.series / file_name, dtype=str, keep_default_na=False)

    def results(self) -> pd.DataFrame:
        """results.csv with numbers as numbers."""
        table = self.table("results.csv")
        numbers = ["at", "value", "lower", "upper", "n", "n_total"]
        return table.assign(**{column: pd.to_numeric(table[column]) for column in numbers})

    def processed(self, file_name: str) -> pd.DataFrame:
        """A file under data/processed/<series>/, all cells text."""
        return pd.read_csv(self.home / "data/processed" / self.series / file_name, dtype=str, keep_default_na=False)


def run(home: Path, series: str) -> Run:
    """Run the study in `home` as `make` does."""
    done = subprocess.run(
        [sys.executable, "-m", "workflow.run", "--config", str(home / "study.yaml"), "--cores", "2"],
        cwd=REPOSITORY, capture_output=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": str(REPOSITORY)}, check=False,
    )  # fmt: skip
    return Run(home, series, done.returncode, done.stdout, done.stderr)


def default_study(home: Path) -> Path:
    """The default study as somebody's own, outside the repository: config, profile and raw data side by side."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copytree(REPOSITORY / "data/raw", home / "data/raw")
    shutil.copytree(REPOSITORY / "config/series", home / "config/series")
    shutil.copy(REPOSITORY / "config/config.yaml", home / "study.yaml")
    return home


def invented_study(home: Path) -> Path:
    """The invented study."""
    source = REPOSITORY / "tests/studies/invented"
    home.mkdir(parents=True, exist_ok=True)
    for file_name in ("study.yaml", "profile.yaml"):
        shutil.copy(source / file_name, home / file_name)
    shutil.copytree(source / "data", home / "data", ignore=shutil.ignore_patterns("processed"))
    return home


def append_new_case(home: Path) -> None:
    """Append the rows of tests/new_case/ to the raw tables, as the README tells."""
    for file in sorted((REPOSITORY / "tests/new_case").glob("*.csv")):
        rows = file.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
        with (home / "data/raw/alemtuzumab-dah" / file.name).open("a", encoding="utf-8", newline="\n") as handle:
            handle.writelines(rows)


def accepted(home: Path) -> None:
    """Keep the finished run of the study in `home` as the one that the next is compared with, as `make accept` does."""
    given = [
        "--config",
        str(home / "study.yaml"),
        "--who",
        "A. Reviewer",
        "--when",
        "2026-01-31",
        "--remark",
        "first run",
    ]
    with mock.patch.object(sys, "argv", ["accept", *given]):
        accept.main()


def once(factory: pytest.TempPathFactory, run_name: str, make: Callable[[Path], Run]) -> Run:
    """A run made by the first worker that asks for it and shared by all: whole runs are the dearest part of the tests."""
    parallel = "PYTEST_XDIST_WORKER" in os.environ
    place = (factory.getbasetemp().parent if parallel else factory.getbasetemp()) / f"shared-{run_name}"
    place.mkdir(exist_ok=True)
    with FileLock(place / "lock"):
        kept = place / "run.pickle"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make(place / "study")))
        return pickle.loads(kept.read_bytes())


@pytest.fixture(scope="session")
def default_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The default study, run once."""
    return once(tmp_path_factory, "default", lambda home: run(default_study(home), "alemtuzumab-dah"))


@pytest.fixture(scope="session")
def grown(default_run: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The default study after its first run, which was accepted, with one case appended, run again."""

    def grow(home: Path) -> Run:
        shutil.copytree(default_run.home, home, copy_function=shutil.copy2)
        accepted(home)
        append_new_case(home)
        return run(home, default_run.series)

    return once(tmp_path_factory, "grown", grow)


@pytest.fixture(scope="session")
def invented_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The invented study, done once, in one process and with figures as SVG only."""

    def make(home: Path) -> Run:
        with opened() as files:
            Line(invented_study(home)).run()
        return Run(home, "invented", 0, "", "", dict(files))

    return once(tmp_path_factory, "invented", make)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first, the others as collected (`--no-loadscope-reorder` keeps this order between processes)."""
    place = {REPOSITORY / "tests" / file_name: number for number, file_name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path, len(place)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Refuse, in words and before any test, what needs a program that is not here; what was imported is no garbage."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    markers = {
        mark.name for item in session.items for mark in item.iter_markers() if mark.name in outside_programs.MARKERS
    }
    if missing := [words for marker in sorted(markers) if (words := outside_programs.refusal(marker))]:
        pytest.exit("\n".join(missing), returncode=1)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the marker expression leaves out."""
    for line in outside_programs.left_out(config.option.markexpr):
        terminalreporter.write_line(line)
