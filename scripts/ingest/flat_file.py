"""A CSV file or one sheet of a workbook as rows of text under the headings that somebody chose."""

from pathlib import Path

from schemas.faults import no_such
from scripts.commands.messages import UserError, shown
from scripts.commands.program import typed
from scripts.ingest.native.from_csv import UnreadError, about, split
from scripts.ingest.native_cells import cleaned, named
from scripts.ingest.spreadsheets import WORKBOOK, what_it_is
from scripts.ingest.table.flat import Flat, filled
from scripts.ingest.table.headings import FIRST_ROW, Head, joined
from scripts.ingest.workbook.limits import UnsoundError, refusal, unsound_where_damaged
from scripts.ingest.workbook.sheet_table import read_sheet

ENDINGS = (".csv", ".tsv", ".txt")


def read_flat(
    path: Path,
    sheet: str = "",
    head: Head = FIRST_ROW,
    mark: str = "",
    known: tuple[str, ...] = (),
    dates: frozenset[str] = frozenset(),
) -> Flat:
    """The table in a file. UserError where it is no CSV file and no workbook, or there is no such sheet.

    known: headings of the map, by which the mark between cells is found; dates: those of them under which dates stand.
    """
    path = Path(path)
    must_be_file(path)
    if path.suffix.lower() == WORKBOOK:
        return _sheet(path, sheet, head, dates)
    if sheet:
        raise UserError(f"{shown(path)}: sheet: only a workbook has sheets. Leave it out.")
    if path.suffix.lower() not in ENDINGS:
        what = what_it_is(path) or f"neither CSV nor a workbook. A table's name ends in {', '.join(ENDINGS)} or .xlsx."
        raise UserError(f"{shown(path)}: {what}")
    return _separated(path, head, mark, set(known))


def must_be_file(path: Path) -> None:
    """UserError where a folder or nothing stands under this name."""
    if not path.is_file():
        raise UserError(f"{shown(path)}: not a file. Give the table itself, as CSV or .xlsx.")


def _separated(path: Path, head: Head, mark: str, known: set[str]) -> Flat:
    place = shown(path)
    try:
        parts = split(path, known, mark, head.row - 1)
    except UnreadError as why:
        raise UserError(f"{place}: cannot be read: {why}. {why.cure}") from None
    below, rows = head.rows - 1, parts.rows
    levels = [
        [cleaned(heading) for heading in row] for row in [rows.header, *rows.cells.iloc[:below].to_numpy().tolist()]
    ]
    header = joined(levels) if below else rows.header
    body = rows.cells.iloc[below:].reset_index(drop=True) if below else rows.cells
    cells, unnamed = named(header, body, place, parts.clean)
    faults = about("", place, parts.text, rows, unnamed, 0)
    return filled(place, cells, rows.at_row[below:], faults)


def _sheet(path: Path, sheet: str, head: Head, dates: frozenset[str]) -> Flat:
    if why := refusal(path):
        raise UserError(f"{shown(path)}: cannot be read: {why}. Save it again as .xlsx, or as CSV.")
    try:
        with unsound_where_damaged():
            return _of_workbook(path, sheet, head, dates)
    except UnsoundError as why:
        raise UserError(f"{shown(path)}: cannot be read: {why}. Save it again as .xlsx, or as CSV.") from None


def _of_workbook(path: Path, sheet: str, head: Head, dates: frozenset[str]) -> Flat:
    from scripts.ingest.workbook.opened import Package, Workbook  # openpyxl only where there is a workbook to read
    from scripts.ingest.workbook.unseen import unseen

    with Package(path) as archive:
        book = Workbook(archive)
        visible = {cleaned(each.title): each for each in book.sheets if each.visible}
        titles = [title for title, each in visible.items() if next(book.lines(each), None)]
        wanted = sheet or (titles[0] if len(titles) == 1 else "")
        if wanted not in visible:
            what = no_such("sheet", sheet, visible) if sheet else f"several sheets hold cells: {', '.join(titles)}."
            cure = f"Name one under `sheet` in the map; for a proposal, behind --sheet ({typed('make map SHEET=...')})."
            raise UserError(f"{shown(path)}: sheet: {what} {cure}")
        place = f"{shown(path)} [{wanted}]"
        read = read_sheet(book, visible[wanted], "", place, dates, head)
        below = int(read.at_row[0]) if len(read.at_row) else head.row
        beside = unseen(visible[wanted], book.comments(visible[wanted]), place, below)
    return filled(place, read.cells, read.at_row, read.faults + beside)
