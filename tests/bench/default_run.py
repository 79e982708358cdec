"""The default run against its floor: as many Snakemake jobs, each only importing the libraries of its room."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import REPOSITORY, default_study

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
GOAL = 2.5
TIMES = 3


def run() -> None:
    """Print floor, run, ratio and goal; the least of three of each, taken in turn."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = [(_floor(Path(folder) / f"floor{k}"), _study(Path(folder) / f"study{k}")) for k in range(TIMES)]
    floor, whole = (min(column) for column in zip(*pairs, strict=True))
    print(f"floor {floor:.2f} s, default run {whole:.2f} s, ratio {whole / floor:.2f} (goal {GOAL})")


def _floor(home: Path) -> float:
    home.mkdir(parents=True)
    rules = ['rule all:\n    input: "report.done", "documents.done"']
    for room, modules in IMPORTS.items():
        inputs = ", ".join(f'"{before}.done"' for before in AFTER.get(room, []))
        rules.append(f'rule {room}:\n    input: [{inputs}]\n    output: "{room}.done"\n'
                     f"    shell: \"{sys.executable} -c 'import {modules}' && touch {{output}}\"")  # fmt: skip
    (home / "Snakefile").write_text("\n\n".join(rules), encoding="utf-8")
    return _timed(home, ["--snakefile", str(home / "Snakefile")])


def _study(home: Path) -> float:
    default_study(home)
    return _timed(home, ["--snakefile", str(REPOSITORY / "Snakefile"), "--configfile", str(home / "study.yaml")])


def _timed(home: Path, more: list[str]) -> float:
    profile = str(REPOSITORY / "workflow/profiles/default")
    command = [sys.executable, "-m", "snakemake", "--directory", str(home), "--cores", "2", "--quiet", "all",
               "--workflow-profile", profile, *more]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(REPOSITORY)})
    taken = time.perf_counter() - start
    shutil.rmtree(home)
    return taken
