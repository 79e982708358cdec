"""A patient who was given the drug again: what the first course, the second, and their rows say."""

from tests.decisions.line import COURSE, EVENT, MESSAGE, WHERE

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
        {"case_id": "C1", "course": row["course"], "dose": "1", "time_date": row["start_date"], "end_date": end} | WHERE
        for row, end in zip(courses, ends, strict=True)
    ]
    seen = LOOK | {"reading": "shows_event", "time_date": "2022-01-20"}
    return {"sources": [MESSAGE], "courses": courses, "doses": doses, "reactions": [FIRST], "tests": [seen]}
