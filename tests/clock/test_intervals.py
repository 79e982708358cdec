"""Times as half-open intervals: study days, elapsed units, calendar dates (definitions: days-and-intervals)."""

import math

import numpy as np
import pandas as pd
import pytest

from scripts.clock.intervals import (
    between_dates,
    calendar,
    counts_of_days,
    date_bounds,
    earliest,
    elapsed,
    kind,
    kinds,
    lies_before,
    not_before_origin,
)


def table(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["t_lower", "t_upper", "t_scale", "t_origin"], dtype=str)


def test_scales_become_half_open_days():
    times = elapsed(
        table(
            ("1", "4", "study_day", "first_dose"),  # closed [1, 4] -> (0, 4]
            ("4", "4", "study_day", "first_dose"),
            ("-1", "-1", "study_day", "first_dose"),  # the day before: (-1, 0]
            ("0", "16", "d", "onset:x"),  # as stated
            ("36", "36", "h", "first_dose"),  # exact
            ("", "2", "wk", "diagnosis"),  # not before the origin
            ("14", "", "d", "diagnosis"),  # open
            ("not_stated", "not_stated", "", ""),
            ("3", "4", "", "first_dose"),  # no scale, no time
        ),
        "t",
    )
    assert times["lower"].tolist() == pytest.approx([0, 3, -1, 0, 1.5, 0, 14, math.nan, math.nan], nan_ok=True)
    assert times["upper"].tolist() == pytest.approx([4, 4, 0, 16, 1.5, 14, math.inf, math.nan, math.nan], nan_ok=True)
    assert times["origin"].tolist() == ["first_dose"] * 3 + ["onset:x", "first_dose", "diagnosis", "diagnosis", "", ""]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [  # elapsed k whole days -> (k, k + 1], study day k + 1
        ("2022-07-04", "2022-07-04", (0, 1)),
        ("2022-07-04", "2022-07-07", (3, 4)),
        ("2022-07-04", "2022-07-03", (-1, 0)),
        ("2024-02-27", "2024-03-01", (3, 4)),
        ("2022-07", "2022-07-07", (-24, 7)),
        ("2022-07-04", "not_stated", (math.nan, math.nan)),
    ],
)
def test_between_dates(start, end, expected):
    interval = between_dates(calendar(pd.Series([start])), calendar(pd.Series([end])))
    assert interval[["lower", "upper"]].iloc[0].tolist() == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-03-01", "../2024-03-05", (0, 5)),  # some day until 5 March: not said to be before the drug
        ("../2024-03-01", "2024-03-05", (4, math.inf)),  # the drug began by 1 March
        ("2024-03-01/..", "2024-03-05", (0, 5)),  # the drug began on 1 March or later
        ("2024-03-01", "../2024-02-20", (math.nan, math.nan)),  # before the drug, and no number to say by how much
        ("2024-03-01", "2024-02-20", (-10, -9)),
        ("../2024", "../2024", (math.nan, math.nan)),
    ],
)
def test_dates_with_an_open_end(start, end, expected):
    interval = not_before_origin(between_dates(calendar(pd.Series([start])), calendar(pd.Series([end]))))
    assert interval[["lower", "upper"]].iloc[0].tolist() == pytest.approx(expected, nan_ok=True)


def test_part_dates_are_the_days_they_may_mean():
    spans = {
        text: date_bounds(text) for text in ("2024", "2024-02", "2024-02~", "../2024", "2024-01/2024-03", "not_seen")
    }
    assert {text: last - first for text, (first, last) in spans.items()} == pytest.approx(
        {"2024": 365, "2024-02": 28, "2024-02~": 28, "../2024": math.inf, "2024-01/2024-03": 90, "not_seen": math.nan},
        nan_ok=True,
    )


def test_earliest_of_intervals_takes_both_ends_apart():
    times = pd.DataFrame({"case_id": list("aab"), "lower": [0, 2, math.nan], "upper": [5, 3, math.nan]})
    assert earliest(times, ["case_id"]).to_dict("list") == {"case_id": ["a"], "lower": [0], "upper": [3]}


@pytest.mark.parametrize(
    ("time", "what"),
    [
        ((3.0, 4.0, "day", "first_dose"), "day"),
        ((3.0, 4.0, "day", "event"), "open"),
        ((3.0, 3.0, "day", "event"), "exact"),
        ((3.5, 3.5, "exact", "first_dose"), "exact"),
        ((0.0, 16.0, "exact", "first_dose"), "open"),
        ((0.0, np.inf, "", ""), "open"),
    ],
)
def test_what_one_time_is_and_what_many_are(time, what):
    assert kind(*time) == what
    assert kinds(*[[cell] for cell in time]).tolist() == [what]


def test_days_apart_on_the_calendar():
    """30 h after a dose given in the evening is two days later, after one in the morning one; 72 h are three days."""
    asked = pd.DataFrame(
        [
            (1.25, 1.25, "exact", True, 1, 2),
            (3, 3, "exact", True, 3, 3),
            (0, 2, "exact", True, 0, 2),
            (3, 4, "day", True, 3, 3),
            (0, 17, "day", True, 0, 16),
            (3, 3, "day", False, 3, 3),  # between two events
        ],
        columns=["lower", "upper", "grain", "of_dose", "first", "last"],
    )
    day_counts = counts_of_days(asked, asked["of_dose"])
    assert day_counts.equals(asked[["first", "last"]].astype(float))


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ((0, 1), (1, 2), True),  # (0, 1] and (1, 2] touch, and share no time
        ((1, 1), (1, 2), True),  # 1 is not in (1, 2]
        ((0, 1), (1, 1), False),  # but it is in (0, 1]
        ((1, 1), (1, 1), False),
        ((0, 1), (2, 2), True),
        ((0, 2), (1, 3), False),
        ((2, 3), (0, 1), False),
    ],
)
def test_lies_before_where_no_time_is_shared(first, second, sure):
    row, other = ({"lower": low, "upper": high} for low, high in (first, second))
    assert bool(lies_before(row, other)) is sure
    assert list(lies_before(pd.DataFrame([row]), pd.DataFrame([other]))) == [sure]
