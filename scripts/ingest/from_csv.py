"""The native format: a folder with one CSV file per reported table, header in row 1."""

import csv
from pathlib import Path

import pandas as pd

from schemas.findings import findings
from schemas.reported import TABLES
from scripts.ingest import Reading
from scripts.messages import UserError, shown

FORMAT = "folder of CSV files, one per reported table"


def read(path: Path, **_: object) -> Reading:
    """Read every `<table>.csv` of the folder; files named otherwise are reported, never ignored."""
    if not path.is_dir():
        raise UserError(f"{shown(path)}: not a folder of CSV files. Give the folder that holds cases.csv.")
    tables, faults = {}, []
    for file in sorted(path.glob("*.csv")):
        if file.stem in TABLES:
            tables[file.stem], found = _read_table(file)
            faults += found
        else:
            faults.append(_unknown_file(file))
    if not tables and not faults:
        raise UserError(f"{shown(path)}: no CSV files in this folder. `make template` writes a workbook to fill in.")
    return Reading(tables, findings(faults))


def _read_table(file: Path) -> tuple[pd.DataFrame, list[dict]]:
    try:
        lines = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True), strict=True))
    except (UnicodeDecodeError, csv.Error) as fault:
        return _nothing(file), [_unreadable(file, str(fault))]
    if not lines or file.read_bytes()[:4] == b"PK\x03\x04":
        return _nothing(file), [_unreadable(file, "the file is empty or not text")]
    header = [name.strip() for name in lines[0]]
    rows, faults = [], []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(_ragged(file, number, len(cells), len(header)))
            continue
        rows.append([cell.strip() for cell in cells] + [shown(file), number])
    table = pd.DataFrame(rows, columns=[*header, "at_file", "at_row"], dtype=object)
    return table.astype({"at_row": int}), faults


def _nothing(file: Path) -> pd.DataFrame:
    columns = [*TABLES[file.stem].columns, "at_file", "at_row"]
    return pd.DataFrame(columns=columns, dtype=object).astype({"at_row": int})


def _fault(file: Path, row: int, what: str, cure: str, value: str = "") -> dict:
    return {
        "rule": "readable", "severity": "contract", "table": file.stem, "file": shown(file), "row": row,
        "value": value, "what": what, "cure": cure,
    }  # fmt: skip


def _unreadable(file: Path, why: str) -> dict:
    return _fault(file, 0, f"cannot be read as a UTF-8 CSV table: {why}", "Save it as CSV UTF-8 (comma separated).")


def _ragged(file: Path, row: int, cells: int, columns: int) -> dict:
    what = f"{cells} cells under {columns} columns"
    return _fault(file, row, what, "Put quotation marks around text that holds commas.", str(cells))


def _unknown_file(file: Path) -> dict:
    return _fault(file, 0, "no reported table has this name", f"Rename it to one of: {', '.join(TABLES)}.", file.name)
