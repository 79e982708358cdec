"""Rechallenge in two readings: every row of the decision (definitions: rechallenge)."""

from schemas.profile import RiskWindow
from scripts.documents.causality import naranjo
from tests.decisions.line import (
    COURSE,
    EVENT,
    EXTRACT,
    PROFILE,
    WHERE,
    Cases,
    through,
)
from tests.decisions.re_exposed import (
    ABSENT,
    AGAIN,
    CODE,
    COUNTED,
    DOSED,
    FIRST,
    GAP_OF_3,
    LOOK,
    ON_DAYS_1_AND_4,
    ONCE,
    ONE,
    UNDATED,
    again,
    of_message,
)

SERIES = Cases()
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


RE_EXPOSED = SERIES.of(reported for reported, _, _ in ONE_RE_EXPOSURE)


def test_one_re_exposure():
    classes = RE_EXPOSED.patients("rechallenge_reported", "rechallenge_event")
    assert classes == [(as_reported, strict) for _, as_reported, strict in ONE_RE_EXPOSURE]


OUTCOMES = {
    "recovered": "positive",
    "recovered_with_sequelae": "positive",
    "recovering": "inconclusive",
    "unknown": "inconclusive",
    "": "inconclusive",
    "not_recovered": "exposure_continued",
}


WITHOUT_DATES = SERIES.of(
    {"courses": [COURSE | DOSED, COURSE | DOSED | {"course": "2"}], "reactions": [EVENT | {"outcome": outcome}, AGAIN]}
    for outcome in OUTCOMES
)


def test_without_dates_the_outcome_of_a_typed_course_says_whether_the_event_had_ended():
    assert WITHOUT_DATES.patients("rechallenge_event") == [(strict,) for strict in OUTCOMES.values()]


CODES = [
    (CODE | {"rechallenge": "recurred"}, "recurred", "inconclusive", "yes"),
    (CODE | {"rechallenge": "not_recurred"}, "not_recurred", "inconclusive", "yes"),
    (CODE | {"rechallenge": "outcome_unknown"}, "unknown", "inconclusive", "yes"),
    (CODE | {"rechallenge": "not_rechallenged"}, "not_done", "not_done", "no"),
    (CODE | {"rechallenge": ""}, "not_stated", "not_stated", "unknown"),
    # of another drug: says nothing
    (CODE | {"drug": "otherol", "rechallenge": "recurred"}, "not_stated", "not_stated", "unknown"),
]


CODED = SERIES.of({"reactions": [EVENT], "assessments": [code]} for code, *_ in CODES)


def test_a_code_alone():
    classes = CODED.patients("rechallenge_reported", "rechallenge_event", "re_exposed")
    assert classes == [tuple(expected) for _, *expected in CODES]


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


ANSWERED = SERIES.of(reported for reported, *_ in IN_NARANJO)


def test_what_naranjo_is_answered():
    asked = zip(ANSWERED.documented, IN_NARANJO, strict=True)
    answers = [naranjo.derived(case)[question][0] for case, (_, question, _) in asked]
    assert answers == [answer for *_, answer in IN_NARANJO]
    assert ANSWERED.patients("rechallenge_event")[4] == ("inconclusive",)


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


GROUNDED = SERIES.of(reported for reported, _, _ in GROUNDS)


def test_what_a_class_rests_on_is_named():
    assert GROUNDED.rows("rechallenges", "why", "basis") == [[(why, basis)] for _, why, basis in GROUNDS]


IN_AN_EXTRACT = SERIES.of(
    [{"sources": [EXTRACT], "reactions": [EVENT], "assessments": [CODE | {"rechallenge": "not_recurred"}]}]
)


def test_an_extract_says_no_for_not_done_too():
    assert IN_AN_EXTRACT.patients("rechallenge_reported") == [("unknown",)]


ON_DAYS_1_5_AND_20 = [
    {"case_id": "C1", "course": "1", "dose": str(n), "time_date": f"2022-01-{day:02}", "given": "yes"} | WHERE
    for n, day in enumerate((1, 5, 20), start=1)
]
GIVEN_ON = SERIES.of(
    [{"courses": [COURSE | {"start_date": "2022-01-01"}], "doses": ON_DAYS_1_5_AND_20, "reactions": [FIRST]}]
)


def test_doses_after_onset_and_doses_after_the_end_are_told_apart():
    assert GIVEN_ON.rows("rechallenges", "kind", "doses_given") == [
        [("exposure_continued", "2"), ("within_course", "3")]
    ]
    assert GIVEN_ON.patients("re_exposed", "rechallenge_event") == [("continued", "exposure_continued")]


def test_the_risk_window_of_the_profile_goes_before_that_of_the_series():
    event = PROFILE.event.model_copy(update={"risk_window": RiskWindow(days=30, source="invented")})
    longer = PROFILE.model_copy(update={"event": event})
    seen = again(reactions=[ABSENT], tests=[LOOK | {"time_date": "2023-01-09"}])
    assert through(profile=longer, **seen).patient()["rechallenge_event"] == "inconclusive"
