"""Multiples of the printed upper limit: value and range are compared in one unit, or not at all."""

import pandas as pd
import pytest

from scripts.derive.results_of_tests import results_of_tests

FIRST = "if the unit is that of the first range"
RESULTS = [  # test, value, unit, range as printed; fold by hand, condition
    ("ferritin", "200", "mg/L", "0-300 ng/mL", 200_000 / 300, ""),
    ("CRP", "12", "mg/L", "0-0.5 mg/dL", 1.2 / 0.5, ""),
    ("IgG", "5", "g/L", "0-100 mg/dL", 500 / 100, ""),
    ("creatinine", "1.2", "mg/dL", "60-110 umol/L", None, ""),
    ("tryptase", "23", "ug/L", "0-11.5", 2.0, ""),
    ("tryptase", "46", "ng/mL", "", 4.0, "by the first range"),
    ("haemoglobin", "7.5", "", "12-15 g/dL", 0.5, ""),
    ("haemoglobin", "110", "g/L", "", 11 / 15, "by the first range"),
    ("haemoglobin", "9", "", "", 0.6, FIRST),
    ("haemoglobin", "9", "not_stated", "", 0.6, FIRST),
    ("haemoglobin", "7", "mmol/L", "", None, ""),
]  # fmt: skip


def test_value_and_range_are_compared_in_one_unit():
    columns = ["test", "value", "unit_as_printed", "reference_as_printed", "fold", "condition"]
    given = pd.DataFrame(RESULTS, columns=columns).assign(case_id="C", course="1", reading="", finding="", result="r")
    results = results_of_tests(given, {})
    assert results["fold"].astype(object).where(results["fold"].notna(), None).tolist() == [
        None if row[4] is None else pytest.approx(row[4]) for row in RESULTS
    ]
    assert results["fold_condition"].tolist() == [row[5] for row in RESULTS]
    assert results["as_printed"].tolist()[-3:] == ["9", "9", "7 mmol/L"]
