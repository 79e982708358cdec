"""The dictionary is what the contracts say, every table and column of them."""

import pandera.pandas as pa
import pytest

from schemas.books import BOOKS
from schemas.contract import table
from schemas.derived import DERIVED
from schemas.fields import coded, key, number
from schemas.reported import TABLES
from workflow import config_page, dictionary

SMALL = table(
    "bottles",
    "One bottle",
    ["bottle"],
    key("bottle", "Bottle", "Its number."),
    number("size", "Size", "Full | to the brim.", unit="mL", e2b="G.k.4.r.1a", faers="DRUG.dose_amt"),
    coded("given", "given", "Given", "", e2b_r2="B.4"),
    facts=False,
)


def test_page_is_in_step():
    assert dictionary.PAGE.read_text(encoding="utf-8") == dictionary.text(), "run `make dictionary`"


def test_the_page_of_the_config_is_in_step_and_says_what_every_key_means():
    text = config_page.text()
    assert config_page.PAGE.read_text(encoding="utf-8") == text, "run `make dictionary`"
    cells = [line.split(" | ") for line in text.split("## Options")[0].splitlines() if line.startswith("| `")]
    assert [key for key, meaning, *_ in cells if not meaning.strip()] == []
    assert {"| `analysis.level`", "| `documents.sender.kind`", "| `sources.path`"} <= {key for key, *_ in cells}


@pytest.mark.parametrize("schema", [*TABLES.values(), *DERIVED.values(), *BOOKS.values()])
def test_every_table_and_column_stands_on_the_page(schema):
    section = dictionary.text().split(f"\n### {schema.name}\n")[1].split("\n### ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    assert [line.split("`")[1] for line in lines] == list(schema.columns)


def test_a_reported_table_in_full():
    assert dictionary._reported(SMALL, [{"bottle": "B1"}, {"bottle": "B2", "size": "20"}]) == (
        "\n### bottles\n\nOne bottle. Key: `bottle`.\n\n"
        "| Column | Title | Meaning | Unit | Values | Element | Example |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| `bottle` | Bottle | Its number. |  | key, must be filled in |  | B1 |\n"
        "| `size` | Size | Full \\| to the brim. | mL | number | G.k.4.r.1a; FAERS DRUG.dose_amt | 20 |\n"
        "| `given` | Given |  |  | [given](../schemas/codelists/given.csv) | R2 B.4 |  |\n"
    )


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.Column(str), "text"),
        (pa.Column(float), "number"),
        (pa.Column(int), "whole number"),
        (pa.Column(str, pa.Check.isin(["yes", "", "no"])), "`no`, `yes`"),
    ],
)
def test_what_a_column_may_hold(column, expected):
    assert dictionary._values(column) == expected
