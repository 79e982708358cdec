"""The runs of the default study, as `make` does them, each against its floor.

A first run: as many Snakemake jobs, each only importing the libraries of its room. One changed cell: the first run. No
change: what Snakemake itself needs to look at ten rules.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.goals import goal
from tests.conftest import REPOSITORY, default_study
from tests.conftest import run as run_study

IMPORTS = {
    "ingest": "pandas, pandera.pandas",
    "validate": "pandas, pandera.pandas",
    "assemble": "pandas, pandera.pandas",
    "derive": "pandas, pandera.pandas, pint",
    "analyse": "pandas, pandera.pandas, scipy.optimize, scipy.special",
    "tables": "pandas, pandera.pandas, docx, xlsxwriter",
    "figures": "pandas, pandera.pandas, matplotlib.figure, matplotlib.backends.backend_svg, matplotlib.backends.backend_pdf",
    "documents": "pandas, docx, reportlab.pdfgen.canvas, xlsxwriter, lxml.etree, babel, jinja2",
    "report": "pandas, pandera.pandas, jinja2",
}
AFTER = {"validate": ["ingest"], "assemble": ["validate"], "derive": ["assemble"], "analyse": ["derive"],
         "tables": ["analyse"], "figures": ["analyse"], "documents": ["figures"], "report": ["tables", "figures"]}  # fmt: skip
TEN_RULES = [f'rule step{n}:\n    output: "{n}.done"\n    shell: "touch {{output}}"' for n in range(10)]
SERIES = "alemtuzumab-dah"
CELL = ("cases.csv", "ZHAO-2025,identified,,United Kingdom,F,29,29,", "ZHAO-2025,identified,,United Kingdom,F,29,30,")
TIMES = 3


def run() -> None:
    """Print the ratios with their goals, of each the least of three; the five commands take turns."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = [_round(Path(folder) / str(number)) for number in range(TIMES)]
    floor, first, changed, nothing, dry = (min(column) for column in zip(*rounds, strict=True))
    _say("default run", first, "its floor", floor, 2.0)
    _say("one changed cell", changed, "first run", first, 1.1)
    _say("no change", nothing, "dry run of ten empty rules", dry, 1.5)


def _say(what: str, took: float, beside: str, other: float, most: float) -> None:
    print(f"{what} {took:.2f} s, {beside} {other:.2f} s, ratio {took / other:.2f}", flush=True)
    goal(f"{what} over {beside}", took / other, most)


def _round(home: Path) -> tuple[float, float, float, float, float]:
    """Seconds of the floor, of a first run, of one after a changed cell, of one after no change, and of a dry run."""
    study = default_study(home / "study")
    floor = _timed(lambda: snakemake(home / "floor", _rooms(), []))
    first = _timed(lambda: _ours(study, "Headline numbers"))
    _change(study)
    changed = _timed(lambda: _ours(study, "Headline numbers"))
    nothing = _timed(lambda: _ours(study, "Nothing to do"))
    dry = _timed(lambda: snakemake(home / "empty", TEN_RULES, ["--dry-run"]))
    return floor, first, changed, nothing, dry


def _timed(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ours(home: Path, words: str) -> None:
    """A run as `make` does it; the words tell that it did what is measured."""
    done = run_study(home, SERIES)
    if done.code or words not in done.out:
        raise SystemExit(f"the run ended with code {done.code} and without {words!r}\n{done.out}{done.err}")


def _change(home: Path) -> None:
    file_name, old, new = CELL
    file = home / "data/raw" / SERIES / file_name
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{file}: the row to change is not there once: {old}")
    file.write_text(text.replace(old, new), encoding="utf-8")


def _rooms() -> list[str]:
    """A rule for every room that imports its libraries and does nothing else."""
    rules = ['rule all:\n    input: "report.done", "documents.done"']
    for room, modules in IMPORTS.items():
        inputs = ", ".join(f'"{before}.done"' for before in AFTER.get(room, []))
        rules.append(
            f'rule {room}:\n    input: [{inputs}]\n    output: "{room}.done"\n'
            f"    shell: \"{sys.executable} -c 'import {modules}' && touch {{output}}\""
        )
    return rules


def snakemake(home: Path, rules: list[str], more: list[str]) -> None:
    """Run these rules with the profile that `make` uses."""
    home.mkdir(parents=True)
    (home / "Snakefile").write_text("\n\n".join(rules), encoding="utf-8")
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(home / "Snakefile"), "--directory", str(home),
               "--cores", "2", "--quiet", "all", "--workflow-profile", str(REPOSITORY / "workflow/profiles/default")]  # fmt: skip
    subprocess.run([*command, *more], check=True, capture_output=True)
