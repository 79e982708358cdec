"""Longitudinal exports of a study database, raw and with labels: a row of each visit, without its number. All invented."""

import pytest

from tests.ingest.table.flat import faults, flat, proposed, rows, sound, unread

RAW = """
record_id | redcap_event_name | sex | age | days_to_onset | seen | outcome | signs | ldh | form_complete
1 | baseline_arm_1 | 1 | 29 | | | | | 180 | 2
1 | course_1_arm_1 | | | 3 | 1 | | fever | 300 | 2
1 | discharge_arm_1 | | | | | 2 | fever; cough | 250 | 1
1 | course_2_arm_1 | | | | 0 | | | | 2
2 | baseline_arm_2 | 2 | 41 | | | | | |
2 | course_1_arm_2 | | | 12 | 1 | 1 | | |
3 | baseline_arm_1 | 2 | 50 | 4 | 1 | | | |
"""
CODES = {"baseline_arm_1": "patient", "baseline_arm_2": "patient", "course_1_arm_1": 1, "course_1_arm_2": 1,
    "course_2_arm_1": 2, "discharge_arm_1": 1}  # fmt: skip
ONSET = {"target": "onset", "unit": "d", "from": "first_dose"}
COLUMNS = {"record_id": "case", "redcap_event_name": {"target": "visit", "codes": CODES},
    "sex": {"target": "sex", "codes": {"1": "M", "2": "F"}}, "age": "age", "days_to_onset": ONSET,
    "seen": {"target": "occurred", "codes": {"1": "yes", "0": "no"}},
    "outcome": {"target": "outcome", "codes": {"1": "not_recovered", "2": "recovered"}}, "signs": "signs",
    "ldh": {"target": "test", "name": "LDH", "unit": "U/L"}}  # fmt: skip
LABELS = {"record_id": "Record ID", "redcap_event_name": "Event Name", "baseline_arm_1": "Baseline (Arm 1: Drug A)",
    "baseline_arm_2": "Baseline (Arm 2: Drug B)", "course_1_arm_1": "Course 1 (Arm 1: Drug A)",
    "course_1_arm_2": "Course 1 (Arm 2: Drug B)", "course_2_arm_1": "Course 2 (Arm 1: Drug A)",
    "discharge_arm_1": "Discharge (Arm 1: Drug A)"}  # fmt: skip


def labelled(text):
    for raw, label in LABELS.items():
        text = text.replace(raw, label)
    return text


@pytest.mark.parametrize("form", [str, labelled])
def test_rows_of_visits_are_read_as_what_the_map_says_they_tell(tmp_path, form):
    visits = {form(visit): meaning for visit, meaning in CODES.items()}
    columns = {form(heading): column for heading, column in COLUMNS.items()}
    told = flat(
        tmp_path, form(RAW), columns | {form("redcap_event_name"): {"target": "visit", "codes": visits}}, separator="|"
    )
    assert faults(told) == unread(told) == sound(told) == []
    assert rows(told.tables["cases"], "case_id", "sex", "age_lower") == [("1", "M", "29"), ("2", "F", "41"), ("3", "F", "50")]  # fmt: skip
    assert rows(told.tables["courses"], "case_id", "course") == [("1", "1"), ("1", "2"), ("2", "1"), ("3", "1")]
    assert rows(told.tables["reactions"], "case_id", "reaction", "course", "occurred", "onset_lower", "outcome") == [
        ("1", "event", "1", "yes", "3", "recovered"), ("1", "event_2", "2", "no", "", ""), ("2", "event", "1", "yes", "12", "not_recovered"),
        ("3", "event", "1", "yes", "4", ""), ("1", "fever", "1", "yes", "", ""), ("1", "cough", "1", "yes", "", ""),
    ]  # fmt: skip
    assert rows(told.tables["tests"], "result", "course", "value") == [
        (f"LDH_{form('baseline_arm_1')}", "1", "180"), ("LDH", "1", "300"), (f"LDH_{form('discharge_arm_1')}", "1", "250"),
    ]  # fmt: skip
    (note,) = told.tables["provenance"].query("key == '1' and column == 'summary'")["note"]
    assert note == "form_complete: 2; form_complete: 1; form_complete: 2"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("1 | discharge_arm_1 | |", "1 | discharge_arm_1 | 2 |", ["2 sex '1': says otherwise than row 4 of this patient"]),
        ("| 3 | 1 | | fever", "| 3 | 1 | 1 | fever", ["4 outcome '2': says otherwise than row 3 of this patient"]),
        ("2 | course_1_arm_2", "2 | unplanned_arm_2", ["7 redcap_event_name 'unplanned_arm_2': a visit without a meaning"]),
        ("2 | course_1_arm_2", "2 |", ["7 record_id '2': the patient has this episode already"]),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_named(tmp_path, old, new, expected):
    assert faults(flat(tmp_path, RAW.replace(old, new), COLUMNS, separator="|")) == expected


def test_the_proposed_map_asks_what_each_visit_tells(tmp_path):
    text, _ = proposed(tmp_path, RAW)
    assert '#?   "redcap_event_name":\n#?     target: visit\n#?     codes:  # say of each: patient' in text
    assert '#?       "discharge_arm_1": ""\n' in text


def test_a_later_exposure_of_which_nothing_is_told_has_no_event(tmp_path):
    """Without a column that says whether the event occurred, a further row would else be a recurrence."""
    table = "Pt|Course|Onset|LDH\n1|1||300\n1|2||210\n1|3|NR|\n2|1|4|\n2|2|5|\n"
    columns = {"Pt": "case", "Course": "episode", "Onset": ONSET, "LDH": "test"}
    told = flat(tmp_path, table, columns, separator="|")
    assert faults(told) == unread(told) == sound(told) == []
    assert rows(told.tables["courses"], "case_id", "course") == [("1", "1"), ("1", "2"), ("1", "3"), ("2", "1"), ("2", "2")]  # fmt: skip
    assert rows(told.tables["reactions"], "case_id", "reaction", "onset_lower") == [
        ("1", "event", ""), ("2", "event", "4"), ("2", "event_2", "5"),
    ]  # fmt: skip
