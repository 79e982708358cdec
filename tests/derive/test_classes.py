"""The long-effect note and test verdicts on literal rows (definitions: doubtful-units)."""

import math

import pandas as pd
import pytest

from schemas.profile import Analyte
from scripts.derive.clinical.effect import with_effect
from scripts.derive.results_of_tests import results_of_tests


def test_the_long_effect_adds_a_note_and_keeps_the_class():
    table = pd.DataFrame({"dechallenge": "positive", "dechallenge_note": ["", ""]}, index=["A", "B"])
    times = pd.DataFrame({"case_id": ["A", "B"], "state": "observed", "upper": [16.0, 60.0]})
    classes = with_effect(table, times, 30.0, "it lasts")
    assert classes["dechallenge"].tolist() == ["positive", "positive"]
    assert classes["dechallenge_note"].tolist() == [
        "says little about causality, since the drug goes on acting: it lasts",
        "",
    ]


def printed(*rows: tuple) -> pd.DataFrame:
    columns = [
        "case_id",
        "result",
        "test",
        "course",
        "value",
        "unit_as_printed",
        "reference_as_printed",
        "reading",
        "finding",
    ]
    return pd.DataFrame([(*row, "", "") for row in rows], columns=columns)


def test_laboratory_verdicts_and_folds():
    analytes = {"D-dimer": Analyte(upper=0.5, unit="mg/L FEU", source="test"),
                "lymphocyte count": Analyte(lower=1, unit="10^9/L", expected="depletion", source="test")}  # fmt: skip
    results = results_of_tests(
        printed(
            ("A", "1", "D-dimer", "1", "18,752", "/L FEU", "0-500"),
            ("A", "2", "D-dimer", "2", "26,663", "mg/L FEU", "not_stated"),
            ("A", "3", "lymphocyte count", "1", "0.01", "x 10^9/L", ""),
            ("B", "4", "D-dimer", "1", "750", "ng/mL FEU", "< 500 ng/mL"),
            ("B", "5", "troponin", "1", "negative", "", ""),
            ("B", "6", "sodium", "1", "140", "", ""),
        ),
        analytes,
    )
    assert results["verdict"].tolist() == [
        "incomplete",
        "implausible",
        "as_printed",
        "as_printed",
        "not_numeric",
        "no_unit",
    ]
    assert results["fold"].tolist() == pytest.approx([37.504, 53.326, math.nan, 1.5, math.nan, math.nan], nan_ok=True)
    assert results["fold_condition"].tolist() == ["", "if the unit is that of the first range", "", "", "", ""]
    assert results["as_printed"].tolist()[:2] == ["18,752 /L FEU", "26,663 mg/L FEU"]
    assert results["expected"].tolist()[2] == "depletion"


def test_no_tests_give_an_empty_table():
    assert len(results_of_tests(printed(), {})) == 0
