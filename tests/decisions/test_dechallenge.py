"""Dechallenge: the first row of the decision that applies (definitions: dechallenge)."""

from schemas.profile import Effect
from tests.decisions.line import COURSE, EVENT, WHERE, Cases, through
from tests.validate.build import PROFILE

SERIES = Cases()
DEATH = {"case_id": "C1"} | WHERE
CODED = {"case_id": "C1", "assessor": "report", "drug": "examplumab", "dechallenge": "positive"} | WHERE
OPEN = {"planned_doses": "5", "given_lower": "3", "given_upper": "3"}
DOSE = {"case_id": "C1", "course": "1", "dose": "1"} | WHERE


def day(number: str, prefix: str = "end") -> dict[str, str]:
    return {f"{prefix}_lower": number, f"{prefix}_upper": number, f"{prefix}_scale": "study_day", f"{prefix}_origin": "first_dose"}  # fmt: skip


def given(on: str) -> dict[str, str]:
    return DOSE | {"dose": on} | day(on, "time")


DECHALLENGE = [
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "fatal"}, {}, "not_assessable"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "unknown"}, {"deaths": [DEATH]}, "not_assessable"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "recovered"}, {"deaths": [DEATH]}, "positive"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "not_recovered"}, {"deaths": [DEATH | {"relatedness": "unrelated"}]}, "negative"),
    ({"action_taken": "withdrawn", "planned_doses": "1"}, {"outcome": "recovered"}, {}, "not_applicable"),
    (
        {"action_taken": "withdrawn", "planned_doses": "3", "given_lower": "3", "given_upper": "3"},
        {"outcome": "recovered"},
        {},
        "not_applicable",
    ),
    ({"action_taken": "not_applicable"}, {"outcome": "recovered"}, {}, "not_applicable"),
    (
        {"action_taken": "withdrawn", "given_lower": "1", "given_upper": "1"},
        {"outcome": "recovered"},
        {},
        "positive",
    ),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "recovered"}, {}, "positive"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "recovering"}, {}, "positive"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "recovered_with_sequelae"}, {}, "positive"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "not_recovered"}, {}, "negative"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "unknown"}, {}, "unknown"),
    ({"action_taken": "withdrawn", **OPEN}, {"outcome": "not_stated"}, {}, "unknown"),
    ({"action_taken": "reduced"}, {"outcome": "recovering"}, {}, "positive"),
    ({"action_taken": "reduced"}, {"outcome": "not_recovered"}, {}, "unknown"),
    ({"action_taken": "not_changed"}, {"outcome": "recovered"}, {}, "not_applicable"),
    ({"action_taken": "increased"}, {"outcome": "not_recovered"}, {}, "not_applicable"),
    ({"action_taken": "not_stated"}, {"outcome": "unknown"}, {"assessments": [CODED]}, "positive"),
    ({"action_taken": "withdrawn"}, {"outcome": "unknown"}, {"assessments": [CODED]}, "unknown"),
    ({"action_taken": ""}, {"outcome": "recovered"}, {"assessments": [CODED | {"dechallenge": "negative"}]}, "negative"),
    ({"action_taken": ""}, {"outcome": "recovered"}, {"assessments": [CODED | {"dechallenge": "not_applicable"}]}, "not_applicable"),
    ({"action_taken": ""}, {"outcome": "recovered"}, {"assessments": [CODED | {"dechallenge": "unknown"}]}, "unknown"),
    ({"action_taken": "unknown"}, {"outcome": "recovered"}, {"assessments": [CODED]}, "positive"),
    ({"action_taken": "not_stated"}, {"outcome": "recovered"}, {}, "unknown"),
    ({"action_taken": ""}, {"outcome": "recovered"}, {}, "unknown"),
    # a depot goes on acting, whatever is stopped; a form that is none, or was not given, says nothing
    ({"action_taken": "withdrawn"}, {"outcome": "recovered"}, {"doses": [DOSE | {"form": "Depot injection"}]}, "not_applicable"),
    ({"action_taken": "withdrawn"}, {"outcome": "not_recovered"}, {"doses": [DOSE | {"form": "prolonged-release suspension for injection"}]}, "not_applicable"),
    ({"action_taken": "withdrawn"}, {"outcome": "fatal"}, {"doses": [DOSE | {"form": "implant"}]}, "not_assessable"),
    ({"action_taken": "withdrawn"}, {"outcome": "recovered"}, {"doses": [DOSE | {"form": "prolonged-release tablet"}]}, "positive"),
    ({"action_taken": "withdrawn"}, {"outcome": "recovered"}, {"doses": [DOSE | {"form": "implant", "given": "no"}]}, "positive"),
    # over on study day 3, and given until study day 5: by days as by dates
    ({"action_taken": "withdrawn"}, day("3") | {"outcome": "recovered"}, {"doses": [given(at) for at in "12345"]}, "not_applicable"),
    # a further dose of which nobody says when, or whether it was given, takes nothing from that
    ({"action_taken": "withdrawn"}, day("3") | {"outcome": "recovered"}, {"doses": [given("5"), DOSE | {"dose": "9"}]}, "not_applicable"),
    ({"action_taken": "withdrawn"}, day("3") | {"outcome": "recovered"}, {"doses": [given("5") | {"given": "not_stated"}]}, "not_applicable"),
    ({"action_taken": "withdrawn"}, day("6") | {"outcome": "recovered"}, {"doses": [given(at) for at in "12345"]}, "positive"),
]  # fmt: skip


JUDGED = SERIES.of(
    {"courses": [COURSE | course], "reactions": [EVENT | event]} | more for course, event, more, _ in DECHALLENGE
)


def test_dechallenge():
    assert JUDGED.patients("dechallenge") == [(expected,) for _, _, _, expected in DECHALLENGE]


STOPPED = [
    # action, outcome, code of the source; whether the drug was stopped
    ("withdrawn", "recovered", "", "yes"),
    ("withdrawn", "unknown", "", "yes"),
    ("withdrawn", "fatal", "", "yes"),
    ("reduced", "recovered", "", "no"),
    ("not_changed", "recovered", "", "no"),
    ("increased", "recovered", "", "no"),
    ("not_applicable", "recovered", "", "no"),
    ("", "recovered", "", "unknown"),
    ("unknown", "recovered", "", "unknown"),
    ("not_stated", "recovered", "positive", "yes"),  # a dechallenge that was judged
    ("", "recovered", "negative", "yes"),
    ("", "recovered", "not_applicable", "unknown"),
    ("", "recovered", "unknown", "unknown"),
]


ACTIONS = SERIES.of(
    {"courses": [COURSE | OPEN | {"action_taken": action}], "reactions": [EVENT | {"outcome": outcome}],
     "assessments": [CODED | {"dechallenge": code}]}
    for action, outcome, code, _ in STOPPED
)  # fmt: skip


def test_whether_the_drug_was_stopped():
    assert ACTIONS.patients("stopped") == [(stopped,) for *_, stopped in STOPPED]


WITHDRAWN = COURSE | {"action_taken": "withdrawn"}
OVER = SERIES.of(
    [
        {
            "courses": [WITHDRAWN | {"start_date": "2022-07-01"}],
            "doses": [DOSE | {"time_date": "2022-07-01", "end_date": "2022-07-20"}],
            "reactions": [EVENT | {"onset_date": "2022-07-03", "end_date": "2022-07-10", "outcome": "recovered"}],
        }
    ]
)


def test_an_event_over_before_the_stop_is_no_dechallenge():
    assert OVER.patients("dechallenge") == [("not_applicable",)]


RECOVERED = EVENT | {"outcome": "recovered"}
TERMS = [RECOVERED, EVENT | {"reaction": "b", "outcome": "not_recovered"}]
EITHER_ORDER = SERIES.of({"courses": [WITHDRAWN], "reactions": order} for order in (TERMS, TERMS[::-1]))


def test_two_terms_any_of_which_persists_are_negative_in_either_order():
    assert EITHER_ORDER.patients("outcome", "dechallenge") == [("not_recovered", "negative")] * 2


BESIDE = {
    # outcome of a term of which nobody says whether it occurred: dechallenge, vital status
    "fatal": ("not_assessable", "died_of_event"),
    "not_recovered": ("unknown", "alive"),
    "unknown": ("unknown", "alive"),
    "": ("unknown", "alive"),
    "recovering": ("positive", "alive"),
    "recovered": ("positive", "alive"),
}
PERHAPS = SERIES.of(
    {
        "courses": [WITHDRAWN | OPEN],
        "reactions": [RECOVERED, EVENT | {"reaction": "again", "outcome": said, "occurred": ""}],
    }
    for said in BESIDE
)


def test_a_term_that_would_leave_the_answer_open_if_it_occurred_does():
    assert PERHAPS.patients("dechallenge", "vital") == list(BESIDE.values())


OTHER_DRUG = COURSE | {"course": "2", "drug": "otherol", "substance": "otherol", "action_taken": "withdrawn"}
NOTES = [
    ("withdrawn", "recovered", {}, "jointly with otherol"),
    ("withdrawn", "recovered", OPEN, "2 of 5 planned doses withheld; jointly with otherol"),
    ("withdrawn", "not_recovered", {}, ""),
    ("reduced", "recovered", {}, "reduced; jointly with otherol"),
    ("reduced", "not_recovered", {}, "partial: the dose was reduced"),
    ("withdrawn", "recovered", {"planned_doses": "1"}, "one dose was planned"),
    ("withdrawn", "fatal", {}, "the patient died"),
]


NOTED = SERIES.of(
    {"courses": [COURSE | course | {"action_taken": action}, OTHER_DRUG], "reactions": [EVENT | {"outcome": outcome}]}
    for action, outcome, course, _ in NOTES
)


def test_what_stands_behind_the_class_is_named():
    assert NOTED.patients("dechallenge_note") == [(note,) for *_, note in NOTES]


WENT_ON = SERIES.of([{"courses": [COURSE | {"action_taken": "not_changed"}], "reactions": [RECOVERED]}])


def test_resolution_on_continued_drug_is_a_count_of_its_own():
    told = WENT_ON.alone("of_rechallenge")
    row = told.results[told.results["statistic"] == "resolved_on_continued_drug"]
    assert row["value"].tolist() == [1.0]


def test_a_drug_that_goes_on_acting_for_longer_than_the_event_took_is_noted():
    lasting = Effect(at_least=1, unit="mo", words="it lasts for months", source="invented")
    profile = PROFILE.model_copy(update={"drug": PROFILE.drug.model_copy(update={"effect": lasting})})
    event = EVENT | {"outcome": "recovered"} | day("2", "onset") | day("9")
    told = through(profile, courses=[COURSE | {"action_taken": "withdrawn", **OPEN}], reactions=[event])
    note = (
        "2 of 5 planned doses withheld; says little about causality, since the drug goes on acting: it lasts for months"
    )
    assert (told.patient()["dechallenge"], told.patient()["dechallenge_note"]) == ("positive", note)
