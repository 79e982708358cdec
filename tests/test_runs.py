"""The life of a study: a second run does nothing, a new case goes everywhere, a killed run is completed."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from schemas.versions import PROGRAM
from tests import readme
from tests.conftest import REPOSITORY, run


def test_first_run_names_the_report_first(default_run):
    last = default_run.out.strip().splitlines()[-1]
    assert last.startswith("Read ")
    first, _, others = last.partition(" first. Beside it: ")
    assert first.endswith("report.html")
    assert {"results.csv", "findings.csv", "ledger.csv", "manifest.json"} <= set(others.rstrip(".").split(", "))


def test_the_terminal_tells_first_what_must_be_looked_at(grown):
    headings = [line for line in grown.out.splitlines() if line and line[0].isupper()]
    assert headings[:-1] == ["Needs attention", "What changed", "In short", "Headline numbers", "What ran, and why"]


def test_the_new_case_is_what_changed_since_the_accepted_run(grown):
    change = grown.table("changes.csv")
    assert change.loc[change["kind"] == "patient_in", "case_id"].tolist() == ["INVENTED-CASE"]
    assert set(change["kind"]) == {"patient_in", "row_in", "headline"}
    assert change.loc[change["kind"] == "row_in", ["table", "key"]].to_numpy().tolist() == [["sources", "INVENTED2025"]]
    page = (grown.home / "results" / grown.series / "report.html").read_text(encoding="utf-8")
    assert "Compared with the run accepted on 2026-01-31 by A. Reviewer (“first run”)" in page
    assert '<td>16: 13 MS, 2 renal transplant, 1 lung transplant <span class="rows">from <a href="#row-2"' in page
    assert "<li>No conclusion about a patient changed.</li>" in page
    assert '1 patient came in: <a href="#case-INVENTED-CASE">INVENTED-CASE</a>.' in page
    manifest = json.loads((grown.home / "results" / grown.series / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["compared_with"] == {"who": "A. Reviewer", "when": "2026-01-31", "remark": "first run"}
    assert "data/processed/accepted/alemtuzumab-dah/accepted.json" in manifest["inputs"]


def test_second_run_does_nothing_and_says_so(default_run):
    again = run(default_run.home, default_run.series)
    assert (again.code, again.err) == (0, "") or "Nothing" in again.err
    assert again.out.startswith("Nothing to do")


def test_a_new_case_is_the_sixteenth_everywhere(grown):
    assert grown.code == 0, grown.err
    sizes = grown.results().query("statistic == 'set_size'")
    assert sizes["value"].tolist() == [16, 16, 16]
    assert (grown.table("tables/line_listing.csv")["Case"] == "INVENTED-CASE").sum() == 1
    cases = grown.results().query("analysis == 'characteristics' and statistic == 'cases' and group == 'MS'")
    assert cases["value"].tolist() == [13]
    for path in ("report.html", "figures/swimmer.svg", "figures/swimmer.csv"):
        assert "INVENTED-CASE" in (grown.home / "results" / grown.series / path).read_text(encoding="utf-8"), path


def test_the_terminal_shows_before_and_after(grown):
    assert "cases in the series: 16" in grown.out
    assert "before: 15" in grown.out
    assert "\n  since the last run: headline 12, each with what it was\n  cases in the series: 16" in grown.out


def test_the_new_case_is_derived_from_its_dates(grown):
    times = grown.processed("derived/times.csv").query("case_id == 'INVENTED-CASE' and set == 'series_plus_new'")
    bounds = {(row.endpoint, row.clock): (float(row.lower), float(row.upper)) for row in times.itertuples()}
    # First dose 6 October, second 7 October; dyspnoea on the 7th, haemoptysis and CT on the 8th.
    assert bounds["first_symptom", "first_dose"] == (1, 2)
    # The second dose and the dyspnoea are of one day, and nobody says which came first: after the first or after the second.
    assert bounds["first_symptom", "last_dose"] == (0, 2)
    assert bounds["sentinel_sign", "first_dose"] == (2, 3)
    assert bounds["diagnosis", "last_dose"] == (1, 2)
    assert bounds["radiological_resolution", "sentinel_sign"] == (5, 10)


@pytest.fixture(scope="session")
def installed(tmp_path_factory) -> Path:
    """The folder of packages into which the wheel was unpacked."""
    top = tmp_path_factory.mktemp("installed")
    built = ["-m", "hatchling", "build", "-t", "wheel", "-d", str(top)]
    subprocess.run([sys.executable, *built], cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = top.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(top / "site")
    return top / "site"


def dahlia(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess:
    """The installed command in a folder, without the repository on any path."""
    start = [sys.executable, "-c", "import dahlia; dahlia.main()", *words]
    folder.mkdir(exist_ok=True)
    given = os.environ | {"PYTHONPATH": str(installed)}
    return subprocess.run(start, cwd=folder, env=given, capture_output=True, text=True, check=False)


def test_the_wheel_has_one_package_and_its_command_says_what_it_can(installed, tmp_path):
    assert [path.name.partition("-")[0] for path in sorted(installed.iterdir())] == ["dahlia", "dahlia"]
    assert dahlia(installed, tmp_path, "version").stdout == f"dahlia {PROGRAM}\n"
    assert dahlia(installed, tmp_path, "verson").stderr.startswith("dahlia: 'verson' is no command.")
    nothing = dahlia(installed, tmp_path, "figure", "--name", "onset")
    assert (nothing.returncode, nothing.stderr[:29]) == (2, "No study.yaml in this folder.")
    help_text = dahlia(installed, tmp_path, "run", "--help")
    assert (help_text.returncode, help_text.stdout[:17]) == (0, "usage: dahlia run"), help_text.stderr


@pytest.mark.long
def test_same_input_same_bytes_as_the_installed_command_in_an_empty_folder(default_run, installed, tmp_path):
    home = tmp_path / "empty"
    again = dahlia(installed, home, "run")
    assert again.returncode == 0, again.stderr
    folders = [place / "results" / default_run.series for place in (default_run.home, home)]
    names = sorted(file.relative_to(folders[0]) for file in folders[0].rglob("*") if file.is_file())
    assert [str(path) for path in names if (folders[0] / path).read_bytes() != (folders[1] / path).read_bytes()] == []


@pytest.mark.long
def test_a_run_killed_half_way_is_completed(default_run, tmp_path):
    home = tmp_path / "killed"
    shutil.copytree(default_run.home, home, copy_function=shutil.copy2)
    shutil.rmtree(home / "results")
    shutil.rmtree(home / "data/processed/alemtuzumab-dah/derived")
    (home / ".snakemake/locks").mkdir(exist_ok=True)
    (home / ".snakemake/locks/0.output.lock").write_text("results/alemtuzumab-dah/report.html\n")
    completed = run(home, default_run.series)
    assert completed.code == 0, completed.err
    assert (home / "results/alemtuzumab-dah/report.html").exists()


def test_manifest_names_inputs_versions_and_lock(default_run):
    content = json.loads((default_run.home / "results/alemtuzumab-dah/manifest.json").read_text(encoding="utf-8"))
    assert content["data_lock_point"] == "2025-12-31"
    assert len(content["inputs"]["data/raw/alemtuzumab-dah/cases.csv"]) == 64
    assert {"pandas", "lifelines", "snakemake"} <= set(content["packages"])
    assert content["config"]["analysis"]["onset"] == "first_symptom"


def test_the_readme_shows_what_the_runs_print(default_run, grown):
    text = readme.README.read_text(encoding="utf-8")
    assert readme.with_outputs(text, readme.runs(default_run, grown)) == text, "run `make readme`"
    picture = default_run.home / "results/alemtuzumab-dah/figures/onset.png"
    assert readme.PICTURE.read_bytes() == picture.read_bytes(), "run `make readme`"


@pytest.mark.long
def test_the_readme_shows_what_comparing_and_sharing_print(grown):
    text = readme.README.read_text(encoding="utf-8")
    assert readme.with_outputs(text, readme.commands(grown)) == text, "run `make readme`"
