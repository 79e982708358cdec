"""What a re-exposure is described by: its signs, and the way it was given (definitions: rechallenge)."""

from dataclasses import replace

import pytest

from schemas.profile import Drug
from scripts.tables import table_rechallenge
from tests.decisions.line import COURSE, EVENT, MESSAGE, PROFILE, WHERE, of_each_case, through, together
from tests.decisions.test_rechallenge import AGAIN, FIRST, ONE, PRINTED, again

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


def test_another_form_or_route_and_a_prophylaxis_are_flagged_and_change_no_class():
    rows = [again(reactions=[AGAIN], doses=doses) for doses, _ in WAYS]
    rows.append(again(second={"premedication": "prednisone"}, reactions=[AGAIN]))
    found = of_each_case(rows, "rechallenges", "event", "modifiers")
    assert [own[0][0] for own in found] == ["positive"] * len(rows)
    assert [own[0][1] for own in found] == [
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


def test_only_a_sign_of_the_first_episode_recurs():
    found = of_each_case(
        [again(reactions=[SIGN, row]) for row, *_ in SIGNS], "rechallenges", "symptoms", "symptoms_new"
    )
    assert found == [[(name, new)] for _, name, new in SIGNS]


def test_the_signs_that_the_profile_names_are_one():
    event = PROFILE.event.model_copy(update={"sentinel_signs": ["itching", "pruritus"]})
    rows = again(reactions=[SIGN | {"term": "itching"}, SIGN_AGAIN | {"term": "Pruritus", "role": "sentinel_sign"}])
    assert (
        through(profile=PROFILE.model_copy(update={"event": event}), **rows).patient()["rechallenge_symptoms"]
        == "positive"
    )


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
    found = [again_.loc[again_["case_id"] == case, "reported"].tolist() for case in cases]
    assert found == [reported for _, reported in OF_THE_CLASS]
    patients = told.derived["patients"]
    for column, value in (("re_exposed", "unknown"), ("rechallenge_event", "not_stated"), ("episodes", "1")):
        assert set(patients[column]) == {value}
    assert told.recurrence == (
        "re-exposed 0 (restarted before the end, apart: 0; not assessable: 0; another drug of the class, apart: 4, "
        "recurred 2, reported not to have recurred 1, not known 1)"
    )
    printed = table_rechallenge.build(replace(told.bundle, books=told.bundle.books | {"results": told.results})).cells
    own = printed[printed["Item"].str.startswith("another drug of the class")]
    assert own["Patients"].tolist() == ["2", "1", "1"]


def test_a_class_holds_no_name_of_the_drug_itself():
    with pytest.raises(ValueError, match="class_members holds a name of the drug itself: examplia"):
        Drug(name="examplumab", substances=["examplia"], class_members=["Examplia"])
