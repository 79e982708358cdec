"""How long after the course before the drug was given again."""

import math

import pytest

from scripts.words.given_again import interval, reported

UNKNOWN = {"exposure": "2", "since_first_lower": 0.0, "since_first_upper": math.inf}
DATED = {"exposure": "2", "since_first_lower": 371.0, "since_first_upper": 371.0}
MONTH = {"exposure": "3", "since_first_lower": 58.0, "since_first_upper": 88.0}


@pytest.mark.parametrize(
    ("gap", "exposure", "words", "brief"),
    [
        ("12 months", UNKNOWN, "12 months after the course before", "12 months later"),
        ("at most 6 months", DATED, "at most 6 months after the course before", "at most 6 months later"),
        ("", DATED, "371 days after the first course began", "371 days later"),
        ("not_stated", MONTH, "58 to 88 days after the first course began", "58 to 88 days after the first"),
        ("", UNKNOWN, "interval not stated", "interval not stated"),
        ("unknown", None, "interval stated to be unknown", "interval stated to be unknown"),
    ],
)
def test_interval(gap, exposure, words, brief):
    assert [interval(gap, exposure), interval(gap, exposure, brief=True)] == [words, brief]


def test_as_reported():
    assert [reported(gap) for gap in ("12 months", "not_stated", "")] == ["gap 12 months", "gap not stated", ""]
