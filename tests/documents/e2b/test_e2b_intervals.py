"""The day of the first, or last, administration is day 1 (definitions: days-and-intervals)."""

import pytest

from scripts.documents.e2b.intervals import last_to_onset, start_to_onset

DOSE = dict.fromkeys(("time_date", "time_lower", "time_upper", "time_scale", "time_origin"), "") | {
    "course": "1",
    "given": "yes",
}
REACTION = dict.fromkeys(("onset_date", "onset_lower", "onset_upper", "onset_scale", "onset_origin"), "") | {
    "course": "1"
}
COURSE = {"course": "1"}


def dated(day: str) -> dict:
    return DOSE | {"time_date": day}


def on_day(day: str, given: str = "yes") -> dict:
    return DOSE | {
        "time_lower": day,
        "time_upper": day,
        "time_scale": "study_day",
        "time_origin": "first_dose",
        "given": given,
    }


def onset(low: str, high: str) -> dict:
    return REACTION | {
        "onset_lower": low,
        "onset_upper": high,
        "onset_scale": "study_day",
        "onset_origin": "first_dose",
    }


@pytest.mark.parametrize(
    ("first", "date", "days"),
    [
        ("2022-07-04", "2022-07-04", 1),
        ("2022-07-04", "2022-07-07", 4),
        ("2022-07-04", "2022-07-03", None),
        ("2024-02-27", "2024-03-01", 4),  # leap year
        ("2022-07", "2022-07-07", None),
        ("2022-07-04", "2022-07", None),
    ],
)
def test_from_the_first_dose_by_dates(first, date, days):
    assert start_to_onset(REACTION | {"onset_date": date}, [COURSE], [dated(first)]) == days


def test_from_the_last_dose_by_dates():
    doses = [dated("2022-07-04"), dated("2022-07-06"), dated("2022-07-20")]
    assert last_to_onset(REACTION | {"onset_date": "2022-07-07"}, [COURSE], doses) == 2


@pytest.mark.parametrize(
    ("low", "high", "start", "last"), [("4", "4", 4, 2), ("3", "4", None, None), ("1", "1", 1, 1), ("", "", None, None)]
)
def test_by_study_days(low, high, start, last):
    doses = [on_day("1"), on_day("2"), on_day("3", "partial"), DOSE | {"given": "no"}]
    reaction = onset(low, high)
    assert (start_to_onset(reaction, [COURSE], doses), last_to_onset(reaction, [COURSE], doses)) == (start, last)


def test_a_given_dose_without_a_day_hides_which_was_the_last():
    assert last_to_onset(onset("4", "4"), [COURSE], [on_day("1"), DOSE]) is None


def test_study_days_of_a_later_course_do_not_count_from_the_first():
    later = onset("4", "4") | {"course": "2"}
    assert start_to_onset(later, [COURSE, {"course": "2"}], [on_day("1")]) is None
