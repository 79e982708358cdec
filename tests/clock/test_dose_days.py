"""Doses and the last-dose clock."""

import math

import pandas as pd
import pytest

from scripts.clock.dose_days import all_since_last_dose, doses_before, since_last_dose
from scripts.derive.rows_of_cases import runs
from tests.decisions.line import COURSE, EVENT, WHERE, Cases
from tests.decisions.timed import each


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


@pytest.mark.parametrize(
    ("numbers", "words"), [([], ""), ([2], "2"), ([2, 3, 4], "2, 3, 4"), ([2, 4, 5, 6, 7, 9], "2, 4 to 7, 9")]
)
def test_runs_of_numbers(numbers, words):
    assert runs(numbers) == words


SERIES = Cases()
DAILY = {"case_id": "C1", "course": "1", "dose": "1", "time_date": "2024-05-01", "end_date": "2024-05-10",
         "interval": "1", "interval_unit": "d"} | WHERE  # fmt: skip
SEVERAL = [
    # a record; days since the last dose before an onset on 6 May
    (DAILY, (0, 2)),
    (DAILY | {"interval": "8", "interval_unit": "h"}, (0, 2)),
    (DAILY | {"end_date": "2024-05-03"}, (3, 4)),
    (DAILY | {"interval": "1", "interval_unit": "wk"}, (5, 6)),
    (DAILY | {"interval": "4"}, (1, 2)),
    (DAILY | {"end_date": "2024-05-01", "interval": "", "interval_unit": ""}, (5, 6)),
    (DAILY | {"end_date": "2024-05-03", "interval": "", "interval_unit": ""}, (3, 4)),  # the last on the day it ended
    # several doses, and nobody says on which days
    (DAILY | {"interval": "", "interval_unit": ""}, (0, math.inf)),
    (DAILY | {"end_date": ""}, (0, math.inf)),
    (DAILY | {"end_date": "2024-05"}, (0, math.inf)),
    (DAILY | {"interval": "1", "interval_unit": "mo"}, (0, math.inf)),
    (DAILY | {"interval": "1", "interval_unit": "wk", "per_interval": "2"}, (0, math.inf)),
    (DAILY | {"end_date": "", "interval": "", "interval_unit": "", "duration": "9", "duration_scale": "d"}, (0, math.inf)),
    (DAILY | {"end_date": "", "interval": "", "interval_unit": "", "duration": "2", "duration_scale": "h"}, (5, 6)),
]  # fmt: skip


BEGUN, ILL = COURSE | {"start_date": "2024-05-01"}, EVENT | {"onset_date": "2024-05-06"}
RECORDS = SERIES.of({"courses": [BEGUN], "reactions": [ILL], "doses": [record]} for record, _ in SEVERAL)


def test_a_record_with_interval_begin_and_end_gives_every_dose_day():
    assert [row[1:] for row in each("first_symptom", "last_dose", RECORDS)] == [bounds for _, bounds in SEVERAL]
    assert RECORDS.patients("exposure_continued", "possibly_continued")[0] == ("7 to 10", "6")


GIVEN = SERIES.of(
    {"courses": [BEGUN | {"given_lower": given, "given_upper": given}], "reactions": [ILL], "doses": [DAILY]}
    for given in ("10", "12")
)


def test_every_dose_that_was_given_is_in_the_record():
    assert GIVEN.patients("doses_before_onset") == [("5 to 6",), ("",)]


TIMED = [  # lower, upper, grain, days of the doses; from the last dose
    ((1 / 48, 1 / 48, "exact"), [0, 7], (1 / 48, 1 / 48, "exact")),  # long before the second dose
    ((6, 6, "exact"), [0, 7], (6, 6, "exact")),
    ((6.5, 6.5, "exact"), [0, 7], (0, 8, "day")),  # the second dose may have been given at once after midnight
    ((1 / 48, 1 / 48, "exact"), [0, 1], (0, 2, "day")),
    ((1.25, 1.25, "exact"), [0, 2], (0, 3, "day")),
    ((1, 2, "day"), [0, 2], (1, 2, "day")),
    ((6, 7, "day"), [0, 7], (6, 7, "day")),
]


def test_elapsed_time_may_end_a_day_later_and_stays_as_it_is_before_the_second_dose():
    times = pd.DataFrame([time for time, _, _ in TIMED], columns=["lower", "upper", "grain"])
    for place, (_, days, answer) in enumerate(TIMED):
        case_time = times.iloc[[place]].set_axis(["C1"])
        days_since = all_since_last_dose(case_time, {"C1": days}, {})
        assert tuple(days_since.loc["C1"]) == answer
