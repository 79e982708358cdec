"""Every number of the tables of whole runs stands in results.csv, and every shown cell is its rounding."""

import math
import re

import pandas as pd
import pytest

from scripts.words import wording
from tests.conftest import Run

TABLES = {"characteristics": ["characteristics"], "times": ["onset", "resolution", "death"], "rechallenge": ["rechallenge", "recurrence"],
          "sensitivity": ["onset", "resolution", "robustness", "truncation", "shape", "conventions"]}  # fmt: skip
NUMBERS = ("value", "lower", "upper", "n", "n_total")
BY_DAY = re.compile(r"(?:by day|within) ([\d.]+)(?: days)?: (?:(\d+) to )?(\d+) of (\d+) \((\S+) to (\S+)\)")


@pytest.fixture(params=["default_run", "invented_run"], scope="module")
def done(request) -> Run:
    return request.getfixturevalue(request.param)


def close(value: float, numbers: list[float]) -> bool:
    return any(value == number or math.isclose(value, number, rel_tol=1e-12) for number in numbers)


@pytest.mark.parametrize("name", TABLES)
def test_every_unrounded_value_is_a_result(done, name):
    results = done.results()
    analysis_rows = results[results["analysis"].isin(TABLES[name])]
    known = [number for column in NUMBERS for number in analysis_rows[column].dropna().unique()]
    table = done.table(f"tables/{name}.csv")
    values = table[[column for column in table if column.startswith("value: ")]]
    shown = {float(cell) for column in values for cell in values[column] if cell}
    assert shown
    assert [value for value in shown if not close(value, known)] == []


@pytest.mark.parametrize("name", ["times", "sensitivity"])
def test_known_to_possible_is_the_rounding_of_its_values(done, name):
    table = done.table(f"tables/{name}.csv")
    column = next(heading for heading in table if heading.startswith("Known to possible"))
    for row in table[table[column].str.match("by day|within")].to_dict("records"):
        assert len(BY_DAY.findall(row[column])) == row[column].count("\n") + 1
        for t, known, possible, n, low, high in BY_DAY.findall(row[column]):
            value = {
                key: float(row[f"value: {key}"])
                for key in (f"known by {t}", f"possible by {t}", "N", f"limits by {t} lower", f"limits by {t} upper")
            }
            assert [float(known or possible), float(possible), float(n)] == list(value.values())[:3]
            assert [low, high] == [wording.number(limit) for limit in list(value.values())[3:]]


def test_study_days_are_elapsed_days_plus_one(done):
    table = done.table("tables/times.csv")
    onset = table[table["Known to possible (limits)"].str.startswith("by study day") & (table["Range"] != "")]
    for row in onset.to_dict("records"):
        elapsed = float(row["value: range lower"]) + 1, float(row["value: range upper"])
        first, last = (day if day > 0 else day - 1 for day in elapsed)  # there is no study day 0
        assert row["Range"] == (f"study day {first:g} to {last:g}" if first < last else f"study day {last:g}")


def test_listing_has_every_case_once_with_its_reasons(done):
    cases, every = done.processed("derived/patients.csv"), done.table("tables/line_listing.csv")
    assert (every != "").all(axis=None)
    further = every["Case"].str.contains(", episode [2-9] of", regex=True)
    assert further.sum() == (done.processed("derived/episodes.csv")["index"] != "yes").sum()
    listing = every[~further]
    names = listing["Case"].str.split(" (counted", regex=False).str[0].str.split(", episode", regex=False).str[0]
    assert sorted(names) == sorted(cases["case_id"])
    told = pd.Series([wording.cell(sex) for sex in cases.sort_values("counted", kind="stable")["sex"]])
    assert listing["Sex"].tolist() == told.tolist()


def test_every_finding_of_a_listed_case_stands_in_its_row(done):
    findings, listing = done.table("findings.csv"), done.table("tables/line_listing.csv")
    first = listing[~listing["Case"].str.contains(", episode [2-9] of", regex=True)]
    rows = {
        re.split(r" \(counted|, episode", row["Case"])[0]: " ".join(row.values()) for row in first.to_dict("records")
    }
    for finding in findings.to_dict("records"):
        if finding["case_id"] in rows:
            assert re.search(rf"\b{finding['finding']}\b", rows[finding["case_id"]])


def test_no_percentage_under_ten_in_any_table(done):
    for table_name in ("characteristics", "rechallenge", "times"):
        for column in done.table(f"tables/{table_name}.csv"):
            for cell in done.table(f"tables/{table_name}.csv")[column]:
                for denominator in re.findall(r"of (\d+) \(\d+%\)", cell):
                    assert int(denominator) >= 10


def test_all_files_of_the_tables_are_there(done):
    folder = done.home / "results" / done.series / "tables"
    default = ["patients", "line_listing", "characteristics", "times", "rechallenge", "sensitivity", "quality_appraisal", "case_flow",
               "data_quality"]  # fmt: skip
    wanted = {*(f"{table}.{kind}" for table in default for kind in ("csv", "html")), "tables.xlsx", "tables.docx"}
    assert {file.name for file in folder.iterdir() if not file.name.startswith(".")} == wanted
