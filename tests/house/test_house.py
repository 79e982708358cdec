"""The house keeps its own rules: fences between rooms, generic code, environment in step, every room a command."""

import importlib
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from scripts.analyse import analyses
from scripts.commands.reading import formats
from scripts.tables import names
from tests.whole_line import room as command
from workflow import environment

REPOSITORY = Path(__file__).resolve().parents[2]
ROOMS = sorted(folder.name for folder in (REPOSITORY / "scripts").iterdir() if (folder / "__main__.py").exists())
CODE = [
    *(REPOSITORY / "scripts").rglob("*.py"),
    *(REPOSITORY / "schemas").rglob("*"),
    *(REPOSITORY / "workflow").rglob("*"),
]


def test_no_drug_event_or_case_is_named_in_code():
    words = ("alemtuzumab", "lemtrada", "haemorrhage", "hemorrhage", "zhao", "drop14", "myro", "examplumab")
    texts = [path for path in CODE if path.is_file() and path.suffix in (".py", ".csv", ".smk", ".j2", ".yaml", ".txt")]
    mentions = [
        f"{path.relative_to(REPOSITORY)}: {word}"
        for path in texts
        for word in words
        if word in path.read_text(encoding="utf-8").casefold()
    ]
    assert mentions == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_a_command(room, capsys):
    assert command(room, "--help") == 0
    assert f"python -m scripts.{room}" in capsys.readouterr().out


@pytest.mark.parametrize("module", formats().values())
def test_every_reader_keeps_its_contract(module):
    reader = importlib.import_module(module)
    assert isinstance(reader.FORMAT, str)
    assert callable(reader.read)


@pytest.mark.parametrize("name", names())
def test_every_table_keeps_its_contract(name):
    module = importlib.import_module(f"scripts.tables.table_{name}")
    assert isinstance(module.TITLE, str)
    assert callable(module.build)


@pytest.mark.parametrize("name", analyses())
def test_every_analysis_keeps_its_contract(name):
    assert callable(importlib.import_module(f"scripts.analyse.results.{name}").analyse)


def test_environment_files_and_container_recipe_are_in_step():
    wanted = environment.files()
    assert set(wanted) == {"Dockerfile", "environment.yml", "workflow/envs/rooms.yml"}
    for file_name, text in wanted.items():
        assert (REPOSITORY / file_name).read_text(encoding="utf-8") == text, f"{file_name}: run `make environment`"
    assert "  - snakemake" not in wanted["workflow/envs/rooms.yml"]


def test_lock_is_exact_hashed_and_without_addresses():
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    for word in ("http", "index", "find-links"):
        assert word not in lock
    names_locked = {
        line.partition("==")[0].split("[")[0] for line in lock.splitlines() if "==" in line and not line.startswith(" ")
    }
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {
        environment._split(line)[0].split("[")[0]
        for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    }
    assert wanted - names_locked == set(), "run `make lock`"


@pytest.mark.parametrize("package", ["pandas", "pandera", "matplotlib", "lifelines", "snakemake", "pytest"])
def test_the_packages_the_user_named_are_used(package):
    assert metadata.version(package)
    texts = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [*CODE, REPOSITORY / "Makefile", *(REPOSITORY / "tests").rglob("*.py")]
        if path.is_file() and path.suffix in (".py", "")
    )
    assert f"import {package}" in texts or f"from {package}" in texts or f'"-m", "{package}"' in texts
