"""Rounding and symbols: known words for known values."""

import pytest

from scripts.words import wording

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [(0.4281, 3, "0.428"), (1.0, 3, "1"), (0.0, 3, "0"), (10.0, 1, "10"), (100.0, 0, "100"), (INF, 3, "not reached"),
     (NAN, 3, "–"), (0.00004, 3, "0")],
)  # fmt: skip
def test_numbers(value, digits, words):
    assert wording.number(value, digits) == words


def test_no_percentage_below_ten():
    assert [wording.count_of(3, 9), wording.count_of(3, 10), wording.count_of(0, 0)] == [
        "3 of 9",
        "3 of 10 (30%)",
        "0 of 0",
    ]


def test_a_bound_reads_as_a_bound():
    told = [
        ("29", "29"),
        ("25", "36"),
        ("81", ""),
        ("", "17"),
        ("not_stated", "17"),
        ("not_stated", "not_stated"),
        ("", ""),
    ]
    assert [wording.span(*each) for each in told] == [
        "29",
        "25 to 36",
        "at least 81",
        "at most 17",
        "at most 17",
        "not stated",
        "no information",
    ]


def test_gaps_are_told_from_values():
    assert [
        text
        for text in ("not stated", "not seen", "no information", "not done", "–", "", "none", "possible")
        if wording.is_gap(text)
    ] == ["not stated", "not seen", "no information", "not done", "–"]
