"""Doses and the last-dose clock."""

import math

import pytest

from scripts.derive.exposure import doses_before, since_last_dose


@pytest.mark.parametrize(
    ("onset", "days", "expected"),
    [
        ((2, 4), [0, 1, 2], (0, 2)),  # study day 3 or 4 after doses on days 1-3: 0 or 1 day after the last
        ((0, 2), [0, 1, 2], (0, 2)),  # on a dosing day: on day 2 before or after that day's dose
        ((0, 1), [0, 1, 2], (0, 1)),  # the first dose came first
        ((2, 3), [0, 2], (0, 3)),
        ((3, 4), [0, 1, 2], (1, 2)),  # study day 4: E2B counts it as 2 d
        ((0, 0.5), [0], (0, 1)),
        ((9, 20), [0, 14], (0, 15)),  # day 15: before dose 2, 14 days after dose 1, or after it
        ((5, math.inf), [0], (math.nan, math.nan)),
        ((-2, 1), [0], (math.nan, math.nan)),  # may precede every dose
        ((0, 4), [], (math.nan, math.nan)),
    ],
)
def test_since_last_dose(onset, days, expected):
    assert since_last_dose(*onset, days) == pytest.approx(expected, nan_ok=True)


def test_a_death_came_after_the_dose_of_its_day():
    assert since_last_dose(2, 3, [0, 1, 2], after_dose=True) == (0, 1)
    assert since_last_dose(9, 20, [0, 14], after_dose=True) == (0, 14)


def test_doses_at_or_before_an_onset():
    assert doses_before([0, 1, 2], 0, 1) == (1, 1)
    assert doses_before([0, 1, 2], 0, 2) == (1, 2)
    assert doses_before([0, 1, 2], 2, 3) == (2, 3)
    assert doses_before([0, 0, 1], 0, 1) == (1, 2)
    assert doses_before([0, 1, 2], 3, 4) == (3, 3)
    assert doses_before([], 0, 2) == (0, 0)
