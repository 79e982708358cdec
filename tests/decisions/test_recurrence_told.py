"""What the headline and the ladder tell of patients who were given the drug again (definitions: rechallenge)."""

from tests.decisions.line import PROFILE, Cases, through
from tests.decisions.re_exposed import ABSENT, AGAIN, FIRST, LOOK, ONE, TWO, again

SERIES = Cases()
PRINTED = ("of_rechallenge",)


def three(*events) -> dict:
    """Three courses; what is said of the event in the second and the third."""
    courses = [ONE, TWO, TWO | {"course": "3", "start_date": "2024-01-01"}]
    tests = [LOOK, LOOK | {"result": "look3", "course": "3"}]
    return {"courses": courses, "reactions": [FIRST, *events], "tests": tests}


ENDED = AGAIN | {"onset_date": "2023-01-03", "end_date": "2023-01-09", "outcome": "recovered"}
CAME_AND_DID_NOT = SERIES.of([three(ENDED, ABSENT | {"reaction": "none", "course": "3"})])


def test_positive_then_negative_is_positive_everywhere():
    assert CAME_AND_DID_NOT.patients("rechallenge_event", "rechallenge_reported") == [("positive", "recurred")]
    assert CAME_AND_DID_NOT.rows("rechallenges", "event") == [[("positive",), ("negative",)]]
    assert CAME_AND_DID_NOT.alone(*PRINTED).recurrence.startswith(
        "re-exposed 1 (restarted before the end, apart: 0; not assessable: 0): recurred 1, reported not to have recurred 0 "
    )


NOT_IN_ONE = SERIES.of([three(ABSENT)])


def test_negative_in_one_of_two_is_unknown_in_the_bounds():
    assert NOT_IN_ONE.patients("rechallenge_event", "rechallenge_negative") == [("negative", "1 of 2")]
    told = NOT_IN_ONE.alone(*PRINTED)
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


SIX = SERIES.of(again(reactions=[seen]) for seen in [AGAIN] + [ABSENT] * 5)


def test_the_headline_never_rewards_one_side():
    """Six re-exposed: one recurred by the strict class, five said not to have, none of them looked for."""
    told = SIX.alone(*PRINTED)
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
