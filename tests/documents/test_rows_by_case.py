"""Rows of one case, out of a table of all."""

import math

import pandas as pd

from scripts.documents.rows_by_case import RowsByCase

TIMES = pd.DataFrame(
    [("B", "onset", 1.0), ("A", "onset", 2.5), ("Z", "onset", 9.0), ("B", "end", math.inf)],
    columns=["case_id", "endpoint", "lower"],
)
PLACES = {"A": 0, "B": 1, "C": 2}


def test_a_case_has_its_own_rows_in_their_order():
    """Z is no case of the series, C has no row."""
    found = RowsByCase(TIMES, PLACES)
    assert {case: found.of(case) for case in PLACES} == {
        "A": [{"case_id": "A", "endpoint": "onset", "lower": 2.5}],
        "B": [
            {"case_id": "B", "endpoint": "onset", "lower": 1.0},
            {"case_id": "B", "endpoint": "end", "lower": math.inf},
        ],
        "C": [],
    }
    assert type(found.of("A")[0]["lower"]) is float
    assert dict(found.one("A")) == found.of("A")[0]
