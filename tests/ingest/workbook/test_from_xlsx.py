"""The entry workbook: what a spreadsheet program may do to a cell, and what a hostile file may try."""

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import docx
import openpyxl
import pytest

from schemas.reported import TABLES
from scripts.commands.messages import UserError
from scripts.ingest.native.from_csv import read as read_csv
from scripts.ingest.workbook.from_xlsx import read
from scripts.ingest.workbook.template import write_template
from scripts.ingest.workbook.template_guide import example_case

DEFAULT = Path("data/raw/alemtuzumab-dah")


def workbook(folder, **sheets):
    """A workbook of plain cells; returns it, with its path, for further mischief."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet_name, rows in sheets.items():
        sheet = book.create_sheet(sheet_name)
        for row in rows:
            sheet.append(row)
    return book, folder / "book.xlsx"


def saved(book, path):
    book.save(path)
    return read(path)


def test_the_default_series_survives_the_way_through_a_workbook(tmp_path):
    tables = read_csv(DEFAULT).tables
    write_template(tmp_path / "full.xlsx", "alemtuzumab-dah", tables)
    reading = read(tmp_path / "full.xlsx")
    assert not len(reading.findings)
    for table_name, table in tables.items():
        typed = [column for column in table.columns if column != "at_file"]
        assert reading.tables[table_name][typed].equals(table[typed]), table_name


def test_the_template_is_empty_closed_and_the_same_every_time(tmp_path):
    for file_name in ("one.xlsx", "two.xlsx"):
        write_template(tmp_path / file_name, "my-series")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    reading = read(tmp_path / "one.xlsx")
    assert {table_name: len(table) for table_name, table in reading.tables.items()} == dict.fromkeys(TABLES, 0)
    assert reading.findings["what"].tolist() == ["worked example rows of the template were left out: 3"]
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert book.sheetnames == ["patients", "sources", "defaults", "read_me", *list(TABLES)[1:], "example", "lists"]
    assert book["lists"].sheet_state == "veryHidden"
    sex = next(column for column in book["cases"][1] if column.value == "sex")
    assert "D.5" in sex.comment.text
    styles = [span for span in book["cases"].column_dimensions.values() if span.min <= sex.column <= span.max]
    assert [span.number_format for span in styles] == ["@"]
    ranges = {str(rule.sqref): rule.formula1 for rule in book["cases"].data_validations.dataValidation}
    letters = ranges[f"{sex.column_letter}2:{sex.column_letter}1048576"].split("!")[1].replace("$", "")
    offered = [cell[0].value for cell in book["lists"][letters]]
    assert offered[:3] == ["M", "F", "not_stated"]


def test_the_worked_example_keeps_the_contracts():
    case = example_case()
    assert set(case) <= set(TABLES)
    for table_name, rows in case.items():
        assert all(set(row) <= set(TABLES[table_name].columns) for row in rows)


def test_dates_and_numbers_become_the_text_that_was_typed(tmp_path):
    rows = [
        ["case_id", "course", "start_date", "planned_doses", "gap_lower", "drug"],
        [1, 1, datetime(2022, 7, 4), 5, 0.5, "=as typed"],
        ["C2", "01", 44746, 5.0, -2, date(2022, 1, 2)],
        ["C3", 1, 2022, None, 1e-7, " x\u00a0y "],
    ]
    book, path = workbook(tmp_path, courses=rows)
    book["courses"]["F2"].data_type = "s"
    reading = saved(book, path)
    courses = reading.tables["courses"]
    assert courses.drop(columns="at_file").to_numpy().tolist() == [
        ["1", "1", "2022-07-04", "5", "0.5", "=as typed", 2],
        ["C2", "01", "2022-07-04", "5", "-2", "2022-01-02", 3],
        ["C3", "1", "2022", "", "1e-07", "x y", 4],
    ]
    assert list(zip(reading.findings["column"], reading.findings["severity"], strict=True)) == [
        ("start_date", "information"),
        ("drug", "information"),
    ]


def test_formulas_errors_times_of_day_and_strays_are_refused_cell_by_cell(tmp_path):
    rows = [
        ["case_id", "weight", "summary"],
        ["C1", "=1+1", '=HYPERLINK("x")'],
        ["C2", "#N/A", None, "beyond"],
    ]
    dose = [["case_id", "time_date"], ["C1", datetime(2022, 7, 4, 13, 30)], ["C2", time(9, 5)]]
    book, path = workbook(tmp_path, cases=rows, doses=dose)
    reading = saved(book, path)
    assert reading.tables["cases"][["case_id", "weight", "summary"]].to_numpy().tolist() == [
        ["C1", "", ""], ["C2", "", ""],
    ]  # fmt: skip
    findings = reading.findings
    assert list(zip(findings["row"], findings["column"], findings["value"], strict=True)) == [
        (2, "weight", "=1+1"), (2, "summary", '=HYPERLINK("x")'), (3, "weight", "#N/A"), (3, "", ""),
        (2, "time_date", "2022-07-04 13:30"), (0, "time_date", ""),
    ]  # fmt: skip
    assert reading.tables["doses"]["time_date"].tolist() == ["2022-07-04", "09:05:00"]


def test_merged_cells_hidden_sheets_and_unknown_sheets_are_reported(tmp_path):
    rows = [["case_id", "sex"], ["C1", "F"], ["C2", None]]
    book, path = workbook(
        tmp_path, cases=rows, doses=[["case_id"], ["C1"]], Sheet1=[], notes=[["hello"]], secret=[["x"]]
    )
    book["cases"].merge_cells("B2:B3")
    book["doses"].sheet_state = "hidden"
    book["secret"].sheet_state = "hidden"
    told = saved(book, path).findings
    assert [(what, row, severity) for what, row, severity in zip(told["what"], told["row"], told["severity"], strict=True)] == [
        ("merged cells B2:B3", 2, "contract"),
        ("the sheet is hidden, so it was not read", 0, "contract"),
        ("no reported table has this name", 0, "contract"),
        ("a hidden sheet was not read", 0, "information"),
    ]  # fmt: skip
    assert told["file"].str.endswith(("[cases]", "[doses]", "[notes]", "[secret]")).all()


def test_an_empty_workbook_says_so(tmp_path):
    book, path = workbook(tmp_path, Sheet1=[])
    assert list(saved(book, path).findings["what"]) == ["the workbook is empty"]


def bomb(path, part="xl/worksheets/sheet1.xml", size=64 * 2**20):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, b"0" * size)


def with_document_type(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><Types/>')


def written(content):
    return lambda path: path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (bomb, "times its size"),
        (with_document_type, "document type"),
        (written(b"PK\x03\x04 cut off"), "damaged"),
        (written(b"\xd0\xcf\x11\xe0"), "password"),
        (written(b"case_id\nC1\n"), "not a workbook"),
        (written(b""), "not a workbook"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "not a workbook"),
        (lambda path: docx.Document().save(path), "a document of another program"),
    ],
)
def test_hostile_and_damaged_files_are_refused_unopened(tmp_path, make, why):
    path = tmp_path / "x.xlsx"
    make(path)
    reading = read(path)
    assert reading.tables == {}
    assert list(reading.findings["severity"]) == ["contract"]
    assert why in reading.findings["what"].iloc[0]


def test_a_sheet_that_claims_rows_without_end_is_refused(tmp_path):
    write_template(tmp_path / "t.xlsx", "x")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as source, zipfile.ZipFile(tmp_path / "u.xlsx", "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet2.xml":
                row = b'<row r="99999999999"><c r="A99999999999" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
                content = content.replace(b"</sheetData>", row)
            target.writestr(part.filename, content)
    assert "damaged" in read(tmp_path / "u.xlsx").findings["what"].iloc[0]


def test_a_workbook_that_is_not_there_ends_in_a_message(tmp_path):
    with pytest.raises(UserError, match="not a workbook"):
        read(tmp_path / "none.xlsx")
