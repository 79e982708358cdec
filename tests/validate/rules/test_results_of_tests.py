"""Results of tests against their units, ranges, and what the drug is expected to do. Every case of a list is one patient."""

from scripts.validate.rules.clinical import rule_laboratory, rule_units
from tests.validate.build import PROFILE, TEST, tables
from tests.validate.rules.one_patient import day, told


def test_a_comma_in_a_file_of_decimal_commas():
    dimer = TEST | {"test": "x", "value": "1,286", "unit_as_printed": "mg/L"}
    one_file = tables(tests=[dimer | {"reference_as_printed": "0-5,0"}])
    findings = rule_units.find(one_file, PROFILE)
    assert findings[["rule", "severity", "column"]].to_numpy().tolist() == [["Q05", "error", "value"]]
    points = rule_units.find(tables(tests=[dimer | {"reference_as_printed": "0-5.0"}]), PROFILE)
    assert points["severity"].tolist() == ["warning"]


def test_the_range_is_blamed_where_it_is_the_range():
    tryptase = TEST | {"value": "5", "unit_as_printed": "mg/L", "reference_as_printed": "0-11"}
    cases = [
        ({"tests": [tryptase]}, "Q02 error tests.unit_as_printed"),
        ({"tests": [tryptase | {"value": "7", "unit_as_printed": "ug/L", "reference_as_printed": "0-5000"}]}, "Q02 error tests.reference_as_printed"),
    ]  # fmt: skip
    assert told(rule_laboratory, cases) == [words for _, words in cases]


def test_a_result_against_what_the_drug_is_expected_to_do():
    """The profile expects lymphocytes to fall, below any usual limit: ten times that limit is no effect of the drug."""
    cells = TEST | {"test": "lymphocyte count", "unit_as_printed": "10^9/L"}
    cases = [
        ({"tests": [cells | {"value": "12"} | day("time", "20")]}, "Q06 information tests.value"),
        ({"tests": [cells | {"value": "12"}]}, "Q06 information tests.value"),  # nobody says that it was before
        ({"tests": [cells | {"value": "12"} | day("time", "-3")]}, ""),
        ({"tests": [cells | {"value": "9"} | day("time", "20")]}, ""),
        ({"tests": [cells | {"value": "0.01"} | day("time", "20")]}, ""),
    ]
    assert told(rule_laboratory, cases) == [words for _, words in cases]
