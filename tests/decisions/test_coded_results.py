"""Dechallenge and rechallenge as codes alone: of the event, of another reaction, and of the drug without a reaction named
(definitions: dechallenge, rechallenge)."""

from tests.decisions.line import EVENT, WHERE, of_each

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
]


def test_a_rechallenge_as_coded():
    series = [
        {"reactions": [EVENT, *more], "assessments": [CODED | named | {"rechallenge": code}]}
        for named, code, more, _ in RECHALLENGE
    ]
    found = of_each(series, "re_exposed", "rechallenge_reported", "rechallenge_event", "e2b_literal")
    assert found == [answer for *_, answer in RECHALLENGE]


DECHALLENGE = [({}, "positive"), (UNNAMED, "positive"), (OF_OTHER, "unknown"), ({"drug": "otherumab"}, "unknown")]


def test_a_dechallenge_as_coded():
    series = [
        {"reactions": [EVENT, OTHER], "assessments": [CODED | named | {"dechallenge": "positive"}]}
        for named, _ in DECHALLENGE
    ]
    assert of_each(series, "dechallenge") == [(answer,) for _, answer in DECHALLENGE]
