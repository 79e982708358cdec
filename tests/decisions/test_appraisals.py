"""Murad's questions, as far as rows decide them: the table of appraisal and the causality sheet print these answers."""

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
    rows = told.derived["appraisals"]
    found = [tuple(rows.loc[rows["case_id"] == f"C{at}", "answer"]) for at in range(1, len(PATIENTS) + 1)]
    assert found == [answers for _, answers in PATIENTS]
    sheet = [murad(told.documented[f"C{at}"]) for at in range(1, len(PATIENTS) + 1)]
    assert [tuple(one[question][0] for question in "23457") for one in sheet] == found
    assert [*sheet[0]] == list("12345678")
