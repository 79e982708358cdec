"""What is no re-exposure, and is shown and counted apart (definitions: rechallenge)."""

from dataclasses import replace

import pytest

from schemas.profile import Drug
from scripts.tables import table_rechallenge
from scripts.validate import check
from tests.decisions.line import COURSE, EVENT, MESSAGE, PROFILE, WHERE, Cases, through, together
from tests.decisions.re_exposed import AGAIN, CODE, FIRST, ONE, TWO, UNDATED, again

SERIES = Cases()
PRINTED = ("of_rechallenge",)
TESTED = COURSE | {"setting": "skin test"}
ONLY_TESTED = SERIES.of(
    {"courses": [TESTED, TESTED | {"course": "2"}], "reactions": [EVENT | {"course": own}]} for own in ("1", "2")
)


def test_skin_tests_are_no_exposures_of_a_case_that_has_no_other_use():
    """One stands for the use, that with the event: several are no re-exposure, and nobody survived by them."""
    assert ONLY_TESTED.patients("course", "exposures", "episodes", "re_exposed", "survived_event") == [
        ("1", "1", "1", "unknown", "unknown"), ("2", "1", "1", "unknown", "unknown"),
    ]  # fmt: skip


USED = COURSE | {"start_date": "2022-01-01"}
LATER_TEST = TESTED | {"course": "2", "start_date": "2022-03-01"}
IN_THE_TEST = EVENT | {"course": "2", "reaction": "again", "onset_date": "2022-03-02", "outcome": "recovered"}
BESIDE_A_USE = [
    # of a use and a skin test: where the event is told; exposures, that of each episode, re-exposed, and what is asked
    ([EVENT], "1", ["1"], "unknown", []),
    ([IN_THE_TEST], "2", ["2"], "unknown", ["information"]),
    ([EVENT, IN_THE_TEST], "1", ["1"], "unknown", ["warning"]),
    ([EVENT | {"course": ""}, IN_THE_TEST], "1", ["1"], "unknown", ["warning"]),
    ([EVENT | {"occurred": "no"}, IN_THE_TEST], "2", ["2"], "unknown", ["information"]),
    # first in the skin test, and again when the drug was used
    ([EVENT, IN_THE_TEST], "2", ["1", "2"], "yes", ["information"]),
]


USED_AND_TESTED = SERIES.of(
    [
        *({"courses": [USED, LATER_TEST], "reactions": reactions} for reactions, *_ in BESIDE_A_USE[:-1]),
        {"courses": [TESTED, LATER_TEST | {"setting": ""}], "reactions": BESIDE_A_USE[-1][0]},
    ]
)


def test_an_event_told_in_a_skin_test_beside_a_use_is_not_lost():
    asked = check(SERIES.told.reported, PROFILE)
    asked = asked[(asked["rule"] == "Q45") & (asked["column"] == "course")]
    answers = zip(
        USED_AND_TESTED.patients("exposures", "re_exposed"),
        [[number for (number,) in case_episodes] for case_episodes in USED_AND_TESTED.rows("episodes", "exposure")],
        [list(asked.loc[asked["case_id"] == case, "severity"]) for case in USED_AND_TESTED.names],
        strict=True,
    )
    assert list(answers) == [((number, again), exposures, ask) for _, number, exposures, again, ask in BESIDE_A_USE]
    # a sign of no exposure stands behind those of exposures
    assert USED_AND_TESTED.rows("signs", "key", "exposure")[2] == [("rash", "1"), ("again", "")]


TWO_DOSES = [
    {"case_id": "C1", "course": "1", "dose": dose, "time_date": day, "given": "yes"} | WHERE
    for dose, day in (("1", "2022-01-01"), ("2", "2022-01-20"))
]
APART = SERIES.of(
    [
        again(second={"start_date": "2022-01-07"}, reactions=[AGAIN]),
        {"sources": [MESSAGE], "courses": [ONE | UNDATED, TWO | UNDATED], "reactions": [FIRST]},
        {"courses": [ONE], "doses": TWO_DOSES, "reactions": [FIRST]},
        {"reactions": [EVENT], "assessments": [CODE | {"rechallenge": "recurred"}]},
    ]
)


def test_what_is_no_re_exposure_is_counted_apart():
    told = APART.alone("of_rechallenge")
    assert told.recurrence.startswith(
        "re-exposed 1 (restarted before the end, apart: 2; not assessable: 1): recurred 1, reported not to have recurred 0"
    )
    assert not told.results.duplicated(["statistic", "endpoint", "group", "level"]).any()
    counted = told.results[told.results["endpoint"] == "event"].set_index(["statistic", "level"])["value"]
    assert counted.loc["not_counted"].to_dict() == {"exposure_continued": 1, "within_course": 1}
    assert counted.loc["coded_funnel"].tolist() == [1, 1, 1, 1]


WITH_A_CLASS = PROFILE.model_copy(
    update={"drug": PROFILE.drug.model_copy(update={"class_members": ["otherol", "otherin"]})}
)
SISTER = COURSE | {"course": "2", "drug": "Otherol", "substance": "", "role": "concomitant"}
LATER, SOONER, WITHIN = ({"start_date": day} for day in ("2023-01-01", "2021-12-01", "2022-01-02"))


def sister(*reactions: dict, course: dict | None = None, **more: list[dict]) -> dict[str, list[dict]]:
    """The event, and another drug of the class."""
    return {"courses": [ONE, SISTER | (course or {})], "reactions": [FIRST, *reactions]} | more


OF_THE_CLASS = [
    # what is told of it; what is told of the event then, if it came after it
    (sister(course=LATER), ["unknown"]),
    (sister(AGAIN, course=LATER), ["recurred"]),
    (sister(AGAIN | {"occurred": "no"}, course=LATER), ["not_recurred"]),
    (sister(AGAIN), ["recurred"]),  # typed after it
    (sister(), []),  # nobody says when
    (sister(AGAIN, course=SOONER), []),
    (sister(AGAIN, course=WITHIN), []),  # before the event
    (sister(AGAIN, sources=[MESSAGE]), []),  # a line of a message has no place
    (sister(AGAIN, course=LATER | {"setting": "skin test"}), []),
    (sister(AGAIN, course=LATER | {"drug": "dyeparin"}), []),  # of another class
]


def test_another_drug_of_the_class_is_a_count_of_its_own_and_no_re_exposure():
    told = through(profile=WITH_A_CLASS, asked=PRINTED, **together([reported for reported, _ in OF_THE_CLASS]))
    again_ = told.derived["rechallenges"]
    assert set(again_["kind"]) == {"class_member"}
    cases = [f"C{number}" for number, _ in enumerate(OF_THE_CLASS, start=1)]
    recurrences = [again_.loc[again_["case_id"] == case, "reported"].tolist() for case in cases]
    assert recurrences == [reported for _, reported in OF_THE_CLASS]
    patients = told.derived["patients"]
    for column, value in (("re_exposed", "unknown"), ("rechallenge_event", "not_stated"), ("episodes", "1")):
        assert set(patients[column]) == {value}
    assert told.recurrence == (
        "re-exposed 0 (restarted before the end, apart: 0; not assessable: 0; another drug of the class, apart: 4, "
        "recurred 2, reported not to have recurred 1, not known 1)"
    )
    printed = table_rechallenge.build(replace(told.bundle, books=told.bundle.books | {"results": told.results})).cells
    class_rows = printed[printed["Item"].str.startswith("another drug of the class")]
    assert class_rows["Patients"].tolist() == ["2", "1", "1"]


def test_a_class_holds_no_name_of_the_drug_itself():
    with pytest.raises(ValueError, match="class_members holds a name of the drug itself: examplia"):
        Drug(name="examplumab", substances=["examplia"], class_members=["Examplia"])
