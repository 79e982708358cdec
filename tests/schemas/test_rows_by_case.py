"""Rows of one case, out of a table of all."""

import math

import pandas as pd

from schemas.rows_by_case import RowsByCase

TIMES = pd.DataFrame(
    [("B", "onset", 1.0), ("A", "onset", 2.5), ("Z", "onset", 9.0), ("B", "end", math.inf)],
    columns=["case_id", "endpoint", "lower"],
)


def test_a_case_has_its_own_rows_in_their_order():
    found = RowsByCase(TIMES)
    assert list(found) == ["B", "A", "Z"]
    assert {case: found.of(case) for case in "ABC"} == {
        "A": [{"case_id": "A", "endpoint": "onset", "lower": 2.5}],
        "B": [
            {"case_id": "B", "endpoint": "onset", "lower": 1.0},
            {"case_id": "B", "endpoint": "end", "lower": math.inf},
        ],
        "C": [],
    }
    assert type(found.of("A")[0]["lower"]) is float
    assert dict(found.one("A")) == found.of("A")[0]
    assert RowsByCase(TIMES, ["lower"])["Z"] == [{"case_id": "Z", "lower": 9.0}]
