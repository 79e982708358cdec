"""Tables against the floor of the artwork: importing matplotlib and drawing as many empty figures in the same formats.

Tables and figures share one goal (2.5 x the floor for both together); this prints the tables' part of it, and what ten
times the cases cost.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from tests.conftest import REPOSITORY, Run, default_study
from tests.conftest import run as whole_run

SERIES = "alemtuzumab-dah"
GOAL = 2.5
TIMES = 5
TENFOLD = 10
BY_CASE = {
    "derived": ("patients", "times", "rechallenges", "test_results"),
    "series": ("ledger", "assessments", "reactions"),
}
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
        many = _many(done, Path(folder) / "many")
        takes = [
            (
                _timed([sys.executable, "-c", FLOOR.format(figures=figures)]),
                _timed(_tables(home, folder)),
                _timed(_tables(many, folder)),
                _timed([sys.executable, "-c", "import scripts.tables.__main__"]),
            )
            for _ in range(TIMES)
        ]
    floor, few, ten, imports = (min(column) for column in zip(*takes, strict=True))
    print(
        f"floor {floor:.2f} s ({figures} empty figures), tables {few:.2f} s, ratio {few / floor:.2f} "
        f"(goal for tables and figures together {GOAL})"
    )
    print(
        f"150 cases {ten:.2f} s: {ten / few:.2f} times the whole, {(ten - imports) / (few - imports):.2f} times the work "
        f"without imports ({imports:.2f} s); goal below {TENFOLD}"
    )


def _tables(home: Path, folder: str) -> list[str]:
    processed, results = home / "data/processed" / SERIES, home / "results" / SERIES
    command = [sys.executable, "-m", "scripts.tables", processed / "derived", "--results", results, "--series",
               processed / "series", "--findings", processed / "findings.csv", "--profile",
               home / "config/series/alemtuzumab-dah.yaml", "--settings", home / "study.yaml", "--out", Path(folder) / "out"]  # fmt: skip
    return list(map(str, command))


def _many(done: Run, home: Path) -> Path:
    """The same study with every case ten times under ids of its own; the results stay those of the series."""
    shutil.copytree(done.home, home)
    for room, names in BY_CASE.items():
        for name in names:
            file = home / "data/processed" / SERIES / room / f"{name}.csv"
            table = pd.read_csv(file, dtype=str, keep_default_na=False)
            key = "record" if name == "ledger" else "case_id"
            copies = [
                table.assign(**{key: table[key] + suffix}) for suffix in ["", *map("-{}".format, range(1, TENFOLD))]
            ]
            pd.concat(copies).to_csv(file, index=False)
    return home


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        command, check=True, capture_output=True, cwd=REPOSITORY, env=os.environ | {"PYTHONPATH": str(REPOSITORY)}
    )
    return time.perf_counter() - start
