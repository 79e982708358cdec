"""Tables of one column, of no rows and of thirty columns, in every format with the number of their caption."""

import csv
import io
from datetime import date
from html import unescape

import docx
import openpyxl
import pytest

from scripts import tables
from scripts.tables.__main__ import csv as csv_file
from scripts.tables.__main__ import number
from scripts.tables.formats.as_docx import word_file
from scripts.tables.formats.as_html import fragment
from scripts.tables.formats.as_xlsx import workbook
from scripts.tables.shown import Shown, shown
from tests.tables.formats.test_files import Elements

LOCK = date(2025, 12, 31)
THIRTY = [f"c{place}" for place in range(30)]
NOTE = "a footnote"
SHAPES = {
    "one column": (["only"], [["a"], ["b"]]),
    "one column without rows": (["only"], []),
    "no rows": (["first", "second"], []),
    "thirty columns": (THIRTY, [[f"{name}, row {row}" for name in THIRTY] for row in (1, 2)]),
}


@pytest.fixture(params=SHAPES)
def shape(request) -> tuple[list[str], list[list[str]]]:
    return SHAPES[request.param]


@pytest.fixture(params=["plain", "wide", "in blocks"])
def table(request, shape) -> Shown:
    columns, rows = shape
    cells = [dict(zip(columns, row, strict=True)) for row in rows]
    block = columns[0] if request.param == "in blocks" else ""
    return shown("A shape", cells, columns, footnotes=(NOTE,), wide=request.param == "wide", block=block)


def test_csv(table, shape):
    columns, rows = shape
    assert list(csv.reader(io.StringIO(csv_file(table).decode()))) == [columns, *rows]


def test_html(table, shape):
    columns, rows = shape
    page = Elements(fragment(table, "shape", 12))
    text = [unescape(part) for part in page.text if part.strip()]
    assert text == ["Table 12. A shape", *columns, *(cell for row in rows for cell in row), NOTE]
    assert page.tags.count("col") == len(columns)


def test_word(table, shape):
    columns, rows = shape
    file = docx.Document(io.BytesIO(word_file({"shape": (12, table)}, "Title", LOCK)))
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [columns, *rows]
    captions = [line._p.xpath("string(.)") for line in file.paragraphs if line.style.name == "Caption"]
    assert captions == ["Table 12. A shape"]
    assert file.paragraphs[-1].text == NOTE


def test_workbook(table, shape):
    columns, rows = shape
    sheet = openpyxl.load_workbook(io.BytesIO(workbook({"shape": (12, table)}, "Title", LOCK)))["shape"]
    lines = [[cell for cell in line if cell is not None] for line in sheet.iter_rows(values_only=True)]
    notes = [["Title, 2025-12-31"], [NOTE]]
    assert [line for line in lines if line] == [["Table 12. A shape"], columns, *rows, *notes]
    last = openpyxl.utils.get_column_letter(len(columns))
    assert sheet.print_area == f"'shape'!$A$1:${last}${len(rows) + 5}"


def test_every_table_added_as_one_file_has_a_number_of_its_own(tmp_path, monkeypatch):
    for table_name in (*tables.ORDER, "newer", "another"):
        (tmp_path / f"table_{table_name}.py").touch()
    monkeypatch.setattr(tables, "__file__", str(tmp_path / "__init__.py"))
    assert {table_name: number(table_name) for table_name in tables.names()} == {
        table_name: place for place, table_name in enumerate((*tables.ORDER, "another", "newer"), 1)
    }
