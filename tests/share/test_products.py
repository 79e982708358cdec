"""The copy of the default series: no name, place, date or word of a source in any of its products."""

import csv
import re
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader

from schemas.profile import load
from schemas.reported import TABLES
from scripts.share.counts import MASKED, RULE
from scripts.share.pseudonyms import vocabulary
from tests.conftest import REPOSITORY
from tests.room import called
from workflow.share import ABOUT, FIGURES, commands
from workflow.share import TABLES as TABLES_SHARED

PROFILE = REPOSITORY / "config/series/alemtuzumab-dah.yaml"
NAME = re.compile("[A-Z0-9 ]")
"""What a text has that is no word of the program: a capital, a figure or a space."""
OURS = re.compile(r"(Table|Figure) \d+")
"""A locator in a source, and a caption of our own too."""
SHORTEST = 5
"""Letters of a word of a source that could not stand in a product by chance."""


@pytest.fixture(scope="module")
def copy(default_run, tmp_path_factory):
    """The folder of the copy, made by the commands of `make share`."""
    made, place = default_run.home / "data/processed/alemtuzumab-dah", tmp_path_factory.mktemp("share")
    inputs = [made / "derived", "--results", made / "build", "--series", made / "series", "--findings",
              made / "findings.csv", "--profile", PROFILE, "--settings", default_run.home / "study.yaml"]  # fmt: skip
    for room, *given in commands("pseudonymous", inputs, place / "work", place / "out"):
        done = called(room.removeprefix("scripts."), *given)
        assert done.returncode == 0, done.stderr
    return place / "out"


def texts(folder):
    """Every text of every file, those within a Word file, a workbook or a PDF and what a PNG says of itself too."""
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(file) as parts:
                yield file, " ".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist())
        elif file.suffix == ".pdf":
            read = PdfReader(file)
            yield (
                file,
                " ".join([*(page.extract_text() for page in read.pages), *map(str, (read.metadata or {}).values())]),
            )
        elif file.suffix == ".png":
            yield file, " ".join(map(str, Image.open(file).info.values()))
        elif file.is_file():
            yield file, file.read_bytes().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def private(default_run):
    """What must not be there: ids of cases and sources, dates, and every longer text of the reported tables that the
    profile does not have."""
    known, profile = vocabulary(load(PROFILE)), PROFILE.read_text(encoding="utf-8").casefold()
    cells = set()
    for table_name, contract in TABLES.items():
        table = default_run.processed(f"series/{table_name}.csv")
        for column, field in contract.columns.items():
            if field.metadata["kind"] in ("key", "text", "date") and "codelist" not in field.metadata:
                cells |= set(table[column])
    telling = {text for text in cells if len(text) >= SHORTEST and NAME.search(text) and not text.isdigit()}
    private = {text for text in telling if text.casefold() not in known and text.casefold() not in profile}
    return {text for text in private if not OURS.fullmatch(text)}


def test_nothing_private_stands_in_any_product(copy, private):
    assert {"ZHAO-2025", "ZHAO2025", "2022-07", "United Kingdom", "burning sensation"} <= private
    leaks = [
        (file.name, text)
        for file, content in texts(copy)
        for text in private
        if text in content and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", content)
    ]
    assert leaks == []


def test_the_products_are_there_and_say_the_same_numbers(copy, default_run):
    for figure_name in FIGURES:
        assert "P01" in (copy / f"figures/{figure_name}.csv").read_text(encoding="utf-8"), figure_name
    assert (copy / "dataset/cases.csv").exists()
    page = (copy / "report.html").read_text(encoding="utf-8")
    assert 'id="case-P01"' in page
    assert page.count("<figure") == len(FIGURES) + len(TABLES_SHARED)
    assert "onfidential:" not in page
    assert "known 12, possible 15 of 15" in page
    assert ",Europe," in (copy / "dataset/cases.csv").read_text(encoding="utf-8")
    original, copied = (
        folder / "figures/onset.caption.txt" for folder in (default_run.home / "results/alemtuzumab-dah", copy)
    )
    told = "known 12, possible 15 of 15"
    assert [told in file.read_text(encoding="utf-8") for file in (original, copied)] == [True, True]
    assert all("Draft for qualified review" in words for words in ABOUT.values())


def content_of_all(file):
    return [row["all"] for row in csv.DictReader(file.open(encoding="utf-8"))]


def test_the_full_set_says_confidential_in_each_product(default_run):
    top = default_run.home / "results/alemtuzumab-dah"
    plain = (".csv", ".txt", "")
    products = {
        file: words.lower() for file, words in texts(top) if file.suffix not in plain and file.name != "manifest.json"
    }
    silent = [file.name for file, words in products.items() if "confidential" not in words]
    assert len(products) > 60
    assert silent == []
    assert "onfidential" in (top / "CONFIDENTIAL.txt").read_text(encoding="utf-8")


def test_the_public_copy_holds_counts_alone(copy, default_run):
    work = copy.parent / "work"
    last = commands(
        "public", ["--profile", PROFILE, "--settings", default_run.home / "study.yaml"], work, copy.parent / "public"
    )[-1]
    assert called("share", *last[1:]).returncode == 0
    assert sorted(file.name for file in (copy.parent / "public").iterdir()) == [
        "counts.csv",
        "counts.svg",
        "report.html",
    ]
    page, picture = (
        (copy.parent / f"public/{file_name}").read_text(encoding="utf-8") for file_name in ("report.html", "counts.svg")
    )
    assert RULE in page
    assert picture in page
    assert picture.count(">masked<") == content_of_all(copy.parent / "public/counts.csv").count(MASKED)
    assert not re.search(r"P\d\d", page)
    content = (copy.parent / "public/counts.csv").read_text(encoding="utf-8")
    assert content.splitlines()[:2] == [
        "variable,level,all,MS,renal transplant,lung transplant",
        "Patients,all,15,masked,masked,masked",
    ]
    assert not re.search(r"P\d\d", content)
