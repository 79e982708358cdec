"""One sheet as a table of text: headings, rows with their numbers, and what could not be read of it or is not seen.

Every sheet is read here, a reported table, `patients`, `defaults` or somebody's table with a row per patient: what is said
of columns without a name, of merged cells and of what is hidden holds for all of them.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scripts.commands.progress import told
from scripts.ingest.native_cells import WIDEST, cleaned, fault, named
from scripts.ingest.table.headings import FIRST_ROW, Head, joined
from scripts.ingest.workbook.sheet_cells import FEW, Reader, formula

if TYPE_CHECKING:
    from scripts.ingest.workbook.opened import Sheet, Workbook


@dataclass(frozen=True)
class SheetTable:
    """cells: one column per heading, text; at_row: row numbers as a spreadsheet shows them; faults: what is to be said."""

    cells: pd.DataFrame
    at_row: np.ndarray
    faults: list[dict]


def read_sheet(
    book: "Workbook",
    sheet: "Sheet",
    table_name: str,
    place: str,
    dates: frozenset[str] = frozenset(),
    head: Head = FIRST_ROW,
) -> SheetTable:
    """The sheet under the headings, which begin in the first row with cells from `head.row` on.

    Without headings, or too wide, it has no columns. table_name: the reported table, blank where it is none; dates: columns whose
    cells are calendar dates.
    """
    read = told(book.lines(sheet), lambda done: f"{place}: {done} rows read")
    lines = (line for line in read if line[0] >= head.row)
    first, start = next(lines, (head.row, []))
    last = first + head.rows - 1
    header = joined([_header(start), *(_header(next(lines, (0, []))[1]) for _ in range(first, last))])
    if len(header) > WIDEST:
        return SheetTable(pd.DataFrame(), np.array([], int), [_too_wide(table_name, place, first, len(header))])
    reader = Reader(header, dates, book.epoch)
    numbers: list[int] = []
    texts: list[list[str]] = []
    for number, cells in lines:
        if numbers and number <= numbers[-1]:
            what = "a row that appears twice in the file, or after a later one; it was not read"
            reader.refuse(number, "", what, "", "Save it again from a spreadsheet program, and compare.")
            continue
        texts.append(reader.row(number, cells))
        numbers.append(number)
    cells, unnamed = named(header, pd.DataFrame(texts, columns=range(len(header)), dtype=object), place)
    cure = f"Name it in row {first}."
    faults = [fault(table_name, place, f"column {at + 1} has cells and no name", cure, row=first) for at in unnamed]
    below = first if head.rows == 1 else last + 1
    faults = (
        about(table_name, place, reader)
        + faults
        + _merged(sheet, table_name, place, below)
        + _hidden(sheet, table_name, place, header)
    )
    return SheetTable(cells, np.array(numbers, int), faults)


def _header(cells: list) -> list[str]:
    """The names in the first row that holds any, up to the last of them."""
    names = {cell.column: cleaned(formula(cell.value) if cell.kind == "f" else str(cell.value)) for cell in cells}
    width = max((column for column, heading in names.items() if heading), default=0)
    return [names.get(column, "") for column in range(1, width + 1)]


def _too_wide(table_name: str, place: str, row: int, width: int) -> dict:
    """The fault of a sheet with cells far beyond any table."""
    what = f"cells in column {width}: larger than any reported table"
    return fault(table_name, place, what, "Clear the cells beyond the table.", row=row)


def about(table_name: str, place: str, reader: Reader) -> list[dict]:
    """The findings of what a reader remembers of single cells."""
    refused = [
        fault(table_name, place, what, cure, row=row, column=column, value=value[:60])
        for row, column, what, value, cure in reader.refused
    ]
    beyond = [
        fault(table_name, place, f"{what}: from here on {number} more cells", cure, row=row, column=column)
        for (column, what, cure), (row, number) in reader.beyond.items()
    ]
    cure = "Check them against the source."
    noted = [
        fault(table_name, place, f"{what} ({number} cells)", cure, column=column, severity="information")
        for (column, what), number in reader.noted.items()
    ]
    return refused + beyond + noted


def _merged(sheet: "Sheet", table_name: str, place: str, start: int) -> list[dict]:
    """Merged cells from a row on; a merged title above the table is none of it."""
    from openpyxl.utils import range_boundaries  # openpyxl only where there is a workbook to read

    cure = "Unmerge them and fill in every row: what the covered cells mean cannot be known."
    spans = [(cells, range_boundaries(cells)) for cells in sheet.merged]
    rows = {cells: first for cells, (_, first, _, last) in spans if last >= start}
    faults = [fault(table_name, place, f"merged cells {cells}", cure, row=row) for cells, row in rows.items()]
    if len(faults) <= FEW:
        return faults
    what = f"{len(faults) - FEW} more ranges of merged cells"
    return [*faults[:FEW], fault(table_name, place, what, cure, row=faults[FEW]["row"])]


def _hidden(sheet: "Sheet", table_name: str, place: str, header: list[str]) -> list[dict]:
    """Rows that a filter, or a hand, has hidden, and columns: nobody sees them, and they are read all the same."""
    from openpyxl.utils import get_column_letter  # openpyxl only where there is a workbook to read

    faults = []
    if sheet.hidden:
        which = ", ".join(map(str, sheet.hidden[:FEW])) + (" ..." if len(sheet.hidden) > FEW else "")
        what = f"hidden rows were read like the others: {len(sheet.hidden)} (row {which})"
        cure = "Take off the filter and look at them; delete those that do not belong here."
        faults.append(fault(table_name, place, what, cure, row=sheet.hidden[0], severity="information"))
    if unseen := [at for at, title in enumerate(header, start=1) if title and at in sheet.hidden_columns]:
        which = ", ".join(map(get_column_letter, unseen[:FEW])) + (" ..." if len(unseen) > FEW else "")
        what = f"hidden columns were read like the others: {len(unseen)} (column {which})"
        cure = "Show them and look at them; delete those that do not belong here."
        faults.append(fault(table_name, place, what, cure, severity="information"))
    return faults
