"""Re-exposures in the row of their patient, and several rows of a patient."""

import pytest

from tests.ingest.table.flat import DAY, faults, flat, rows, sound


def test_a_re_exposure_in_the_row_of_the_patient(tmp_path):
    table = """
    Pt | Again | After | Recurred | When | Stopped
    1 | yes | 3-5 mo | yes | 2 | withdrawn
    2 | yes | NR | no | | withdrawn
    3 | no | | | |
    4 | NR | | | | not_changed
    """
    read = flat(
        tmp_path, table,
        {"Pt": "case", "Again": "reexposed", "After": {"target": "reexposure", "from": "previous_end"},
         "Recurred": "recurred", "When": {"target": "recurrence_onset", **DAY}, "Stopped": "action_taken"},
        separator="|",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    later = read.tables["courses"].query("course == '2'")
    assert rows(later, "case_id", "drug", "gap_lower", "gap_upper", "gap_scale", "gap_origin") == [
        ("1", "examplumab", "3", "5", "mo", "previous_end"),
        ("2", "examplumab", "not_stated", "not_stated", "", ""),
    ]
    events = read.tables["reactions"].query("course == '2'")
    assert rows(events, "case_id", "reaction", "term", "role", "occurred", "onset_lower") == [
        ("1", "event_2", "blue rash", "event", "yes", "2"),
        ("2", "event_2", "blue rash", "event", "no", ""),
    ]
    assert rows(read.tables["assessments"], "case_id", "rechallenge") == [("3", "not_rechallenged")]
    notes = read.tables["provenance"].query("column == 'summary'")
    assert rows(notes, "key", "note") == [
        ("1", "Again: yes"), ("2", "Again: yes; After: NR"), ("3", "Again: no"), ("4", "Again: NR"),
    ]  # fmt: skip


def test_several_rows_of_a_patient_are_episodes(tmp_path):
    table = """
    Pt | Exposure | Sex | Event seen | Onset | Paper | Since
    1 | 1 | F | yes | 3 | Smith 2019 |
    1 | 2 | | no | | Smith 2019 | 3-5 mo
    2 | 1 | M | yes | 4 h | Jones 2020 |
    """
    read = flat(
        tmp_path, table,
        {"Pt": "case", "Exposure": "episode", "Sex": "sex", "Event seen": "occurred",
         "Onset": {"target": "onset", **DAY}, "Paper": "source", "Since": {"target": "gap", "from": "previous_start"}},
        separator="|",
    )  # fmt: skip
    assert faults(read) == sound(read) == []
    assert rows(read.tables["cases"], "case_id", "sex", "source_id") == [
        ("1", "F", "Smith 2019"),
        ("2", "M", "Jones 2020"),
    ]
    assert rows(read.tables["reactions"], "case_id", "course", "reaction", "occurred", "onset_upper") == [
        ("1", "1", "event", "yes", "3"), ("1", "2", "event_2", "no", ""), ("2", "1", "event", "yes", "4"),
    ]  # fmt: skip
    assert rows(read.tables["courses"], "case_id", "course", "gap_lower", "gap_upper", "gap_scale", "gap_origin") == [
        ("1", "1", "", "", "", ""), ("1", "2", "3", "5", "mo", "previous_start"), ("2", "1", "", "", "", ""),
    ]  # fmt: skip
    assert rows(read.tables["sources"], "source_id", "citation") == [("Smith 2019",) * 2, ("Jones 2020",) * 2]


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ("Pt|A|B|C\n1|1||\nWomen|||\n2|1||\n", {}, ["3 Pt 'Women': a heading within the table"]),
        ("Pt|A\n|1\n2|\n", {}, ["2 Pt '': a row without the number of its patient"]),
        ("Pt|A\n1|1\n1|\n", {}, ["3 Pt '1': the patient has a row already"]),
        ("Pt|A\n1|1\n1|1\n", {"A": "episode"}, ["3 Pt '1': the patient has this episode already"]),
        ("Pt|A\n1|1\n1|b\n", {"A": "episode"}, ["3 A 'b': not the number of an episode"]),
        ("Pt|A|S\n1|1|F\n1|2|M\n", {"A": "episode", "S": "sex"}, ["2 sex '': the rows of this patient differ"]),
        ("Pt|A|S\n1|1|X\n2|2|\n", {"S": "source"}, ["3 S '': a row without its source, among rows with one"]),
        ("Pt|A|A\n1|1|2\n", {}, ["0 A 'A': two columns have this heading"]),
    ],
)
def test_rows_that_are_not_one_per_patient(tmp_path, table, columns, said):
    assert faults(flat(tmp_path, table, {"Pt": "case"} | columns, separator="|")) == said


def test_a_sign_counted_from_an_onset_that_is_not_told_has_no_origin(tmp_path):
    columns = {"Pt": "case", "Seen": "occurred", "Itch": {"target": "sign", "unit": "d", "from": "onset"}}
    read = flat(tmp_path, "Pt|Seen|Itch\n1|NR|5\n2|yes|5\n", columns, separator="|")
    assert sound(read) == []
    signs = read.tables["reactions"].query("role == 'symptom'")
    assert rows(signs, "case_id", "onset_lower", "onset_origin") == [
        ("1", "5", "not_stated"),
        ("2", "5", "onset:event"),
    ]
