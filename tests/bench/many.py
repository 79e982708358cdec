"""A hundred small series in one list against one of them by `make`; and the list again when nothing has changed, against
what Snakemake needs to look at as many series of ten empty rules.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.default_run import snakemake
from tests.bench.goals import goal
from tests.conftest import REPOSITORY

SERIES = 100
SMALL = REPOSITORY / "tests/studies/small"
RULES = [
    f'rule all:\n    input: expand("{{series}}/{{step}}.done", series=range({SERIES}), step=range(10))',
    *(f'rule step{n}:\n    output: "{{series}}/{n}.done"\n    shell: "touch {{output}}"' for n in range(10)),
]


def run() -> None:
    """Print the ratios with their goals."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        names = [f"series-{number}" for number in range(SERIES + 1)]
        for series in names:
            _copy(home, series)
        lines = [f"{series},{series}/study.yaml" for series in names[1:]]
        (home / "list.csv").write_text("\n".join(["series,config", *lines]) + "\n", encoding="utf-8")
        alone = _timed(lambda: _python(home, "workflow.run", "--config", f"{names[0]}/study.yaml"))
        every, again = (_timed(lambda: _python(home, "workflow.many", "list.csv")) for _ in range(2))
        dry = _timed(lambda: snakemake(home / "empty", RULES, ["--dry-run"]))
    print(
        f"one series {alone:.2f} s, {SERIES} in a list {every:.1f} s, again {again:.2f} s; a dry run {dry:.2f} s",
        flush=True,
    )
    goal(f"{SERIES} small series in one list over one by make", every / alone, 30)
    goal(f"the list again over a dry run of {SERIES} series of ten empty rules", again / dry, 1.5)


def _copy(home: Path, series: str) -> None:
    study = shutil.copytree(SMALL, home / series) / "study.yaml"
    study.write_text(study.read_text(encoding="utf-8").replace("series: small", f"series: {series}"), encoding="utf-8")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _python(home: Path, module: str, *given: str) -> None:
    command = [sys.executable, "-m", module, *given]
    done = subprocess.run(command, cwd=home, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
