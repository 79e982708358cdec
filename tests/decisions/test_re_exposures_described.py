"""What a re-exposure is described by: its signs, and the way it was given (definitions: rechallenge)."""

import pytest

from scripts.files.bundle import Bundle
from scripts.tables import table_rechallenge, table_times
from tests.decisions.line import EVENT, PROFILE, WHERE, Cases, through, together
from tests.decisions.re_exposed import ABSENT, AGAIN, COUNTED, GAP_OF_3, again

SERIES = Cases()
MOUTH = {"case_id": "C1", "course": "1", "dose": "1", "form": "tablet", "route": "oral"} | WHERE
VEIN = MOUTH | {"course": "2", "form": "solution", "route": "intravenous"}
WAYS = [
    ([MOUTH, VEIN], "form: another; route: another"),
    ([MOUTH, VEIN | {"form": "Tablet"}], "route: another"),
    ([MOUTH, VEIN, VEIN | {"dose": "2", "form": "tablet", "route": "Oral"}], ""),
    ([MOUTH, VEIN | {"given": "no"}], ""),
    ([MOUTH | {"form": "not_stated", "route": ""}, VEIN], ""),
]  # fmt: skip
UNSAID = "premedication: {}; doses: as many or more; setting: no_information; measures: no_information"


MODIFIED = SERIES.of(
    [
        *(again(reactions=[AGAIN], doses=doses) for doses, _ in WAYS),
        again(second={"premedication": "prednisone"}, reactions=[AGAIN]),
    ]
)


def test_another_form_or_route_and_a_prophylaxis_are_flagged_and_change_no_class():
    classes = MODIFIED.rows("rechallenges", "event", "modifiers")
    assert [case_rows[0][0] for case_rows in classes] == ["positive"] * (len(WAYS) + 1)
    assert [case_rows[0][1] for case_rows in classes] == [
        *("; ".join(filter(None, [UNSAID.format("no_information"), flags])) for _, flags in WAYS),
        UNSAID.format("corticosteroid"),
    ]


SIGN = EVENT | {"role": "symptom", "term": "cough", "reaction": "cough"}
SIGN_AGAIN = SIGN | {"reaction": "cough_2", "course": "2"}
SIGNS = [
    # a sign of the re-exposure; class of the signs, and what is new
    (SIGN_AGAIN, "positive", ""),
    (SIGN_AGAIN | {"term": "Cough "}, "positive", ""),
    (SIGN_AGAIN | {"term": "Husten", "term_translated": "cough"}, "positive", ""),
    (SIGN_AGAIN | {"term": "headache"}, "not_stated", "headache"),
    (SIGN_AGAIN | {"occurred": "no"}, "negative", ""),
    (SIGN_AGAIN | {"term": "headache", "occurred": "no"}, "not_stated", ""),
    (SIGN_AGAIN | {"attribution": "unlikely"}, "not_stated", ""),
    (SIGN_AGAIN | {"onset_date": "2022-12-20"}, "not_stated", ""),  # from before the restart
]


WITH_SIGNS = SERIES.of(again(reactions=[SIGN, row]) for row, *_ in SIGNS)


def test_only_a_sign_of_the_first_episode_recurs():
    assert WITH_SIGNS.rows("rechallenges", "symptoms", "symptoms_new") == [[(sign, new)] for _, sign, new in SIGNS]


def test_the_signs_that_the_profile_names_are_one():
    event = PROFILE.event.model_copy(update={"sentinel_signs": ["itching", "pruritus"]})
    rows = again(reactions=[SIGN | {"term": "itching"}, SIGN_AGAIN | {"term": "Pruritus", "role": "sentinel_sign"}])
    assert (
        through(profile=PROFILE.model_copy(update={"event": event}), **rows).patient()["rechallenge_symptoms"]
        == "positive"
    )


def _timed(first: tuple[str, str, str], second: tuple[str, str, str]) -> dict:
    ended = {"outcome": "recovered", "end_lower": "8", "end_upper": "8", "end_scale": "d", "end_origin": "onset:rash"}
    at_first, later = (
        dict(zip(("onset_lower", "onset_upper", "onset_scale"), told, strict=True)) | {"onset_origin": "first_dose"}
        for told in (first, second)
    )
    return again(reaction=EVENT | ended | at_first, reactions=[AGAIN | later])


PAIRED = [
    # onset at first and on re-exposure; how the second compares
    (("3", "3", "d"), ("1", "1", "d"), "earlier"),
    (("2", "2", "d"), ("2", "2", "d"), "same"),
    (("30", "30", "min"), ("30", "30", "min"), "same"),
    (("2", "2", "study_day"), ("3", "3", "study_day"), "later"),
    (("2", "4", "study_day"), ("3", "5", "study_day"), "open"),
    (("3", "3", "d"), ("", "", ""), ""),
]


def test_onset_on_re_exposure_is_a_result_and_a_line_beside_the_first():
    told = through(**together([*(_timed(*times) for *times, _ in PAIRED), again(reactions=[ABSENT])]))
    assert list(told.bundle.onset_pairs.query("set == 'series_plus_new'")["compared"]) == [rank for *_, rank in PAIRED]
    results = told.results.query("endpoint == 'onset_on_re_exposure' and set == 'series_plus_new'")
    counted = results[results["statistic"] == "against_first"].set_index("level")
    assert list(counted["value"].items()) == [("earlier", 1), ("same", 2), ("later", 1), ("open", 1)]
    assert (set(counted["n"]), set(counted["n_total"])) == ({5}, {6})
    (spread,) = results[results["statistic"] == "range"].to_dict("records")
    assert (spread["lower"], spread["upper"], spread["n"], spread["n_total"]) == (pytest.approx(1 / 48), 5, 5, 6)
    bundle = told.bundle
    read = Bundle(
        bundle.profile, bundle.declared, bundle.derived, bundle.series, {**bundle.books, "results": told.results}
    )
    (line,) = table_times.build(read).cells.query("Endpoint == 'onset on re-exposure'").to_dict("records")
    assert (line["Counted from"], line["n known / N"]) == ("first dose of the re-exposure", "5 / 6")
    cells = table_rechallenge.build(read).cells.query("Block == 'Onset on re-exposure, paired'")
    assert list(cells["Item"] + ": " + cells["Patients"])[:6] == [
        "both onsets known: 5 of 6",
        "earlier on re-exposure than at first: 1 of 5",
        "the same time or day in both: 2 of 5",
        "later on re-exposure than at first: 1 of 5",
        "which was earlier cannot be told: 1 of 5",
        "C1, exposure 2: first symptom: study day 4 in the first episode; study day 2 on re-exposure",
    ]


HIGH = {"case_id": "C1", "result": "a", "test": "Tryptase", "course": "1", "reading": "abnormal"} | WHERE
HIGH_AGAIN = HIGH | {"result": "b", "course": "2"}
CELLS = {"test": "lymphocyte count"}
NO_UNIT = {"test": "D-dimer", "value": "18,752", "unit_as_printed": "/L FEU", "reference_as_printed": "0-500"}
RESULTS = [
    # a test with the first episode, and on re-exposure; class of the tests, which recurred, which of them doubtfully
    (HIGH, HIGH_AGAIN | {"test": "tryptase"}, ("positive", "tryptase", "")),
    (HIGH, HIGH_AGAIN | {"reading": "normal"}, ("negative", "", "")),
    (HIGH, HIGH_AGAIN | {"reading": ""}, ("not_stated", "", "")),
    (HIGH, HIGH_AGAIN | {"test": "D-dimer"}, ("not_stated", "", "")),
    (HIGH | {"reading": "normal"}, HIGH_AGAIN, ("not_stated", "", "")),
    (HIGH | CELLS, HIGH_AGAIN | CELLS, ("not_stated", "", "")),  # the drug itself lowers it
    (HIGH | NO_UNIT, HIGH_AGAIN | NO_UNIT, ("positive", "D-dimer", "D-dimer")),
    (HIGH, HIGH_AGAIN | {"value": "23"}, ("positive", "Tryptase", "Tryptase")),
    (HIGH, HIGH_AGAIN | {"value": "23", "unit_as_printed": "not_stated"}, ("positive", "Tryptase", "Tryptase")),
    (HIGH, HIGH_AGAIN | {"value": "23", "unit_as_printed": "not_applicable"}, ("positive", "Tryptase", "")),
    (HIGH, HIGH_AGAIN | {"time_date": "2022-12-20"}, ("not_stated", "", "")),  # from before the restart
]


WITH_TESTS = SERIES.of(again(tests=[first, second]) for first, second, _ in RESULTS)


def test_only_a_test_that_was_abnormal_with_the_first_episode_recurs():
    recurrences = WITH_TESTS.rows("rechallenges", "tests", "tests_recurred", "tests_doubtful")
    assert recurrences == [[recurrence] for *_, recurrence in RESULTS]


ON_TWO_DAYS = [
    {"case_id": "C1", "course": "1", "dose": dose, "time_date": f"2022-01-0{dose}"} | WHERE for dose in ("1", "4")
]
BY_GAP = [
    # the end of the event is on days 10 to 11 after the first dose, the last dose on day 3: what says that it had ended
    ("previous_start", "11", "times"),
    ("previous_start", "10", "outcome"),
    ("previous_end", "8", "times"),
    ("previous_end", "7", "outcome"),
    ("", "11", "times"),  # from the start or from the end
    ("", "8", "outcome"),
]


COUNTED_BY_GAP = SERIES.of(
    again({}, GAP_OF_3 | {"gap_origin": origin, "gap_lower": days, "gap_upper": days}, [AGAIN], reaction=COUNTED, doses=ON_TWO_DAYS)
    for origin, days, _ in BY_GAP
)  # fmt: skip


def test_a_gap_counts_from_the_start_or_the_end_of_the_course_before_or_from_either():
    assert [rows[0] for rows in COUNTED_BY_GAP.rows("rechallenges", "ended_by")] == [(by,) for *_, by in BY_GAP]
