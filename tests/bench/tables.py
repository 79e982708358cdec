"""Tables against the floor of the artwork: importing matplotlib and drawing as many empty figures in the same formats.

Tables and figures share one goal (2.5 x the floor for both together); this prints the tables' part of it, what ten
times the cases cost, and what tables and documents of 20,000 cases take of the processor and of memory.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from tests.bench.goals import MOST_MEMORY, goal
from tests.bench.own_process import used
from tests.conftest import REPOSITORY, Run, default_study
from tests.conftest import run as whole_run

SERIES = "alemtuzumab-dah"
GOAL = 2.5
TIMES = 5
TENFOLD = 10
LARGE = 20_000
SECONDS, MEGABYTES = 60, 1000
"""The goal for the tables of a large series."""
FLOOR = """
from matplotlib.figure import Figure
import io
for number in range({figures}):
    for form in ("svg", "pdf", "png"):
        figure = Figure(figsize=(3.3, 2.5))
        figure.add_subplot()
        figure.savefig(io.BytesIO(), format=form)
"""


def run() -> None:
    """Print floor, tables, ratio and goal, then the time for 15 and for 150 cases; the least of several, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = default_study(Path(folder) / "study")
        done = whole_run(home, SERIES)
        figures = len(list((home / "results" / SERIES / "figures").glob("*.svg")))
        many = _many(done, Path(folder) / "many", TENFOLD)
        takes = [
            (
                _timed([sys.executable, "-c", FLOOR.format(figures=figures)]),
                _timed(_tables(home, folder)),
                _timed(_tables(many, folder)),
                _timed([sys.executable, "-c", "import scripts.tables.__main__"]),
            )
            for _ in range(TIMES)
        ]
        _large(done, Path(folder))
    floor, few, ten, imports = (min(column) for column in zip(*takes, strict=True))
    print(
        f"floor {floor:.2f} s ({figures} empty figures), tables {few:.2f} s, ratio {few / floor:.2f} "
        f"(goal for tables and figures together {GOAL})"
    )
    goal("tables over empty figures", few / floor, GOAL)
    goal("tables of 150 cases over 15, without imports", (ten - imports) / (few - imports), TENFOLD)
    print(
        f"150 cases {ten:.2f} s: {ten / few:.2f} times the whole, {(ten - imports) / (few - imports):.2f} times the work "
        f"without imports ({imports:.2f} s); goal below {TENFOLD}"
    )


def _large(done: Run, folder: Path) -> None:
    """Tables and documents of 20,000 cases, each in a process of its own."""
    cases = len(pd.read_csv(done.home / "data/processed" / SERIES / "derived/patients.csv"))
    home = _many(done, folder / "large", LARGE // cases)
    for room, seconds, most in ((_tables, SECONDS, MEGABYTES), (_documents, None, MOST_MEMORY)):
        command = room(home, str(folder))[1:]
        spent = used(*command)
        print(f"{command[1]} of {LARGE // cases * cases} cases: processor {spent.processor:.0f} s, {spent.peak:.0f} MB")
        if seconds:
            goal(f"{command[1]}: processor time for {LARGE // cases * cases} cases", spent.processor, seconds, "s")
        goal(f"{command[1]}: memory for {LARGE // cases * cases} cases", spent.peak, most, "MB")


def _tables(home: Path, folder: str) -> list[str]:
    return [sys.executable, "-m", "scripts.tables", f"{_processed(home)}/derived", "--series", f"{_processed(home)}/series",
            *_rest(home, folder)]  # fmt: skip


def _documents(home: Path, folder: str) -> list[str]:
    return [sys.executable, "-m", "scripts.documents", f"{_processed(home)}/series", f"{_processed(home)}/derived",
            *_rest(home, folder)]  # fmt: skip


def _processed(home: Path) -> Path:
    return home / "data/processed" / SERIES


def _rest(home: Path, folder: str) -> list[str]:
    command = ["--results", home / "results" / SERIES, "--findings", _processed(home) / "findings.csv", "--profile",
               home / "config/series/alemtuzumab-dah.yaml", "--settings", home / "study.yaml", "--out", Path(folder) / "out"]  # fmt: skip
    return list(map(str, command))


def _many(done: Run, home: Path, times: int) -> Path:
    """The same study with every case so many times under ids of its own; the results stay those of the series."""
    shutil.copytree(done.home, home)
    for file in sorted(_processed(home).glob("*/*.csv")):
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        key = "record" if file.stem == "ledger" else "case_id"
        if file.parent.name in ("derived", "series") and key in table:
            copies = [
                table.assign(**{key: table[key] + suffix}) for suffix in ["", *map("-{}".format, range(1, times))]
            ]
            pd.concat(copies).to_csv(file, index=False)
    return home


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, check=True, capture_output=True, cwd=REPOSITORY, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}
    )
    return time.perf_counter() - start
