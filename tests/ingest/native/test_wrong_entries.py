"""A folder of CSV files as people leave it: what is named like a table is read, or reported with its cure."""

import os

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.native import from_csv
from scripts.ingest.workbook import from_xlsx

GOOD = "case_id,cause\nC1,infection\n"
UNDER_NAME = "not read under this name"


def said(folder):
    findings = from_csv.read(folder).findings
    return list(zip(findings["table"], findings["what"], findings["severity"], strict=True))


def a_file(file_name, content=GOOD):
    return lambda folder: (folder / file_name).write_text(content)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (a_file("alternatives.csv"), []),
        (a_file("Alternatives.CSV"), []),
        (a_file("readme.md"), []),
        (a_file("notes.txt"), []),
        (a_file(".alternatives.csv"), []),
        (a_file("~$alternatives.xlsx"), []),
        (lambda folder: (folder / "sources").mkdir(), []),
        (a_file("alternatives.csv.txt"), [("alternatives", UNDER_NAME, "contract")]),
        (a_file("alternatives"), [("alternatives", UNDER_NAME, "contract")]),
        (a_file("alternatives .csv"), [("alternatives", UNDER_NAME, "contract")]),
        (a_file("alternatives.csv.bak"), [("alternatives", UNDER_NAME, "warning")]),
        (a_file("sources.bib"), [("sources", UNDER_NAME, "warning")]),
        (a_file("alternatives.xls"), [("alternatives", "a workbook among the CSV files", "contract")]),
        (a_file("alternatives.ods"), [("alternatives", "a workbook among the CSV files", "contract")]),
        (a_file("book.xlsx"), [("", "a workbook among the CSV files", "contract")]),
        (a_file("kases.csv"), [("", "no reported table has this name", "contract")]),
        (a_file("ledger.csv"), [("", "no reported table has this name", "contract")]),
        (lambda folder: (folder / "alternatives.csv").mkdir(), [("alternatives", "not read: a folder", "contract")]),
        (lambda folder: (folder / "alternatives.csv").symlink_to("gone"),
         [("alternatives", "not read: a link to nothing, or no file", "contract")]),
        (lambda folder: (folder / "alternatives.csv").symlink_to("alternatives.csv"),
         [("alternatives", "not read: a link to nothing, or no file", "contract")]),
        (lambda folder: os.mkfifo(folder / "alternatives.csv"),
         [("alternatives", "not read: a link to nothing, or no file", "contract")]),
    ],
)  # fmt: skip
def test_entries_of_a_folder(tmp_path, make, expected):
    (tmp_path / "cases.csv").write_text("case_id\nC1\n")
    make(tmp_path)
    assert said(tmp_path) == expected


def test_a_file_that_the_system_refuses_is_reported_beside_the_others(tmp_path, monkeypatch):
    (tmp_path / "cases.csv").write_text("case_id\nC1\n")
    (tmp_path / "alternatives.csv").write_text(GOOD)
    whole = from_csv.Path.read_bytes

    def refusing(file):
        if file.name == "cases.csv":
            raise PermissionError(13, "Permission denied", str(file))
        return whole(file)

    monkeypatch.setattr(from_csv.Path, "read_bytes", refusing)
    reading = from_csv.read(tmp_path)
    assert list(reading.findings["what"]) == ["cannot be read: permission denied"]
    assert len(reading.tables["alternatives"]) == 1


def test_columns_for_the_place_of_a_row_are_unknown_ones(tmp_path):
    (tmp_path / "alternatives.csv").write_text("case_id,at_file,cause,at_row\nC1,x.csv,infection,7\n")
    reading = from_csv.read(tmp_path)
    assert reading.tables["alternatives"].drop(columns="at_file").to_dict("records") == [
        {"case_id": "C1", "cause": "infection", "at_row": 2}
    ]
    assert list(zip(reading.findings["rule"], reading.findings["what"], strict=True)) == [
        ("columns", "unknown column 'at_file'"),
        ("columns", "unknown column 'at_row'"),
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("x.xls", "an Excel 97 workbook, which is not read. Save it as .xlsx"),
        ("x.ods", "an OpenDocument spreadsheet, which is not read. Save it as .xlsx"),
        ("x.xlsb", "a binary Excel workbook, which is not read. Save it as .xlsx"),
    ],
)
@pytest.mark.parametrize("reader", [from_csv, from_xlsx])
def test_other_spreadsheets_are_named(tmp_path, name, words, reader):
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(UserError, match=words):
        reader.read(tmp_path / name)


E_UTF8, E_1252 = "é".encode(), b"\xe9"


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        ([b"C1,caf" + E_UTF8], ""),
        ([b"C1,caf" + E_1252], "not UTF-8: read as Windows-1252"),
        ([b"C1,caf" + E_UTF8, b"C2,caf" + E_1252, b"C3,x", b"C4," + E_1252],
         "cannot be read: in two encodings: letters in UTF-8, and bytes that are no UTF-8 in line 3, 5"),
        ([b"C1," + E_UTF8] + [b"C2," + E_1252] * 12,
         "cannot be read: in two encodings: letters in UTF-8, and bytes that are no UTF-8 in line "
         "3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more"),
    ],
)  # fmt: skip
def test_two_encodings_in_one_file_are_refused(tmp_path, lines, what):
    (tmp_path / "alternatives.csv").write_bytes(b"\n".join([b"case_id,cause", *lines]))
    reading = from_csv.read(tmp_path)
    assert list(reading.findings["what"]) == ([what] if what else [])
    assert len(reading.tables["alternatives"]) == (0 if "cannot" in what else len(lines))
