"""Laboratory values as printed: which number, which range, which unit, and what cannot be told."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scripts.words import quantities
from scripts.words.quantities import Printed, Range


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.5", Printed(0.5)), ("1,23", Printed(1.23)), ("< 0.27", Printed(0.27, "<")), ("-0,5", Printed(-0.5)),
        ("\u22123.5", Printed(-3.5)), ("1,234,567.8", Printed(1234567.8)), ("1.234,5", Printed(1234.5)),
        ("1.234.567", Printed(1234567.0)), ("12\u202f500", Printed(12500.0)), ("1'234'567", Printed(1234567.0)),
        ("18,752", Printed(18752.0, ambiguous=True)), ("18.752", Printed(18.752, ambiguous=True)),
        ("-1,234", Printed(-1234.0, ambiguous=True)), ("0.125", Printed(0.125)), ("0,125", Printed(0.125)),
        ("1:160", Printed(None)), ("5-10", Printed(None)), ("positive", Printed(None)), ("", Printed(None)),
    ],
)  # fmt: skip
def test_printed_numbers(text, number):
    assert quantities.printed_number(text) == number


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("0-500", Range(0, 500)), ("(0 \u2013 500 ng/mL)", Range(0, 500, "ng/mL")), ("< 500 ng/mL", Range(None, 500, "ng/mL")),
        ("ref. range: 0.1 to 0,5 mg/L", Range(0.1, 0.5, "mg/L")), ("normal <1.500", Range(None, 1.5, "", True)),
        (">=4 g/L", Range(4, None, "g/L")), ("\u2265 4", Range(4, None)), ("> 1.500", Range(1.5, None, "", True)),
        ("0-18,752", Range(0, 18752, "", True)), ("negative", Range()), ("", Range()),
    ],
)  # fmt: skip
def test_printed_ranges(text, limits):
    assert quantities.printed_range(text) == limits


@pytest.mark.parametrize(
    ("unit", "is_incomplete"),
    [
        ("/L FEU", True), ("FEU", True), ("/L", True), ("L-1", True), ("L\u207b\u00b9 FEU", True), ("/dL", True), ("/mL", True), ("/24h", True),
        ("/\u00b5L", False), ("/mm3", False), ("/HPF", False), ("/min", False), ("/100 WBC", False), ("cells/L", False), ("mg/L FEU", False),
        ("", False), ("U/L", False),
    ],
)  # fmt: skip
def test_a_unit_without_numerator_is_incomplete_unless_it_counts(unit, is_incomplete):
    assert quantities.incomplete(unit) == is_incomplete


@pytest.mark.parametrize(
    ("unit", "other", "factor"),
    [
        ("mg/L FEU", "ug/L FEU", 1000), ("\u00b5g/L", "\u03bcg/L", 1), ("mcg/mL", "mg/L", 1), ("mg L-1", "mg/L", 1),
        ("mg\u00b7L\u207b\u00b9", "ug/mL", 1), ("x 10\u2079/L", "10*9/L", 1), ("10^3/\u00b5L", "10^9/L", 1),
        ("/\u00b5L", "10^9/L", 0.001), ("cells/mm3", "/uL", 1), ("g/dl", "g/L", 10),
        ("10e9/l", "10^9/L", 1), ("MG/DL", "mg/L", 10), ("MCG/ML", "mg/L", 1), ("mg/L (FEU)", "mg/L FEU", 1),
        ("mg/L fibrinogen equivalent units", "mg/L D-dimer units", None),
        ("mg/L FEU", "mg/L DDU", None), ("ug/L", "mg/L FEU", 0.001), ("mg/L", "mmol/L", None), ("glasses", "mg", None),
        ("10^9^9/L", "10^9/L", None), ("9" * 41, "10^9/L", None), ("mg/", "mg/L", None), ("(mg/L", "mg/L", None),
        ("1/0", "mg/L", None), ("mg (", "mg", None), ("mg/L^", "mg/L", None), ("1" + "0" * 30, "mg", None),
    ],
)  # fmt: skip
def test_units_compare_by_what_they_mean(unit, other, factor):
    """By dimension alone: 1 mg = 1000 ug, 1 uL = 1 mm3 = 1e-6 L. A power of a power is not evaluated."""
    ratio = quantities.factor(unit, other)
    assert ratio == (None if factor is None else pytest.approx(factor, rel=1e-12))


def test_a_test_is_known_by_any_spelling_of_its_name():
    names = ["D-dimer", "Serum D-Dimers", "d dimer (plasma)", "D\u2010dimer level"]
    assert {quantities.analyte(analyte_name) for analyte_name in names} == {"d dimer"}
    assert {quantities.analyte(analyte_name) for analyte_name in ["Lymphocytes", "lymphocyte count"]} == {"lymphocyte"}
    assert quantities.analyte("Glucose") == "glucose"
    assert quantities.analyte("arterial pO2") != quantities.analyte("venous pO2")
    assert quantities.analyte("HbA1c") != quantities.analyte("Hb")
    assert quantities.analyte("Blood") == "blood"


@settings(max_examples=200, deadline=None)
@example("-1E0", "%")
@given(st.text(alphabet="mgulL/^*().- 0123456789FEUx", max_size=12), st.sampled_from(["mg/L", "10^9/L", "%"]))
def test_no_unit_that_anybody_types_is_a_traceback(unit, other):
    assert quantities.factor(unit, other) is None or quantities.factor(unit, other) >= 0
    quantities.incomplete(unit)
    quantities.printed_number(unit)
    quantities.printed_range(unit)
