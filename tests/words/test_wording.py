"""Rounding and symbols: known words for known values."""

import pytest

from scripts.words import wording

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [((0, 4), "1 to 4"), ((3, 4), "4"), ((0, INF), "–"), ((14, INF), "after 14"), ((-1, 0), "-1"), ((-1, 1), "-1 to 1"),
     ((0, 0), "1"), ((3, 3), "3"), ((2.5, 2.5), "3"), ((0.5, 1.5), "1 to 2")],
)  # fmt: skip
def test_study_days_have_no_day_zero(bounds, words):
    assert wording.study_days(*bounds) == words


@pytest.mark.parametrize(
    ("bounds", "words"),
    [((0, 16), "(0, 16]"), ((7, 7), "7"), ((14, INF), "more than 14"), ((0, INF), "–"), ((0, 0), "0"), ((0.25, 1), "(0.25, 1]")],
)  # fmt: skip
def test_elapsed_days_are_half_open(bounds, words):
    assert wording.elapsed_days(*bounds) == words


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0.4281, 3, "0.428"), (1.0, 3, "1"), (0.0, 3, "0"), (10.0, 1, "10"), (100.0, 0, "100"), (INF, 3, "not reached"),
     (NAN, 3, "–"), (0.00004, 3, "0")],
)  # fmt: skip
def test_numbers(value, digits, words):
    assert wording.number(value, digits) == words


def test_no_percentage_below_ten():
    assert [wording.of(3, 9), wording.of(3, 10), wording.of(0, 0)] == ["3 of 9", "3 of 10 (30%)", "0 of 0"]


def test_gaps_are_told_from_values():
    assert [
        text
        for text in ("not stated", "not seen", "no information", "not done", "–", "", "none", "possible")
        if wording.is_gap(text)
    ] == ["not stated", "not seen", "no information", "not done", "–"]
