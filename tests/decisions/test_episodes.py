"""Which occurrences of the event are one episode, and which of several the case stands for (definitions: episodes)."""

import pytest

from tests.decisions.line import COURSE, EVENT, through

TWO = COURSE | {"course": "2"}
LATER = EVENT | {"reaction": "later", "onset_date": "2022-02-01"}
FIRST = EVENT | {"onset_date": "2022-01-03"}
STARTED = COURSE | {"start_date": "2022-01-01"}


def episodes(columns: list[str], index: str = "first", **reported) -> list[list]:
    return through(analysis={"index": index}, **reported).derived["episodes"][columns].values.tolist()


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        ({}, {}, ["later; rash"]),  # no end between them is told
        ({"end_date": "2022-01-20"}, {}, ["rash", "later"]),
        ({"end_date": "2022-02-20"}, {}, ["later; rash"]),  # ended after the second began
        ({"end_date": "2022"}, {}, ["later; rash"]),  # not surely before
    ],
)
def test_two_occurrences_in_one_exposure(first, later, expected):
    found = episodes(["reactions"], courses=[STARTED], reactions=[FIRST | first, LATER | later])
    assert sorted("; ".join(sorted(row[0].split("; "))) for row in found) == sorted(expected)


def test_one_in_each_exposure():
    found = episodes(
        ["episode", "exposure", "index"], courses=[COURSE, TWO], reactions=[EVENT, LATER | {"course": "2"}]
    )
    assert found == [["1", "1", "yes"], ["2", "2", ""]]


@pytest.mark.parametrize(
    ("outcomes", "shown", "ended", "abated"),
    [
        (("recovered",), "recovered", "yes", "yes"),
        (("recovered", "unknown"), "unknown", "unknown", "unknown"),
        (("recovered", ""), "unknown", "unknown", "unknown"),
        (("recovering", "recovered"), "recovering", "no", "yes"),
        (("recovered_with_sequelae", "recovering"), "recovered_with_sequelae", "no", "yes"),
        (("not_recovered", "recovered"), "not_recovered", "no", "no"),
        (("not_recovered", "unknown"), "not_recovered", "no", "no"),
        (("fatal", "not_recovered"), "fatal", "no", "no"),
        (("not_stated",), "not_stated", "unknown", "unknown"),
    ],
)
def test_the_outcome_of_several_terms(outcomes, shown, ended, abated):
    terms = [EVENT | {"reaction": f"r{n}", "outcome": outcome} for n, outcome in enumerate(outcomes)]
    for order in (terms, terms[::-1]):
        assert episodes(["outcome", "ended", "abated"], reactions=order) == [[shown, ended, abated]]


@pytest.mark.parametrize(
    ("index", "first", "second", "chosen"),
    [
        ("first", {}, {"outcome": "fatal"}, "1"),
        ("worst", {}, {"outcome": "fatal"}, "2"),
        ("worst", {"life_threatening": "yes"}, {"hospitalisation": "yes"}, "1"),
        ("worst", {"hospitalisation": "yes"}, {"disability": "yes"}, "2"),
        ("worst", {"outcome": "recovered"}, {"outcome": "not_recovered"}, "2"),
        ("worst", {"outcome": "recovered"}, {"outcome": "recovered"}, "1"),  # ties: the earlier
        ("first", {}, {"index": "yes"}, "2"),  # the analyst's choice goes first
        ("worst", {"index": "yes"}, {"outcome": "fatal"}, "1"),
    ],
)
def test_the_index_episode(index, first, second, chosen):
    again = EVENT | {"reaction": "again", "course": "2"} | second
    told = through(analysis={"index": index}, courses=[COURSE, TWO], reactions=[EVENT | first, again])
    events = told.derived["episodes"]
    assert events.loc[events["index"] == "yes", "episode"].tolist() == [chosen]
    assert told.patient()["exposure"] == chosen


def test_rechallenge_is_judged_from_the_first_episode_whatever_the_index():
    again = EVENT | {"reaction": "again", "course": "2", "outcome": "fatal"}
    told = through(
        analysis={"index": "worst"}, courses=[COURSE, TWO], reactions=[EVENT | {"outcome": "recovered"}, again]
    )
    assert (told.patient()["exposure"], told.patient()["rechallenge_event"]) == ("2", "positive")
    assert told.derived["rechallenges"]["exposure"].tolist() == ["2"]
