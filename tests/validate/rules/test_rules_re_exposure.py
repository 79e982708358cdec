"""A drug on two lines, one exposure or two (Q12), and which episode a recurrence is a recurrence of (Q13)."""

from scripts.validate import check
from tests.validate.build import COURSE, DAY, EVENT, PROFILE, tables
from tests.validate.rules.each import each_flagged_once, said_of_each
from tests.validate.rules.rows import AFTER_A_WEEK, DOSE, JUDGED, OTHER_DRUG, dated, end_on_day, row

SECOND = row(COURSE, course="2", start_date="2022-07-07")
UNPLACED = row(EVENT, course="", onset_date="2022-07-10")
NOT_OVER = row(EVENT, onset_date="2022-07-10", outcome="not_recovered")
AGAIN = row(COURSE, course="2", start_date="2023-07-04")
RECURRED = row(JUDGED, rechallenge="recurred")
SECOND_EPISODE = row(EVENT, reaction="rash2", course="2")

BROKEN = {
    "two lines, the event of neither": ("Q12", "warning", "start_date", {"courses": [dated, SECOND], "reactions": [UNPLACED]}),
    "both lines withdrawn, the event of neither": ("Q12", "warning", "start_date", {
        "courses": [row(dated, action_taken="withdrawn"), row(SECOND, action_taken="withdrawn")], "reactions": [UNPLACED]}),
    "the event is the first course's": ("Q12", "error", "course", {"courses": [dated, SECOND], "reactions": [row(UNPLACED, course="1")]}),
    "by its ordinal another course, and the event of neither": ("Q12", "warning", "start_date", {"courses": [row(dated, ordinal="1"), row(SECOND, ordinal="2")], "reactions": [UNPLACED]}),
    "by its gap another course": ("Q12", "error", "course", {"courses": [dated, row(SECOND, gap_lower="2", gap_upper="3", gap_scale="d")], "reactions": [UNPLACED]}),
    "dated by its doses alone": ("Q12", "error", "course", {
        "courses": [dated, row(COURSE, course="2")], "doses": [row(DOSE, course="2", dose="1", time_date="2022-07-07")],
        "reactions": [row(UNPLACED, course="1")]}),
    "not recovered, and given again": ("Q12", "warning", "start_date", {"courses": [dated, AGAIN], "reactions": [NOT_OVER]}),
    "not recovered, and given again nobody knows when": ("Q12", "warning", "gap_upper", {
        "courses": [COURSE, row(COURSE, course="2", gap_lower="6", gap_upper="18", gap_scale="mo")], "reactions": [NOT_OVER]}),
    "recurred, the first episode never over": ("Q13", "warning", "rechallenge", {
        "courses": [COURSE, row(COURSE, course="2")],
        "reactions": [row(EVENT, outcome="fatal"), row(SECOND_EPISODE, outcome="recovering")], "assessments": [row(RECURRED, reaction="rash2")]}),
}  # fmt: skip

SOUND = {
    "two lines of one day": {"courses": [dated, row(SECOND, start_date="2022-07-04")], "reactions": [row(UNPLACED, course="1")]},
    "two lines of perhaps one day": {"courses": [dated, row(COURSE, course="2")], "doses": [row(DOSE, course="2", dose="1", time_date="2022-07-04")], "reactions": [UNPLACED]},
    "not administered": {"courses": [dated, row(SECOND, role="not_administered")], "reactions": [row(UNPLACED, course="1")]},
    "planned and not given": {"courses": [dated, row(SECOND, given_upper="0")], "reactions": [row(UNPLACED, course="1")]},
    "two lines of another drug": {"courses": [dated, OTHER_DRUG, row(OTHER_DRUG, course="3", start_date="2022-07-05")], "reactions": [row(UNPLACED, course="1")]},
    "two lines without a date": {"courses": [dated, row(COURSE, course="2")], "reactions": [row(UNPLACED, outcome="not_recovered")]},
    "recovered, and given again": {"courses": [dated, AGAIN], "reactions": [row(NOT_OVER, outcome="recovered", end_date="2022-07-20")]},
    "recovering, and given again": {"courses": [dated, AGAIN], "reactions": [row(NOT_OVER, outcome="recovering")]},
    "by its gap, after a dated event": {"courses": [dated, row(COURSE, course="2", **AFTER_A_WEEK)], "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3", **end_on_day("5"))]},
    "recurred, the first episode over, the second fatal": {
        "courses": [COURSE, row(COURSE, course="2")],
        "reactions": [row(EVENT, outcome="recovered", **end_on_day("9")), row(SECOND_EPISODE, outcome="fatal")],
        "assessments": [row(RECURRED, reaction="rash2")]},
    "recurred, of the first episode nothing known": {
        "courses": [COURSE, row(COURSE, course="2")], "reactions": [row(SECOND_EPISODE, outcome="fatal")], "assessments": [row(RECURRED, reaction="rash2")]},
    "recurred, the first of another term": {
        "courses": [COURSE, row(COURSE, course="2")],
        "reactions": [row(EVENT, reaction="pain", term="pain", role="symptom", outcome="fatal"), row(SECOND_EPISODE, outcome="fatal")],
        "assessments": [row(RECURRED, reaction="rash2")]},
}  # fmt: skip


def test_a_broken_series_is_flagged_once():
    each_flagged_once(BROKEN, apart_from={"Q32"})


def test_its_sound_neighbour_is_not():
    assert said_of_each(SOUND) == {label: set() for label in SOUND}


def test_a_recurrence_names_the_episode_it_is_compared_with():
    rows = BROKEN["recurred, the first episode never over"][3]
    findings = check(tables(**rows), PROFILE)
    assert findings["what"].tolist() == ["coded as recurred, while the first episode, 'rash', is fatal"]


def test_judgements_of_a_drug_of_another_and_of_none_named():
    """Q14, of judgements that name a drug with a complete course, one without any, and none."""
    complete = row(COURSE, planned_doses="5", given_lower="5", given_upper="5", action_taken="not_applicable")
    judged = [row(JUDGED, dechallenge="positive", course="", drug=drug) for drug in ("examplumab", "elsewherol", "")]
    judged[0] |= {"course": "1"}
    findings = check(tables(courses=[complete], reactions=[EVENT], assessments=judged), PROFILE)
    odd = findings[(findings["rule"] == "Q14") & (findings["column"] == "dechallenge")]
    assert odd["row"].tolist() == [2, 4]
    nameless = row(COURSE, course="2", drug="", substance="", role="concomitant", action_taken="withdrawn")
    findings = check(
        tables(courses=[complete, nameless], reactions=[EVENT], assessments=[judged[2], judged[0] | {"course": ""}]),
        PROFILE,
    )
    odd = findings[(findings["rule"] == "Q14") & (findings["column"] == "dechallenge")]
    assert odd["row"].tolist() == [2, 3]
