"""The report of the default series against the import of all libraries that it has loaded when it ends."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.goals import goal
from tests.bench.own_process import used
from tests.conftest import REPOSITORY, default_study
from tests.conftest import run as whole_run

SERIES = "alemtuzumab-dah"
GOAL = 2
TIMES = 5
LOADED = """
import json, runpy, sys
before = set(sys.modules)
sys.argv = ["scripts.report", *sys.argv[2:]]
try:
    runpy.run_module("scripts.report", run_name="__main__", alter_sys=True)
finally:
    libraries = {at for at, module in sys.modules.items() if "site-packages" in (getattr(module, "__file__", "") or "")}
    json.dump(sorted(libraries - before), open(PLACE, "w"))
"""
FLOOR = "import importlib, json; [importlib.import_module(name) for name in json.load(open({place!r}))]"


def run() -> None:
    """Print floor, report and ratio of processor time; the least of several, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        home = default_study(Path(folder) / "study")
        whole_run(home, SERIES)
        given, place = _arguments(home, folder), Path(folder) / "libraries.json"
        listing = LOADED.replace("PLACE", repr(str(place)))
        subprocess.run([sys.executable, "-c", listing, "", *given], check=True, cwd=REPOSITORY, capture_output=True)
        floor = FLOOR.format(place=str(place))
        takes = [(used("-c", floor).processor, used("-m", "scripts.report", *given).processor) for _ in range(TIMES)]
        number = len(json.loads(place.read_text(encoding="utf-8")))
    least, ours = (min(column) for column in zip(*takes, strict=True))
    print(f"{number} modules imported {least:.2f} s, report {ours:.2f} s, ratio {ours / least:.2f}")
    goal("report over the import of its libraries", ours / least, GOAL)


def _arguments(home: Path, folder: str) -> list[str]:
    processed = home / "data/processed" / SERIES
    given = [processed / "derived", "--series", processed / "series", "--results", home / "results" / SERIES,
             "--tables", home / "results" / SERIES / "tables", "--figures", home / "results" / SERIES / "figures",
             "--findings", processed / "findings.csv", "--profile", home / "config/series/alemtuzumab-dah.yaml",
             "--settings", home / "study.yaml", "--out", Path(folder) / "out"]  # fmt: skip
    return list(map(str, given))
