"""The rows of a workbook that a database gave out: the sheet with the header that is looked for, cells as text."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.commands.messages import UserError, shown
from scripts.ingest.workbook.limits import UnsoundError, refusal, unsound_where_damaged
from scripts.ingest.workbook.number_formats import as_text

if TYPE_CHECKING:
    from scripts.ingest.workbook.opened import Sheet, Workbook

Numbered = tuple[int, list[str]]
HEAD = 50
"""The header stands in one of so many rows."""


def rows(path: Path, is_header: Callable[[list[str]], bool]) -> Iterator[Numbered]:
    """Row number and cells of every row with cells, of the visible sheet with a header, else of the first that holds any.
    UserError where several have one, and where the workbook is damaged or too large."""
    if why := refusal(path):
        raise UserError(f"{shown(path)}: cannot be read: {why}. Get it again, or save it as CSV UTF-8.")
    try:
        with unsound_where_damaged():
            yield from _of_sheet(path, is_header)
    except UnsoundError as why:
        raise UserError(f"{shown(path)}: cannot be read: {why}. Get it again, or save it as CSV UTF-8.") from None


def _of_sheet(path: Path, is_header: Callable[[list[str]], bool]) -> Iterator[Numbered]:
    from scripts.ingest.workbook.opened import Package, Workbook  # openpyxl only where there is a workbook to read

    with Package(path) as archive:
        book = Workbook(archive)
        visible = [sheet for sheet in book.sheets if sheet.visible]
        heads = {sheet.title: list(islice(_lines(book, sheet), HEAD)) for sheet in visible}
        listings = [sheet for sheet in visible if any(is_header(cells) for _, cells in heads[sheet.title])]
        if len(listings) > 1:
            named = ", ".join(sheet.title for sheet in listings)
            raise UserError(
                f"{shown(path)}: several sheets hold a listing ({named}). Save each as a file of its own, or take one out."
            )
        if listings:
            yield from _lines(book, listings[0])
            return
        yield from next((head for head in heads.values() if head), [])


def _lines(book: "Workbook", sheet: "Sheet") -> Iterator[Numbered]:
    return ((number, _texts(cells)) for number, cells in book.lines(sheet))


def _texts(cells: list) -> list[str]:
    texts = {cell.column: _text(cell.value) for cell in cells}
    return [texts.get(column, "") for column in range(1, max(texts) + 1)]


def _text(value: object) -> str:
    return as_text(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
