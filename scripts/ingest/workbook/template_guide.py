"""What a person reads in the entry workbook before typing: the sheet `read_me`, and one worked example case."""

import csv
import math
from pathlib import Path

import xlsxwriter

from schemas.codes import MISSING
from schemas.reported import TABLES
from schemas.versions import VERSION
from scripts.ingest.workbook.patients_sheet import DECIDING

EXAMPLE = Path(__file__).parent / "example_case.csv"
PROSE_WIDTH, ROW_HEIGHT = 100, 15


def read_me(book: xlsxwriter.Workbook, series: str, formats: dict) -> None:
    """How to enter cases, and what the sheets are for."""
    sheet = book.add_worksheet("read_me")
    sheet.set_column(0, 0, PROSE_WIDTH, formats["prose"])
    sheet.write_string(0, 0, f"Case entry: {series} (version {VERSION} of the tables)", formats["title"])
    for at, line in enumerate([*_guide(), "", "The sheets, and what one row is:", *_tables()], start=1):
        sheet.set_row(at, ROW_HEIGHT * lines(line, PROSE_WIDTH))
        sheet.write_string(at, 0, line, formats["prose"])
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _guide() -> list[str]:
    reasons = ", ".join(MISSING)
    return [
        "Start with `patients`, one row per patient in the words of the source, and `sources`; what does not fit there goes into "
        "the sheets that follow, one row per item. A patient is entered in `patients` or in `cases`, never in both; rows of other "
        "sheets may refer to either.",
        "The grey rows of `patients` are worked examples: a re-exposure, a patient of whom little is known, a death. They may stay or go: as "
        "they stand they are never read, and one that was typed over in part is refused. The sheet `example` shows an invented "
        "case over all sheets; it is never read either.",
        "Amber headings must be filled in. Sheets and columns that you do not need may stay empty. Point at a heading to "
        "read what belongs there.",
        "Source, locator and status of a whole sheet can be given once, in `defaults`; cells that are filled in take precedence.",
        f"A cell without a value may say why: {reasons}. Blank means no information.",
        "Type what the source says, as it says it. Times are a calendar date (2022-07-04, 2022-07, 2022), or a lower and an "
        "upper bound with their scale and what they are counted from. There is no default origin.",
        *DECIDING,
        "Do not use formulas, merged cells or hidden sheets: they are refused. Check the workbook with: "
        "make validate FILE=/path/to/this.xlsx (in Dahlia's folder), or: dahlia validate /path/to/this.xlsx",
        "Two records that are one patient: a row in `links` with the verdict same. A repair of what a source got wrong: a row "
        "in `corrections`; deleting the row undoes it. Nothing is merged or repaired otherwise.",
    ]


def _tables() -> list[str]:
    return [f"{table_name}: {contract.title}" for table_name, contract in TABLES.items()]


def lines(text: str, width: int) -> int:
    """How many lines a text takes; rows and comments do not grow with it by themselves in every program."""
    return sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))


def example(book: xlsxwriter.Workbook, formats: dict) -> None:
    """The invented case, one block per table: its name, its headings, its rows."""
    sheet = book.add_worksheet("example")
    sheet.set_column(0, 40, 18, formats["text"])
    sheet.set_landscape()
    sheet.write_string(0, 0, "One invented case over all sheets but `patients`. This sheet is never read.")
    at = 2
    for table_name, rows in example_case().items():
        columns = [column for column in TABLES[table_name].columns if any(row.get(column) for row in rows)]
        sheet.write_string(at, 0, table_name, formats["title"])
        for place, column in enumerate(columns):
            sheet.write_string(at + 1, place, column, formats["heading"])
            for below, row in enumerate(rows, start=2):
                sheet.write_string(at + below, place, row.get(column, ""), formats["text"])
        at += len(rows) + 3


def example_case() -> dict[str, list[dict[str, str]]]:
    """The worked example: table -> rows, from a list of table, row, column and cell."""
    rows_by_table: dict[str, dict[str, dict[str, str]]] = {}
    with EXAMPLE.open(encoding="utf-8", newline="") as handle:
        for cell in csv.DictReader(handle):
            rows_by_table.setdefault(cell["table"], {}).setdefault(cell["row"], {})[cell["column"]] = cell["cell"]
    return {table_name: list(rows.values()) for table_name, rows in rows_by_table.items()}
