"""Snakemake without `make`: under conda from any folder, and imported as a module. One job each; `make test-ways` runs all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY, invented_study
from tests.workflow import stand_in_conda

ALONE = """
import sys
from importlib import metadata
ours = ["babel", "duckdb", "filelock", "isal", "lifelines", "lxml", "matplotlib", "numpy", "openpyxl", "pandas", "pandera",
        "pint", "docx", "reportlab", "scipy", "xlsxwriter"]
for name in ours:
    sys.modules[name] = None
version = metadata.version
def known(name):
    if name in ours:
        raise metadata.PackageNotFoundError(name)
    return version(name)
metadata.version = known
from snakemake.cli import main
main(sys.argv[1:])
"""
"""Snakemake in an environment that has nothing of ours."""
MODULE = """
configfile: "study of ours/study.yaml"

module dahlia:
    snakefile: {snakefile!r}
    config: config

use rule * from dahlia as dahlia_*
"""


@pytest.fixture
def conda(tmp_path) -> Path:
    return stand_in_conda.installed(tmp_path / "conda/bin")


def snakemake(folder: Path, conda: Path, *words: str) -> tuple[int, str]:
    """How Snakemake, alone and started in a folder, ends, and what it says."""
    without = {variable: value for variable, value in os.environ.items() if variable != "PYTHONPATH"}
    command = [sys.executable, "-c", ALONE, "--cores", "2", *words]
    done = subprocess.run(
        command,
        cwd=folder,
        env=without | {"PATH": os.pathsep.join([str(conda), without["PATH"]])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_from_another_folder_conda_runs_the_rooms_in_the_folder_of_the_config(tmp_path, conda):
    home, elsewhere = tmp_path / "study of ours", tmp_path / "elsewhere"
    elsewhere.mkdir()
    invented_study(home)
    code, printed = snakemake(elsewhere, conda, "--snakefile", str(REPOSITORY / "workflow/Snakefile"), "--configfile",
                           "../study of ours/study.yaml", "--sdm", "conda", "--until", "ingest_shelf")  # fmt: skip
    assert code == 0, printed
    (ran,) = (home / ".snakemake/conda").glob("*/ran")
    assert "start_job.py data/processed/invented/sheets/ingest.shelf." in ran.read_text(encoding="utf-8")
    assert (home / "data/processed/invented/reported/shelf/cases.csv").is_file()
    assert [file.name for file in elsewhere.iterdir() if file.name != ".snakemake"] == []


@pytest.mark.long
def test_as_a_module_it_works_in_the_folder_of_the_config(tmp_path, conda):
    invented_study(tmp_path / "study of ours")
    named = MODULE.format(snakefile=str(REPOSITORY / "workflow/Snakefile"))
    (tmp_path / "Snakefile").write_text(named, encoding="utf-8")
    code, printed = snakemake(tmp_path, conda, "--sdm", "conda", "--until", "dahlia_ingest_shelf")
    assert code == 0, printed
    assert "rule dahlia_ingest_shelf" in printed
    assert (tmp_path / "study of ours/data/processed/invented/reported/shelf/cases.csv").is_file()
    assert sorted(file.name for file in tmp_path.iterdir()) == [".snakemake", "Snakefile", "conda", "study of ours"]


def test_without_conda_the_missing_library_is_named_with_the_cure(tmp_path, conda):
    home = invented_study(tmp_path / "study")
    code, printed = snakemake(home, conda, "--snakefile", str(REPOSITORY / "Snakefile"), "--configfile", "study.yaml")
    assert code == 1
    assert "has no duckdb, which the rooms need. Add --sdm conda" in printed
    assert "Traceback" not in printed
