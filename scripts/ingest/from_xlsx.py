"""The entry workbook: one sheet per reported table, header in row 1, as `make template` writes it.

Nothing in a workbook is executed. Formulas are not read: a cell holding one is a fault. Sheets `example`, `read_me`
and `lists` are the template's own and are passed over.
"""

import warnings
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from schemas.findings import findings
from schemas.reported import TABLES
from scripts.ingest import Reading
from scripts.ingest.native_cells import cleaned, fault, named, nothing, of_kind, placed
from scripts.ingest.sheet_cells import Reader
from scripts.ingest.workbook_limits import merged_ranges, refusal
from scripts.messages import UserError, shown

FORMAT = "entry workbook (.xlsx) with one sheet per reported table"
OWN_SHEETS = frozenset({"example", "read_me", "lists"})
WIDEST, LONGEST = 1000, 1_048_576


def read(path: Path, **_: object) -> Reading:
    """Read every sheet named like a reported table; other sheets with content are reported, never ignored."""
    path = Path(path)
    if not path.is_file():
        raise UserError(f"{shown(path)}: not a workbook. Give a file ending in .xlsx.")
    if why := refusal(path):
        return _refused(path, why)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _workbook(path)
    except UserError:
        raise
    except Exception as damage:  # openpyxl raises whatever a damaged part makes it stumble over
        return _refused(path, f"damaged inside ({type(damage).__name__})")


def _refused(path: Path, why: str) -> Reading:
    cure = "Save it again as .xlsx from a spreadsheet program, or give CSV files."
    return Reading({}, findings([fault("", shown(path), f"cannot be read: {why}", cure)]))


def _workbook(path: Path) -> Reading:
    tables: dict[str, pd.DataFrame] = {}
    faults: list[dict] = []
    import openpyxl  # only where there is a workbook to read

    book = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        with zipfile.ZipFile(path) as archive:
            for sheet in book.worksheets:
                table, found = _sheet(sheet, f"{shown(path)} [{sheet.title}]", book.epoch, archive)
                faults += found
                if table is not None:
                    tables[cleaned(sheet.title).lower()] = table
    finally:
        book.close()
    if not tables and not faults:
        faults.append(fault("", shown(path), "the workbook is empty", "Fill in the sheets of `make template`."))
    return Reading(tables, findings(faults))


def _sheet(sheet, place: str, epoch, archive: zipfile.ZipFile) -> tuple[pd.DataFrame | None, list[dict]]:
    name = cleaned(sheet.title).lower()
    if name in OWN_SHEETS:
        return None, []
    sheet.reset_dimensions()
    if name not in TABLES or sheet.sheet_state != "visible":
        return None, _strange(sheet, name, place)
    found, said = _rows(sheet, name, place, epoch)
    # openpyxl does not list merged cells when it reads as a stream, so the sheet's own part is asked.
    for merged in merged_ranges(archive, sheet._worksheet_path.lstrip("/")):
        cure = "Unmerge them and fill in every row: what the covered cells mean cannot be known."
        said.append(fault(name, place, f"merged cells {merged}", cure, row=_first_row(merged)))
    return found, said


def _first_row(merged: str) -> int:
    return int("".join(filter(str.isdigit, merged.split(":")[0])) or 0)


def _strange(sheet, name: str, place: str) -> list[dict]:
    """A sheet that is not read: reported when anything stands in it."""
    if not any(cell.value is not None for row in _bounded(sheet) for cell in row):
        return []
    if name in TABLES:
        return [fault(name, place, "the sheet is hidden, so it was not read", "Show it, or delete it.")]
    if sheet.sheet_state != "visible":
        return [fault("", place, "a hidden sheet was not read", "Nothing to do.", severity="information")]
    cure = f"Rename it to one of: {', '.join(TABLES)}; or delete it."
    return [fault("", place, "no reported table has this name", cure, value=sheet.title)]


def _bounded(sheet):
    """Rows up to the size a spreadsheet can have; ValueError beyond."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > LONGEST or len(row) > WIDEST:
            raise ValueError("a sheet larger than any reported table")
        yield row


def _rows(sheet, name: str, place: str, epoch) -> tuple[pd.DataFrame, list[dict]]:
    lines = enumerate(_bounded(sheet), start=1)
    start = next((row for _, row in lines if any(cell.value is not None for cell in row)), None)
    if start is None:
        return nothing(name), []
    header = [cleaned(str(cell.value or "")) for cell in start]
    reader = Reader(header, frozenset(of_kind(name, "date")), epoch)
    numbers, texts, wide = [], [], []
    for number, row in lines:
        if any(cell.value is not None for cell in row):
            cells = reader.row(number, row)
            wide += [number] if any(text.strip() for text in cells[len(header) :]) else []
            texts.append(cells[: len(header)])
            numbers.append(number)
    frame = pd.DataFrame(texts, columns=range(len(header)), dtype=object)
    table, unnamed = named(header, frame)
    said = _about(name, place, reader) + [
        fault(
            name, place, "cells beyond the last named column", "Name the column in row 1, or clear the cells.", row=at
        )
        for at in wide
    ]
    said += [fault(name, place, f"column {at + 1} has cells and no name", "Name it in row 1.", row=1) for at in unnamed]
    return placed(table, place, np.array(numbers, int)), said


def _about(name: str, place: str, reader: Reader) -> list[dict]:
    cure = "Type the value itself."
    refused = [
        fault(name, place, what, cure, row=row, column=column, value=value[:60])
        for row, column, what, value in reader.refused
    ]
    noted = [
        fault(name, place, f"{what} ({number} cells)", "Check them against the source.", column=column,
              severity="information")
        for (column, what), number in reader.noted.items()
    ]  # fmt: skip
    return refused + noted
