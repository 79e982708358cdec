"""The entry workbook: a sheet with a row per patient and one sheet per reported table, as `make template` writes it.

Nothing in a workbook is executed. Formulas are not read: a cell holding one is a fault. Sheets `example`, `read_me`
and `lists` are the template's own and are passed over, and so are its worked rows in `patients` as they came.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from schemas.findings import findings
from schemas.reported import TABLES
from scripts.commands.messages import UserError, shown
from scripts.ingest import Reading
from scripts.ingest.native import defaults
from scripts.ingest.native_cells import cleaned, fault, nothing, of_kind, older, placed, without_place
from scripts.ingest.options import NoOptions
from scripts.ingest.spreadsheets import WORKBOOK, what_it_is
from scripts.ingest.table.flat import Flat, filled
from scripts.ingest.workbook import patients_sheet
from scripts.ingest.workbook.limits import UnsoundError, refusal, unsound_where_damaged
from scripts.ingest.workbook.sheet_table import read_sheet

if TYPE_CHECKING:
    from scripts.ingest.workbook.opened import Sheet, Workbook

FORMAT = "entry workbook (.xlsx) with one sheet per reported table"
Options = NoOptions
KNOWN = (patients_sheet.SHEET, defaults.NAME, *TABLES)
"""Sheets that are read."""
OWN_SHEETS = frozenset({"example", "read_me", "lists"})


def read(path: Path, **_: object) -> Reading:
    """Read every sheet named like a reported table; other sheets with content are reported, never ignored."""
    path = Path(path)
    if not path.is_file():
        raise UserError(f"{shown(path)}: not a workbook. Give a file ending in .xlsx.")
    if path.suffix.lower() != WORKBOOK and (what := what_it_is(path)):
        raise UserError(f"{shown(path)}: {what}")
    if why := refusal(path):
        return _refused(path, why)
    try:
        with unsound_where_damaged():
            return _workbook(path)
    except UnsoundError as why:
        return _refused(path, str(why))


def _refused(path: Path, why: str) -> Reading:
    cure = "Save it again as .xlsx from a spreadsheet program, or give CSV files."
    return Reading({}, findings([fault("", shown(path), f"cannot be read: {why}", cure)]))


def _workbook(path: Path) -> Reading:
    from scripts.ingest.workbook.opened import Package, Workbook  # openpyxl only where there is a workbook to read

    tables: dict[str, pd.DataFrame] = {}
    faults: list[dict] = []
    patients: list[Flat] = []
    given: pd.DataFrame | None = None
    with Package(path) as archive:
        book = Workbook(archive)
        for sheet in book.sheets:
            sheet_name, place = cleaned(sheet.title).lower(), f"{shown(path)} [{sheet.title}]"
            if sheet_name in OWN_SHEETS:
                continue
            if sheet_name not in KNOWN or not sheet.visible:
                faults += _strange(book, sheet, sheet_name, place)
            elif sheet_name == patients_sheet.SHEET and not patients:
                patients.append(_patients(book, sheet, place))
            elif sheet_name == defaults.NAME and given is None:
                given, sheet_faults = _defaults(book, sheet, place)
                faults += sheet_faults
            elif sheet_name in tables or sheet_name not in TABLES:
                faults.append(
                    fault(
                        sheet_name if sheet_name in TABLES else "",
                        place,
                        "two sheets for one table: this one was not read",
                        "Keep one of them.",
                    )
                )
            else:
                tables[sheet_name], sheet_faults = _table(book, sheet, sheet_name, place)
                faults += sheet_faults
    if not tables and not faults and not patients:
        faults.append(
            fault(
                "",
                shown(path),
                "the workbook is empty",
                "Fill in the sheets that `make template` or `dahlia template` writes.",
            )
        )
    filled, default_faults = defaults.filled_in(tables, given, patients_sheet.SHEET)
    detailed = Reading(filled, findings(faults + default_faults + older(tables, shown(path))))
    return _with_patients(detailed, *_filled(patients[0], given)) if patients else detailed


def _filled(flat: Flat, given: pd.DataFrame | None) -> tuple[Flat, str]:
    """The sheet with a row per patient, with what is said once of it, and the status of its rows."""
    if given is None or not len(given):
        return flat, patients_sheet.STATED
    sheet_name = patients_sheet.SHEET
    cells, default_faults = defaults.cells_of_table(sheet_name, flat.cells, given, patients_sheet.SAID_ONCE)
    status = defaults.row_of(given, sheet_name).get("status", "")
    if status and len(cells):
        default_faults += defaults.told(sheet_name, given, {"status": (status, len(cells))})
    return Flat(flat.place, cells, flat.at_row, flat.faults + default_faults), status or patients_sheet.STATED


def _defaults(book: "Workbook", sheet: "Sheet", place: str) -> tuple[pd.DataFrame, list[dict]]:
    """The rows of the sheet `defaults`, with what could not be read of them."""
    read = read_sheet(book, sheet, defaults.NAME, place)
    return placed(read.cells, place, read.at_row), read.faults


def _patients(book: "Workbook", sheet: "Sheet", place: str) -> Flat:
    """The sheet with a row per patient as typed, without the worked rows of the template."""
    read = read_sheet(book, sheet, "", place, patients_sheet.date_headings())
    return patients_sheet.without_examples(filled(place, read.cells, read.at_row, read.faults))


def _with_patients(detailed: Reading, flat: Flat, status: str) -> Reading:
    """The tables of the detailed sheets with what the rows of the sheet `patients` say; status: how these are known."""
    lost = patients_sheet.lacking(flat)
    if not len(flat.cells) or lost:
        cure = "Give it back its heading, or fill in that of a new workbook (`make template`, `dahlia template`)."
        what = f"the sheet has no column {', '.join(lost)}"
        faults = flat.faults + ([fault("", flat.place, what, cure, row=1)] if lost and len(flat.cells) else [])
        return Reading(detailed.tables, joined_findings(detailed.findings, findings(faults)))
    sources = detailed.tables.get("sources")
    known = sources["source_id"].tolist() if sources is not None and "source_id" in sources else []
    patients_reading = patients_sheet.read_patients(flat, known, status)
    tables = patients_sheet.below(patients_reading.tables, detailed.tables)
    return Reading(tables, joined_findings(detailed.findings, patients_reading.findings))


def joined_findings(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Both findings, one below the other."""
    return pd.concat([first, second], ignore_index=True) if len(second) else first


def _strange(book: "Workbook", sheet: "Sheet", sheet_name: str, place: str) -> list[dict]:
    """A sheet that is not read: reported when anything stands in it."""
    if next(book.lines(sheet), None) is None:
        return []
    if sheet_name in KNOWN:
        return [
            fault(
                sheet_name if sheet_name in TABLES else "",
                place,
                "the sheet is hidden, so it was not read",
                "Show it, or delete it.",
            )
        ]
    if not sheet.visible:
        return [fault("", place, "a hidden sheet was not read", "Nothing to do.", severity="information")]
    cure = (
        f"Rename it to one of: {', '.join(KNOWN)}; or delete it. A table with a row per patient is read with a column map: "
        "`make map` or `dahlia map` proposes one."
    )
    return [fault("", place, "no reported table has this name", cure, value=sheet.title)]


def _table(book: "Workbook", sheet: "Sheet", table_name: str, place: str) -> tuple[pd.DataFrame, list[dict]]:
    """One sheet as a table, with what could not be read of it."""
    read = read_sheet(book, sheet, table_name, place, frozenset(of_kind(table_name, "date")))
    if not len(read.cells.columns):
        return nothing(table_name), read.faults
    table, place_faults = without_place(read.cells, table_name, place)
    return placed(table, place, read.at_row), place_faults + read.faults
