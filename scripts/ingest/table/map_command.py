"""The sub-command `map`: where the headings of a table stand, a column map proposed beside it, and what to know before reading it."""

import re
from collections import Counter
from pathlib import Path

from scripts.commands.messages import UserError, say, shown
from scripts.commands.program import command_parser
from scripts.files.atomic import write_text
from scripts.files.source_files import map_beside
from scripts.ingest.flat_file import must_be_file, read_flat
from scripts.ingest.table import strange_rows
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.headings import FIRST_ROW, Head, target_of
from scripts.ingest.table.proposal import of_study, placed_columns, propose

LATEST_HEADINGS = 9
NAMELESS, RAGGED = "no name|beyond the last named column", "cells under"
"""What is said of a table whose headings stand further down: cells without a heading, or rows wider than the first."""


def command(words: list[str]) -> None:
    """The sub-command `map`; an existing map is never overwritten."""
    parser = command_parser("scripts.ingest map", "Propose a column map for a table with a row per patient.")
    parser.add_argument("path", type=Path, metavar="FILE", help="the table, CSV or .xlsx")
    parser.add_argument("--sheet", default="", help="sheet of a workbook with several")
    parser.add_argument("--header-row", type=int, default=1, metavar="N", help="row that holds the headings")
    parser.add_argument("--header-rows", type=int, default=1, metavar="N", help="how many rows the headings take")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it; left out, beside the table")
    given = parser.parse_args(words)
    must_be_file(given.path)
    out = given.out or map_beside(given.path)
    if out.exists():
        raise UserError(f"{shown(out)}: there is a map already. Remove it, or name another with --out.")
    head, flat = _best_headings(given.path, given.sheet, Head(given.header_row, given.header_rows))
    if not len(flat.cells.columns):
        raise UserError(f"{flat.place}: no headings in row {head.row}. Say with --header-row where they stand.")
    flat, turned = _patients_only(flat)
    text, unplaced = propose(flat, given.path.stem, given.sheet, head, of_study(given.path))
    write_text(text, out)
    placed = len(flat.cells.columns) - len(unplaced)
    say(f"map: {shown(out)}: {placed} of {len(flat.cells.columns)} columns placed; read it, then set `confirmed: yes`")
    if unplaced:
        say(f"  not placed, kept as notes unless you place them: {', '.join(unplaced)}")
    for each in [*_noteworthy(flat, head, Head(given.header_row, given.header_rows)), *turned]:
        say(f"  {each}")


def _patients_only(flat: Flat) -> tuple[Flat, list[str]]:
    """The table without rows that are no patients, and a line if each patient has a column: then all rows stay."""
    first = str(flat.cells.columns[0])
    if what := strange_rows.turned(flat, first):
        return flat, [f"{what} {strange_rows.TURN}"]
    case = next((heading for heading, target in placed_columns(flat.cells)[0].items() if target == "case"), first)
    return strange_rows.without(flat, case), []


def _best_headings(path: Path, sheet: str, asked: Head) -> tuple[Head, Flat]:
    """The table under the headings asked for; where columns have none there, under the rows that name all of them and hold most of the headings that are known.

    A title above the table, or headings of two rows, leave cells without a named column under the first row. Blank rows above the
    headings are passed over: of heads that read the same table, the last names the row where it stands.
    """
    flat = read_flat(path, sheet, asked)
    if asked != FIRST_ROW or not (_said(flat, NAMELESS) or _said(flat, RAGGED)):
        return asked, flat
    heads = [Head(row, taken) for taken in (1, 2) for row in range(1, LATEST_HEADINGS)]
    tried = ((head, _read(path, sheet, head)) for head in heads)
    named = [(head, candidate) for head, candidate in tried if candidate and not _said(candidate, NAMELESS)]
    best, best_flat = max([(asked, flat), *named], key=lambda pair: _known(pair[1]))
    same = [head.row for head, each in named if head.rows == best.rows and each.cells.equals(best_flat.cells)]
    return best._replace(row=max(same, default=best.row)), best_flat


def _read(path: Path, sheet: str, head: Head) -> Flat | None:
    """The table under these headings; none where the file ends before them."""
    try:
        return read_flat(path, sheet, head)
    except UserError:
        return None


def _known(flat: Flat) -> int:
    """How many headings are in the list of targets."""
    return sum(bool(target_of(heading)) for heading in flat.cells.columns)


def _said(flat: Flat, what: str) -> bool:
    return any(re.search(what, fault["what"]) for fault in flat.faults)


def _noteworthy(flat: Flat, head: Head, asked: Head) -> list[str]:
    """What a person should know before reading the map: where the headings were found, and what stops the table from being read."""
    remarks = []
    if head != asked:
        which = f"row {head.row}" if head.rows == 1 else f"rows {head.row} and {head.row + 1}"
        remarks.append(
            f"headings found in {which}; if they stand elsewhere, say so with --header-row and --header-rows"
        )
    faults = Counter(fault["what"] for fault in flat.faults if fault["severity"] == "contract")
    return remarks + [
        f"to be mended first: {what}" + (f" ({number} times)" if number > 1 else "") for what, number in faults.items()
    ]
