"""Doses and the last-dose clock."""

import math

import pytest

from scripts.derive.exposure import doses_before, since_last_dose


@pytest.mark.parametrize(
    ("onset", "days", "expected"),
    [
        ((2, 4), [0, 1, 2], (0, 2)),  # study day 3 or 4 after doses on days 1-3: 0 or 1 day after the last
        ((0, 2), [0, 1, 2], (0, 1)),  # on a dosing day
        ((3, 4), [0, 1, 2], (1, 2)),  # study day 4: E2B counts it as 2 d
        ((0, 0.5), [0], (0, 1)),
        ((9, 20), [0, 14], (0, 14)),  # day 14: 13 days after dose 1; day 15: dosing day
        ((5, math.inf), [0], (math.nan, math.nan)),
        ((-2, 1), [0], (math.nan, math.nan)),  # may precede every dose
        ((0, 4), [], (math.nan, math.nan)),
    ],
)
def test_since_last_dose(onset, days, expected):
    assert since_last_dose(*onset, days) == pytest.approx(expected, nan_ok=True)


def test_doses_at_or_before_an_onset():
    assert doses_before([0, 1, 2], 0, 2) == (1, 2)
    assert doses_before([0, 1, 2], 3, 4) == (3, 3)
    assert doses_before([], 0, 2) == (0, 0)
