"""What the line listing tells beside what is decided, from reported rows to printed cells: one series of several patients."""

from dataclasses import replace

import pandas as pd
import pytest

from schemas.books import BOOKS
from schemas.findings import findings
from scripts.report import dataset
from scripts.tables import table_line_listing, table_patients
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, through, together
from tests.validate.build import SOURCE

STARTED = COURSE | {"start_date": "2024-05-01"}
ILL = EVENT | {"onset_date": "2024-05-03", "outcome": "recovered", "end_date": "2024-05-09"}
DOSE = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes", "amount": "5", "unit": "mg"} | WHERE
OTHER = COURSE | {"course": "2", "role": "concomitant", "drug": "Tablet", "substance": "tablin"}
CODE = {
    "case_id": "C1",
    "assessor": "A",
    "drug": "examplumab",
    "reaction": "rash",
    "rechallenge": "not_recurred",
} | WHERE
LATE = EVENT | {"reaction": "wheal", "role": "sentinel_sign", "term": "wheal", "onset_date": "2024-07-01"}
SEEN = {"case_id": "C1", "result": "t", "test": "biopsy", "reading": "shows_event"} | WHERE

PATIENTS = {
    "two exposures, each with its dose": {
        "courses": [STARTED, COURSE | {"course": "2", "start_date": "2025-05-01"}],
        "doses": [DOSE | {"per_interval": "2", "interval": "1", "interval_unit": "d"}, DOSE | {"course": "2", "amount": "10"},
                  DOSE | {"course": "2", "dose": "2", "amount": "20", "given": "no"}],
        "reactions": [ILL, ILL | {"reaction": "again", "course": "2", "onset_date": "2025-05-02", "end_date": "2025-05-09"}],
    },
    "other drugs, and codes of two reactions": {
        "courses": [STARTED, OTHER | {"start_lower": "1", "start_upper": "1", "start_scale": "study_day", "start_origin": "first_dose"},
                    OTHER | {"course": "3", "drug": "syrup", "substance": "", "start_date": "2022-07"},
                    OTHER | {"course": "4", "drug": "tea", "substance": "", "role": "not_administered"}],
        "reactions": [ILL, EVENT | {"reaction": "ache", "role": "symptom", "term": "headache"}],
        "assessments": [CODE, CODE | {"reaction": "ache", "rechallenge": "recurred"}],
        "tests": [SEEN, SEEN | {"result": "u", "test": "look", "reading": "normal"}],
    },
    "a sign after the death": {"courses": [STARTED], "reactions": [ILL, LATE],
                               "deaths": [{"case_id": "C1", "time_date": "2024-06-01"} | WHERE]},
}  # fmt: skip


@pytest.fixture(scope="module")
def told():
    late = {"rule": "Q39", "severity": "warning", "action": "warn", "table": "reactions", "case_id": "C3",
            "column": "onset_date", "file": "reactions.csv", "row": 7, "finding": "F1"}  # fmt: skip
    reported = together(list(PATIENTS.values()))
    reported["sources"][0] = SOURCE | {"citation": "Author A. Journal 2024.", "doi": "10.1/x", "note": "read twice"}
    reported["statements"] = [
        {"statement": "s1", "variable": "rechallenge", "words": "it may recur", "source_id": "S1", "locator": "p 1", "status": "stated"},
        {"statement": "s2", "variable": "cases", "n": "3", "of": "3", "source_id": "S1", "locator": "p 1", "status": "stated"},
    ]  # fmt: skip
    return bundle_of(through(found=findings([late]), **reported))


def bundle_of(told):
    """As tables read it, with the books that a series without corrections has."""
    empty = {book: pd.DataFrame(columns=list(BOOKS[book].columns)) for book in ("corrections_applied", "conflicts")}
    return replace(told.bundle, books=told.bundle.books | empty)


def test_the_listing_tells_what_is_reported(told):
    table = table_line_listing.build(told)
    rows = table.cells.to_dict("records")
    assert [(row["Case"], row["Dose"]) for row in rows[:2]] == [
        ("C1", "5 mg x 2 per day"),
        ("C1, episode 2 of 2", "10 mg"),
    ]
    assert rows[2]["Other drugs"] == "Tablet (tablin) (study day 1); syrup (2022-07)"
    assert rows[2]["Rechallenge as coded (E2B)"] == "headache: 1; blue rash: 2"
    assert rows[3]["Characteristic sign (study day)"].endswith("[F1]")
    assert "F1" not in rows[3]["First symptom (study day)"]
    assert "S1: Author A. Journal 2024. doi:10.1/x Note: read twice" in table.footnotes
    assert told.claims == ["it may recur (no number given; S1, p 1)"]


def test_the_first_table_names_the_tests_that_show_the_event(told):
    assert table_patients.build(told).cells["Shown by"].tolist() == ["–", "biopsy", "–"]


def test_a_patient_counted_inside_a_group_is_told_by_what_is_known_of_them():
    """In a sensitivity set they stand with the resolution of the member whose place they take; it is never told as theirs.
    Their onset is, though a second source tells it."""
    first = {"onset_lower": "2", "onset_upper": "2", "onset_scale": "study_day", "onset_origin": "first_dose"}
    within = {
        "end_lower": "0",
        "end_upper": "14",
        "end_scale": "d",
        "end_origin": "not_stated",
        "end_basis": "clinical",
    }
    member, patient = {"case_id": "ROW"}, {"case_id": "P"}
    told = through(
        sources=[SOURCE, SOURCE | {"source_id": "S2"}],
        cases=[CASE | member | {"identity": "anonymous", "aggregate_id": "A1"}, CASE | patient],
        courses=[COURSE | member, COURSE | patient],
        reactions=[EVENT | member | within, EVENT | patient | first | {"source_id": "S2"}],
        links=[{"a": "P", "b": "A1", "verdict": "member_of", "confidence": "high", "reason": "invented"}],
    )
    times = told.derived["times"]
    lent = times[
        (times["case_id"] == "P") & (times["endpoint"] == "clinical_resolution") & (times["state"] == "observed")
    ]
    assert [*lent["set"]] == ["replace_high", "replace_all"]
    listed = table_line_listing.build(bundle_of(told)).cells.set_index("Case").loc["P (counted inside A1)"]
    assert listed[["First symptom (study day)", "Resolution (days after)"]].tolist() == ["2", "not known"]
    kept = dataset.cases(told.bundle).set_index("case_id").loc["P"]
    assert kept[["onset_upper", "onset_state", "resolution_state"]].tolist() == [2.0, "observed", "unknown"]
    documented = told.documented["P"].times
    assert documented["first_symptom", "first_dose"]["upper"] == 2
    assert {row["state"] for (kind, _), row in documented.items() if kind == "clinical_resolution"} == {"unknown"}
