"""The first table: identified patients in rows, a group in one, and what is said of how many of it."""

from scripts.tables.__main__ import MOST_ROWS, on_pages
from scripts.tables.shown import shown
from scripts.tables.table_patients import build
from tests.tables.small import bundle, case, time


def test_a_row_per_identified_patient_and_one_per_group():
    group = {"identity": "anonymous", "aggregate_id": "G", "sex": "F"}
    cases = [
        case("G-1", **group, age_lower="25", age_upper="36", outcome="recovered"),
        case("G-2", **group, age_lower="25", age_upper="36"),
        case("A", sex="M", outcome="fatal", vital="died_of_event"),
        case("B", counted="inside"),
    ]
    table = build(
        bundle(cases, times=[time("A", "first_symptom", 1.0, 2.0), time("G-1", "sentinel_sign", 2.0, 4.0)])
    ).cells
    assert table["Patient"].tolist() == [
        "2 patients known only as a group (G)", "A", "B (counted inside a group)",
    ]  # fmt: skip
    assert table["Age, sex"].tolist()[0] == "25 to 36; female"
    assert table["Onset (study day)"].tolist() == [
        "sign 3 to 4 (1 of 2); not known (1 of 2)",
        "first symptom 2",
        "not known",
    ]
    assert table["Outcome"].tolist()[0].startswith("recovered or resolved (1 of 2)")


def test_a_table_too_long_for_a_page_says_where_it_stands():
    long = shown("Long", [{"a": "x"}] * (MOST_ROWS + 1), ["a"], footnotes=("note",))
    paper = on_pages(long, "long")
    assert paper.cells["Rows"].tolist() == [
        "2,001 rows, more than the 2,000 that a page shows: see long.csv and the workbook"
    ]
    assert paper.footnotes == ("note",)
    assert on_pages(shown("Short", [{"a": "x"}], ["a"]), "short").cells["a"].tolist() == ["x"]
