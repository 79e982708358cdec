"""Questions of instruments, as far as rows decide them: what table of appraisal, causality sheet and summaries print."""

from scripts.documents.causality import naranjo
from scripts.documents.causality.other_instruments import murad
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, through, together
from tests.validate.build import PROFILE, TEST

DOSE = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes"} | WHERE
ONE = COURSE | {"start_date": "2024-05-01", "given_lower": "1", "given_upper": "1"}
TWO = ONE | {"course": "2", "start_date": "2025-05-01"}
ILL = EVENT | {"onset_date": "2024-05-03"}
OVER = ILL | {"end_date": "2024-05-09", "outcome": "recovered"}
ABSENT = EVENT | {"reaction": "again", "course": "2", "occurred": "no"}
EXCLUDED = [{"case_id": "C1", "cause": cause, "excluded": "yes"} | WHERE for cause in ("infection", "clot")]
PATIENTS = [
    # rows; the answers to questions 2, 3, 4, 5 and 7
    ({"reactions": [EVENT]}, ("", "", "", "", "")),
    ({"courses": [ONE], "reactions": [OVER]}, ("yes", "", "", "", "yes")),
    ({"doses": [DOSE], "reactions": [EVENT | {"outcome": "recovered"}]}, ("yes", "", "", "", "")),
    ({"courses": [ONE], "cases": [CASE | {"identity": "anonymous", "aggregate_id": "A"}], "reactions": [ILL]}, ("", "", "", "", "")),
    # causes that the source names are excluded, and those of the profile are not mentioned
    ({"reactions": [ILL], "alternatives": EXCLUDED}, ("", "", "", "", "")),
    ({"reactions": [ILL], "alternatives": [EXCLUDED[0] | {"excluded": "no"}]}, ("", "", "no", "", "")),
    # stopped and over; given again without the event; with it
    ({"courses": [ONE | {"action_taken": "withdrawn", "planned_doses": "5"}], "reactions": [OVER]}, ("yes", "", "", "yes", "yes")),
    ({"courses": [ONE, TWO], "reactions": [OVER, ABSENT], "tests": [TEST | {"course": "2", "reading": "shows_no_event"}]}, ("yes", "", "", "no", "yes")),
    ({"courses": [ONE, TWO], "reactions": [OVER, ABSENT | {"occurred": "yes", "onset_date": "2025-05-02"}]}, ("yes", "", "", "yes", "yes")),
    ({"reactions": [ILL], "deaths": [{"case_id": "C1"} | WHERE]}, ("", "", "", "", "yes")),
]  # fmt: skip


def test_rows_decide_what_they_can_and_both_products_say_so():
    told = through(**together([rows for rows, _ in PATIENTS]), profile=PROFILE)
    rows = told.derived["appraisals"].query("instrument == 'murad'")
    murad_answers = [tuple(rows.loc[rows["case_id"] == f"C{at}", "answer"]) for at in range(1, len(PATIENTS) + 1)]
    assert murad_answers == [answers for _, answers in PATIENTS]
    sheet = [murad(told.documented[f"C{at}"]) for at in range(1, len(PATIENTS) + 1)]
    assert [tuple(case_sheet[question][0] for question in "23457") for case_sheet in sheet] == murad_answers
    assert [*sheet[0]] == list("12345678")


GIVEN = DOSE | {"amount": "10", "time_date": "2024-05-01"}
SECOND = COURSE | {"course": "2", "drug": "oldumab", "substance": "oldumab"}
STOPPED = ONE | {"action_taken": "withdrawn", "planned_doses": "5"}
SHOWN = TEST | {"reading": "shows_event"}
LATER = {"time_date": "2024-06-02"}
TREATED = {"case_id": "C1", "item": "m", "measure": "prednisolone"} | WHERE
CRITERIA = [
    # rows; the criteria that they show
    ({"reactions": [EVENT]}, ""),
    ({"courses": [ONE], "doses": [GIVEN], "reactions": [ILL]}, "exposure timing"),
    (
        {
            "courses": [ONE],
            "doses": [GIVEN | {"amount": "not_stated"}],
            "reactions": [EVENT | {"onset_date": "2024-04-03"}],
        },
        "",
    ),
    # a dose of another suspect drug shows nothing of this one; other drugs are told of, and one of them is suspect too
    ({"courses": [ONE, SECOND], "doses": [GIVEN | {"course": "2"}], "reactions": [EVENT]}, ""),
    ({"courses": [ONE, SECOND | {"role": "concomitant"}], "reactions": [EVENT]}, "singular"),
    ({"courses": [ONE, SECOND | {"role": "concomitant"}, SECOND | {"course": "3"}], "reactions": [EVENT]}, ""),
    # the test is not named; the test began after the death
    ({"courses": [ONE], "reactions": [EVENT], "tests": [SHOWN | {"test": "unknown"}]}, "pattern"),
    (
        {
            "courses": [ONE],
            "reactions": [EVENT],
            "tests": [SHOWN | LATER],
            "deaths": [{"case_id": "C1", "time_date": "2024-06-01"} | WHERE],
        },
        "",
    ),
    ({"courses": [STOPPED], "reactions": [OVER], "managements": [TREATED]}, "timing withdrawal corticosteroid"),
    (
        {"courses": [STOPPED], "reactions": [OVER], "managements": [TREATED | {"measure": "no steroids"}]},
        "timing withdrawal",
    ),
]


def test_criteria_of_a_drug_induced_disease_are_shown_by_rows_or_not_shown():
    told = through(**together([rows for rows, _ in CRITERIA]), profile=PROFILE)
    rows = told.derived["appraisals"].query("instrument == 'camus' and answer == 'yes'")
    assert [" ".join(rows.loc[rows["case_id"] == f"C{at}", "question"]) for at in range(1, len(CRITERIA) + 1)] == [
        shown for _, shown in CRITERIA
    ]
    assert (rows["basis"] != "").all()
    confirmed = [naranjo.derived(told.documented[f"C{at}"])["10"] for at in (7, 8)]
    assert confirmed == [("yes", "shown by a test that is not named"), ("", "no test is recorded as showing it")]
