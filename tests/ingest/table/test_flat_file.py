"""CSV and sheets of workbooks as rows of text; what is no table is refused in one line."""

from datetime import datetime

import pytest
import xlsxwriter

from scripts.commands.messages import UserError
from scripts.files.source_files import files
from scripts.ingest.flat_file import read_flat
from scripts.ingest.table.headings import Head


@pytest.fixture
def workbook(tmp_path):
    file = tmp_path / "cases.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Table 1")
        sheet.write_row(0, 0, ["Table 1. Cases"])
        sheet.write_row(2, 0, ["Case", "Onset\n(days)", "When"])
        sheet.write_row(3, 0, [1, 5, ""])
        sheet.write_row(5, 0, [2, "3-5", ""])
        sheet.write_datetime(5, 2, datetime(2019, 3, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
        book.add_worksheet("empty")
    return file


def test_a_sheet_is_read_as_shown(workbook):
    flat = read_flat(workbook, head=Head(3))
    assert list(flat.cells.columns) == ["Case", "Onset (days)", "When"]
    assert flat.cells.to_numpy().tolist() == [["1", "5", ""], ["2", "3-5", "2019-03-04"]]
    assert flat.at_row.tolist() == [4, 6]
    assert flat.place.endswith("cases.xlsx [Table 1]")


def test_a_sheet_that_is_not_there(workbook):
    with pytest.raises(UserError, match=r"there is no such sheet\. Did you mean 'Table 1'\?"):
        read_flat(workbook, sheet="Table 2")


def test_colours_lines_and_comments_are_not_read_and_it_is_said_so(tmp_path):
    file = tmp_path / "cases.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet, head, red, struck = book.add_worksheet(), *map(book.add_format, FORMS)
        sheet.write_row(0, 0, ["Case", "Start"], head)
        sheet.write_row(1, 0, [1, 43831], red)
        sheet.write_row(2, 0, [2, ""])
        sheet.write_row(3, 0, [3, "2020-01"], struck)
        sheet.write_comment("A1", "a number")
        sheet.write_comment("B3", "from the chart")
    flat = read_flat(file, dates=frozenset({"Start"}))
    assert flat.cells["Start"].tolist() == ["2020-01-01", "", "2020-01"]
    assert [(fault["row"], fault["what"], fault["severity"]) for fault in flat.faults] == [
        (0, "serial dates of the spreadsheet program were read as dates (1 cells)", "information"),
        (2, "coloured cells, or words struck through, in 2 rows (2, 4): what that means is not read", "information"),
        (0, "comments on 1 cell (B3) are not read", "information"),
    ]


FORMS = ({"bg_color": "#dddddd"}, {"bg_color": "#ff0000"}, {"font_strikeout": True})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("cases.csv", b"", "the file is empty"),
        ("cases.csv", b"PK\x03\x04", "a workbook or zip archive"),
        ("cases.xlsx", b"no archive", "cannot be read"),
        ("cases.xls", b"x", "an Excel 97 workbook"),
        ("cases.docx", b"x", "neither CSV nor a workbook"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError) as fault:
        read_flat(tmp_path / name)
    assert said in str(fault.value)
    assert len(str(fault.value).splitlines()) == 1


def test_the_map_beside_a_table_belongs_to_its_source(tmp_path):
    table = tmp_path / "cases.csv"
    table.write_text("Case\n1\n")
    assert files(table) == [table]
    (tmp_path / "cases.map.yaml").write_text("confirmed: no\n")
    assert files(table) == [table, tmp_path / "cases.map.yaml"]
