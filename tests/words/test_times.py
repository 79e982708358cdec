"""Bounds as words: a day is a study day, what is exact or finer than a day is elapsed time in its unit."""

import pytest

from scripts.words import times

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [((0, 4), "study day 1 to 4"), ((3, 4), "study day 4"), ((0, INF), "–"), ((14, INF), "after study day 14"),
     ((-1, 0), "study day -1"), ((-1, 1), "study day -1 to 1"), ((0.5, 1.5), "study day 1 to 2"), ((NAN, NAN), "–"),
     ((3, 3), "3 days elapsed"), ((1, 1), "1 day elapsed"), ((9.5, 9.5), "9.5 days elapsed"),
     ((1 / 48, 1 / 48), "30 min elapsed"), ((10 / 1440, 150 / 1440), "(10, 150] min elapsed"),
     ((0.25, 0.5), "(6, 12] h elapsed")],
)  # fmt: skip
def test_a_time_on_a_dose_clock(bounds, words):
    assert times.since_dose(*bounds) == words


@pytest.mark.parametrize(
    ("bounds", "words"), [((3, 4), "4"), ((0, 4), "1 to 4"), ((14, INF), "after 14"), ((3, 3), "3 days elapsed")]
)
def test_a_column_of_study_days_repeats_no_label(bounds, words):
    assert times.since_dose(*bounds, labelled=False) == words


@pytest.mark.parametrize(
    ("bounds", "words", "bare"),
    [((0, 16), "(0, 16] days", "(0, 16]"), ((7, 7), "7 days", "7"), ((14, INF), "more than 14 days", "more than 14"),
     ((0, INF), "–", "–"), ((1, 1), "1 day", "1"), ((0.25, 0.25), "6 h", "6 h"), ((0.25, 1), "(6, 24] h", "(6, 24] h")],
)  # fmt: skip
def test_elapsed_time_is_half_open(bounds, words, bare):
    assert (times.elapsed(*bounds), times.elapsed(*bounds, labelled=False)) == (words, bare)


@pytest.mark.parametrize(
    ("cells", "words"),
    [(("3", "4", "study_day"), "study day 3 to 4 (admission)"), (("3", "", "study_day"), "study day 3 or later (admission)"),
     (("72", "72", "h"), "72 hours after admission"), (("", "16", "d"), "within 16 days of admission"),
     (("5", "", "d"), "more than 5 days after admission"), (("5", "7", "d"), "5 to 7 days after admission")],
)  # fmt: skip
def test_a_time_as_the_source_says_it(cells, words):
    assert times.reported(*cells, "admission") == words
