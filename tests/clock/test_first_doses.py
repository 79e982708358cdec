"""The day of the first dose, from start date and dated doses."""

import pandas as pd
import pytest

from scripts.clock.first_doses import first_dose_days
from scripts.clock.intervals import calendar, date_bounds
from scripts.derive.exposure import first_dose_dates
from tests.decisions.line import COURSE, EVENT, WHERE, of_each


@pytest.mark.parametrize(
    ("start", "doses", "expected"),
    [
        ("2024", {"1": "2024-06-01"}, "2024-06-01"),
        ("2022-07", {"1": "2022-07-20"}, "2022-07-20"),
        ("2022-07-04", {"1": "2022-07"}, "2022-07-04"),
        ("", {"1": "2022-07-05", "2": "2022-07-04"}, "2022-07-04"),  # records of a message stand in any order
        ("2024-05", {"1": "2024-06-01"}, "2024-05-01/2024-06-01"),  # they contradict each other: either may be wrong
        ("2024", {"2": "2024-06-01"}, "2024-01-01/2024-06-01"),  # dose 1 came before
        ("", {"2": "2024-06-01"}, "../2024-06-01"),
        ("2022-07-04", {}, "2022-07-04"),
        ("2022-07-04", {"1": "not_stated"}, "2022-07-04"),
        ("", {}, None),
    ],
)
def test_what_start_date_and_doses_allow_together(start, doses, expected):
    given = pd.DataFrame({"dose": list(doses), "time_date": list(doses.values())}, dtype=object)
    begun = calendar(pd.Series([start])).set_axis(["C"])
    first_days = first_dose_days(begun, given, pd.Series("C", index=given.index))
    assert [tuple(row) for row in first_days.to_numpy()] == ([date_bounds(expected)] if expected else [])


def test_derive_counts_from_the_same_day():
    index = pd.DataFrame([{"case_id": "C", "exposure": "1", "start_date": "2024"}])
    doses = pd.DataFrame([{"case_id": "C", "exposure": "1", "dose": "1", "time_date": "2024-06-01", "given": "yes"}])
    assert tuple(first_dose_dates(index, doses).loc["C"]) == date_bounds("2024-06-01")


NAMED = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes"} | WHERE
OF_A_PATIENT = [
    # the start as typed, the doses, the day of the first dose as told of the patient
    ("2024-05-07", [], "2024-05-07"),
    ("not_stated", [NAMED | {"time_date": "2024-05-09"}], "2024-05-09"),
    ("2024-05", [NAMED | {"time_date": "2024-05-07"}], "2024-05-07"),
    ("2024-05", [], "2024-05"),
    ("", [NAMED | {"time_date": "2024-05-01", "given": "no"}, NAMED | {"dose": "2", "time_date": "2024-05-08"}], "../2024-05-08"),
    ("not_stated", [], "not_stated"),
]  # fmt: skip


def test_the_day_of_the_first_dose_of_a_patient():
    series = [
        {"courses": [COURSE | {"start_date": start}], "doses": doses, "reactions": [EVENT]}
        for start, doses, _ in OF_A_PATIENT
    ]
    assert of_each(series, "first_dose") == [(day,) for *_, day in OF_A_PATIENT]
