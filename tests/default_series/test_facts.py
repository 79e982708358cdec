"""The facts of the 2025 report, each held to a cell of the data and to the product in which a reader meets it.

`facts.csv`: the fact in our words, its place in the report, the row and column that hold it, the cell, the product under
results/<series>/ and the words by which that product shows it. A product left blank says that none shows the cell yet.
"""

import csv
import html
import re
from pathlib import Path

import pandas as pd
import pytest

from schemas.reported import TABLES
from tests.conftest import REPOSITORY, Run
from tests.documents import opened

FACTS = list(csv.DictReader((Path(__file__).parent / "facts.csv").open(encoding="utf-8")))
RAW = REPOSITORY / "data/raw/alemtuzumab-dah"
MARKUP = re.compile(r"<svg.*?</svg>|<style.*?</style>|<[^>]+>", re.DOTALL)
NOT_SHOWN = {"the interval is an assumption", "both were transient"}
"""Kept in the data, met in no product: status and words of single cells, and outcomes of symptoms outside messages."""


def named(fact: dict[str, str]) -> str:
    return fact["fact"]


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    return {file.stem: pd.read_csv(file, dtype=str, keep_default_na=False) for file in RAW.glob("*.csv")}


@pytest.fixture(scope="module")
def texts(default_run: Run) -> dict[str, str]:
    """Product -> its text with single blanks."""
    assert default_run.code == 0, default_run.err
    folder = default_run.home / "results" / default_run.series
    return {product: " ".join(text(folder / product).split()) for product in {fact["product"] for fact in FACTS} - {""}}


def text(path: Path) -> str:
    if path.suffix == ".docx":
        return opened.docx_text(path)
    if path.suffix == ".pdf":
        return opened.pdf_text(path)[0]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as handle:
            return "\n".join(" ".join(line) for line in csv.reader(handle))
    return html.unescape(MARKUP.sub(" ", path.read_text(encoding="utf-8")))


def test_the_table_of_facts_is_whole():
    assert len(FACTS) >= 60
    assert len({fact["fact"] for fact in FACTS}) == len(FACTS)
    assert [fact["fact"] for fact in FACTS if not fact["locator"] or bool(fact["product"]) != bool(fact["shown"])] == []
    assert {fact["fact"] for fact in FACTS if not fact["product"]} == NOT_SHOWN


@pytest.mark.parametrize("fact", FACTS, ids=named)
def test_the_data_hold_it(tables, fact):
    columns = TABLES[fact["table"]].metadata["key"]
    parts = fact["key"].split(";")
    if fact["table"] == "provenance":  # its own key holds semicolons
        parts = [parts[0], ";".join(parts[1:-1]), parts[-1]]
    rows = tables[fact["table"]]
    for column, part in zip(columns, parts, strict=True):
        rows = rows[rows[column] == part]
    assert rows[fact["column"]].tolist() == [fact["expected"]]


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact["product"]], ids=named)
def test_a_reader_meets_it(texts, fact):
    assert " ".join(fact["shown"].split()) in texts[fact["product"]]


def test_every_fact_stands_in_a_row_of_the_report(tables):
    """Its own rows, its account of the overview, or the commentary behind it."""
    sources = {"ZHAO2025", "ZHAO2025_ON_DROP", "ROBERTSON2025"}
    for fact in FACTS:
        rows = tables[fact["table"]]
        if "source_id" in rows and fact["table"] not in ("provenance", "sources"):
            columns = TABLES[fact["table"]].metadata["key"]
            fact_rows = rows[rows[columns].agg(";".join, axis=1) == fact["key"]]
            assert set(fact_rows["source_id"]) <= sources, fact["fact"]


def test_still_fifteen_cases(default_run):
    assert default_run.results().query("statistic == 'set_size' and set == 'series_plus_new'")["value"].tolist() == [15]
