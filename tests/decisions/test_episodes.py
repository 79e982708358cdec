"""Which occurrences of the event are one episode, and which of several the case stands for (definitions: episodes)."""

import pytest

from tests.decisions.line import COURSE, EVENT, WHERE, of_each_case, through, together

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


def test_two_occurrences_in_one_exposure():
    rows = [{"courses": [STARTED], "reactions": [FIRST | first, LATER]} for first, _ in IN_ONE_EXPOSURE]
    found = of_each_case(rows, "episodes", "reactions")
    named = [sorted("; ".join(sorted(names.split("; "))) for (names,) in own) for own in found]
    assert named == [expected for _, expected in IN_ONE_EXPOSURE]


def test_each_of_two_in_one_exposure_has_its_own_times():
    symptom = EVENT | {"reaction": "s", "term": "itching", "role": "symptom", "onset_date": "2022-01-02"}
    look = {"case_id": "C1", "result": "t", "test": "look", "course": "1", "reading": "shows_event"} | WHERE
    told = through(
        asked=("of_onset",),
        courses=[STARTED],
        reactions=[
            FIRST | {"end_date": "2022-01-20", "outcome": "recovered"},
            LATER | {"end_date": "2022-02-11"},
            symptom,
        ],
        tests=[look | {"time_date": "2022-01-04"}],
    )
    times = told.derived["times"]
    own = times[(times["clock"] == "first_dose") & (times["state"] == "observed")]
    assert own[["episode", "of_index", "endpoint", "lower", "upper"]].values.tolist() == [
        ["1", "yes", "first_symptom", 1, 2], ["1", "yes", "diagnosis", 3, 4], ["2", "no", "first_symptom", 31, 32],
    ]  # fmt: skip
    ends = times[times["endpoint"] == "clinical_resolution"]
    assert ends[["episode", "lower", "upper"]].values.tolist() == [["1", 17, 17], ["2", 10, 10]]


def test_one_in_each_exposure():
    rows = [{"courses": [COURSE, TWO], "reactions": [EVENT, LATER | {"course": "2"}]}]
    (found,) = of_each_case(rows, "episodes", "episode", "exposure", "index")
    assert found == [("1", "1", "yes"), ("2", "2", "")]


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


def test_the_outcome_of_several_terms_in_either_order():
    terms = [
        [EVENT | {"reaction": f"r{n}", "outcome": outcome} for n, outcome in enumerate(outcomes)]
        for outcomes, *_ in SEVERAL_TERMS
    ]
    expected = [[tuple(shown)] for _, *shown in SEVERAL_TERMS]
    rows = [{"reactions": order} for own in terms for order in (own, own[::-1])]
    found = of_each_case(rows, "episodes", "outcome", "ended", "abated")
    assert (found[::2], found[1::2]) == (expected, expected)


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


@pytest.mark.parametrize("index", ["first", "worst"])
def test_the_index_episode(index):
    again = EVENT | {"reaction": "again", "course": "2"}
    asked = [(first, second, chosen) for of, first, second, chosen in INDEX if of == index]
    rows = [{"courses": [COURSE, TWO], "reactions": [EVENT | first, again | second]} for first, second, _ in asked]
    told = through(analysis={"index": index}, **together(rows))
    events, chosen = told.derived["episodes"], [chosen for _, _, chosen in asked]
    assert events.loc[events["index"] == "yes", "episode"].tolist() == chosen
    assert told.derived["patients"]["exposure"].tolist() == chosen


def test_rechallenge_is_judged_from_the_first_episode_whatever_the_index():
    again = EVENT | {"reaction": "again", "course": "2", "outcome": "fatal"}
    told = through(
        analysis={"index": "worst"}, courses=[COURSE, TWO], reactions=[EVENT | {"outcome": "recovered"}, again]
    )
    assert (told.patient()["exposure"], told.patient()["rechallenge_event"]) == ("2", "positive")
    assert told.derived["rechallenges"]["exposure"].tolist() == ["2"]
