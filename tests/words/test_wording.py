"""Rounding and symbols: known words for known values."""

import pytest

from scripts.words import dosing, withheld_cells, wording

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


def test_one_is_told_in_the_singular():
    counted_words = [wording.counted(1, "day"), wording.counted("no", "case"), wording.counted(2, "body", "bodies")]
    assert counted_words == ["1 day", "no cases", "2 bodies"]
    doses = [
        dosing.doses(*each)
        for each in (("1",), ("2 to 3",), ("at most 1",), ("1", "1"), ("1", "5"), ("3", "not_stated"))
    ]
    assert doses == ["1 dose", "2 to 3 doses", "at most 1 dose", "1 of 1 dose", "1 of 5 doses", "3 doses"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"end_lower": "1", "end_scale": "mo", "end_origin": "onset:event"}, "at least 1 mo from onset of event"),
        ({"end_lower": "3", "end_upper": "5", "end_scale": "d"}, "3 to 5 d"),
        ({"age_upper": "17"}, "at most 17"),
        ({"onset_lower": "POD 3"}, "POD 3"),
        ({"onset_date": "2027-05-04"}, "2027-05-04"),
    ],
)
def test_what_is_withheld_keeps_its_bound(cells, said):
    assert withheld_cells.as_printed(cells.items()) == said


def test_gaps_are_told_from_values():
    assert [
        text
        for text in ("not stated", "not seen", "no information", "not done", "–", "", "none", "possible")
        if wording.is_gap(text)
    ] == ["not stated", "not seen", "no information", "not done", "–"]


@pytest.mark.parametrize(
    ("lower", "upper", "told", "years"),
    [("29", "29", "29", "29 years"), ("0.5833", "0.5833", "7 months", "7 months"), ("0.5", "1.5", "6 to 18 months", "6 to 18 months"),
     ("1", "1", "1", "1 year"), ("0.5", "3", "0.5 to 3", "0.5 to 3 years"), ("not_stated", "", "not stated", "")],
)  # fmt: skip
def test_parts_of_a_year_are_months(lower, upper, told, years):
    patient = {"age_lower": lower, "age_upper": upper, "age_approximate": ""}
    assert (wording.age(patient), wording.years(patient)) == (told, years)
