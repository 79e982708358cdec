"""Which occurrences of the event are one episode, and which of several the case stands for (definitions: episodes)."""

import pytest

from tests.decisions.line import COURSE, EVENT, WHERE, Cases

SERIES = Cases()
TWO = COURSE | {"course": "2"}
LATER = EVENT | {"reaction": "later", "onset_date": "2022-02-01"}
FIRST = EVENT | {"onset_date": "2022-01-03"}
STARTED = COURSE | {"start_date": "2022-01-01"}


IN_ONE_EXPOSURE = [
    ({}, ["later; rash"]),  # no end between them is told
    ({"end_date": "2022-01-20"}, ["later", "rash"]),
    ({"end_date": "2022-02-20"}, ["later; rash"]),  # ended after the second began
    ({"end_date": "2022"}, ["later; rash"]),  # not surely before
]


OCCURRING = SERIES.of({"courses": [STARTED], "reactions": [FIRST | first, LATER]} for first, _ in IN_ONE_EXPOSURE)


def test_two_occurrences_in_one_exposure():
    episodes = OCCURRING.rows("episodes", "reactions")
    named = [sorted("; ".join(sorted(names.split("; "))) for (names,) in case_episodes) for case_episodes in episodes]
    assert named == [expected for _, expected in IN_ONE_EXPOSURE]


SYMPTOM = EVENT | {"reaction": "s", "term": "itching", "role": "symptom", "onset_date": "2022-01-02"}
LOOK = {"case_id": "C1", "result": "t", "test": "look", "course": "1", "reading": "shows_event"} | WHERE
ENDED = [FIRST | {"end_date": "2022-01-20", "outcome": "recovered"}, LATER | {"end_date": "2022-02-11"}]
TWICE = SERIES.of(
    [{"courses": [STARTED], "reactions": [*ENDED, SYMPTOM], "tests": [LOOK | {"time_date": "2022-01-04"}]}]
)


def test_each_of_two_in_one_exposure_has_its_own_times():
    (times,) = TWICE.tables("times")
    onsets = times[(times["clock"] == "first_dose") & (times["state"] == "observed")]
    assert onsets[["episode", "of_index", "endpoint", "lower", "upper"]].values.tolist() == [
        ["1", "yes", "first_symptom", 1, 2], ["1", "yes", "diagnosis", 3, 4], ["2", "no", "first_symptom", 31, 32],
    ]  # fmt: skip
    ends = times[times["endpoint"] == "clinical_resolution"]
    assert ends[["episode", "lower", "upper"]].values.tolist() == [["1", 17, 17], ["2", 10, 10]]


IN_EACH = SERIES.of([{"courses": [COURSE, TWO], "reactions": [EVENT, LATER | {"course": "2"}]}])


def test_one_in_each_exposure():
    assert IN_EACH.rows("episodes", "episode", "exposure", "index") == [[("1", "1", "yes"), ("2", "2", "")]]


SEVERAL_TERMS = [
    (("recovered",), "recovered", "yes", "yes"),
    (("recovered", "unknown"), "unknown", "unknown", "unknown"),
    (("recovered", ""), "unknown", "unknown", "unknown"),
    (("recovering", "recovered"), "recovering", "no", "yes"),
    (("recovered_with_sequelae", "recovering"), "recovered_with_sequelae", "no", "yes"),
    (("not_recovered", "recovered"), "not_recovered", "no", "no"),
    (("not_recovered", "unknown"), "not_recovered", "no", "no"),
    (("fatal", "not_recovered"), "fatal", "no", "no"),
    (("not_stated",), "not_stated", "unknown", "unknown"),
]


TERMS = [
    [EVENT | {"reaction": f"r{n}", "outcome": outcome} for n, outcome in enumerate(outcomes)]
    for outcomes, *_ in SEVERAL_TERMS
]
IN_ORDER, TURNED = SERIES.of({"reactions": own} for own in TERMS), SERIES.of({"reactions": own[::-1]} for own in TERMS)


def test_the_outcome_of_several_terms_in_either_order():
    expected = [[tuple(shown)] for _, *shown in SEVERAL_TERMS]
    outcomes = [cases.rows("episodes", "outcome", "ended", "abated") for cases in (IN_ORDER, TURNED)]
    assert outcomes == [expected, expected]


INDEX = [
    ("first", {}, {"outcome": "fatal"}, "1"),
    ("worst", {}, {"outcome": "fatal"}, "2"),
    ("worst", {"life_threatening": "yes"}, {"hospitalisation": "yes"}, "1"),
    ("worst", {"hospitalisation": "yes"}, {"disability": "yes"}, "2"),
    ("worst", {"outcome": "recovered"}, {"outcome": "not_recovered"}, "2"),
    ("worst", {"outcome": "recovered"}, {"outcome": "recovered"}, "1"),  # ties: the earlier
    ("first", {}, {"index": "yes"}, "2"),  # the analyst's choice goes first
    ("worst", {"index": "yes"}, {"outcome": "fatal"}, "1"),
]


AGAIN = EVENT | {"reaction": "again", "course": "2"}
BY_FIRST, BY_WORST = SERIES, Cases(analysis={"index": "worst"})
INDEXED = {
    of: series.of(
        {"courses": [COURSE, TWO], "reactions": [EVENT | first, AGAIN | second]}
        for name, first, second, _ in INDEX
        if name == of
    )
    for of, series in (("first", BY_FIRST), ("worst", BY_WORST))
}


@pytest.mark.parametrize("index", ["first", "worst"])
def test_the_index_episode(index):
    chosen = [chosen for setting, _, _, chosen in INDEX if setting == index]
    events = INDEXED[index].rows("episodes", "index", "episode")
    assert [[episode for is_index, episode in rows if is_index == "yes"] for rows in events] == [[at] for at in chosen]
    assert INDEXED[index].patients("exposure") == [(number,) for number in chosen]


WORSE_AGAIN = BY_WORST.of(
    [{"courses": [COURSE, TWO], "reactions": [EVENT | {"outcome": "recovered"}, AGAIN | {"outcome": "fatal"}]}]
)


def test_rechallenge_is_judged_from_the_first_episode_whatever_the_index():
    assert WORSE_AGAIN.patients("exposure", "rechallenge_event") == [("2", "positive")]
    assert WORSE_AGAIN.rows("rechallenges", "exposure") == [[("2",)]]
