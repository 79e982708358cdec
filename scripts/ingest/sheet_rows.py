"""The rows of a workbook that a database gave out: the first sheet that holds any, cells as text."""

from collections.abc import Iterator
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.ingest.workbook.limits import UnsoundError, refusal, unsound_where_damaged
from scripts.ingest.workbook.number_formats import as_text


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of every row with cells. UserError where the workbook is damaged or too large."""
    if why := refusal(path):
        raise UserError(f"{shown(path)}: cannot be read: {why}. Get it again, or save it as CSV UTF-8.")
    try:
        with unsound_where_damaged():
            yield from _of_first_sheet(path)
    except UnsoundError as why:
        raise UserError(f"{shown(path)}: cannot be read: {why}. Get it again, or save it as CSV UTF-8.") from None


def _of_first_sheet(path: Path) -> Iterator[tuple[int, list[str]]]:
    from scripts.ingest.workbook.opened import Package, Workbook  # openpyxl only where there is a workbook to read

    with Package(path) as archive:
        book = Workbook(archive)
        for sheet in (each for each in book.sheets if each.visible):
            has_rows = False
            for number, cells in book.lines(sheet):
                has_rows = True
                texts = {cell.column: _text(cell.value) for cell in cells}
                yield number, [texts.get(column, "") for column in range(1, max(texts) + 1)]
            if has_rows:
                return


def _text(value: object) -> str:
    return as_text(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
