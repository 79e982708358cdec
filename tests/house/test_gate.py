"""The gate is what it says: one target, every tool, declared markers, hooks from the environment of the lock."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests import outside_programs
from tests.conftest import LONG

REPOSITORY = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = dict(
    re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (REPOSITORY / "requirements.lock").read_text("utf-8"), re.MULTILINE)
)
LINTERS = ("ruff", "snakefmt", "mypy")
STEPS = (
    "ruff format --check .", "snakefmt --check Snakefile workflow", "ruff check .", "snakemake --lint", "mypy",
    "python -m pytest",
)  # fmt: skip
BUILT_IN = {"parametrize", "usefixtures", "filterwarnings", "skip", "skipif", "xfail"}


def planned(target: str) -> str:
    """What `make` would run for a target, were the environment there."""
    lines = ["make", "--dry-run", "--assume-old=.venv/.ok", "--no-print-directory", target]
    return subprocess.run(lines, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout


def test_the_gate_runs_make_check_and_nothing_besides():
    lines = (REPOSITORY / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make check"]


def test_the_files_that_are_begun_first_are_there():
    assert [file_name for file_name in LONG if not (REPOSITORY / "tests" / file_name).is_file()] == []


def test_make_check_runs_every_tool_and_stops_at_the_first_that_fails():
    plan = planned("check")
    places = [plan.find(f"{step}") for step in STEPS]
    assert -1 not in places, STEPS[places.index(-1)]
    assert places == sorted(places)
    assert plan.count("exit 1") == len(STEPS)


def test_make_test_runs_what_needs_no_other_program():
    assert planned("test").strip() in planned("check")
    assert outside_programs.left_out(PROJECT["tool"]["pytest"]["ini_options"]["addopts"]) != []


@pytest.mark.parametrize("marker", outside_programs.MARKERS)
def test_what_needs_another_program_has_its_target(marker):
    assert f"-m pytest -v -m {marker}" in planned(f"test-{marker}")
    assert f"not {marker}" in PROJECT["tool"]["pytest"]["ini_options"]["addopts"]


def test_what_takes_long_has_its_target_and_is_said_to_be_left_out():
    assert " -m long" in planned("test-long")
    left_out = outside_programs.left_out(PROJECT["tool"]["pytest"]["ini_options"]["addopts"])
    assert [line for line in left_out if line.endswith("make test-long runs it")] != []


def test_a_missing_program_is_refused_with_the_package_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert outside_programs.refusal("page") == (
        "Chromium is not installed. On Debian or Ubuntu: sudo apt install chromium"
    )
    assert all("sudo apt install" in outside_programs.refusal(marker) for marker in outside_programs.MARKERS)


def test_every_marker_is_declared():
    declared = {line.partition(":")[0] for line in PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    files = (REPOSITORY / "tests").rglob("*.py")
    used = {mark for file in files for mark in re.findall(r"pytest\.mark\.(\w+)", file.read_text(encoding="utf-8"))}
    assert declared == {*outside_programs.MARKERS, "long"}
    assert used - BUILT_IN == declared


@pytest.mark.parametrize("tool", LINTERS)
def test_linters_are_the_ones_of_the_lock(tool):
    assert f"{tool}=={LOCKED[tool]}" in PROJECT["project"]["optional-dependencies"]["dev"]


def test_hooks_run_tools_of_the_lock_and_fetch_nothing():
    (source,) = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert source["repo"] == "local"
    assert {hook["language"] for hook in source["hooks"]} == {"system"}
    tools = [Path(hook["entry"].split()[0]) for hook in source["hooks"]]
    assert {tool.parent for tool in tools} == {Path(".venv/bin")}
    assert {tool.name for tool in tools} - set(LOCKED) == set()
    assert set(LINTERS) <= {tool.name for tool in tools}
