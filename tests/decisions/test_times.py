"""Onset, resolution and death as reported rows give them: what is counted, and from what (definitions: onset, resolution)."""

import numpy as np
import pytest

from tests.decisions.line import COURSE, EVENT, WHERE, of_each_case, through

STARTED = COURSE | {"start_date": "2024-05-01"}
STUDY_DAY = {"onset_scale": "study_day", "onset_origin": "first_dose"}
COUGH = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough"}
DAY_FOUR = EVENT | STUDY_DAY | {"onset_lower": "4", "onset_upper": "4"}
SCAN = {"case_id": "C1", "result": "t", "test": "CT", "course": "1", "reading": "shows_event", "time_lower": "5",
        "time_upper": "5", "time_scale": "study_day", "time_origin": "first_dose"} | WHERE  # fmt: skip
UNKNOWN = (0.0, np.inf)


def times(endpoint: str, series_of_one: list[dict]) -> list[dict[str, tuple[float, float]]]:
    """Lower and upper of one time of the index episode by clock, for each of many series of one case."""
    found = of_each_case(series_of_one, "times", "of_index", "endpoint", "clock", "lower", "upper")
    return [
        {clock: (low, high) for of_index, what, clock, low, high in rows if of_index == "yes" and what == endpoint}
        for rows in found
    ]


FIRST_SYMPTOM = [
    # first-ever exposure: the second course began a year after the first
        (
            {"courses": [COURSE | {"ordinal": "1", "start_date": "2022-01-10"},
                         COURSE | {"course": "2", "ordinal": "2", "start_date": "2023-01-10"}],
             "reactions": [EVENT | {"course": "2", "onset_date": "2023-01-12"}]},
            "first_exposure", (367, 368),
        ),
    # only the diagnosis is known: the first symptom came before it
    ({"reactions": [EVENT], "tests": [SCAN]}, "first_dose", (0, 5)),
    ({"reactions": [EVENT, COUGH | {"free_until_lower": "2", "free_until_upper": "2", "free_until_scale": "study_day",
                                        "free_until_origin": "first_dose"}], "tests": [SCAN]}, "first_dose", (1, 5)),
    # a symptom without a time may have come earlier, unless it is said not to have
    ({"reactions": [DAY_FOUR, COUGH]}, "first_dose", (0, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "first"}]}, "first_dose", (0, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "not_stated"}]}, "first_dose", (0, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "later"}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"onset_order": "with_first"}]}, "first_dose", (3, 4)),
    ({"reactions": [DAY_FOUR, COUGH | {"attribution": "unlikely"}]}, "first_dose", (3, 4)),
    # one dose: the last is the first
    ({"courses": [STARTED | {"given_lower": "1", "given_upper": "1"}], "reactions": [EVENT | {"onset_date": "2024-05-03"}]},
         "last_dose", (2, 3)),
    ({"reactions": [EVENT | {"onset_lower": "0", "onset_upper": "48", "onset_scale": "h", "onset_origin": "last_dose"}]},
         "last_dose", (0, 2)),
    # days counted from a dose are known to the day, hours are exact
    ({"reactions": [EVENT | {"onset_lower": "3", "onset_upper": "3", "onset_scale": "d", "onset_origin": "first_dose"}]},
         "first_dose", (3, 4)),
    ({"reactions": [EVENT | {"onset_lower": "36", "onset_upper": "36", "onset_scale": "h", "onset_origin": "first_dose"}]},
         "first_dose", (1.5, 1.5)),
    ({"courses": [STARTED], "reactions": [EVENT | {"onset_date": "2024-05-04"}]}, "first_dose", (3, 4)),
    ({"reactions": [EVENT]}, "first_dose", UNKNOWN),
]  # fmt: skip


def test_first_symptom():
    found = times("first_symptom", [reported for reported, _, _ in FIRST_SYMPTOM])
    assert [own[clock] for own, (_, clock, _) in zip(found, FIRST_SYMPTOM, strict=True)] == [
        bounds for _, _, bounds in FIRST_SYMPTOM
    ]


TEN_DAYS = [
        {"reactions": [EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-13", "outcome": "recovered"}]},
        {"reactions": [EVENT | {"onset_date": "2024-05-03", "end_lower": "10", "end_upper": "10", "end_scale": "d",
                                "end_origin": "onset:rash", "outcome": "recovered"}]},
        {"courses": [STARTED], "reactions": [EVENT | STUDY_DAY | {"onset_lower": "3", "onset_upper": "3",
                                                                  "end_date": "2024-05-13", "outcome": "recovered"}]},
]  # fmt: skip


def test_the_same_ten_days_give_one_answer_however_they_were_typed():
    assert [own["event"] for own in times("clinical_resolution", TEN_DAYS)] == [(10, 10)] * len(TEN_DAYS)


def test_a_death_by_date_counts_from_the_first_dose():
    died = {"case_id": "C1", "time_date": "2024-05-09"} | WHERE
    fatal = EVENT | {"onset_date": "2024-05-03", "outcome": "fatal"}
    (own,) = times("death", [{"courses": [STARTED], "reactions": [fatal], "deaths": [died]}])
    assert own["first_dose"] == (8, 9)


def ten_patients() -> dict:
    """Resolved on days 3, 5, 7, 7, 12, 20; died on days 6 and 14; last seen unresolved on days 9 and 25."""
    made: dict = {"cases": [], "courses": [], "reactions": [], "deaths": []}
    ends = {"C0": "3", "C1": "5", "C2": "7", "C3": "7", "C4": "12", "C5": "20"}
    seen, died = {"C6": "9", "C7": "25"}, {"C8": "6", "C9": "14"}
    for case in (*ends, *seen, *died):
        of = {"case_id": case}
        made["cases"].append({"case_id": case, "identity": "identified"} | WHERE)
        made["courses"].append(COURSE | of)
        day = {"end_scale": "d", "end_origin": "first_dose", "end_basis": "clinical"}
        row = EVENT | of
        if case in ends:
            row |= day | {"end_lower": ends[case], "end_upper": ends[case], "outcome": "recovered"}
        elif case in seen:
            row |= day | {"end_lower": seen[case], "outcome": "not_recovered"}
        else:
            row |= {"outcome": "fatal"}
            time_of = {
                "time_lower": died[case],
                "time_upper": died[case],
                "time_scale": "d",
                "time_origin": "first_dose",
            }
            made["deaths"].append(WHERE | of | time_of)
        made["reactions"].append(row)
    return made


def test_competing_death_through_the_line():
    """At day 25: .650 resolved, .225 dead, .125 neither (definitions: competing-death)."""
    results = through(**ten_patients()).results
    own = results[(results["endpoint"] == "clinical_resolution") & (results["group"] == "all")]
    last = own[own["statistic"] == "cumulative_incidence"].set_index("level")["value"]
    assert last.to_dict() == pytest.approx({"resolved": 0.650, "dead": 0.225, "neither": 0.125})
