"""The native format: a folder with one CSV file per reported table, header in row 1.

Read as they come from spreadsheets: UTF-8 with or without byte-order mark, UTF-16, Windows-1252 (reported as a guess);
comma, semicolon, tab or bar; decimal commas in semicolon files. A file of more than 512 MiB is refused.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from schemas.findings import findings
from schemas.reported import TABLES
from scripts.commands.messages import UserError, reason, shown
from scripts.commands.program import typed
from scripts.commands.progress import counted
from scripts.files import source_files
from scripts.ingest import Reading
from scripts.ingest.native import defaults
from scripts.ingest.native.encoding import NotTextError, Text, as_utf8
from scripts.ingest.native.row_by_row import Rows, TooLargeError, bounded
from scripts.ingest.native.separated import BLOCK, is_clean, rows, separator, without_hint
from scripts.ingest.native_cells import each_distinct, fault, named, nothing, of_kind, older, placed, without_place
from scripts.ingest.options import NoOptions
from scripts.ingest.spreadsheets import SPREADSHEETS, what_it_is

FORMAT = "folder of CSV files, one per reported table"
Options = NoOptions
ENDINGS = (".csv", ".tsv", ".txt")
LARGEST = 512 * 2**20
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


def read(path: Path, **_: object) -> Reading:
    """Read every `<table>.csv` of the folder; files named otherwise are reported, never ignored."""
    path = Path(path)
    if not path.is_dir():
        what = what_it_is(path) or "not a folder of CSV files. Give the folder that holds cases.csv."
        raise UserError(f"{shown(path)}: {what}")
    tables: dict[str, pd.DataFrame] = {}
    faults: list[dict] = []
    given: pd.DataFrame | None = None
    for file in counted(source_files.entries(path), f"{shown(path)}: files"):
        table_name = file.stem.lower()
        if table_name == defaults.NAME and file.is_file() and file.suffix.lower() in ENDINGS:
            given, file_faults = _defaults(file)
            faults += file_faults
            continue
        if not _of_interest(file):
            continue
        if why := _not_read(file):
            faults.append(why)
        elif table_name in tables:
            faults.append(fault(table_name, shown(file), "two files for one table", "Keep one of them."))
        else:
            tables[table_name], file_faults = read_table(file, table_name)
            faults += file_faults
    if not tables and not faults:
        raise UserError(
            f"{shown(path)}: no CSV files in this folder. `{typed('make template')}` writes a workbook to fill in."
        )
    filled, default_faults = defaults.filled_in(tables, given)
    return Reading(filled, findings(faults + default_faults + older(tables, shown(path))))


def _table_meant(file: Path) -> str:
    """The table whose name stands before the first dot; blank where it is none."""
    table_name = file.name.lower().partition(".")[0].strip()
    return table_name if table_name in TABLES else ""


def _of_interest(file: Path) -> bool:
    """Tables, and files that may have been meant as one; notes beside them and folders of papers are ignored."""
    if file.is_dir() and not file.suffix:
        return False
    return bool(_table_meant(file)) or file.suffix.lower() in (".csv", ".tsv", ".xlsx")


def _not_read(file: Path) -> dict | None:
    """Why an entry of the folder is no file of a table that can be read; None where it is one."""
    meant, ending, place = _table_meant(file), file.suffix.lower(), shown(file)
    if meant and not file.is_file():
        what = "a folder" if file.is_dir() else "a link to nothing, or no file"
        return fault(meant, place, f"not read: {what}", f"Put a file {meant}.csv in its place, or rename it.")
    if ending in SPREADSHEETS:
        cure = "Save it as CSV, or name it as a source of its own in the config, with the format xlsx."
        return fault(meant, place, "a workbook among the CSV files", cure, value=file.name)
    if file.is_file() and file.stem.lower() in TABLES and ending in ENDINGS:
        return None
    if meant:
        severity = "contract" if ending in ("", *ENDINGS) else "warning"
        cure = f"Name it {meant}.csv, or move it elsewhere."
        return fault(meant, place, "not read under this name", cure, value=file.name, severity=severity)
    return _unknown_file(file)


class UnreadError(Exception):
    """A file that cannot be read as separated text: why, and the `cure`."""

    def __init__(self, what: str, cure: str):
        super().__init__(what)
        self.cure = cure


@dataclass(frozen=True)
class Split:
    """A file split into rows: the separator that was used, and whether no cell needs cleaning."""

    rows: Rows
    mark: str
    clean: bool
    text: Text


def split(file: Path, known: set[str], mark: str = "", above: int = 0) -> Split:
    """A file of separated text as rows; UnreadError where it is none.

    known: names of columns, by which the separator is found where `mark` is blank. above: lines before the header.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise UnreadError(f"larger than {LARGEST // 2**20} MiB", "Split the series.")
        text = as_utf8(file.read_bytes())
        content, hint = without_hint(text.content)
        content = b"".join(content.split(b"\n", above)[above:]) if above else content
        if not content[:BLOCK].strip() and not content.strip():
            raise _empty(above)
        mark = mark or hint or separator(content, known)
        parsed_rows = rows(content, mark, shown(file))
        bounded(len(known), len(parsed_rows.cells))  # columns left out are blank later, and take their place
    except OSError as why:
        raise UnreadError(reason(why), "Check that you may read the file.") from why
    except NotTextError as why:
        raise UnreadError(str(why), "Save it as CSV UTF-8 (comma separated).") from why
    except TooLargeError as why:
        raise UnreadError(str(why), "Clear the cells beyond the table, or split the series.") from why
    return Split(_moved(parsed_rows, above), mark, is_clean(content, mark), text)


def _empty(above: int) -> UnreadError:
    if above:
        return UnreadError(
            f"nothing stands in row {above + 1} or below it", "Say with `header_row` where the headings are."
        )
    return UnreadError("the file is empty", "Give it a header row, or remove it.")


def _moved(rows: Rows, above: int) -> Rows:
    """The rows with their numbers in the file, of which so many lines stand before the header."""
    ragged = [(row + above, cells) for row, cells in rows.ragged]
    merged = [row + above for row in rows.merged]
    return replace(rows, at_row=rows.at_row + above, ragged=ragged, merged=merged) if above else rows


def read_table(file: Path, table_name: str) -> tuple[pd.DataFrame, list[dict]]:
    """One table of a file, with what could not be read of it."""
    place = shown(file)
    try:
        parts = split(file, set(TABLES[table_name].columns))
    except UnreadError as why:
        return nothing(table_name), [_refused(table_name, place, str(why), why.cure)]
    table, unnamed = named(parts.rows.header, parts.rows.cells, place, parts.clean)
    table, place_faults = without_place(table, table_name, place)
    table = placed(table, place, parts.rows.at_row)
    table, commas = _with_points(table, table_name, parts.mark)
    return table, place_faults + about(table_name, place, parts.text, parts.rows, unnamed, commas)


def _defaults(file: Path) -> tuple[pd.DataFrame | None, list[dict]]:
    """The rows of `defaults`, with what could not be read of them."""
    place = shown(file)
    try:
        parts = split(file, set(defaults.COLUMNS))
    except UnreadError as why:
        return None, [_refused(defaults.NAME, place, str(why), why.cure)]
    table, unnamed = named(parts.rows.header, parts.rows.cells, place, parts.clean)
    faults = about(defaults.NAME, place, parts.text, parts.rows, unnamed, 0)
    return placed(table, place, parts.rows.at_row), faults


def _with_points(table: pd.DataFrame, table_name: str, mark: str) -> tuple[pd.DataFrame, int]:
    """Decimal commas of number columns as points, where the separator shows that the comma is the decimal sign."""
    if mark != ";":
        return table, 0
    number, changed = 0, {}
    for column in of_kind(table_name, "number"):
        if list(table.columns).count(column) == 1:
            hits = table[column].str.fullmatch(DECIMAL_COMMA)
            if hits.any():
                number += int(hits.sum())
                changed[column] = each_distinct(table[column], _with_point)
    return table.assign(**changed), number


def _with_point(text: str) -> str:
    return text.replace(",", ".") if DECIMAL_COMMA.fullmatch(text) else text


def about(table_name: str, place: str, text: Text, rows: Rows, unnamed: list[int], commas: int) -> list[dict]:
    """What a reader of the findings must know about how this file was read."""
    faults = []
    if text.guessed:
        cure = "Check letters with accents; better save it as CSV UTF-8."
        faults.append(fault(table_name, place, "not UTF-8: read as Windows-1252", cure, severity="information"))
    if commas:
        what = f"decimal commas of {commas} cells read as decimal points, since the separator is a semicolon"
        faults.append(fault(table_name, place, what, "Nothing to do if that is intended.", severity="information"))
    for at in unnamed:
        what = f"column {at + 1} has cells and no name"
        faults.append(fault(table_name, place, what, "Name it in row 1, or clear it.", row=1))
    for row in rows.merged:
        what = "lines within one cell look like rows of their own: a quotation mark may be open; the row was not read"
        faults.append(fault(table_name, place, what, "Close the quotation mark, or double it inside a text.", row=row))
    for row, cells in rows.ragged:
        what = f"{cells} cells under {len(rows.header)} columns"
        cure = "Put quotation marks around text that holds separators or line ends."
        faults.append(fault(table_name, place, what, cure, row=row, value=str(cells)))
    if rows.more:
        what = f"{rows.more} more rows are not as wide as the header"
        faults.append(fault(table_name, place, what, "Mend those named first; the others may go with them."))
    if rows.broken:
        cure = (
            "Mend this place: close quotation marks, and double those inside a text. The rows after it were not read."
        )
        faults.append(fault(table_name, place, f"not a CSV table {rows.broken}", cure))
    return faults


def _refused(table_name: str, place: str, why: str, cure: str) -> dict:
    return fault(table_name, place, f"cannot be read: {why}", cure)


def _unknown_file(file: Path) -> dict:
    cure = f"Rename it to one of: {', '.join(TABLES)}."
    return fault("", shown(file), "no reported table has this name", cure, value=file.name)
