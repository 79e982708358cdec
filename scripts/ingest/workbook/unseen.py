"""What a sheet says beside the text of its cells: colours, lines through words, comments. None of it is read, and it is said so."""

from typing import TYPE_CHECKING

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.xml.functions import fromstring

from scripts.ingest.native_cells import fault
from scripts.ingest.workbook.sheet_cells import FEW
from scripts.words.wording import counted

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook as Book

    from scripts.ingest.workbook.opened import Package, Sheet

BLANK_FILLS = (None, "none")
INTO_WORDS = "Type what it says into a column of its own; nothing to do where it says nothing."


def marked_styles(book: "Book") -> frozenset[int]:
    """The numbers of cell styles with a coloured ground or a line through the words."""
    return frozenset(
        at
        for at, style in enumerate(book._cell_styles)
        if book._fills[style.fillId].tagname != "patternFill"
        or book._fills[style.fillId].patternType not in BLANK_FILLS
        or book._fonts[style.fontId].strike
    )


def commented(archive: "Package", part: str) -> list[str]:
    """The cells of a sheet that have a comment."""
    relations = get_rels_path(part)
    if relations not in archive.namelist():
        return []
    parts = [each.target for each in get_dependents(archive, relations) if each.Type.endswith("/comments")]
    comment_trees = [fromstring(archive.read(each)) for each in parts if each in archive.namelist()]
    return [node.get("ref", "") for tree in comment_trees for node in tree.iter() if node.tag.endswith("}comment")]


def unseen(sheet: "Sheet", comments: list[str], place: str, below: int) -> list[dict]:
    """A line for marked cells and one for comments, of the rows from `below` on."""
    remarks = []
    if rows := [number for number in sheet.marked if number >= below]:
        remarks.append(
            (f"coloured cells, or words struck through, in {_many(rows, 'row')}: what that means is not read", rows[0])
        )
    if cells := [cell for cell in comments if int("".join(filter(str.isdigit, cell)) or 0) >= below]:
        remarks.append((f"comments on {_many(cells, 'cell')} are not read", 0))
    return [fault("", place, what, INTO_WORDS, row=row, severity="information") for what, row in remarks]


def _many(places: list, kind: str) -> str:
    """`3 rows (5, 6, 9)`."""
    listed = ", ".join(map(str, places[:FEW])) + (" ..." if len(places) > FEW else "")
    return f"{counted(len(places), kind)} ({listed})"
