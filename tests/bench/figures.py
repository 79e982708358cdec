"""All default figures of the default series in one process, against as many empty figures in the same formats.

The floor imports matplotlib and draws, for each of our figures, axes without anything in them on a page of the same
size, fonts embedded as TrueType as journals ask (most of what a PDF costs) and text kept as text in SVG. A second line shows how the time grows from 20 to 200 cases.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.goals import goal
from tests.conftest import REPOSITORY, default_study
from tests.conftest import run as run_study

GOAL, TIMES = 2.5, 3
FLOOR = """
import sys
import matplotlib
from matplotlib.figure import Figure
matplotlib.rcParams.update({"pdf.fonttype": 42, "svg.fonttype": "none"})
for number, size in enumerate(sys.argv[2:]):
    wide, tall = map(float, size.split("x"))
    figure = Figure(figsize=(wide, tall))
    figure.add_subplot()
    for form in ("svg", "pdf", "png"):
        figure.savefig(f"{sys.argv[1]}/{number}.{form}", dpi=300)
"""
SCALING = """
import sys, time
from scripts import figures
from scripts.figures.page.saving import rendered
from tests.figures import series
data = series.mixed(int(sys.argv[1]))
names = [name for name, reason in figures.reasons(data).items() if not reason]
start = time.process_time()
for name in names:
    drawing = figures.drawn(name, data)
    for form in ("svg", "pdf", "png"):
        rendered(drawing.figure, form, name)
print(time.process_time() - start)
"""


def run() -> None:
    """Print floor, figures, ratio and goal; the least of three of each, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = default_study(Path(folder) / "study")
        done = run_study(home, "alemtuzumab-dah")
        if done.code:
            raise SystemExit(done.err)
        _figures(home)
        sizes = _sizes(home / "figures")
        pairs = [(_floor(home, sizes), _figures(home)) for _ in range(TIMES)]
    floor, whole = (min(column) for column in zip(*pairs, strict=True))
    print(f"{len(sizes)} figures: floor {floor:.2f} s, figures {whole:.2f} s, ratio {whole / floor:.2f}")
    goal("all figures over empty ones", whole / floor, GOAL)
    few, many = (float(_timed(["-c", SCALING, str(cases)])[1]) for cases in (20, 200))
    print(f"drawing 20 cases {few:.2f} s, 200 cases {many:.2f} s, ratio {many / few:.1f}")
    goal("drawing 200 cases over 20", many / few, 10)


def _sizes(folder: Path) -> list[str]:
    """Width x height in inches of every figure drawn."""
    from PIL import Image

    pixels = [Image.open(file).size for file in sorted(folder.glob("*.png"))]
    return [f"{wide / 300}x{tall / 300}" for wide, tall in pixels]


def _floor(home: Path, sizes: list[str]) -> float:
    (home / "empty").mkdir(exist_ok=True)
    return _timed(["-c", FLOOR, str(home / "empty"), *sizes])[0]


def _figures(home: Path) -> float:
    done, results = home / "data/processed/alemtuzumab-dah", home / "results/alemtuzumab-dah"
    return _timed(
        [
            "-m",
            "scripts.figures",
            f"{done}/derived",
            "--results",
            str(results),
            "--series",
            f"{done}/series",
            "--findings",
            f"{done}/findings.csv",
            "--profile",
            f"{home}/config/series/alemtuzumab-dah.yaml",
            "--settings",
            f"{home}/study.yaml",
            "--out",
            f"{home}/figures",
        ]
    )[0]


def _timed(arguments: list[str]) -> tuple[float, str]:
    """Processor time of a process, which neighbours on a busy machine disturb less than the clock's, and its words."""
    before = _processor()
    done = subprocess.run(
        [sys.executable, *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )
    return _processor() - before, done.stdout


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
