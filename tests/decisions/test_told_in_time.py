"""What a narrative tells stands in the order of time, whatever the rows are called (definitions: narratives)."""

from scripts.documents.words import narrative_event, narrative_patient
from tests.decisions.line import COURSE, EVENT, WHERE, Cases

SERIES = Cases()
COURSES = [COURSE | {"start_date": "2025-05-01"}, COURSE | {"course": "2", "start_date": "2024-05-01"}]
EVENTS = [
    EVENT | {"reaction": "a", "onset_date": "2025-05-04", "occurred": "yes"},
    EVENT | {"reaction": "b", "course": "2", "onset_date": "2024-05-09"},
    EVENT | {"reaction": "c", "course": "2", "term": "itching", "role": "sentinel_sign", "onset_date": "2024-05-03"},
]
JUDGED = {"case_id": "C1", "assessor": "A", "reaction": "a", "method": "WHO-UMC"} | WHERE
BY_DRUG = [
    JUDGED | {"drug": drug, "result": result} for drug, result in (("Examplumab", "possible"), ("otherol", "certain"))
]
DATED = SERIES.of([{"courses": COURSES, "reactions": EVENTS, "assessments": BY_DRUG}])


def test_courses_and_events_stand_by_their_dates_and_a_judgement_names_another_drug():
    (case,) = DATED.documented
    courses = narrative_patient.exposure(case)
    assert courses.index("course 2 (suspect), start 2024-05-01") < courses.index("course 1 (suspect), start 2025-05-01")
    assert narrative_event.event(case) == "blue rash (2024-05-09); blue rash (course 1, 2025-05-04)"
    assert narrative_event.causality(case) == (
        "A on blue rash: possible, method WHO-UMC; A on blue rash with otherol: certain, method WHO-UMC"
    )


SIGN = EVENT | {"role": "symptom", "attribution": "certain"}
BEFORE = [
    EVENT | {"onset_date": "2024-05-03", "present_before": "yes"},
    SIGN | {"reaction": "cough", "term": "cough", "occurred": "no"},
    SIGN | {"reaction": "ache", "term": "ache", "occurred": ""},
    SIGN | {"reaction": "weal", "term": "weal", "onset_date": "2024-05-02", "free_until_date": "2024-05-01"},
]
INPATIENT = SERIES.of([{"courses": [COURSE | {"setting": "inpatient"}], "reactions": BEFORE}])


def test_signs_of_before_of_which_nobody_knows_and_a_setting():
    (case,) = INPATIENT.documented
    assert narrative_event.event(case) == "blue rash (there before the drug, and worsened, 2024-05-03)"
    assert narrative_event.symptoms(case) == (
        "weal (2024-05-02, free of it until 2024-05-01); stated absent: cough; not known whether it occurred: ache"
    )
    assert narrative_patient.exposure(case).endswith("(inpatient)")


MEASURE, TEST = ({"case_id": "C1"} | WHERE | cells for cells in ({"item": "m"}, {"course": "1"}))
MEASURES = [
    MEASURE | {"measure": "steroids", "detail": "1 g daily"},
    MEASURE | {"item": "n", "measure": "oxygen"},
    MEASURE | {"item": "o", "measure": "ventilation", "detail": "not_stated"},  # nothing is said of it
]
TESTS = [
    TEST | {"result": "a", "test": "CT", "reading": "shows_event"},
    TEST | {"result": "b", "test": "tryptase", "value": "12", "unit_as_printed": "ug/L", "finding": "raised"},
    TEST | {"result": "c", "test": "culture", "value": "not_stated"},
]
TREATED = SERIES.of([{"reactions": [EVENT], "managements": MEASURES, "tests": TESTS}])


def test_the_patients_row_tells_measures_and_tests_with_what_is_said_of_them():
    assert TREATED.patients("treatment", "investigations") == [
        ("steroids (1 g daily); oxygen", "CT: shows the event; tryptase 12 ug/L: raised; culture")
    ]


COUGH = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough", "attribution": "unlikely"}
DAY_2 = {"onset_lower": "2", "onset_upper": "2", "onset_scale": "study_day", "onset_origin": "first_dose"}
AFTER = {"onset_lower": "3", "onset_upper": "3", "onset_scale": "d", "onset_origin": "onset:cough"}
DIED = {"case_id": "C1", "time_lower": "9", "time_upper": "9", "time_scale": "d", "time_origin": "onset:rash"} | WHERE
ABOUT = {"table": "reactions", "key": "C1;cough", "column": "onset", "words": "about 1 d after it"} | WHERE
COUGHED = {"reactions": [EVENT | AFTER, COUGH | DAY_2], "deaths": [DIED]}
TIMED = SERIES.of([COUGHED | {"provenance": [ABOUT]}, COUGHED])


def test_a_time_says_what_it_counts_from_and_whether_that_is_approximate():
    times = TIMED.rows("times", "endpoint", "clock", "approximate")
    about = [[row[2] for row in case_times if row[:2] == ("first_symptom", "first_dose")] for case_times in times]
    assert about == [["yes"], [""]]
    assert TIMED.patients("death")[0] == ("9 days after onset of blue rash",)
