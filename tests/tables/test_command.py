"""The command: default tables, tables on request, one table alone, the same bytes twice."""

import shutil
import subprocess
import sys

import pytest

from scripts.tables import ON_REQUEST, ORDER, default, names
from tests.conftest import REPOSITORY, Run
from tests.room import Ended, called


def words(run: Run, out, *more: str, asked: str = "") -> list[str]:
    """The room's command line on the inputs of a finished run."""
    processed, results = run.home / "data/processed" / run.series, run.home / "results" / run.series
    settings = out.with_suffix(".settings.yaml")
    lock = "" if "data_lock" in asked else "data_lock: '2025-12-31'\n"
    settings.write_text(lock + asked, encoding="utf-8")
    given = [processed / "derived", "--results", results, "--series", processed / "series", "--findings",
             processed / "findings.csv", "--profile", run.home / "profile.yaml", "--settings", settings, "--out", out,
             *more]  # fmt: skip
    return list(map(str, given))


def tables(run: Run, out, *more: str, asked: str = "") -> Ended:
    return called("tables", *words(run, out, *more, asked=asked))


def files(folder) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_folder_is_the_list():
    assert names() == list(ORDER)
    assert default() == [table_name for table_name in ORDER if table_name not in ON_REQUEST]


@pytest.mark.long
def test_same_input_same_bytes_whatever_the_hash_seed(invented_run, tmp_path, monkeypatch):
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        given = words(invented_run, tmp_path / seed, asked=f"tables_also: [{', '.join(ON_REQUEST)}]")
        subprocess.run([sys.executable, "-m", "scripts.tables", *given], cwd=REPOSITORY, check=True)
    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert {"checklists.csv", "crosswalk.html", "tables.docx"} <= set(files(tmp_path / "1"))


def test_one_table_alone_as_every_kind_of_file(invented_run, tmp_path):
    assert (
        tables(invented_run, tmp_path / "out", "--only", "times", asked="analysis: {onset: diagnosis}").returncode == 0
    )
    assert set(files(tmp_path / "out")) == {f"times.{kind}" for kind in ("csv", "html", "xlsx", "docx")}
    assert "Table 4. Onset, resolution and death" in (tmp_path / "out/times.html").read_text(encoding="utf-8")


def test_a_bad_data_lock_is_one_message(invented_run, tmp_path):
    done = tables(invented_run, tmp_path / "out", asked="data_lock: soon")
    assert done.returncode == 2
    assert "data_lock" in done.stderr
    assert "soon" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("book", ["withheld.csv", "corrections_applied.csv"])
def test_books_may_be_absent(invented_run, tmp_path, book):
    home = tmp_path / "home"
    shutil.copytree(invented_run.home, home)
    (home / "data/processed" / invented_run.series / "series" / book).unlink(missing_ok=True)
    run = Run(home, invented_run.series, 0, "", "")
    assert tables(run, tmp_path / "out", "--only", "data_quality").returncode == 0
