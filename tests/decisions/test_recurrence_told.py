"""What the headline and the ladder tell of patients who were given the drug again (definitions: rechallenge)."""

from tests.decisions.line import CASE, PROFILE, through
from tests.decisions.re_exposed import ABSENT, AGAIN, FIRST, LOOK, ONE, TWO, again

PRINTED = ("of_rechallenge",)


def three(*events) -> dict:
    """Three courses; what is said of the event in the second and the third."""
    courses = [ONE, TWO, TWO | {"course": "3", "start_date": "2024-01-01"}]
    tests = [LOOK, LOOK | {"result": "look3", "course": "3"}]
    return {"courses": courses, "reactions": [FIRST, *events], "tests": tests}


def test_positive_then_negative_is_positive_everywhere():
    ended = AGAIN | {"onset_date": "2023-01-03", "end_date": "2023-01-09", "outcome": "recovered"}
    told = through(asked=PRINTED, **three(ended, ABSENT | {"reaction": "none", "course": "3"}))
    patient = told.patient()
    assert (patient["rechallenge_event"], patient["rechallenge_reported"]) == ("positive", "recurred")
    assert told.derived["rechallenges"]["event"].tolist() == ["positive", "negative"]
    assert told.recurrence.startswith(
        "re-exposed 1 (restarted before the end, apart: 0; not assessable: 0): recurred 1, reported not to have recurred 0 "
    )


def test_negative_in_one_of_two_is_unknown_in_the_bounds():
    told = through(asked=PRINTED, **three(ABSENT))
    patient = told.patient()
    assert (patient["rechallenge_event"], patient["rechallenge_negative"]) == ("negative", "1 of 2")
    assert "1 of them in some of the re-exposures" in told.recurrence
    assert told.recurrence.endswith(
        "if none to all of the 1 not strictly assessed recurred: 0 to 1 of 1, outer limits 0 to 1"
    )


def test_a_series_without_groups_tells_its_recurrence_once():
    told = through(
        profile=PROFILE.model_copy(update={"groups": {}}), asked=("of_recurrence",), **again(reactions=[AGAIN])
    )
    keys = ["endpoint", "group", "level", "statistic"]
    assert len(told.results)
    assert not told.results.duplicated(keys).any()


def test_the_headline_never_rewards_one_side():
    """Six re-exposed: one recurred by the strict class, five said not to have, none of them looked for."""
    cases = [f"C{number}" for number in range(1, 7)]
    rows = {"cases": [CASE | {"case_id": case} for case in cases],
            "courses": [course | {"case_id": case} for case in cases for course in (ONE, TWO)],
            "reactions": [row | {"case_id": case} for case in cases for row in (FIRST, AGAIN if case == "C1" else ABSENT)]}  # fmt: skip
    told = through(asked=PRINTED, **rows)
    assert told.recurrence == (
        "re-exposed 6 (restarted before the end, apart: 0; not assessable: 0): recurred 1, reported not to have recurred 5 "
        "(strictly negative 0), not known 0 · as reported 1 of 6 (0.004 to 0.641), bounds 1 to 1 of 6 · strict, informative "
        "only: 1 of 1 (0.025 to 1) · if none to all of the 5 not strictly assessed recurred: 1 to 6 of 6, outer limits 0.004 "
        "to 1"
    )
    assert told.ladder == (
        "cases 6 → survived the event 6 (no 0, not known 0) → stopped 0 (no 0, not known 6) → re-exposed 6 "
        "(no 0, not known 0) → informative 1 → recurred 1"
    )
