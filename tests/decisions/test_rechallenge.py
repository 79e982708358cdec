"""Rechallenge in two readings: every row of the decision, and the sentence it ends in (definitions: rechallenge)."""

from schemas.profile import RiskWindow
from scripts.documents.causality import naranjo
from tests.decisions.line import (
    CASE,
    COURSE,
    EVENT,
    EXTRACT,
    MESSAGE,
    PROFILE,
    WHERE,
    of_each,
    of_each_case,
    of_one,
    through,
    together,
)

FIRST = EVENT | {"onset_date": "2022-01-03", "end_date": "2022-01-10", "outcome": "recovered"}
AGAIN = EVENT | {"reaction": "again", "course": "2"}
ABSENT = AGAIN | {"occurred": "no"}
LOOK = {"case_id": "C1", "result": "look", "test": "photograph", "course": "2", "reading": "shows_no_event"} | WHERE
DOSED, ONCE = ({"given_lower": number, "given_upper": number} for number in "21")
ONE = COURSE | DOSED | {"start_date": "2022-01-01"}
TWO = COURSE | DOSED | {"course": "2", "start_date": "2023-01-01"}
UNDATED = {"start_date": ""}
GAP_OF_3 = UNDATED | {"gap_lower": "3", "gap_upper": "3", "gap_scale": "d", "gap_origin": "previous_end"}
COUNTED = EVENT | {"outcome": "recovered", "onset_lower": "2", "onset_upper": "2", "onset_scale": "d", "onset_origin": "first_dose",
                   "end_lower": "8", "end_upper": "8", "end_scale": "d", "end_origin": "onset:rash"}  # fmt: skip
ON_DAYS_1_AND_4 = [
    {"case_id": "C1", "course": "1", "dose": day, "time_lower": day, "time_upper": day, "time_scale": "study_day",
     "time_origin": "first_dose"} | WHERE
    for day in ("1", "4")
]  # fmt: skip
PRINTED = ("of_rechallenge",)
CODE = {"case_id": "C1", "assessor": "A", "drug": "examplumab", "reaction": "rash"} | WHERE


def again(first=None, second=None, reactions=(), tests=(), reaction=FIRST, **more):
    """One re-exposure: what the first course, the second, and their rows say."""
    courses = [ONE | (first or {}), TWO | (second or {})]
    return {"courses": courses, "reactions": [reaction, *reactions], "tests": list(tests)} | more


def of_message(restart: str) -> dict:
    """Two lines of a message, the first stopped on the 8th; the event ended on the 10th."""
    courses = [ONE | {"action_taken": "withdrawn"}, TWO | {"start_date": restart}]
    ends = ("2022-01-08", "2022-02-01")
    doses = [
        {"case_id": "C1", "course": one["course"], "dose": "1", "time_date": one["start_date"], "end_date": end} | WHERE
        for one, end in zip(courses, ends, strict=True)
    ]
    seen = LOOK | {"reading": "shows_event", "time_date": "2022-01-20"}
    return {"sources": [MESSAGE], "courses": courses, "doses": doses, "reactions": [FIRST], "tests": [seen]}


PAST = {"case_id": "C1", "item": "h", "kind": "past_drug", "term": "Examplia", "reaction": "Blue rash"} | WHERE
TESTED = {"case_id": "C1", "course": "2", "dose": "1", "dosage_text": "desensitization, 12 steps"} | WHERE
ONE_RE_EXPOSURE = [
    (again(reactions=[AGAIN]), "recurred", "positive"),
    (again(tests=[LOOK | {"reading": "shows_event"}]), "unknown", "positive"),
    (again(reactions=[ABSENT], tests=[LOOK]), "not_recurred", "negative"),
    (again(reactions=[ABSENT]), "not_recurred", "inconclusive"),  # not looked for
    (again(tests=[LOOK]), "unknown", "inconclusive"),  # not said absent
    (again(), "unknown", "inconclusive"),
    # less than half of the doses; how much was given is not known
    (again(first={"given_lower": "5", "given_upper": "5"}, reactions=[ABSENT], tests=[LOOK]), "not_recurred", "inconclusive"),
    (again(second={"given_lower": "", "given_upper": ""}, reactions=[ABSENT], tests=[LOOK]), "not_recurred", "inconclusive"),
    # looked for too early: onset was within 3 days of the first dose
    (again(reactions=[ABSENT], tests=[LOOK | {"time_date": "2023-01-01"}]), "not_recurred", "inconclusive"),
    (again(reactions=[ABSENT], tests=[LOOK | {"time_date": "2023-01-09"}]), "not_recurred", "negative"),
    # contradictions count as recurred, then unknown
    (again(reactions=[AGAIN, ABSENT | {"reaction": "none"}], tests=[LOOK]), "recurred", "positive"),
    (again(reactions=[ABSENT], assessments=[CODE | {"rechallenge": "outcome_unknown"}]), "unknown", "inconclusive"),
    # looked for and said absent, and the code says otherwise: no negative
    (again(reactions=[ABSENT], tests=[LOOK], assessments=[CODE | {"rechallenge": "recurred"}]), "recurred", "inconclusive"),
    (again(reactions=[ABSENT], tests=[LOOK], assessments=[CODE | {"rechallenge": "outcome_unknown"}]), "unknown", "inconclusive"),
    # a code that denies yields to a described re-exposure
    (again(reactions=[AGAIN], assessments=[CODE | {"rechallenge": "not_rechallenged"}]), "recurred", "positive"),
    # told of that exposure, and dated before it: no recurrence, and no look for one
    (again(reactions=[AGAIN | {"onset_date": "2022-12-20"}]), "recurred", "inconclusive"),
    (again(reactions=[AGAIN | {"onset_date": "2023-01-01"}]), "recurred", "positive"),  # on the very day
    (again(reactions=[ABSENT], tests=[LOOK | {"time_date": "2022-12-20"}]), "not_recurred", "inconclusive"),
    (again(tests=[LOOK | {"time_date": "2022-12-20", "reading": "shows_event"}]), "unknown", "inconclusive"),
    # restarted on the day of the end: the order is open, and only an outcome of a typed course says it had ended
    (again(second={"start_date": "2022-01-10"}, reactions=[AGAIN]), "recurred", "positive"),
    # the same in a message, whose outcome is that of its last observation
    (of_message("2022-01-10"), "unknown", "inconclusive"),
    (of_message("2022-01-11"), "unknown", "positive"),
    # an earlier reaction in the history alone
    ({"courses": [ONE], "reactions": [FIRST], "history": [PAST]}, "recurred", "inconclusive"),
    ({"courses": [ONE], "reactions": [FIRST], "history": [PAST | {"term": "otherol"}]}, "not_stated", "not_stated"),
    # beside a code that says otherwise, and beside a re-exposure of which it is said that the event did not recur
    ({"courses": [ONE], "reactions": [FIRST], "history": [PAST], "assessments": [CODE | {"rechallenge": "not_recurred"}]}, "recurred", "inconclusive"),
    (again(reactions=[ABSENT], tests=[LOOK], history=[PAST]), "recurred", "negative"),
    ({"courses": [ONE], "reactions": [FIRST], "history": [PAST | {"reaction": "headache"}]}, "not_stated", "not_stated"),
    # a skin test, placebo and desensitisation are no re-exposure; a provocation at a therapeutic dose is
    (again(second={"setting": "skin test"}, reactions=[AGAIN]), "not_stated", "not_stated"),
    (again(second={"setting": "Placebo, blinded"}, reactions=[AGAIN]), "not_stated", "not_stated"),
    (again(reactions=[AGAIN], doses=[TESTED]), "not_stated", "not_stated"),
    (again(reactions=[AGAIN], doses=[TESTED, TESTED | {"dose": "2", "dosage_text": "10 mg"}]), "recurred", "positive"),
    (again(reactions=[AGAIN], doses=[TESTED, TESTED | {"dose": "2", "dosage_text": "", "amount": "10", "unit": "mg"}]), "recurred", "positive"),
    (again(reactions=[AGAIN], doses=[TESTED, TESTED | {"dose": "2", "dosage_text": ""}]), "not_stated", "not_stated"),
    (again(second={"setting": "oral provocation after a skin test"}, reactions=[AGAIN]), "recurred", "positive"),
    # restarted before the end, by dates
    (again(second={"start_date": "2022-01-07"}, reactions=[AGAIN]), "not_stated", "exposure_continued"),
    # so many days after the end of a course: of one dose, of doses on counted days, of which nobody says how many or when
    (again(ONCE, GAP_OF_3, [AGAIN]), "not_stated", "exposure_continued"),
    (again(UNDATED | ONCE, GAP_OF_3, [AGAIN], reaction=COUNTED), "not_stated", "exposure_continued"),
    (again(UNDATED, GAP_OF_3, [AGAIN], reaction=COUNTED, doses=ON_DAYS_1_AND_4), "not_stated", "exposure_continued"),
    (again(UNDATED, GAP_OF_3, [AGAIN], reaction=COUNTED), "recurred", "positive"),
    (again(ONCE, GAP_OF_3 | {"gap_lower": "9", "gap_upper": "9"}, [AGAIN]), "recurred", "positive"),
]  # fmt: skip


def test_one_re_exposure():
    found = of_each([reported for reported, _, _ in ONE_RE_EXPOSURE], "rechallenge_reported", "rechallenge_event")
    assert found == [(as_reported, strict) for _, as_reported, strict in ONE_RE_EXPOSURE]


OUTCOMES = {
    "recovered": "positive",
    "recovered_with_sequelae": "positive",
    "recovering": "inconclusive",
    "unknown": "inconclusive",
    "": "inconclusive",
    "not_recovered": "exposure_continued",
}


def test_without_dates_the_outcome_of_a_typed_course_says_whether_the_event_had_ended():
    courses = [COURSE | DOSED, COURSE | DOSED | {"course": "2"}]
    rows = [{"courses": courses, "reactions": [EVENT | {"outcome": outcome}, AGAIN]} for outcome in OUTCOMES]
    assert of_each(rows, "rechallenge_event") == [(strict,) for strict in OUTCOMES.values()]


CODES = [
    (CODE | {"rechallenge": "recurred"}, "recurred", "inconclusive", "yes"),
    (CODE | {"rechallenge": "not_recurred"}, "not_recurred", "inconclusive", "yes"),
    (CODE | {"rechallenge": "outcome_unknown"}, "unknown", "inconclusive", "yes"),
    (CODE | {"rechallenge": "not_rechallenged"}, "not_done", "not_done", "no"),
    (CODE | {"rechallenge": ""}, "not_stated", "not_stated", "unknown"),
    # of another drug: says nothing
    (CODE | {"drug": "otherol", "rechallenge": "recurred"}, "not_stated", "not_stated", "unknown"),
]


def test_a_code_alone():
    rows = [{"reactions": [EVENT], "assessments": [code]} for code, *_ in CODES]
    found = of_each(rows, "rechallenge_reported", "rechallenge_event", "re_exposed")
    assert found == [tuple(expected) for _, *expected in CODES]


FATAL = EVENT | {"outcome": "fatal"}
IN_NARANJO = [
    # a reaction in the past, whatever the drug was called
    ({"courses": [ONE], "reactions": [FIRST], "history": [PAST]}, "9", "yes"),
    (again(reactions=[AGAIN]), "4", "yes"),
    (again(reactions=[ABSENT], tests=[LOOK]), "4", "no"),
    (again(reactions=[ABSENT]), "4", ""),
    # after an event told as fatal: the class is open, and what speaks against the drug stays
    (again(reactions=[ABSENT], tests=[LOOK], reaction=FATAL), "4", "no"),
    (again(reactions=[ABSENT], reaction=FATAL), "4", ""),
    (again(reactions=[AGAIN], reaction=FATAL), "4", ""),
]


def test_what_naranjo_is_answered():
    told = through(**together([reported for reported, *_ in IN_NARANJO]))
    asked = [(f"C{number}", question) for number, (_, question, _) in enumerate(IN_NARANJO, start=1)]
    found = [naranjo.derived(told.documented[case])[question][0] for case, question in asked]
    assert found == [answer for *_, answer in IN_NARANJO]
    assert told.derived["patients"].set_index("case_id").loc["C5", "rechallenge_event"] == "inconclusive"


SAID_ABSENT, INDEX = "reactions[again].occurred", "reactions[rash].outcome"
GROUNDS = [
    (again(reactions=[ABSENT], tests=[LOOK]), "no event; looked for by photograph; for how long is not stated",
     f"{INDEX}; {SAID_ABSENT}; tests[look].reading"),
    (again(first={"given_lower": "5", "given_upper": "5"}, reactions=[ABSENT], tests=[LOOK]),
     "less than half of the earlier doses was given", SAID_ABSENT),
    (again(second={"given_lower": "", "given_upper": ""}, reactions=[ABSENT], tests=[LOOK]),
     "how much was given is not known", SAID_ABSENT),
    ({"reactions": [EVENT], "assessments": [CODE | {"rechallenge": "recurred"}]}, "only a code is reported",
     "assessments.rechallenge"),
]  # fmt: skip


def test_what_a_class_rests_on_is_named():
    found = of_each_case([reported for reported, _, _ in GROUNDS], "rechallenges", "why", "basis")
    assert found == [[(why, basis)] for _, why, basis in GROUNDS]


def test_an_extract_says_no_for_not_done_too():
    said = {"reactions": [EVENT], "assessments": [CODE | {"rechallenge": "not_recurred"}]}
    assert of_one("rechallenge_reported", sources=[EXTRACT], **said) == ("unknown",)


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


def test_doses_after_onset_and_doses_after_the_end_are_told_apart():
    doses = [{"case_id": "C1", "course": "1", "dose": str(n), "time_date": f"2022-01-{day:02}", "given": "yes"} | WHERE
             for n, day in enumerate((1, 5, 20), start=1)]  # fmt: skip
    told = through(courses=[COURSE | {"start_date": "2022-01-01"}], doses=doses, reactions=[FIRST])
    assert told.derived["rechallenges"][["kind", "doses_given"]].values.tolist() == [
        ["exposure_continued", "2"], ["within_course", "3"],
    ]  # fmt: skip
    assert (told.patient()["re_exposed"], told.patient()["rechallenge_event"]) == ("continued", "exposure_continued")


def test_the_risk_window_of_the_profile_goes_before_that_of_the_series():
    event = PROFILE.event.model_copy(update={"risk_window": RiskWindow(days=30, source="invented")})
    longer = PROFILE.model_copy(update={"event": event})
    seen = again(reactions=[ABSENT], tests=[LOOK | {"time_date": "2023-01-09"}])
    assert through(profile=longer, **seen).patient()["rechallenge_event"] == "inconclusive"


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
