"""One patient against the others, on a small series whose answers are counted by hand."""

from dataclasses import replace

import pandas as pd
import pytest

from scripts.commands.messages import UserError
from scripts.report.__main__ import told_case
from scripts.report.against import Others
from scripts.report.strips import ROW
from tests.tables.small import bundle, case, result, time

INF = float("inf")


@pytest.fixture(scope="module")
def made():
    """Four who count: A ends before B begins, C overlaps B, D has no time; E is counted inside an aggregate."""
    cases = [
        case("A", outcome="recovered", re_exposed="yes", rechallenge_reported="recurred"),
        case("B", outcome="recovered", re_exposed="yes", rechallenge_reported="not_recurred"),
        case("C", outcome="fatal", vital="died_of_event", re_exposed="no"),
        case("D", outcome="unknown"),
        case("E", counted="inside", outcome="recovered"),
    ]
    times = [
        time("A", "first_symptom", 0, 2),
        time("B", "first_symptom", 2, 4),
        time("C", "first_symptom", 3, INF, state="not_resolved"),
        time("D", "first_symptom", 0, INF, state="unknown"),
        time("A", "diagnosis", 0, 1),
        time("A", "clinical_resolution", 0, 9),
        time("C", "clinical_resolution", 0, INF, state="died"),
    ]
    results = [
        result(
            "robustness", "leave_one_case_out", endpoint="first_symptom", level="known_by_4", group="all", value=0.5
        ),
        result(
            "robustness", "leave_one_case_out", endpoint="first_symptom", level="median_upper", group="all", value=4.0
        ),
        result("robustness", "without_case", endpoint="first_symptom", level="B: known_by_4", group="all", value=1 / 3),
        result("robustness", "without_case", endpoint="first_symptom", level="B: median_upper", group="all", value=4.0),
        result("robustness", "without_case", endpoint="first_symptom", level="A: median_upper", group="all", value=4.0),
        result(
            "robustness", "without_case", endpoint="first_symptom", level="C: median_upper", group="all", value=60.875
        ),
        result(
            "onset", "median_bounds", set="series_plus_new", endpoint="first_symptom", clock="first_dose", group="all"
        ),
        result("characteristics", "count", endpoint="outcome", level="recovered", group="all", value=2.0),
        result("death", "vital", level="alive", group="all", value=1.0),
        result("rechallenge", "ladder", endpoint="event", level="re_exposed", value=2.0),
        result("rechallenge", "ladder", endpoint="event", level="stopped", value=2.0),
    ]
    return bundle(cases, times, results=results)


def test_a_patient_is_placed_by_what_is_sure(made):
    onset, resolution, outcome, again, without = Others(made).against("B")["sentences"]
    assert onset == (
        "First symptom: study day 3 to 4 from first dose. Of 2 others counted from there 1 surely earlier, 0 surely later, "
        "1 possibly at the same time."
    )
    assert resolution.endswith("not known; of the others known in 1.")
    assert (
        outcome
        == "Outcome: recovered or resolved, as in 1 of 3 others; 1 of them died; for 2 it is not known whether they are alive."
    )
    assert again == "Re-exposed: yes, not recurred as reported. Of the others 1 was, with recurrence reported in 1."
    assert without == "Without this patient: first symptom, share known by study day 4, 0.333 instead of 0.5."
    assert Others(made).against("B")["behind"] == [[8], [], [9, 10], [11], [2, 4]]


def test_who_has_no_time_is_placed_by_outcome_and_re_exposure_alone(made):
    assert [strip["label"] for strip in Others(made).against("D")["strips"]] == [
        "outcome, of all 4 patients, this one filled",
        "re-exposure as reported, of all 4 patients, this one filled",
    ]


@pytest.mark.parametrize(
    ("case_id", "number", "words"),
    [("A", 0, "0 surely earlier, 2 surely later, 0 possibly"), ("A", 4, "no headline number would move"),
     ("C", 3, "Re-exposed: no; of the others 2."), ("C", 1, "died without it, at a time that is not known; of the others known in 1."),
     ("C", 4, "median, upper bound, 61 days instead of 4 days."), ("D", 0, "not known; of the others known in 3")],
)  # fmt: skip
def test_others_are_counted_once_and_the_unknown_stays_unknown(made, case_id, number, words):
    assert words in Others(made).against(case_id)["sentences"][number]


def test_the_strip_shows_the_patient_first_and_an_open_end_as_open(made):
    strip = Others(made).against("B")["strips"][0]
    assert [(bar["case_id"], bar["open"]) for bar in strip["bars"]] == [("B", False), ("A", False), ("C", True)]
    assert [bar["y"] for bar in strip["bars"]] == [0, ROW, 2 * ROW]
    patient_bar, first, _ = strip["bars"]
    assert patient_bar["x"] == pytest.approx(first["x"] + first["width"])
    assert [told for _, told in strip["ticks"]] == ["0", "2", "4"]


def test_outcomes_and_re_exposures_have_a_square_for_each_patient(made):
    _, outcome, again = Others(made).against("B")["strips"]
    assert [told for _, told in outcome["names"]] == ["fatal: 1", "recovered or resolved: 2", "unknown: 1"]
    assert [bar["case_id"] for bar in outcome["bars"] if bar["own"]] == ["B"]
    assert len(outcome["bars"]) == len(again["bars"]) == 4
    assert [told for _, told in again["names"]] == ["did not recur: 1", "not stated: 2", "recurred: 1"]


def test_who_does_not_count_is_not_compared(made):
    assert Others(made).against("E") == {"sentences": [], "behind": [], "strips": []}
    with pytest.raises(UserError, match="'E' is no case that counts"):
        told_case(made, "E")
    assert told_case(made, "B")[0] == "B against the other 3:"


def test_one_exact_time_of_two_patients_is_neither_earlier_nor_later(made):
    same = made.times[made.times["case_id"] == "A"].assign(lower=2.0, upper=2.0)
    times = pd.concat([same, same.assign(case_id="B")], ignore_index=True)
    read = replace(made, derived={**made.derived, "times": times})
    told = Others(read).against("A")["sentences"][0]
    assert told.endswith("Of 1 other counted from there 0 surely earlier, 0 surely later, 1 possibly at the same time.")
