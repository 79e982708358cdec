"""Two recipes of docs/architecture.md, carried out word for word on a copy of the tree: what is new appears."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs/architecture.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```(\w+)\n# (\S+)\n(.*?)```", re.DOTALL)
PLACE = re.compile(r"`((?:scripts|schemas|tests|workflow|docs)/[\w./-]+)`")
STUDY = {
    "cases.csv": "case_id,identity,weight,source_id,locator,status\nC1,identified,500,S1,p. 1,stated\nC2,identified,70,S1,p. 1,stated\n",
    "sources.csv": "source_id,kind\nS1,article\n",
}


def recipe(title: str) -> list[tuple[str, str, str]]:
    """The blocks of a recipe: language, file, content."""
    section = PAGE.split(f"\n### {title}\n")[1].split("\n### ")[0]
    return BLOCK.findall(section)


@pytest.fixture
def copy(tmp_path):
    """The tree without data, results and environment, in which nothing was done yet."""
    for folder in ("schemas", "scripts", "tests/tables"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "tests/__init__.py").touch()
    return tmp_path


def carry_out(tree: Path, title: str) -> None:
    """A block of Python is a new file, a block of CSV further rows of a code list."""
    for language, file_name, content in recipe(title):
        file = tree / file_name
        assert file.exists() == (language == "csv")
        before = file.read_text(encoding="utf-8") if language == "csv" else ""
        file.write_text(before + content.lstrip("\n"), encoding="utf-8")


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=os.environ | {"PYTHONPATH": str(tree)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_table_added_as_one_file_is_listed_and_built(copy):
    asked = (
        "from scripts.tables import default, names\n"
        "from scripts.tables.__main__ import build\n"
        "from tests.tables.small import bundle, case\n"
        "cases = [case('C1', country='NO'), case('C2', country='not_stated')]\n"
        "print('countries' in default(), names()[-1])\n"
        "print(build('countries', bundle(cases)).as_csv().to_csv(index=False))\n"
    )
    assert run(copy, "-c", asked).returncode != 0
    carry_out(copy, "Add a table")
    done = run(copy, "-c", asked)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["True", "countries", "Case,Country", "C1,NO", "C2,not", "stated"]


def test_a_rule_added_as_one_file_and_one_row_is_found_by_the_command(copy):
    study = copy / "study"
    study.mkdir()
    for file_name, text in STUDY.items():
        (study / file_name).write_text(text, encoding="utf-8")
    command = ("-m", "scripts.validate", "study")
    assert "weight implausible" not in run(copy, *command).stderr
    carry_out(copy, "Add a rule")
    done = run(copy, *command)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr.count("weight implausible") == 1
    assert "cases.csv, row 2, case C1, weight" in done.stderr
    assert "Check the number and its unit against the source." in done.stderr


def test_the_page_names_files_that_exist():
    told = {place for place in PLACE.findall(PAGE) if "<" not in place}
    new = {place for title in ("Add a table", "Add a rule") for _, place, _ in recipe(title)}
    assert sorted(place for place in told - new if not (REPOSITORY / place).exists()) == []


def test_the_page_names_functions_that_are_there():
    rows = [
        line.split("|") for line in PAGE.split("## Where it is decided")[1].split("\n## ")[0].splitlines()[4:] if line
    ]
    assert len(rows) > 20
    for _, question, files, functions, _ in rows:
        names = re.findall(r"`(\w+)`", functions)
        told = [REPOSITORY / place for place in PLACE.findall(files + functions)]
        texts = [file.read_text(encoding="utf-8") for file in told if file.is_file()]
        assert names, question
        assert [word for word in names if not any(re.search(rf"\b{word}\b", text) for text in texts)] == [], question


def test_links_of_the_pages_lead_to_headings():
    slugs = {
        page.name: {re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in page.read_text("utf-8").splitlines() if line.startswith("#")}
        for page in (REPOSITORY / "docs").glob("*.md")
    }  # fmt: skip
    links = re.findall(r"\]\((\w+\.md)#([\w-]+)\)", PAGE + (REPOSITORY / "docs/dictionary.md").read_text("utf-8"))
    assert links
    assert [link for link in links if link[1] not in slugs[link[0]]] == []
