"""Published tables, as printed, through the line: what can be recomputed from them is what the articles say."""

from dataclasses import replace

import pandas as pd
import pytest

from schemas import profile
from schemas.books import BOOKS
from schemas.contract import PLACE
from schemas.profile import Profile
from scripts.commands.reading import read
from scripts.documents import criteria
from scripts.documents.causality import naranjo
from scripts.figures.swimmer import lanes
from scripts.tables import table_line_listing, table_patients
from tests.conftest import REPOSITORY
from tests.decisions.line import through

NAME = "myocarditis-mrna-vaccine"


@pytest.fixture(scope="module")
def reading():
    return read("table", REPOSITORY / f"data/raw/{NAME}/cases.csv")


def reported(reading):
    return {key: table.drop(columns=list(PLACE)).to_dict("records") for key, table in reading.tables.items()}


@pytest.fixture(scope="module")
def told(reading):
    return through(profile.load(REPOSITORY / f"config/series/{NAME}.yaml"), **reported(reading))


def test_every_printed_word_is_kept(reading):
    assert (reading.findings["severity"] == "information").all()
    assert [len(reading.tables[table]) for table in ("cases", "courses", "tests", "sources")] == [5, 5, 5 * 5, 1]
    notes = reading.tables["provenance"].query("column == 'summary'")["note"].tolist()
    assert notes[0] == (
        "Body mass index (kg/m2): 24; Cardiac comorbidities: No; Arrhythmia: No; COVID-19 vaccine manufacturer: Pfizer; Cardiac rub: No"
    )
    tests = reading.tables["tests"].query("test == 'C-reactive protein'")
    assert tests["value"].tolist() == ["50", "109", "96", "not_done", "not_done"]
    assert set(tests["unit_as_printed"]) == {"mg/l", ""}


def test_days_after_vaccination_are_counts_from_the_dose(told):
    times = told.derived["times"].query("endpoint == 'first_symptom' and clock == 'last_dose'").sort_values("case_id")
    assert list(times[["lower", "upper"]].itertuples(index=False, name=None)) == [
        (2, 3),
        (1, 2),
        (3, 4),
        (2, 3),
        (3, 4),
    ]


def test_who_they_were_and_what_they_had(told):
    patients = told.derived["patients"].set_index("case_id")
    assert patients["age_lower"].tolist() == ["22", "19", "25", "37", "20"]
    assert set(patients["sex"]) == {"M"}
    signs = told.derived["signs"].query("role == 'symptom' and occurred == 'yes'").groupby("case_id")["term"].agg(list)
    assert signs["JCMR-1"] == ["Chest pain", "Headache", "generalized malaise"]
    assert "fatigue" in signs["JCMR-3"]
    assert set(patients["vital"]) == {"unknown"}


def results(report_ordinal: str):
    """Onset in minutes after the first dose of one of the two tables of anaphylaxis: statistic, threshold -> numbers."""
    line = through(
        profile.load(REPOSITORY / "config/series/anaphylaxis-mrna-vaccine.yaml"),
        analysis={"onset_days": ["15 min", "30 min"]},
        **reported(read("table", REPOSITORY / f"data/raw/anaphylaxis-mrna-vaccine/{report_ordinal}-vaccine.csv")),
    )
    onset_rows = line.results.query(
        "analysis == 'onset' and group == 'all' and endpoint == 'first_symptom' and clock == 'first_dose'"
    )
    minutes = {
        row["statistic"]: (round(row["lower"] * 1440, 6), round(row["upper"] * 1440, 6))
        for row in onset_rows.to_dict("records")
    }
    by = {(row["statistic"], row["at"]): row["value"] for row in onset_rows.to_dict("records")}
    return line, minutes, by


def test_onset_in_minutes_is_what_the_first_report_says():
    """Published: 21 cases, median 13 minutes; 15 within 15 minutes, three from then to 30, three later; no death.

    The median age of 40 is of all 21, of whom the ages of 15 were read.
    """
    line, minutes, by = results("first")
    assert minutes["median_bounds"] == (13, 13)
    assert [by[which, at] for at in (15, 30) for which in ("known_by", "possible_by")] == [15, 15, 18, 18]
    patients = line.derived["patients"].set_index("case_id")
    assert sorted(map(int, patients["age_lower"][patients["age_lower"] != "not_seen"]))[7] == 40
    assert (patients["sex"] == "F").sum() == 14
    assert "died 0" in line.alive
    assert naranjo.derived(line.documented["P-1"])["2"] == ("yes", "first symptom timed after the dose")


def test_onset_in_minutes_is_not_against_what_the_second_report_says():
    """Published: ten cases, median 7.5 minutes (1 to 45), nine within 15. Row 9 was not read: within 15 minutes leaves 5 to 7.5."""
    _, minutes, by = results("second")
    assert minutes["median_bounds"] == (5, 7.5)
    assert (minutes["range"], by["known_by", 15], by["possible_by", 15]) == ((0, 45), 9, 9)


@pytest.fixture(scope="module")
def treated_again():
    drug_and_event = Profile.model_validate({"drug": "immune checkpoint inhibitor", "event": "myocarditis"})
    return through(
        drug_and_event, **reported(read("table", REPOSITORY / "tests/studies/published/rechallenge/cases.csv"))
    )


def test_six_were_given_it_again_and_what_came_of_it_was_not_read(treated_again):
    """A relapse that was not read is neither a recurrence nor its absence."""
    assert "recurred 0, reported not to have recurred 0 (strictly negative 0), not known 6" in treated_again.recurrence
    assert list(treated_again.derived["patients"]["rechallenge_reported"]) == ["unknown"] * 6
    assert set(treated_again.derived["patients"]["re_exposed"]) == {"yes"}


def test_three_died_of_the_cancer_and_three_did_not_die(treated_again):
    assert treated_again.alive.startswith(
        "known alive at last report 3 of 6, died 3 (of the event 0, of another cause 3, "
    )
    times = treated_again.derived["times"].query("endpoint == 'first_symptom' and clock == 'first_dose'")
    assert sorted(times["lower"]) == [21, 39, 46, 58, 63, 64]


@pytest.fixture(scope="module")
def reviewed():
    drug_and_event = Profile.model_validate(
        {"drug": "COVID-19 vaccine", "event": "postural orthostatic tachycardia syndrome"}
    )
    read_as = read("table", REPOSITORY / "tests/studies/published/literature/cases.csv")
    return read_as, through(
        drug_and_event, analysis={"clock": "last_dose", "onset_days": ["14 d"]}, **reported(read_as)
    )


def test_hours_and_days_of_one_column_are_on_one_clock(reviewed):
    """Printed: 48 h is two days elapsed, 6 days is study day 7; of the twelve ten had it within 14 days."""
    told = reviewed[1]
    onsets = told.derived["times"].query("endpoint == 'first_symptom' and clock == 'last_dose'").set_index("case_id")
    assert onsets.loc[["P-1", "P-2", "P-4"], ["lower", "upper"]].to_numpy().tolist() == [[6, 7], [2, 2], [1, 2]]
    onset = told.results.query(
        "analysis == 'onset' and group == 'all' and endpoint == 'first_symptom' and clock == 'last_dose'"
    )
    by = {row["statistic"]: row for row in onset.to_dict("records")}
    assert [by[which]["value"] for which in ("known_by", "possible_by")] == [10, 10]
    assert (by["median_bounds"]["lower"], by["median_bounds"]["upper"]) == (7, 8)


def test_every_product_counts_from_the_dose_that_the_series_counts_from(reviewed):
    """P-1: six days, P-2: 48 hours after the last dose; that the days of the doses are not known takes nothing away."""
    told, heading = reviewed[1], "(study day, day of last dose = 1)"
    patients = table_patients.build(told.bundle).cells.set_index("Patient")[f"Onset {heading}"]
    assert patients[["P-1", "P-2"]].tolist() == ["first symptom 7", "first symptom 2 days elapsed"]
    books = told.bundle.books | {
        book: pd.DataFrame(columns=[*BOOKS[book].columns]) for book in ("corrections_applied", "conflicts")
    }
    listed = table_line_listing.build(replace(told.bundle, books=books)).cells.set_index("Case")[
        f"First symptom {heading}"
    ]
    assert listed[["P-1", "P-2"]].tolist() == ["7", "2 days elapsed"]
    assert criteria.shown(told.documented.values(), ["timing"])["timing"] == list(told.documented)
    assert naranjo.derived(told.documented["P-1"])["2"] == ("yes", "first symptom later than the first dosing day")
    marks = lanes.index_marks(told.bundle).query("what == 'first_symptom'").set_index("case_id")
    assert marks.loc[["P-1", "P-2"], ["lower", "upper"]].to_numpy().tolist() == [[6, 7], [2, 2]]


def test_each_of_the_reported_cases_has_its_own_source(reviewed):
    tables = reviewed[0].tables
    assert len(tables["sources"]) == 8
    assert tables["cases"]["source_id"].value_counts()["Eldokla et al. (74)"] == 5
    notes = tables["provenance"].query("column == 'summary'")["note"].tolist()
    assert (notes[0], notes[3]) == ("Dose: First", "Medical history: Healthy; Dose: Second")
