"""Maps that cannot be used are refused before any cell is read: one line per fault, with its cure."""

from pathlib import Path

import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from tests.ingest.table.flat import faults, flat, rows

TABLE = "Case|Sex|Onset\n1|F|5\n"
DAY = {"unit": "d", "from": "first_dose"}


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"Case": "case", "Sexe": "sex"}, "columns: 'Sexe': there is no such column. Did you mean 'Sex'? There are: Case, Sex, Onset."),
        ({"Sex": "sex"}, "columns: no column has the target `case`. Say which one holds the number of the patient."),
        ({"Case": "case", "Sex": "sexe"}, "columns.Sex.target: there is no such target. Did you mean 'sex'?"),
        ({"Case": "case", "Sex": "age", "Onset": "age"}, "the target 'age' is assigned twice: Sex, Onset. Keep one."),
        ({"Case": "case", "Sex": {"target": "sex", "codes": {"F": None}}}, "columns.Sex: codes: 'F' has no meaning yet. Say which it is: M, F."),
        ({"Case": "case", "Sex": {"target": "sex", "codes": {"F": "female"}}}, "codes: 'F' means 'female': there is no such code. There are: M, F."),
        ({"Case": "case", "Onset": {"target": "onset", "unit": "d"}}, "from: say what the time is counted from, as first_dose"),
        ({"Case": "case", "Onset": {"target": "onset", **DAY, "unit": "days"}}, "unit: there is no such unit of time."),
        ({"Case": "case", "Onset": {"target": "onset", "unit": "d", "from": "frist_dose"}}, "Did you mean 'first_dose'?"),
        ({"Case": "case", "Onset": {"target": "onset", "unit": "study_day", "from": "diagnosis"}}, "study days are counted from the first dose"),
        ({"Case": "case", "Sex": {"target": "sex", "missing": {"NR": "absent"}}}, "'NR' stands for 'absent': there is no such reason for missing."),
        ({"Case": "case", "Sex": {"target": "sex", "form": "x"}}, "columns.Sex.form: there is no such key."),
        ({"Case": "case", "Sex": {"target": "country", "codes": {"F": "x"}}}, "codes: the target country has none"),
        ({"Case": "case", "Sex": {"target": "sex", "codes": {"F": "", "W": ""}}}, "codes: 'F', 'W' have no meaning yet. Say which each is: M, F."),
        ({"Case": "case", "Sex": {"target": "sex", "codes": {"F": {"died": "no"}}}}, "columns.Sex: codes: 'F' has no meaning yet."),
        ({"Case": "case", "Sex": {"target": "sex", "codes": {"F": {"sex": "F", "dyed": "no"}}}}, "there is no such target with codes. Did you mean 'died'?"),
        ({"Case": "case", "Sex": {"target": "sex", "codes": {"F": {"sex": "F", "died": "maybe"}}}}, "'F' means 'maybe' as died: there is no such code."),
        ({"Case": "died", "Sex": {"target": "sex", "codes": {"F": {"sex": "F", "died": "no"}}}}, "the target 'died' is assigned twice: Case, Sex. Keep one."),
    ],
)  # fmt: skip
def test_a_bad_map_is_refused_with_its_cure(tmp_path, columns, said):
    with pytest.raises(UserError) as fault:
        flat(tmp_path, TABLE, columns, separator="|")
    assert said in str(fault.value)
    assert len(str(fault.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"confirmed": False}, "the column map is a proposal."),
        ({"every": {"drug": "examplumab"}}, "every: the event is not named."),
        ({"every": {"event": "blue rash"}}, "every: the drug is not named."),
        ({"every": {"onset": "5"}}, "'onset' cannot be the same for every row"),
        ({"every": {"death_relatedness": "no"}}, "'death_relatedness': there is no such code."),
        (
            {"every": {"event": " ", "drug": ""}},
            "'event', 'drug' have no text yet. Say which it is, or delete the line.",
        ),
        ({"every": {"event": " "}}, "'event' has no text yet. Say which it is, or delete the line."),
        ({"every": {"drugs": "x"}}, "there is no such target. Did you mean 'drug'?"),
        ({"source": {"kind": "paper"}}, "source: kind: there is no such code."),
        ({"header_row": 0}, "header_row: Input should be greater than or equal to 1"),
        ({"decimal": ","}, "decimal: Input should be 'point' or 'comma'"),
        ({"missing": {"x": "y"}}, "missing: 'x' stands for 'y': there is no such reason for missing."),
        ({"sheet": "Table 1"}, "sheet: only a workbook has sheets."),
    ],
)
def test_what_holds_for_the_whole_table_is_checked_too(tmp_path, more, said):
    with pytest.raises(UserError) as fault:
        flat(tmp_path, TABLE, {"Case": "case"}, **{"separator": "|"} | more)
    assert said in str(fault.value)


def test_every_fault_of_a_map_is_told_at_once(tmp_path):
    columns = {"Case": "case", "Sex": {"target": "sex", "codes": {"F": "x", "M": ""}, "from": "onset"}, "Onset": "onst"}
    more = {
        "every": {"drug": "", "sex": "Q"},
        "missing": {"NA": "", "ND": "y"},
        "source": {"kind": "paper", "published": "x"},
    }
    with pytest.raises(UserError) as fault:
        flat(tmp_path, TABLE, columns, **more)
    places = [line.partition(": ")[2].partition(": ")[2].split(":")[0] for line in str(fault.value).splitlines()]
    assert places == ["source"] * 2 + ["every"] * 2 + ["missing"] * 2 + ["columns.Sex"] * 3 + ["columns.Onset.target"]
    assert ".." not in str(fault.value).replace(str(tmp_path), "")


def test_without_a_map_the_cure_is_the_command_that_proposes_one(tmp_path):
    (tmp_path / "cases.csv").write_text("Case\n1\n")
    with pytest.raises(UserError, match=r"no column map .*cases.map.yaml\. Propose one with: make map FILE="):
        read("table", tmp_path / "cases.csv")
    with pytest.raises(UserError, match=r"\.: not a file\. Give the table itself"):
        read("table", Path("."))


def test_a_map_may_stand_in_the_entry_of_the_source_or_under_a_name_of_its_own(tmp_path):
    file, map_file = tmp_path / "cases.csv", tmp_path / "own.yaml"
    file.write_text("Case\n1\n")
    entry = {"confirmed": True, "every": {"drug": "x", "event": "rash"}, "columns": {"Case": "case"}}
    map_file.write_text("confirmed: yes\nevery: {drug: x, event: rash}\ncolumns: {Case: case}\n")
    for options in (entry, {"map": str(map_file)}):
        assert rows(read("table", file, **options).tables["cases"], "case_id", "source_id") == [("1", "cases")]
    with pytest.raises(UserError, match="a map stands in one place"):
        read("table", file, confirmed=True, map=str(map_file))


TWO_ROWS = """Patient | | | Event | | Outcome
No | Age | Sex | Onset (d) | Signs |
1 | 45 | M | 5 | fever/rash + itch | recovered
"""


def test_headings_of_two_rows_and_lists_parted_in_several_ways(tmp_path):
    onset = {"target": "onset", "unit": "d", "from": "first_dose"}
    columns = {"Patient: No": "case", "Patient: Age": "age", "Patient: Sex": "sex", "Event: Onset (d)": onset,
               "Event: Signs": {"target": "signs", "separator": ["/", " + "]}, "Outcome": "outcome"}  # fmt: skip
    read = flat(tmp_path, TWO_ROWS, columns, separator="|", header_rows=2)
    assert faults(read) == []
    assert rows(read.tables["cases"], "case_id", "sex", "age_lower") == [("1", "M", "45")]
    assert rows(read.tables["reactions"], "term", "onset_lower", "outcome", "at_row") == [
        ("blue rash", "5", "recovered", 3), ("fever", "", "", 3), ("rash", "", "", 3), ("itch", "", "", 3),
    ]  # fmt: skip


def test_rows_that_are_no_patients_stop_and_are_none(tmp_path):
    table = """Pt | Sex | Age
    C-7 | |
    Total | | 3
    Mean ± SD (n = 2) | | 4
    * after the second dose | |
    Abbreviations: NR, not reported | |
    Group A: renal patients | |
    Red: died. * about | |
    Pt | Sex | Age
     | F | 40
    Smith 2019 | F | 40
    """
    read = flat(tmp_path, table, {"Pt": "case", "Sex": "sex", "Age": "age"}, separator="|")
    assert read.tables["cases"]["case_id"].tolist() == ["C-7", "Smith 2019"]
    assert [told.partition(": ")[2] for told in faults(read)] == [
        "a total, not a patient", "a total, not a patient", "a footnote", "NR, not reported': a footnote",
        "renal patients': a heading within the table", "died. * about': a heading within the table", "the headings once more, of this table or of another",
        "a row without the number of its patient",
    ]  # fmt: skip


def test_a_table_with_a_column_per_patient_has_to_be_turned(tmp_path):
    table = "Fact | Case 1 | Case 2\nAge | 45 | 60\nSex | M | F\nOutcome | fatal | fatal\n"
    read = flat(tmp_path, table, {"Fact": "case"}, separator="|")
    assert faults(read) == ["0  '': the column of patients holds headings, such as 'Age': a column for each patient?"]


def test_lines_above_the_headings_and_blank_rows(tmp_path):
    table = "Table 1. Cases\n\nCase|Sex\n1|F\n|\n2|M\n"
    cases = flat(tmp_path, table, {"Case": "case", "Sex": "sex"}, separator="|", header_row=3).tables["cases"]
    assert rows(cases, "case_id", "sex", "at_row") == [("1", "F", 4), ("2", "M", 6)]
