"""Lowest saturation and ventilation, by the tests and measures a profile names."""

import pandas as pd

from schemas.profile import Oxygenation
from scripts.derive.oxygenation import lowest_saturation, ventilation

CASES = pd.Index(["a", "b", "c", "d", "e"])
NAMED = Oxygenation(saturation_tests=["SpO2"], ventilation_measures=["ventilat", "CPAP"])
TESTS = pd.DataFrame(
    [("a", "SpO2", "91%", "", ""), ("a", "spo2", "84", "", "on room air"), ("a", "ALT", "3", "U/L", ""),
     ("b", "SpO2", "not_stated", "", ""), ("c", "SpO2", "not_done", "", "normal"), ("c", "SpO2", "not_stated", "", ""),
     ("d", "SpO2", "0.88", "fraction", ""), ("d", "SpO2", "80", "%", "")],
    columns=["case_id", "test", "value", "unit_as_printed", "finding"],
)  # fmt: skip
MEASURES = pd.DataFrame(
    [("a", "CPAP", "one night"), ("a", "invasive ventilation", ""), ("a", "oxygen", ""), ("b", "ventilation", "not_stated"),
     ("c", "no ventilation", "")],
    columns=["case_id", "measure", "detail"],
)  # fmt: skip


def test_the_lowest_as_printed_or_the_reason():
    """Percentages and fractions are not compared; a reason for missing stays; e has no such test."""
    assert lowest_saturation(TESTS, CASES, NAMED).tolist() == [
        "84 (on room air)",
        "not_stated",
        "not_done",
        "0.88 fraction; 80 %",
        "",
    ]


def test_ventilation_in_the_words_of_the_report():
    assert ventilation(MEASURES, CASES, NAMED).tolist() == [
        "CPAP (one night); invasive ventilation",
        "not_stated",
        "no ventilation",
        "",
        "",
    ]


def test_a_profile_that_names_none():
    assert set(lowest_saturation(TESTS, CASES, Oxygenation())) == {"not_applicable"}
    assert set(ventilation(MEASURES, CASES, Oxygenation())) == {"not_applicable"}


def test_no_rows_at_all():
    assert lowest_saturation(TESTS.iloc[:0], CASES, NAMED).tolist() == [""] * 5
    assert ventilation(MEASURES.iloc[:0], CASES, NAMED).tolist() == [""] * 5
