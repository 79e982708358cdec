"""Cells of one patient that cannot both hold: what is told, and of which cell. Every case of a list is one patient."""

from scripts.validate import decide
from scripts.validate.rules.clinical import rule_contradictions, rule_outcome
from scripts.validate.rules.exposure import rule_course_order
from scripts.validate.rules.times import rule_time_order, rule_unusable_onset
from tests.decisions.line import COURSE, EVENT, MESSAGE, WHERE, of_each, together
from tests.validate.build import PROFILE, TEST, tables
from tests.validate.rules.one_patient import gap, told

MAY = COURSE | {"start_date": "2024-05-01"}
NEXT = COURSE | {"course": "2", "start_date": "2025-05-01"}
COUGH = EVENT | {"reaction": "cough", "term": "cough", "role": "symptom", "attribution": "certain"}
THIRD = {"onset_date": "2024-05-03"}
ABSENT = COUGH | {"occurred": "no"}
HISTORY = {"case_id": "C1", "item": "h", "kind": "condition", "term": "itch", "end_date": "2023"} | WHERE
REPORT = {"case_id": "C1", "version": "1", "serious": "no"} | WHERE
ANOTHER = COURSE | {"course": "2", "drug": "otherol", "substance": "otherol"}
ORDER = [
    ([MAY, NEXT], ""),
    ([MAY, NEXT | {"start_date": "2024-04"}], "Q44 warning courses.course"),
    ([MAY, NEXT | {"start_date": "2024-05"}], ""),  # it may be later
    ([MAY | {"ordinal": "2"}, NEXT | {"ordinal": "1"}], "Q44 warning courses.ordinal"),
    ([MAY | {"ordinal": "1"}, NEXT | {"ordinal": "4"}], ""),
    ([MAY, NEXT | gap("3", "previous_start")], "Q44 warning courses.gap_lower"),
    ([MAY, NEXT | gap("12", "previous_start")], ""),
    ([MAY, NEXT | gap("3", "previous_end")], ""),  # nobody says how long the first went on
    ([MAY, NEXT | gap("18", "")], "Q44 warning courses.gap_lower"),  # longer than from start to start
    ([MAY, ANOTHER | {"start_date": "2023-01-01"}], ""),
]


def test_typed_courses_against_their_dates():
    rows = [{"courses": courses} for courses, _ in ORDER]
    assert told(rule_course_order, [(reported, "") for reported in rows]) == [words for _, words in ORDER]
    message = tables(**together([{"sources": [MESSAGE], "courses": [MAY, NEXT | {"start_date": "2024-04"}]}]))
    assert not len(rule_course_order.find(message, PROFILE))


BOTH = [
    ({"reactions": [EVENT, ABSENT | {"onset_date": "2024-05-03"}]}, "Q47 error reactions.occurred"),
    ({"reactions": [EVENT, ABSENT | {"outcome": "not_recovered"}]}, "Q47 error reactions.occurred"),
    ({"reactions": [EVENT, ABSENT | {"hospitalisation": "yes"}]}, "Q47 error reactions.occurred"),
    ({"reactions": [EVENT, ABSENT | {"outcome": "unknown", "onset_date": "not_applicable"}]}, ""),
    ({"history": [HISTORY | {"continuing": "yes"}]}, "Q47 warning history.continuing"),
    ({"history": [HISTORY | {"continuing": "no"}]}, ""),
    ({"reactions": [EVENT, COUGH | {"index": "yes"}]}, "Q47 warning reactions.index"),
    ({"courses": [MAY, NEXT], "reactions": [EVENT | {"index": "yes"}, EVENT | {"reaction": "again", "course": "2", "index": "yes"}]},
     "Q47 warning reactions.index; Q47 warning reactions.index"),
    ({"reactions": [EVENT | {"index": "yes"}, EVENT | {"reaction": "weal", "index": "yes"}]}, ""),  # two terms of one episode
    ({"reactions": [EVENT | {"occurred": "no"}], "tests": [TEST | {"reading": "shows_event"}]}, "Q47 warning tests.reading"),
    ({"reactions": [EVENT], "tests": [TEST | {"reading": "shows_event"}]}, ""),
    ({"reactions": [EVENT | THIRD, COUGH | {"onset_order": "first", "onset_date": "2024-05-09"}]}, "Q47 warning reactions.onset_order"),
    ({"reactions": [EVENT | THIRD, COUGH | {"onset_order": "later", "onset_date": "2024-05-01"}]}, "Q47 warning reactions.onset_order"),
    ({"reactions": [EVENT | THIRD, COUGH | {"onset_order": "first", "onset_date": "2024-05"}]}, ""),
    ({"reactions": [EVENT | THIRD, COUGH | {"onset_order": "later", "onset_date": "2024-05-03"}]}, ""),
]  # fmt: skip


def test_two_cells_that_cannot_both_hold():
    assert told(rule_contradictions, BOTH) == [words for _, words in BOTH]


def test_a_report_that_is_not_serious_and_gives_a_criterion():
    cases = [
        ({"reactions": [EVENT], "reports": [REPORT]}, ""),
        ({"reactions": [EVENT], "reports": [REPORT | {"serious_disability": "yes"}]}, "Q40 warning reports.serious"),
        (
            {"reactions": [EVENT, COUGH | {"life_threatening": "yes"}], "reports": [REPORT]},
            "Q40 warning reports.serious",
        ),
        ({"reactions": [EVENT | {"outcome": "fatal"}], "reports": [REPORT]}, "Q40 warning reports.serious"),
    ]
    assert told(rule_outcome, cases) == [words for _, words in cases]


def test_what_was_there_before_the_drug_and_has_no_time_of_its_worsening():
    before = EVENT | {"present_before": "yes"}
    assert told(rule_unusable_onset, [({"reactions": [before]}, "")]) == ["Q45 information reactions.present_before"]
    early = tables(**together([{"courses": [MAY], "reactions": [before | {"onset_date": "2024-04-01"}]}]))
    assert rule_time_order.find(early, PROFILE)["cure"].tolist() == [rule_time_order.WORSENING]


def test_an_absence_that_is_contradicted_denies_nothing_on_re_exposure():
    """Withheld, what it says is unknown: the patient is not counted as free of a recurrence."""
    first = EVENT | THIRD | {"end_date": "2024-05-20", "outcome": "recovered"}
    again = EVENT | {"reaction": "again", "course": "2", "occurred": "no"}
    rows = [{"courses": [MAY, NEXT], "reactions": [first, again | more]} for more in ({}, {"onset_date": "2025-05-02"})]
    findings = decide(rule_contradictions.find(tables(**together(rows)), PROFILE), {"error": "withhold_value"})
    assert of_each(rows, "rechallenge_reported", found=findings) == [("not_recurred",), ("unknown",)]
