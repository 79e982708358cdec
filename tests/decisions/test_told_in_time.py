"""What a narrative tells stands in the order of time, whatever the rows are called (definitions: narratives)."""

from scripts.documents.words import narrative_event, narrative_patient
from tests.decisions.line import COURSE, EVENT, WHERE, through

COURSES = [COURSE | {"start_date": "2025-05-01"}, COURSE | {"course": "2", "start_date": "2024-05-01"}]
EVENTS = [
    EVENT | {"reaction": "a", "onset_date": "2025-05-04", "occurred": "yes"},
    EVENT | {"reaction": "b", "course": "2", "onset_date": "2024-05-09"},
    EVENT | {"reaction": "c", "course": "2", "term": "itching", "role": "sentinel_sign", "onset_date": "2024-05-03"},
]
JUDGED = {"case_id": "C1", "assessor": "A", "reaction": "a", "method": "WHO-UMC"} | WHERE


def test_courses_and_events_stand_by_their_dates_and_a_judgement_names_another_drug():
    judged = [
        JUDGED | {"drug": drug, "result": result}
        for drug, result in (("Examplumab", "possible"), ("otherol", "certain"))
    ]
    case = through(courses=COURSES, reactions=EVENTS, assessments=judged).documented["C1"]
    courses = narrative_patient.exposure(case)
    assert courses.index("course 2 (suspect), start 2024-05-01") < courses.index("course 1 (suspect), start 2025-05-01")
    assert narrative_event.event(case) == "blue rash (2024-05-09); blue rash (course 1, 2025-05-04)"
    assert narrative_event.causality(case) == (
        "A on blue rash: possible, method WHO-UMC; A on blue rash with otherol: certain, method WHO-UMC"
    )
