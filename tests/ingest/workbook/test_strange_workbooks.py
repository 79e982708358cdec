"""Workbooks that no spreadsheet program writes, or that one writes on a bad day: nothing lost, nothing unbounded."""

import zipfile

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from scripts.commands.messages import UserError
from scripts.ingest.native.from_csv import read as read_csv
from scripts.ingest.workbook import opened
from scripts.ingest.workbook.from_xlsx import read
from scripts.ingest.workbook.template import write_template

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [["case_id", "cause"], ["C1", "infection"], ["C2", "embolism"]]


def saved(folder, rows=ROWS, **more):
    book = openpyxl.Workbook()
    book.active.title = "alternatives"
    for sheet, lines in ({"alternatives": rows} | more).items():
        page = book.active if sheet == "alternatives" else book.create_sheet(sheet)
        for line in lines:
            page.append(line)
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def changed(path, part, old, new):
    """The workbook with one part changed, or one renamed all over where `part` is blank."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for each in source.infolist():
            content = source.read(each)
            if not part or each.filename == part:
                assert not part or old in content
                content = content.replace(old, new)
            written.writestr(each.filename if part else each.filename.replace(old.decode(), new.decode()), content)
    return target


def told(path):
    reading = read(path)
    rows = {key: table.drop(columns=["at_file"]).to_numpy().tolist() for key, table in reading.tables.items()}
    return rows, list(zip(reading.findings["row"], reading.findings["what"], strict=True))


BOTH = {"alternatives": [["C1", "infection", 2], ["C2", "embolism", 3]]}


@pytest.mark.parametrize("title", ["Alternatives ", "ALTERNATIVES\u00a0", " alternatives"])
def test_of_two_sheets_for_one_table_the_second_is_reported(tmp_path, title):
    path = saved(tmp_path, **{title: [["case_id", "cause"], ["C9", "other"]]})
    assert told(path) == (BOTH, [(0, "two sheets for one table: this one was not read")])


def row(number, cells):
    return f'<row r="{number}">{cells}</row>'.encode()


def text(place, words):
    return f'<c r="{place}" t="inlineStr"><is><t>{words}</t></is></c>'


END = b"</sheetData>"
TWICE = "a row that appears twice in the file, or after a later one; it was not read"


@pytest.mark.parametrize(
    ("new", "rows", "said"),
    [
        (row(2, text("A2", "C9")) + END, BOTH["alternatives"], [(2, TWICE)]),
        (row(3, text("A3", "C9")) + END, BOTH["alternatives"], [(3, TWICE)]),
        (row(3, "") + row(2, '<c r="A2"/>') + END, BOTH["alternatives"], []),
        (row(4, text("A4", "C9") + text("A4", "C8")) + END, [*BOTH["alternatives"], ["C9", "", 4]],
         [(4, "a cell that appears twice in the file")]),
        (row(1_048_576, '<c r="XFD1048576"/>') + END, BOTH["alternatives"], []),
        (row(1_048_576, text("A1048576", "C9")) + END, [*BOTH["alternatives"], ["C9", "", 1_048_576]], []),
        (row(4, text("XFD4", "C9")) + END, [*BOTH["alternatives"], ["", "", 4]][:2],
         [(4, "cells beyond the last named column")]),
        (END + b"<mergeCells><mergeCell ref='A2:B3'/></mergeCells>", BOTH["alternatives"], [(2, "merged cells A2:B3")]),
    ],
)  # fmt: skip
def test_rows_and_cells_that_stand_twice_or_far_out(tmp_path, new, rows, said):
    read_rows, heard = told(changed(saved(tmp_path), SHEET, END, new))
    assert (read_rows, heard) == ({"alternatives": rows}, said)


def test_many_merged_ranges_are_summed_up(tmp_path):
    merged = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(2, 102)).encode()
    _, findings = told(changed(saved(tmp_path), SHEET, END, END + b"<mergeCells>" + merged + b"</mergeCells>"))
    assert len(findings) == 21
    assert findings[-1] == (22, "80 more ranges of merged cells")


def test_rows_that_a_filter_hides_are_read_and_said(tmp_path):
    book = openpyxl.load_workbook(saved(tmp_path))
    book.active.auto_filter.ref = "A1:B3"
    for number in (3, 9):  # the second holds nothing
        book.active.row_dimensions[number].hidden = True
    book.save(tmp_path / "filtered.xlsx")
    assert told(tmp_path / "filtered.xlsx") == (BOTH, [(3, "hidden rows were read like the others: 1 (row 3)")])


def test_hidden_columns_are_read_and_said(tmp_path):
    book = openpyxl.load_workbook(saved(tmp_path))
    for letter in ("B", "F"):  # the second holds nothing
        book.active.column_dimensions[letter].hidden = True
    book.save(tmp_path / "hidden.xlsx")
    assert told(tmp_path / "hidden.xlsx") == (BOTH, [(0, "hidden columns were read like the others: 1 (column B)")])


def test_a_header_far_out_is_larger_than_any_table(tmp_path):
    first = b"</row>"
    path = changed(saved(tmp_path, rows=ROWS[:1]), SHEET, first, text("XFD1", "x").encode() + first)
    assert told(path) == ({"alternatives": []}, [(1, "cells in column 16384: larger than any reported table")])


def test_escapes_of_characters_that_xml_cannot_hold(tmp_path):
    inline = text("A4", "a_x000D_\nb_x0007_c_x005F_x000D_d") + text("B4", "_x00e9_ x005F_ _x12_")
    read_rows, findings = told(changed(saved(tmp_path), SHEET, END, row(4, inline) + END))
    assert read_rows["alternatives"][2] == ["a\r\nb\x07c_x000D_d", "é x005F_ _x12_", 4]
    assert findings == []


CELLS = [
    "two\nlines", "carriage\r\nreturn", "lone\rreturn", "bell\x07 within", "_x000D_ as typed", "_x005F_", "x005F_",
    "<r>x</r>y", "&amp; <t>", "x" * 32_767, "\U0001f600" * 16_383, "=1+1", "0007", "1e5", "TRUE", "2024-02", "'quoted",
]  # fmt: skip


def folder_of(home, cells):
    home.mkdir()
    lines = "".join('C{},"{}"\r\n'.format(at, cell.replace('"', '""')) for at, cell in enumerate(cells))
    (home / "alternatives.csv").write_bytes(f"case_id,cause\r\n{lines}".encode())
    return home


def test_texts_survive_the_way_through_a_workbook(tmp_path):
    tables = read_csv(folder_of(tmp_path / "raw", CELLS)).tables
    assert tables["alternatives"]["cause"].tolist() == CELLS
    write_template(tmp_path / "book.xlsx", "x", tables)
    reading = read(tmp_path / "book.xlsx")
    assert not len(reading.findings)
    pd.testing.assert_frame_equal(
        reading.tables["alternatives"][["case_id", "cause", "at_row"]], tables["alternatives"].drop(columns="at_file")
    )


@pytest.mark.parametrize("cell", ["x" * 32_768, "\U0001f600" * 16_384, "<r>marked up</r>"])
def test_what_a_workbook_cannot_hold_is_refused_with_its_place(tmp_path, cell):
    tables = read_csv(folder_of(tmp_path / "raw", ["good", cell])).tables
    with pytest.raises(UserError, match=r"alternatives\.csv, row 3, cause: longer than the 32767 characters"):
        write_template(tmp_path / "book.xlsx", "x", tables)
    assert not (tmp_path / "book.xlsx").exists()


@pytest.mark.parametrize(
    ("part", "before"),
    [
        ("xl/styles.xml", b"<cellXfs"),
        ("xl/workbook.xml", b"</workbook>"),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>"),
        ("[Content_Types].xml", b"</Types>"),
    ],
)
def test_parts_that_are_read_whole_must_be_small(tmp_path, monkeypatch, part, before):
    path = changed(saved(tmp_path), part, before, b" " * 3000 + before)
    assert told(path) == (BOTH, [])
    with zipfile.ZipFile(path) as archive:
        monkeypatch.setattr(opened, "LARGEST_WHOLE", archive.getinfo(part).file_size - 1)
    assert told(path) == ({}, [(0, f"cannot be read: '{part}' takes 0 MiB; at most 0 MiB are read")])


@pytest.mark.parametrize("name", ["sharedStrings.xml", "words.bin"])
def test_shared_texts_are_bounded_under_any_name(tmp_path, monkeypatch, name):
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet("alternatives")
        for at, line in enumerate(ROWS):
            sheet.write_row(at, 0, line)
    path = changed(tmp_path / "book.xlsx", "", b"sharedStrings.xml", name.encode())
    assert told(path) == (BOTH, [])
    monkeypatch.setattr(opened, "LARGEST_TEXTS", 10)
    assert told(path) == ({}, [(0, f"cannot be read: 'xl/{name}' takes 0 MiB; at most 0 MiB are read")])


def test_a_row_without_end_is_refused(tmp_path, monkeypatch):
    path = changed(saved(tmp_path), SHEET, END, row(4, '<c r="A4"/>' * 200_000) + END)
    assert told(path) == (BOTH, [])
    monkeypatch.setattr(opened, "MOST_BETWEEN_ROWS", 2**20)
    assert "more than 1 MiB of a sheet without a further row" in told(path)[1][0][1]


def open_document(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (open_document, "cannot be read: an OpenDocument spreadsheet"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
            "cannot be read: an Excel 97 workbook or one with a password; save it as .xlsx without password",
        ),
    ],
)
def test_other_kinds_of_workbook_are_named(tmp_path, make, what):
    make(tmp_path / "x.xlsx")
    assert told(tmp_path / "x.xlsx") == ({}, [(0, what)])


def test_links_to_other_workbooks_are_not_followed(tmp_path):
    path = changed(
        saved(tmp_path),
        "xl/_rels/workbook.xml.rels",
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
        b'Target="externalLinks/externalLink1.xml"/></Relationships>',
    )
    path = changed(
        path.rename(tmp_path / "linked.xlsx"),
        "xl/workbook.xml",
        b"</workbook>",
        b'<externalReferences><externalReference xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships" r:id="rId99"/></externalReferences></workbook>',
    )
    assert told(path) == (BOTH, [])
