"""Whole days from a dose are known to the day; everything else stays as typed."""

import pandas as pd
import pytest

from scripts.clock.intervals import elapsed

INF = float("inf")


@pytest.mark.parametrize(
    ("low", "high", "scale", "origin", "bounds"),
    [("3", "3", "d", "first_dose", (3, 4)), ("4", "4", "study_day", "first_dose", (3, 4)), ("2", "3", "d", "last_dose", (2, 4)),
     ("", "3", "d", "first_dose", (0, 4)), ("5", "", "d", "first_dose", (5, INF)), ("72", "72", "h", "first_dose", (3, 3)),
     ("2.5", "2.5", "d", "first_dose", (2.5, 2.5)), ("", "16", "d", "onset:r1", (0, 16)), ("3", "3", "d", "admission", (3, 3)),
     ("3", "3", "d", "not_stated", (3, 3)), ("1", "1", "wk", "first_dose", (7, 7))],
)  # fmt: skip
def test_whole_days_from_a_dose(low, high, scale, origin, bounds):
    row = pd.DataFrame({"t_lower": [low], "t_upper": [high], "t_scale": [scale], "t_origin": [origin]})
    interval = elapsed(row, "t").iloc[0]
    assert (interval["lower"], interval["upper"]) == bounds
