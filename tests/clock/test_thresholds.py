"""What had come by a threshold, row by row of the table in scripts/clock/thresholds.py."""

import pandas as pd
import pytest

from schemas.thresholds import Threshold, threshold
from scripts.clock.thresholds import reached

INF = float("inf")


@pytest.mark.parametrize(
    ("lower", "upper", "grain", "clock", "asked", "known", "possible"),
    [
        # study day s: day 4 after a dose is the count 3, (3, 4]
        (3, 4, "day", "first_dose", (4, "study_day"), True, True),
        (3, 4, "day", "first_dose", (3, "study_day"), False, False),
        (0, 4, "day", "first_dose", (2, "study_day"), False, True),
        # ... asked of an exact time e: yes e <= s - 1, no e >= s, else it straddles
        (3, 3, "exact", "first_dose", (4, "study_day"), True, True),
        (3, 3, "exact", "first_dose", (3, "study_day"), False, False),
        (2.5, 2.5, "exact", "first_dose", (3, "study_day"), False, True),
        # days ask a time known to the day for its count
        (14, 15, "day", "first_dose", (14, "d"), True, True),
        (15, 16, "day", "first_dose", (14, "d"), False, False),
        (14, 16, "day", "first_dose", (14, "d"), False, True),
        (14, 14, "day", "event", (14, "d"), True, True),
        (0, 16, "day", "event", (14, "d"), False, True),
        (14.5, 14.5, "exact", "event", (14, "d"), False, False),
        (14, INF, "day", "event", (14, "d"), False, False),
        # hours and minutes ask elapsed time: a count k is then (k - 1, k + 1]
        (0, 1, "day", "first_dose", (24, "h"), True, True),
        (0, 1, "day", "first_dose", (30, "min"), False, True),
        (1, 2, "day", "first_dose", (24, "h"), False, True),
        (2, 3, "day", "first_dose", (24, "h"), False, False),
        (1, 1, "day", "event", (24, "h"), False, True),
        (1, 1, "day", "event", (48, "h"), True, True),
        (1 / 48, 1 / 48, "exact", "first_dose", (30, "min"), True, True),
        # ... the same time in another unit
        (1 * (1 / 24), INF, "exact", "first_dose", (60, "min"), False, False),
        (0, 60 * (1 / 1440), "exact", "first_dose", (1, "h"), True, True),
        (0, INF, "", "first_dose", (4, "study_day"), False, True),
    ],
)
def test_reached(lower, upper, grain, clock, asked, known, possible):
    times = pd.DataFrame({"lower": [float(lower)], "upper": [float(upper)], "grain": [grain], "clock": [clock]})
    assert tuple(bool(verdict.iloc[0]) for verdict in reached(times, Threshold(*asked))) == (known, possible)


@pytest.mark.parametrize(
    ("cell", "asked"),
    [(2, (2, "study_day")), ("30 min", (30, "min")), ("6h", (6, "h")), ("14 d", (14, "d")), ("1.5 h", (1.5, "h"))],
)
def test_a_threshold_of_the_config(cell, asked):
    assert threshold(cell, "study_day") == Threshold(*asked)


@pytest.mark.parametrize("cell", ["1.5 d", "two", "3 wk", "-2 h", "h"])
def test_a_threshold_that_is_none(cell):
    with pytest.raises(ValueError, match="a whole number, or a number with its unit such as 30 min, 6 h or 14 d"):
        threshold(cell, "study_day")
