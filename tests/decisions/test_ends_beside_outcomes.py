"""An end counts as its outcome allows it, and an episode as all its terms do (definitions: facts-of-one-patient-against-each-other,
episodes)."""

from tests.decisions.line import EVENT, Cases
from tests.decisions.re_exposed import AGAIN, again

SERIES = Cases()
BEFORE, AFTER = "2022-01-10", "2023-02-01"
"""Ends before and after the second course, which begins on 2023-01-01."""
ENDS = [
    # outcome and end of the first event, which came again; the re-exposure
    ("recovered", BEFORE, "positive"),
    ("recovered_with_sequelae", BEFORE, "positive"),
    ("", BEFORE, "positive"),
    ("recovered", AFTER, "exposure_continued"),
    ("", AFTER, "exposure_continued"),
    ("recovering", BEFORE, "inconclusive"),  # going on until then; nobody says for how long after that
    ("recovering", AFTER, "exposure_continued"),
    ("not_recovered", BEFORE, "exposure_continued"),
    ("not_recovered", AFTER, "exposure_continued"),
    ("unknown", BEFORE, "inconclusive"),  # no end
    ("unknown", AFTER, "inconclusive"),
    ("asked_unknown", BEFORE, "inconclusive"),
]


AFTER_AN_END = SERIES.of(
    again(reaction=EVENT | {"onset_date": "2022-01-03", "outcome": outcome, "end_date": end}, reactions=[AGAIN])
    for outcome, end, _ in ENDS
)


def test_a_re_exposure_after_an_end_that_the_outcome_allows():
    assert [answer for (answer,) in AFTER_AN_END.patients("rechallenge_event")] == [answer for *_, answer in ENDS]


TERMS = [
    # outcomes of two terms of the first event; what the episode shows, and the re-exposure with the event again
    (("recovered", "recovered_with_sequelae"), "recovered_with_sequelae", "positive"),
    (("recovered", "unknown"), "unknown", "inconclusive"),
    (("recovered_with_sequelae", "unknown"), "recovered_with_sequelae", "inconclusive"),
    (("recovered_with_sequelae", "recovering"), "recovered_with_sequelae", "inconclusive"),
    (("recovered", "not_recovered"), "not_recovered", "exposure_continued"),
]


UNDATED = {"courses": [{**course, "start_date": ""} for course in again()["courses"]]}


def two_terms(outcome: str, other: str) -> list[dict]:
    return [EVENT | {"outcome": outcome}, EVENT | {"reaction": "second", "outcome": other}]


OF_TERMS = SERIES.of(
    UNDATED | {"reactions": [*two_terms(*outcomes), AGAIN | {"outcome": "recovered"}]} for outcomes, *_ in TERMS
)


def test_an_episode_has_ended_where_all_its_terms_have():
    assert OF_TERMS.patients("outcome", "rechallenge_event") == [(shown, answer) for _, shown, answer in TERMS]


OF_ANOTHER = [
    # outcomes of two terms of the event, while another reaction was fatal; of what the patient died
    (("recovered", "recovered"), "died_other"),
    (("not_recovered", ""), "died_other"),
    (("recovered", ""), "died_relation_not_stated"),
    (("unknown", "unknown"), "died_relation_not_stated"),
]


FATAL = EVENT | {"reaction": "other", "term": "grey cough", "role": "other", "outcome": "fatal"}
DEAD = SERIES.of({"reactions": [*two_terms(*outcomes), FATAL]} for outcomes, _ in OF_ANOTHER)


def test_another_reaction_is_the_cause_of_death_only_where_the_event_has_a_stated_outcome():
    assert [vital for (vital,) in DEAD.patients("vital")] == [vital for _, vital in OF_ANOTHER]
