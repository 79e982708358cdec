"""Conventions of peers as plain functions."""

import pandas as pd
import pytest

from scripts.analyse.estimators.conventions import PEERS, Conventions, counts_same_day, day_number, one_row_per_case
from scripts.analyse.results.of_conventions import _to_the_day

TIMES = pd.DataFrame(
    {"case_id": list("aabb"), "lower": [3.0, 8.0, 2.0, 1.0], "upper": [4.0, 9.0, 2.0, 2.0]},
    index=[10, 11, 12, 13],
)


@pytest.mark.parametrize(
    ("origin", "expected"), [("difference", [-1, 0, 3]), ("plus_one", [0, 1, 4]), ("study_day", [-1, 1, 4])]
)
def test_day_numbers(origin, expected):
    assert day_number([-1, 0, 3], origin).tolist() == expected


@pytest.mark.parametrize(("rule", "expected"), [("counted", [False, True, True]), ("excluded", [False, False, True])])
def test_same_day_events(rule, expected):
    assert counts_same_day([-1, 0, 1], rule).tolist() == expected


@pytest.mark.parametrize(
    ("rule", "lower"), [("longest", [8.0, 2.0]), ("shortest", [3.0, 1.0]), ("first_row", [3.0, 2.0])]
)
def test_one_row_per_case(rule, lower):
    chosen = one_row_per_case(TIMES, rule)
    assert chosen["case_id"].tolist() == ["a", "b"]
    assert chosen["lower"].tolist() == lower


def test_days_known_by_a_calendar_and_exact_times_are_taken():
    """(3, 4] is three whole days, an exact time the days that have passed; a bound is neither."""
    onset = pd.DataFrame(
        {"case_id": list("abcde"), "state": ["observed"] * 4 + ["unknown"],
         "lower": [3.0, 1.5, 8.0, 0.0, 0.0], "upper": [4.0, 1.5, 8.0, 5.0, float("inf")]}
    )  # fmt: skip
    assert _to_the_day(onset, Conventions())["lower"].tolist() == [3, 1.5, 8]
    assert _to_the_day(onset.assign(lower=0.0, upper=0.0), Conventions(same_day="excluded")).empty


def test_peers_use_known_conventions():
    for conventions in PEERS.values():
        day_number([0], conventions.day_origin)
        counts_same_day([0], conventions.same_day)
        one_row_per_case(TIMES, conventions.several_rows)
    assert PEERS["dahlia"] == Conventions()


@pytest.mark.parametrize("call", [lambda: day_number([0], "zero"), lambda: one_row_per_case(TIMES, "mean")])
def test_unknown_conventions(call):
    with pytest.raises(ValueError, match="known are"):
        call()
