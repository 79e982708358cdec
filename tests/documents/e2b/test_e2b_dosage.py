"""A dosage of several doses in its interval, which E2B(R3) has no element for."""

import pytest

from scripts.documents.e2b.times import single_doses


@pytest.mark.parametrize(
    ("count", "interval", "sent", "words"),
    [
        ("2", ("1", "d"), ("12", "h"), ""),  # twice a day is every 12 hours
        ("3", ("1", "wk"), ("56", "h"), ""),
        ("1", ("1", "d"), ("1", "d"), ""),
        ("", ("1", "d"), ("1", "d"), ""),
        ("5", ("1", "d"), ("", ""), "5 mg x 5 per day"),  # no whole number of hours
        ("2", ("1", "mo"), ("", ""), "5 mg x 2 per month"),  # a month is no number of hours
        ("2", ("", ""), ("", ""), "5 mg x 2"),
        ("0", ("1", "d"), ("", ""), "5 mg x 0 per day"),
    ],
)
def test_doses_in_an_interval_as_intervals_between_doses(count, interval, sent, words):
    row = {"amount": "5", "unit": "mg", "per_interval": count, "dosage_text": ""}
    dose = single_doses(row | {"interval": interval[0], "interval_unit": interval[1]})
    assert (dose["interval"], dose["interval_unit"], dose["dosage_text"]) == (*sent, words)
