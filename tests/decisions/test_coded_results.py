"""Dechallenge and rechallenge as codes alone: of the event, of another reaction, and of the drug without a reaction named
(definitions: dechallenge, rechallenge)."""

from math import inf

from tests.decisions.line import COURSE, EVENT, WHERE, Cases

SERIES = Cases()
CODED = {"case_id": "C1", "assessor": "reporter", "drug": "examplumab", "reaction": "rash"} | WHERE
OTHER = EVENT | {"reaction": "other", "term": "grey cough", "role": "other", "outcome": "recovered"}
SIGN = EVENT | {"reaction": "sign", "term": "itching", "role": "symptom"}
UNNAMED, OF_OTHER = {"reaction": ""}, {"reaction": "other"}
NOTHING, OPEN = ("unknown", "not_stated", "not_stated", ""), ("yes", "unknown", "inconclusive")
RECHALLENGE = [
    # the reaction that a code names, the code, what else is reported; re-exposed, both readings, the code as it stands
    ({}, "recurred", [], ("yes", "recurred", "inconclusive", "1")),
    (UNNAMED, "recurred", [], ("yes", "recurred", "inconclusive", "1")),
    (UNNAMED, "recurred", [SIGN], ("yes", "recurred", "inconclusive", "1")),
    (UNNAMED, "recurred", [OTHER], (*OPEN, "1")),  # nobody says that it was the event
    (UNNAMED, "recurred", [OTHER | {"occurred": "no"}], ("yes", "recurred", "inconclusive", "1")),
    (UNNAMED, "outcome_unknown", [OTHER], (*OPEN, "3")),
    (UNNAMED, "not_recurred", [OTHER], ("yes", "not_recurred", "inconclusive", "2")),
    (UNNAMED, "not_rechallenged", [OTHER], ("no", "not_done", "not_done", "4")),
    (UNNAMED | {"drug": ""}, "recurred", [], ("yes", "recurred", "inconclusive", "1")),
    (OF_OTHER, "recurred", [OTHER], NOTHING),
    (OF_OTHER, "not_recurred", [OTHER], NOTHING),
    (OF_OTHER, "not_rechallenged", [OTHER], NOTHING),
    ({"drug": "otherumab"}, "recurred", [], NOTHING),
    ({"drug": "not_stated", "course": "1"}, "recurred", [], ("yes", "recurred", "inconclusive", "1")),
    ({"drug": "", "course": "2"}, "recurred", [], NOTHING),  # by its course of another drug
]
SECOND = COURSE | {"course": "2", "drug": "otherumab", "substance": "otherumab", "role": "concomitant"}


RECHALLENGED = SERIES.of(
    {
        "courses": [COURSE, SECOND],
        "reactions": [EVENT, *more],
        "assessments": [CODED | named | {"rechallenge": code}],
    }
    for named, code, more, _ in RECHALLENGE
)


def test_a_rechallenge_as_coded():
    classes = RECHALLENGED.patients("re_exposed", "rechallenge_reported", "rechallenge_event", "e2b_literal")
    assert classes == [answer for *_, answer in RECHALLENGE]
    coded = [code for (code,) in RECHALLENGED.patients("e2b_coded")]
    assert coded[-3:] == ["", "blue rash: 1", ""]  # of the drug alone


INTERVAL = CODED | {"drug": "", "start_to_onset": "40", "start_to_onset_scale": "d"}
AGAIN = SECOND | {"drug": "examplumab", "substance": "examplumab", "role": "suspect"}
INTERVALS = [
    # the second course, whose interval it is; the first symptom
    (SECOND, {"course": "2"}, ("unknown", inf)),
    (AGAIN, {"course": "2"}, ("unknown", inf)),
    (SECOND, {"course": "1"}, ("observed", 40)),
    (SECOND, {}, ("observed", 40)),
]
BY_INTERVAL = SERIES.of(
    {"reactions": [EVENT], "courses": [COURSE, other], "assessments": [INTERVAL | named]}
    for other, named, _ in INTERVALS
)


def test_an_interval_of_another_drug_or_exposure_is_no_onset():
    times = BY_INTERVAL.rows("times", "endpoint", "clock", "state", "upper")
    onsets = [time[2:] for case in times for time in case if time[:2] == ("first_symptom", "first_dose")]
    assert onsets == [answer for *_, answer in INTERVALS]


DECHALLENGE = [
    ({"drug": "", "course": "2"}, "unknown"),
    ({}, "positive"),
    (UNNAMED, "positive"),
    (OF_OTHER, "unknown"),
    ({"drug": "otherumab"}, "unknown"),
]


DECHALLENGED = SERIES.of(
    {
        "courses": [COURSE, SECOND],
        "reactions": [EVENT, OTHER],
        "assessments": [CODED | named | {"dechallenge": "positive"}],
    }
    for named, _ in DECHALLENGE
)


def test_a_dechallenge_as_coded():
    assert DECHALLENGED.patients("dechallenge") == [(answer,) for _, answer in DECHALLENGE]
