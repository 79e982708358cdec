"""The entry workbook: written from the contracts, so that it cannot ask for anything they do not know.

First `patients`, one row per patient, with worked rows that are never read; then `sources`, `defaults` and the guide `read_me`; then
one sheet per reported table, with headings, help and drop-downs; `example` shows one invented case over all of them; the hidden
sheet `lists` feeds the drop-downs. Every cell is text: a spreadsheet program then makes no dates of words, and no formulas.
"""

import io
from datetime import datetime
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import xlsxwriter

from schemas.codes import MISSING, codes, labels
from schemas.contract import PLACE
from schemas.map_column import TARGETS
from schemas.reported import TABLES
from scripts.commands.messages import UserError, say, shown
from scripts.commands.program import command_parser
from scripts.commands.reading import read
from scripts.files.tablefiles import write_bytes
from scripts.ingest.native import defaults
from scripts.ingest.workbook import patients_sheet
from scripts.ingest.workbook.template_guide import example, lines, read_me
from scripts.office.sheets import AS_TYPED

MADE = datetime(2000, 1, 1)
"""A fixed date of creation: the same contracts give the same bytes."""
LAST_ROW = 1_048_575
LONGEST_TEXT = 32_767
MOST_FAULTS = 20
COMMENT_WIDTH, COMMENT_LINE = 44, 0.24
"""Characters in a line of a comment at its width, and a line's share of a comment's usual height."""
FEW_CODES = 12
CASE_WIDTH, WIDEST_COLUMN = 22, 42
"""In characters: the case numbers in `patients`, and the longest heading."""
REQUIRED_KINDS = ("key",)
OPEN_LISTS = ("origin",)


def command(words: list[str]) -> None:
    """The sub-command `template`; an existing file is never overwritten."""
    parser = command_parser("scripts.ingest template", "Write an entry workbook.")
    parser.add_argument("--series", required=True, metavar="NAME", help="name of the series, for the title")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the workbook to write (.xlsx)")
    parser.add_argument("--filled-from", type=Path, metavar="DIR", help="folder of CSV files whose rows to carry over")
    given = parser.parse_args(words)
    if given.out.exists():
        raise UserError(f"{shown(given.out)}: there is such a file already. Name another, so that no entry is lost.")
    if given.out.suffix.lower() != ".xlsx":
        raise UserError(f"{shown(given.out)}: a workbook's name ends in .xlsx.")
    write_template(given.out, given.series, _rows_from(given.filled_from) if given.filled_from else None)
    say(f"template: {shown(given.out)}")


def _rows_from(folder: Path) -> dict[str, pd.DataFrame]:
    """The rows to carry over; UserError where any would be lost."""
    reading = read("csv", folder)
    unread = reading.findings[reading.findings["severity"] == "contract"]
    faults = [f"{row['file']}, row {row['row']}: {row['what']}. {row['cure']}" for _, row in unread.iterrows()]
    for table_name, table in reading.tables.items():
        known = (*TABLES[table_name].columns, *PLACE)
        strange = [str(at) for at, column in enumerate(table.columns, start=1) if column not in known]
        faults += (
            [f"{table_name}: unknown columns: number {', '.join(strange)}. Rename or remove them."] if strange else []
        )
        faults += [f"{table_name}: a column appears twice. Keep one."] if not table.columns.is_unique else []
    if faults:
        raise UserError("\n".join(faults[:MOST_FAULTS]))
    return reading.tables


def write_template(path: Path | str, series: str, tables: dict[str, pd.DataFrame] | None = None) -> None:
    """Write an entry workbook for the series; `tables` fills it with rows already entered.

    UserError for what a workbook cannot hold: a cell of more than 32,767 characters, rows beyond the last of a sheet.
    """
    if faults := [fault for table in (tables or {}).values() for fault in _too_large(table)]:
        raise UserError("\n".join(faults[:MOST_FAULTS]))
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {**AS_TYPED, "in_memory": True},
    )
    book.set_properties({"title": f"Case entry: {series}", "created": MADE})
    formats = _formats(book)
    first, *further = TABLES
    patients = book.add_worksheet(patients_sheet.SHEET)
    sheets = {first: book.add_worksheet(first)}
    said_once = book.add_worksheet(defaults.NAME)
    read_me(book, series, formats)
    sheets |= {table_name: book.add_worksheet(table_name) for table_name in further}
    example(book, formats)
    ranges = _lists(book)
    _patients(patients, ranges, formats, [] if tables else patients_sheet.examples())
    _defaults(said_once, ranges, formats)
    for table_name, sheet in sheets.items():
        _sheet(sheet, TABLES[table_name], ranges, formats, (tables or {}).get(table_name))
    book.close()
    write_bytes(buffer.getvalue(), path)


def _too_large(table: pd.DataFrame) -> list[str]:
    """Why rows have no place in a sheet, each with place and cure."""
    if len(table) > LAST_ROW:
        return [
            f"{table['at_file'].iloc[0]}: {len(table)} rows; a sheet holds {LAST_ROW} below its header. Split the series."
        ]
    faults = []
    for column in table.columns.difference(PLACE):
        unfit = [text for text in table[column].unique() if not _fits(text)]
        rows = table[table[column].isin(unfit)] if unfit else table.iloc[:0]
        what = (
            f"{column}: longer than the {LONGEST_TEXT} characters of a workbook's cell, or marked up from <r> to </r>"
        )
        faults += [
            f"{file}, row {row}, {what}. Shorten it, or keep this table as CSV."
            for file, row in zip(rows["at_file"], rows["at_row"], strict=True)
        ]
    return faults


def _fits(text: str) -> bool:
    """Spreadsheet programs count UTF-16 units; xlsxwriter takes a text from <r> to </r> for markup of its own."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return False
    return len(text) <= LONGEST_TEXT // 2 or len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def _formats(book: xlsxwriter.Workbook) -> dict:
    text = {"num_format": "@", "valign": "top"}
    return {
        "text": book.add_format(text),
        "heading": book.add_format(text | {"bold": True, "bottom": 1, "bg_color": "#E8EEF4"}),
        "required": book.add_format(text | {"bold": True, "bottom": 1, "bg_color": "#F6D9A8"}),
        "title": book.add_format(text | {"bold": True, "font_size": 13}),
        "prose": book.add_format(text | {"text_wrap": True}),
        "worked": book.add_format(text | {"italic": True, "font_color": "#808080"}),
    }


def _lists(book: xlsxwriter.Workbook) -> dict[tuple[str, bool], str]:
    """One column per code list and again with the reasons for missing; (list, required) -> its range."""
    sheet = book.add_worksheet("lists")
    sheet.very_hidden()
    ranges: dict[tuple[str, bool], str] = {}
    for codelist in sorted(_codelists()):
        for required in (False, True):
            entries = codes(codelist) if required else (*codes(codelist), *MISSING)
            at = len(ranges)
            sheet.write_string(0, at, f"{codelist}, required" if required else codelist)
            for row, code in enumerate(dict.fromkeys(entries), start=1):
                sheet.write_string(row, at, code)
            letter = xlsxwriter.utility.xl_col_to_name(at)
            ranges[codelist, required] = f"=lists!${letter}$2:${letter}${len(dict.fromkeys(entries)) + 1}"
    return ranges


def _codelists() -> set[str]:
    columns = (column for contract in TABLES.values() for column in contract.columns.values())
    return {column.metadata["codelist"] for column in columns if "codelist" in column.metadata}


def _sheet(sheet, contract: pa.DataFrameSchema, ranges: dict, formats: dict, rows: pd.DataFrame | None) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    for at, (heading, column) in enumerate(contract.columns.items()):
        _heading(sheet, at, heading, _help(column), required(column), formats)
        codelist = column.metadata.get("codelist")
        if codelist:
            sheet.data_validation(1, at, LAST_ROW, at, _drop_down(column, ranges[codelist, _is_closed(column)]))
        for row, cell in enumerate([] if rows is None else rows.get(heading, []), start=1):
            if cell != "":
                sheet.write_string(row, at, cell, formats["text"])


def _heading(sheet, at: int, heading: str, text: str, must: bool, formats: dict) -> None:
    """A column of text cells under its name, amber where it must be filled in, with its help as a comment."""
    sheet.set_column(at, at, min(max(len(heading) + 2, 12), WIDEST_COLUMN), formats["text"])
    sheet.write_string(0, at, heading, formats["required" if must else "heading"])
    high = max(1.2, COMMENT_LINE * lines(text, COMMENT_WIDTH))
    sheet.write_comment(0, at, text, {"x_scale": 2.2, "y_scale": high, "author": ""})


def _patients(sheet, ranges: dict, formats: dict, worked: list[dict[str, str]]) -> None:
    """The sheet with a row per patient: fixed headings, help, drop-downs that also let other words pass, worked rows in grey."""
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    for at, (heading, column) in enumerate(patients_sheet.patients_map().columns.items()):
        must = column.target in ("case", "drug", "event")
        _heading(sheet, at, heading, patients_sheet.help_of(heading), must, formats)
        if codelist := TARGETS[column.target]["codelist"]:
            offered = {"validate": "list", "source": ranges[codelist, False], "show_error": False}
            sheet.data_validation(1, at, LAST_ROW, at, offered)
        for row, cells in enumerate(worked, start=1):
            if cells[heading]:
                sheet.write_string(row, at, cells[heading], formats["worked"])
    sheet.set_column(0, 0, CASE_WIDTH, formats["text"])


def _defaults(sheet, ranges: dict, formats: dict) -> None:
    """The sheet of what is said once for a whole table."""
    sheet.freeze_panes(1, 0)
    texts = {
        defaults.OF: "The sheet whose blank cells are filled; blank: every sheet that no other row names.",
        "source_id": "The source of its rows, as in the sheet `sources`.",
        "locator": "Where in the source its rows are found: Table 1.",
        "status": "How its rows are known: stated by the source, derived or assumed by you.",
    }
    for at, (heading, text) in enumerate(texts.items()):
        _heading(sheet, at, heading, text, False, formats)
    sheet.data_validation(1, 0, LAST_ROW, 0, {"validate": "list", "source": [patients_sheet.SHEET, *TABLES]})
    sheet.data_validation(1, 3, LAST_ROW, 3, {"validate": "list", "source": ranges["status", True]})


def required(column: pa.Column) -> bool:
    """Must the column be filled in?"""
    return column.metadata["kind"] in REQUIRED_KINDS or column.metadata.get("required") == "yes"


def _is_closed(column: pa.Column) -> bool:
    return column.metadata.get("required") == "yes"


def _drop_down(column: pa.Column, source: str) -> dict:
    """A list to choose from; where other words are allowed too, the list only offers."""
    title = column.title[:32]
    allowed = {"validate": "list", "source": source, "error_title": title, "error_message": "Choose from the list."}
    return allowed | ({"show_error": False} if column.metadata["codelist"] in OPEN_LISTS else {})


def _help(column: pa.Column) -> str:
    """What belongs in the column, with what its codes mean where they are few."""
    facts = [column.title, column.description or ""]
    if column.metadata.get("unit"):
        facts.append(f"Unit: {column.metadata['unit']}.")
    facts.append("Must be filled in." if required(column) else "May hold a reason for missing, or stay blank.")
    if column.metadata.get("e2b"):
        facts.append(f"ICH E2B(R3): {column.metadata['e2b']}")
    meant = labels(column.metadata["codelist"]) if "codelist" in column.metadata else {}
    if len(meant) <= FEW_CODES:
        facts += [f"{code}: {label}" for code, label in meant.items() if label != code.replace("_", " ")]
    return "\n".join(fact for fact in facts if fact)
