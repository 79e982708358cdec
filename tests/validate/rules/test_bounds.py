"""Bounds that no patient can have lived to: a date typed as a number of days."""

import pytest

from tests.validate.build import CASE, DAY, EVENT, WHERE, found_by, tables

IN_YEARS = {"start_scale": "a", "start_origin": "diagnosis"}
HISTORY = {"case_id": "C1", "item": "h", "kind": "condition", "term": "x"} | IN_YEARS | WHERE


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            {"reactions": [EVENT | {"onset_lower": "1", "onset_upper": "20240301"} | DAY]},
            [("onset_upper", "1 to 20240301")],
        ),
        (
            {"reactions": [EVENT | {"onset_lower": "-99999", "onset_upper": "1"} | DAY]},
            [("onset_upper", "-99999 to 1")],
        ),
        (
            {"reactions": [EVENT | {"onset_lower": "14", "onset_upper": ""} | DAY]},
            [],
        ),  # open, as of a case still unresolved
        ({"history": [HISTORY | {"start_lower": "100", "start_upper": "100"}]}, []),
        ({"history": [HISTORY | {"start_lower": "131", "start_upper": "131"}]}, [("start_upper", "131")]),
        ({"reactions": [EVENT | {"duration": "20200301", "duration_scale": "d"}]}, [("duration", "20200301")]),
        ({"reactions": [EVENT | {"duration": "47000", "duration_scale": "d"}]}, []),
    ],
)
def test_more_than_130_years(rows, expected):
    findings = found_by(tables(**rows), "length")
    assert list(zip(findings["column"], findings["value"], strict=True)) == expected
    assert set(findings["severity"]) <= {"error"}


@pytest.mark.parametrize(
    "rows",
    [
        {"cases": [CASE | {"weight": "-60"}]},
        {"doses": [{"case_id": "C1", "course": "1", "dose": "1", "amount": "-50", "unit": "mg"} | WHERE]},
    ],
)
def test_less_than_nothing(rows):
    findings = found_by(tables(**rows), "negative")
    assert findings["severity"].tolist() == ["error"]
