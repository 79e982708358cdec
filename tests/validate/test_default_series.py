"""The default series: every finding is meant. Source: its rows (definitions: doubtful-units)."""

from pathlib import Path

import pytest

from schemas.profile import load
from scripts.ingest.native.from_csv import read
from scripts.validate import check

FINDINGS = {
    ("Q01", "tests", "ZHAO-2025", "/L FEU"),
    ("Q02", "tests", "ZHAO-2025", "26,663 mg/L FEU"),
    ("Q04", "tests", "ZHAO-2025", "mg/L FEU"),
    ("Q05", "tests", "ZHAO-2025", "18,752"),
    ("Q05", "tests", "ZHAO-2025", "26,663"),
    ("Q17", "courses", "ZHAO-2025", "2022-07"),
    ("Q17", "history", "ZHAO-2025", "2018"),
    ("Q20", "cases", "ZHAO-2025", "29"),
    ("Q21", "remarks", "", "low-dose treatment regimen"),
    ("Q23", "remarks", "ZHAO-2025", "acute severe respiratory distress"),
    ("Q23", "remarks", "ZHAO-2025", "There was no recurrence of DAH"),
    ("Q23", "remarks", "ZHAO-2025", "Investigations post DAH"),
    ("Q23", "remarks", "ZHAO-2025", "within 16 days"),
    ("Q24", "remarks", "", "9 of the 11 RRMS patients within 2 weeks"),
    ("Q24", "remarks", "ZHAO-2025", "most likely diagnosis of DAH"),
    ("Q24", "remarks", "TAHIR-LEEDS", "without other overt symptoms"),
    ("Q26", "cases", "MYRO-2018", "ZHAO-2025"),
    ("Q30", "alternatives", "ZHAO-2025", "asthma flare"),
    ("Q30", "alternatives", "ZHAO-2025", "pulmonary embolism"),
    ("Q30", "courses", "MYRO-2018", "ibuprofen"),
    ("Q30", "remarks", "ZHAO-2025", "dalteparin prophylaxis"),
    ("Q30", "history", "TAHIR-LEEDS", "Alport syndrome"),
    ("Q31", "history", "ZHAO-2025", "21 infusions over 26 months; stopped for high JC virus titre"),
    ("Q32", "reactions", "BAYAS-2020", "recovered"),
    ("Q37", "reactions", "MYRO-2018", "following the second infusion"),
    ("Q45", "reactions", "BAYAS-2020", "2"),
    ("Q46", "reactions", "BAYAS-2020", "2 mo"),
}


@pytest.fixture(scope="module")
def found():
    return check(read(Path("data/raw/alemtuzumab-dah")).tables, load("config/series/alemtuzumab-dah.yaml"))


def test_every_finding_is_meant_and_none_is_missing(found):
    assert set(zip(found["rule"], found["table"], found["case_id"], found["value"], strict=True)) == FINDINGS


def test_no_lymphocyte_count_is_flagged_under_the_drug(found):
    assert not found["value"].str.contains("0.01").any()


def test_an_anticoagulant_in_a_course_without_the_haemorrhage_competes_with_nothing(found):
    """Dalteparin stands in `mitigation` of the second course and as a drug begun with it, a year after the haemorrhage."""
    competing = found[found["rule"] == "Q30"]
    treatments = competing[competing["table"].isin(["courses", "managements"])]
    assert treatments[["case_id", "value"]].values.tolist() == [["MYRO-2018", "ibuprofen"]]
    alport = competing.loc[competing["value"] == "Alport syndrome", "what"].item()
    assert alport.startswith("anti-GBM disease: itself a cause of alveolar haemorrhage")


def test_a_note_that_leaves_the_date_of_the_age_open_does_not_settle_it(found):
    assert "column `age_lower`" in found.loc[found["rule"] == "Q20", "cure"].item()


def test_twenty_one_infusions_in_twenty_six_months(found):
    """26 x 30.4375 / 20 = 39.57 days between infusions."""
    assert found.loc[found["rule"] == "Q31", "what"].tolist() == ["one every 39.6 days; usual is 30.4"]


def test_remarks_carry_the_reviewers_decision(found):
    cures = found.loc[found["table"] == "remarks", "cure"]
    assert cures.str.endswith("(data curator)").all()
