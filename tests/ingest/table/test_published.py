"""A published table of five cases, as printed, through the line: what can be recomputed from it is what the article says."""

import pytest

from schemas import profile
from schemas.contract import PLACE
from scripts.commands.reading import read
from tests.conftest import REPOSITORY
from tests.decisions.line import through

NAME = "myocarditis-mrna-vaccine"


@pytest.fixture(scope="module")
def reading():
    return read("table", REPOSITORY / f"data/raw/{NAME}/cases.csv")


@pytest.fixture(scope="module")
def told(reading):
    reported = {name: table.drop(columns=list(PLACE)).to_dict("records") for name, table in reading.tables.items()}
    return through(profile.load(REPOSITORY / f"config/series/{NAME}.yaml"), **reported)


def test_every_printed_word_is_kept(reading):
    assert (reading.findings["severity"] == "information").all()
    assert [len(reading.tables[name]) for name in ("cases", "courses", "tests", "sources")] == [5, 5, 5 * 5, 1]
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
