"""Bounds as words: an end known to the day is a study day, an exact one a time, every other a bound."""

import pytest

from scripts.words import times

INF, NAN = float("inf"), float("nan")
DAY, EXACT, OPEN = ("day", "day"), ("exact", "exact"), ("open", "open")
MINUTE = 1 / 1440


@pytest.mark.parametrize(
    ("bounds", "ends", "unit", "words"),
    [((0, 4), DAY, "d", "study day 1 to 4"), ((3, 4), DAY, "d", "study day 4"), ((0, INF), OPEN, "d", "–"),
     ((14, INF), DAY, "d", "after study day 14"), ((-1, 0), DAY, "d", "study day -1"), ((-1, 1), DAY, "d", "study day -1 to 1"),
     ((3.5, 4.5), DAY, "d", "study day 4.5"), ((NAN, NAN), OPEN, "d", "–"), ((3, 3), EXACT, "d", "3 days elapsed"),
     ((1, 1), EXACT, "d", "1 day elapsed"), ((9.5, 9.5), EXACT, "d", "9.5 days elapsed"),
     ((2, 9.5), EXACT, "d", "2 to 9.5 days elapsed"), ((14, 21), OPEN, "d", "more than 14, at most 21 days elapsed"),
     ((2, 5), ("exact", "day"), "d", "2 to 5 days elapsed"), ((30 * MINUTE, 30 * MINUTE), EXACT, "min", "30 minutes"),
     ((10 * MINUTE, 150 * MINUTE), EXACT, "min", "10 to 150 minutes"), ((0.25, 0.5), OPEN, "h", "more than 6, at most 12 hours"),
     ((0, 1), DAY, "h", "at most 24 hours"), ((5 * MINUTE, 5 * MINUTE), EXACT, "d", "5 minutes"),
     ((5 * MINUTE, 15 * MINUTE), OPEN, "d", "more than 5, at most 15 minutes"), ((5 * MINUTE, 6), EXACT, "d", "5 minutes to 6 days elapsed"),
     ((0, 0), EXACT, "d", "0 days elapsed"),
     ((0, 91.3125), OPEN, "d", "at most 91 days elapsed"), ((45.5, 365.25), EXACT, "d", "45.5 to 365 days elapsed"),
     ((30.4375, INF), OPEN, "d", "more than 30 days elapsed")],
)  # fmt: skip
def test_a_time_on_a_dose_clock(bounds, ends, unit, words):
    assert times.between(*bounds, ends=ends, from_dose=True, unit=unit) == words


@pytest.mark.parametrize(
    ("bounds", "ends", "words"),
    [((3, 4), DAY, "4"), ((0, 4), DAY, "1 to 4"), ((14, INF), DAY, "after 14"), ((3, 3), EXACT, "3 days elapsed")],
)
def test_a_column_of_study_days_repeats_no_label(bounds, ends, words):
    assert times.between(*bounds, ends=ends, from_dose=True, labelled=False) == words


@pytest.mark.parametrize(
    ("bounds", "ends", "unit", "words", "bare"),
    [((0, 16), OPEN, "d", "at most 16 days", "at most 16"), ((7, 7), EXACT, "d", "7 days", "7"),
     ((5, 12), EXACT, "d", "5 to 12 days", "5 to 12"), ((14, INF), OPEN, "d", "more than 14 days", "more than 14"),
     ((4.5, INF), ("exact", "open"), "d", "at least 4.5 days", "at least 4.5"),
     ((0, INF), OPEN, "d", "–", "–"), ((1, 1), EXACT, "d", "1 day", "1"), ((0.25, 0.25), EXACT, "h", "6 hours", "6 hours"),
     ((0.25, 1), OPEN, "h", "more than 6, at most 24 hours", "more than 6, at most 24 hours"), ((60.875, 91.3125), EXACT, "mo", "2 to 3 months", "2 to 3 months")],
)  # fmt: skip
def test_time_between_two_events(bounds, ends, unit, words, bare):
    told = [
        times.between(*bounds, ends=ends, from_dose=False, unit=unit, labelled=labelled) for labelled in (True, False)
    ]
    assert told == [words, bare]


@pytest.mark.parametrize(
    ("at", "unit", "words"),
    [(4, "study_day", "by study day 4"), (14, "d", "within 14 days"), (1, "d", "within 1 day"), (30, "min", "within 30 minutes"),
     (1.5, "h", "within 1.5 hours")],
)  # fmt: skip
def test_a_threshold(at, unit, words):
    assert times.by({"at": at, "at_unit": unit}) == words


def test_the_time_of_a_case_says_what_it_is():
    time = {"lower": 3.0, "upper": 4.0, "grain": "day", "clock": "first_dose", "state": "observed", "shown_in": "d"}
    assert times.of_case(time) == "study day 4"
    assert times.of_case(time | {"approximate": "yes"}) == "about study day 4"
    assert times.of_case(time | {"grain": "exact"}) == "more than 3, at most 4 days elapsed"
    assert times.of_case(time | {"state": "not_usable", "lower": 0.0, "upper": INF}) == "reported, not usable"
    assert times.of_case(None) == "–"


@pytest.mark.parametrize(
    ("cells", "words"),
    [(("3", "4", "study_day"), "study day 3 to 4 (admission)"), (("3", "", "study_day"), "study day 3 or later (admission)"),
     (("72", "72", "h"), "72 hours after admission"), (("", "16", "d"), "within 16 days of admission"),
     (("5", "", "d"), "more than 5 days after admission"), (("5", "7", "d"), "5 to 7 days after admission"),
     (("-1", "-1", "d"), "1 day before admission"), (("-4", "-2", "h"), "2 to 4 hours before admission"),
     (("", "-2", "wk"), "2 weeks or more before admission")],
)  # fmt: skip
def test_a_time_as_the_source_says_it(cells, words):
    assert times.reported(*cells, "admission") == words


STRETCH = {"lower": 3.5, "upper": 3.5, "flat_from": 3.0, "flat_until": 4.0}


@pytest.mark.parametrize(
    ("kind", "clock", "unit", "words"),
    [("exact", "event", "d", "3.5 days; half by 3, next at 4"), ("exact", "event", "h", "84 hours; half by 72, next at 96"),
     ("open", "event", "d", "3.5 days; half by 3, next after 4"), ("day", "first_dose", "d", "study day 3.5; half by 3, next on 5")],
)  # fmt: skip
def test_a_median_between_two_cases_names_the_stretch(kind, clock, unit, words):
    row = STRETCH | {"lower_is": kind, "upper_is": kind, "clock": clock}
    assert times.of_result(row, unit) == words


@pytest.mark.parametrize(
    ("unit", "clock", "heading"),
    [
        ("d", "first_dose", "Onset (study day)"),
        ("mo", "first_dose", "Onset (study day)"),
        ("min", "first_dose", "Onset"),
        ("d", "last_dose", "Onset (study day, day of last dose = 1)"),
        ("h", "last_dose", "Onset (from: last dose)"),
        ("d", "not_stated", "Onset (days from: not stated)"),
    ],
)
def test_a_heading_says_study_day_where_the_cells_are_study_days(unit, clock, heading):
    assert times.onset_heading("Onset", unit, clock) == heading
