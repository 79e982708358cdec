"""Spreadsheet files by ending and by first bytes: which one is read, and what to do with the others."""

import zipfile
from pathlib import Path

WORKBOOK = ".xlsx"
OTHERS = {
    ".xls": "an Excel 97 workbook",
    ".xlsb": "a binary Excel workbook",
    ".xlsm": "an Excel workbook with macros",
    ".ods": "an OpenDocument spreadsheet",
    ".numbers": "a Numbers spreadsheet",
}
SPREADSHEETS = (WORKBOOK, *OTHERS)
OLE = b"\xd0\xcf\x11\xe0"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def what_it_is(file: Path) -> str:
    """What a file is that should have been a folder or .xlsx, with the cure; blank where its ending tells nothing."""
    ending = file.suffix.lower()
    if ending == WORKBOOK:
        return "a workbook, not a folder of CSV files. Read it with the format xlsx."
    if ending in OTHERS:
        return f"{OTHERS[ending]}, which is not read. Save it as .xlsx, or each sheet as CSV in one folder."
    return ""


def is_open_document(archive: zipfile.ZipFile) -> bool:
    """Is it a spreadsheet, or another document, as LibreOffice writes by default?"""
    if "mimetype" not in archive.namelist():
        return False
    with archive.open("mimetype") as stream:
        return stream.read(len(OPEN_DOCUMENT)) == OPEN_DOCUMENT
