"""The first sheet of the entry workbook: one row per patient, read with its fixed headings, beside the detailed sheets."""

import csv
from pathlib import Path

import openpyxl
import pytest

from schemas.map_column import TARGETS
from scripts.commands.reading import read
from scripts.ingest.workbook import patients_sheet
from scripts.ingest.workbook.patients_sheet import HELP, TOLD, examples, help_of, patients_map
from scripts.ingest.workbook.template import write_template
from tests.ingest.table.flat import faults, rows, unread


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    file = tmp_path_factory.mktemp("patients") / "template.xlsx"
    write_template(file, "series")
    return file


def filled(template, folder, sheets: dict[str, list[dict[str, str]]], first: int = 5):
    """The template with these rows typed under its headings from row `first` on, below the worked rows, read again."""
    book = openpyxl.load_workbook(template)
    for sheet_name, typed in sheets.items():
        sheet = book[sheet_name]
        headings = [cell.value for cell in sheet[1]]
        for row, cells in enumerate(typed, start=first):
            for heading, text in cells.items():
                sheet.cell(row, headings.index(heading) + 1, text)
    book.save(folder / "cases.xlsx")
    return read("xlsx", folder / "cases.xlsx")


def test_the_worked_rows_say_what_they_mean(template, tmp_path):
    source = {"source_id": "S1", "kind": "article"}
    worked = [row | {"case": f"P{at}", "source": "S1"} for at, row in enumerate(examples(), start=1)]
    patient_rows = [row | {"drug": "examplumab", "event": "blue rash", "note": ""} for row in worked]
    reading = filled(template, tmp_path, {"patients": patient_rows, "sources": [source]})
    assert faults(reading) == []
    assert rows(reading.tables["cases"], "case_id", "sex", "age_lower", "age_upper", "source_id", "locator") == [
        ("P1", "F", "29", "29", "S1", "Table 1"),
        ("P2", "not_stated", "60", "69", "S1", "Table 1"),
        ("P3", "M", "61", "", "S1", "Table 1"),
    ]
    events = reading.tables["reactions"].query("role == 'event'")
    assert rows(
        events, "case_id", "reaction", "course", "occurred", "onset_lower", "onset_upper", "end_upper", "end_origin"
    ) == [
        ("P1", "event", "1", "yes", "3", "5", "16", "onset:event"),
        ("P2", "event", "1", "yes", "not_stated", "not_stated", "", ""),
        ("P3", "event", "1", "yes", "0", "48", "", ""),
        ("P1", "event_2", "2", "yes", "2", "2", "", ""),
    ]
    assert rows(reading.tables["courses"], "case_id", "course", "gap_lower", "gap_scale", "gap_origin", "given_upper", "planned_doses") == [
        ("P1", "1", "", "", "", "3", "5"), ("P2", "1", "", "", "", "", ""), ("P3", "1", "", "", "", "2", ""),
        ("P1", "2", "3", "mo", "previous_end", "", ""),
    ]  # fmt: skip
    assert rows(reading.tables["deaths"], "case_id", "time_lower", "time_scale", "time_origin") == [
        ("P3", "12", "d", "first_dose")
    ]
    assert rows(reading.tables["sources"], "source_id") == [("S1",)]


def test_worked_rows_are_left_out_as_they_came_wherever_they_stand(template, tmp_path):
    patient = {"case": "P1", "drug": "examplumab", "event": "blue rash"}
    reading = filled(template, tmp_path, {"patients": [patient, *examples()], "defaults": [{"locator": "Table 2"}]}, 6)
    remarks = [what for what in reading.findings["what"] if "example" in what]
    assert remarks == ["worked example rows of the template were left out: 6"]
    assert rows(reading.tables["cases"], "case_id", "locator") == [("P1", "Table 2")]
    assert "EXAMPLE2020" not in reading.tables["sources"]["source_id"].tolist()


def test_a_column_that_was_taken_away_leaves_the_worked_rows_what_they_are(template, tmp_path):
    book = openpyxl.load_workbook(template)
    book["patients"].delete_cols(len(patients_map().columns))
    book.save(tmp_path / "cases.xlsx")
    reading = read("xlsx", tmp_path / "cases.xlsx")
    assert reading.findings["what"].tolist() == ["worked example rows of the template were left out: 3"]


@pytest.mark.parametrize(
    ("typed", "of"),
    [
        ({"case": "P1"}, "source"),
        ({"case": "P1", "source": "S1", "drug": "examplumab", "event": "blue rash"}, "note"),
        ({"sex": "M"}, "case"),
        ({"note": ""}, "case"),
    ],
)
def test_a_worked_row_typed_over_in_part_stops(template, tmp_path, typed, of):
    reading = filled(template, tmp_path, {"patients": [typed]}, first=2)
    (told,) = faults(reading)
    assert told == (
        f"2 {of} '{examples()[0][of]}': a worked example row of the template that was typed over in part: "
        f"'{of}' is still the example's"
    )


def test_detailed_rows_may_speak_of_a_patient_of_the_sheet(template, tmp_path):
    result = {"case_id": "P1", "result": "t1", "test": "CT", "source_id": "S1", "status": "stated"}
    reading = filled(
        template, tmp_path,
        {"patients": [{"case": "P1", "drug": "x", "event": "rash"}], "sources": [{"source_id": "S1", "kind": "article"}], "tests": [result]},
    )  # fmt: skip
    assert faults(reading) == []
    assert rows(reading.tables["cases"], "case_id", "source_id") == [("P1", "S1")]
    assert rows(reading.tables["tests"], "case_id", "test") == [("P1", "CT")]


def test_a_cell_that_does_not_parse_is_named_with_its_sheet(template, tmp_path):
    reading = filled(
        template, tmp_path, {"patients": [{"case": "P1", "drug": "x", "event": "rash", "onset, from first dose": "5"}]}
    )
    what = "in the column 'onset, from first dose': a number without a unit"
    assert unread(reading) == [f"5 reactions.onset_lower '5': {what}"]
    assert reading.findings["file"].iloc[0].endswith("cases.xlsx [patients]")


def test_no_cure_of_the_sheet_speaks_of_a_map(template, tmp_path):
    """It has none: what is proposed can be done in the cell."""
    typed = {
        "sex": "w", "age": "adult", "start of drug": "03/04/2019", "which course": "2nd", "doses given": "some", "signs": "Y", "outcome": "N/A",
        "onset, from first dose": "POD 3", "resolution, from onset": "ongoing", "death, from first dose": "1,5 d", "died": "R",
    }  # fmt: skip
    reading = filled(template, tmp_path, {"patients": [{"case": "P1", "drug": "x", "event": "rash"} | typed]})
    cures = reading.findings.query("severity == 'error'")["cure"].tolist()
    assert len(cures) == len(typed)
    assert [cure for cure in cures if " map" in cure or not cure[0].isupper() or not cure.endswith(".")] == []
    assert "Write one of these: M, F; or a reason for missing." in cures


def test_without_its_headings_the_sheet_is_not_read(template, tmp_path):
    book = openpyxl.load_workbook(template)
    book["patients"].cell(1, 1, "number")
    book["patients"].cell(2, 1, "P1")
    book.save(tmp_path / "cases.xlsx")
    assert faults(read("xlsx", tmp_path / "cases.xlsx")) == ["1  '': the sheet has no column case"]


def test_a_hidden_or_second_sheet_of_patients_is_no_secret(template, tmp_path):
    book = openpyxl.load_workbook(template)
    book["patients"].sheet_state = "hidden"
    book.save(tmp_path / "cases.xlsx")
    assert faults(read("xlsx", tmp_path / "cases.xlsx")) == ["0  '': the sheet is hidden, so it was not read"]
    book["patients"].sheet_state = "visible"
    book.create_sheet("Patients ").append(["case"])
    book.save(tmp_path / "cases.xlsx")
    assert faults(read("xlsx", tmp_path / "cases.xlsx")) == ["0  '': two sheets for one table: this one was not read"]


def test_the_sheet_has_help_and_lists_where_they_are_needed(template):
    book = openpyxl.load_workbook(template)
    sheet = book["patients"]
    headings = [cell.value for cell in sheet[1]]
    assert headings == list(patients_map().columns)
    assert all(cell.comment.text.strip() for cell in sheet[1])
    listed = {cell for each in sheet.data_validations.dataValidation for cell in str(each.sqref).split()}
    coded = [column for column in patients_map().columns.values() if TARGETS[column.target]["codelist"]]
    assert len(listed) == len(coded)
    assert HELP["time"] in help_of("onset, from first dose")
    assert TOLD["recurred"] in help_of("recurred")
    assert set(TOLD) <= {column.target for column in patients_map().columns.values()}


def test_the_worked_rows_use_the_headings_of_the_sheet():
    with Path(patients_sheet.__file__).with_name("patients_example.csv").open(encoding="utf-8", newline="") as handle:
        assert set(next(csv.reader(handle))) <= set(patients_map().columns)
    assert [(row["re-exposed"], row["died"]) for row in examples()] == [("yes", ""), ("", ""), ("", "yes")]
