"""One column of a table of patients, cell by cell: what each means, and which could not be read.

Every distinct text is read once, so that the cost follows the variety of a column and not its length.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schemas.codes import MISSING
from schemas.map_column import DOSES, TARGETS, Column
from scripts.ingest.table import printed_cells, printed_words
from scripts.ingest.table.grammar import STUDY_DAY, Printed, Written, bounds, parse
from scripts.ingest.table.printed_cells import Cells
from scripts.ingest.table.unreadable import UnreadableError

APPROXIMATE = "approximate as printed"
NOT_READ = "could not be read"
UNREAD = "no_information"


@dataclass
class ColumnRead:
    """What a column says.

    cells    native cells by name, each as long as the table
    text     the cells as printed
    value    where a cell holds a value; a blank, a reason for missing and what could not be read are none
    words    the printed words, where the cells do not simply repeat them; blank elsewhere
    note     the heading, for `provenance`, behind what is to be said of the words: that a value is approximate, or could not be read
    bad      (place in the table, text, what, cure) of cells that could not be read
    """

    heading: str
    column: Column
    cells: dict[str, np.ndarray]
    text: np.ndarray
    value: np.ndarray
    words: np.ndarray
    note: str | np.ndarray
    bad: list[tuple[int, str, str, str]] = field(default_factory=list)

    def __getitem__(self, cell_name: str) -> np.ndarray:
        return self.cells.get(cell_name, np.full(len(self.value), "", dtype=object))

    @property
    def unread_cell(self) -> str:
        """The native cell that is without a value where the printed one could not be read."""
        return next(iter(_reason(self.column, UNREAD)))


def read_column(
    heading: str, texts: np.ndarray, column: Column, missing: dict[str, str], written: Written
) -> ColumnRead:
    """Read a column as the kind of its target."""
    tokens = {token.casefold(): reason for token, reason in (missing | column.missing).items()}
    meanings = {word.casefold(): meaning for word, meaning in column.codes.items()}
    reader = _reader(column, meanings, written)
    places, distinct = pd.factorize(texts)
    read = [_cell(text, reader, tokens, meanings, column) for text in distinct]
    names = dict.fromkeys(
        ["=words", *(cell_name for cells, _ in read for cell_name in cells if cell_name not in ("=value", "=note"))]
    )
    cells_by_name = {
        cell_name: np.array([cells.get(cell_name, "") for cells, _ in read], dtype=object)[places]
        for cell_name in names
    }
    value = np.array(["=value" in cells for cells, _ in read], bool)[places]
    note = _notes(f"column: {heading}", [cells.get("=note", "") for cells, _ in read], places)
    bad = _bad(texts, [why for _, why in read], places)
    return ColumnRead(heading, column, cells_by_name, texts, value, cells_by_name.pop("=words"), note, bad)


def _notes(place: str, notes: list[str], places: np.ndarray) -> str | np.ndarray:
    if not any(notes):
        return place
    return np.array([f"{note}; {place}" if note else place for note in notes], dtype=object)[places]


def _bad(
    texts: np.ndarray, faults: list[UnreadableError | None], places: np.ndarray
) -> list[tuple[int, str, str, str]]:
    """Place, text, what and cure of every cell that could not be read."""
    wrong = np.flatnonzero(np.array([fault is not None for fault in faults], bool)[places])
    pairs = ((at, faults[places[at]]) for at in wrong.tolist())
    return [(at, texts[at], str(fault), fault.cure) for at, fault in pairs if fault]


def _cell(
    text: str, reader: Callable[[str], Cells], tokens: dict[str, str], meanings: dict[str, str], column: Column
) -> tuple[Cells, UnreadableError | None]:
    """The cells of one text, and why it could not be read.

    `=value` yes for a value, `=words` where the words say more. What cannot be read is no information, with its words.
    """
    try:
        return _meant(text, reader, tokens, meanings, column), None
    except UnreadableError as why:
        return _reason(column, UNREAD) | {"=words": text, "=note": NOT_READ}, why


def _meant(
    text: str, reader: Callable[[str], Cells], tokens: dict[str, str], meanings: dict[str, str], column: Column
) -> Cells:
    """The cells of one text; UnreadableError where it means nothing that the column may hold."""
    if text == "":
        return {}
    if column.kind == "list" and printed_words.lists_nothing(text):
        return {"=words": text}
    meant = meanings.get(text.casefold(), "")
    reason = meant if meant in MISSING else "" if meant else printed_words.missing(text, tokens)
    if reason:
        return _reason(column, reason) | ({"=words": text} if text != reason else {})
    if not meant and column.kind != "note":
        printed_words.refuse_unclear(text)
    cells = reader(text)
    words = {"=words": text} if text not in cells.values() or column.kind in ("time", "sign", "gap") else {}
    return cells | {"=value": "yes"} | words


def _reason(column: Column, reason: str) -> Cells:
    """A reason for missing in the cells where the value would have stood."""
    target = TARGETS[column.target]
    cell_name = {"sign": "onset"}.get(column.kind, target["column"])
    if column.kind in ("time", "age", "counts", "gap"):
        return {f"{cell_name}_lower": reason, f"{cell_name}_upper": reason}
    return (
        {"dosage_text": reason}
        if column.kind == "dose"
        else {"reason": reason}
        if column.kind == "sign"
        else {cell_name: reason}
    )


def _reader(column: Column, meanings: dict[str, str], written: Written) -> Callable[[str], Cells]:
    """How a text of the column is read."""
    target = TARGETS[column.target]
    cell_name, unit, comma = target["column"], column.unit, written.comma
    readers: dict[str, Callable[[str], Cells]] = {
        "age": lambda text: printed_cells.age(text, unit, comma),
        "number": lambda text: {cell_name: printed_cells.plain_number(text, unit, comma)},
        "whole": lambda text: {cell_name: printed_cells.whole(text)},
        "counts": printed_cells.counts,
        "dose": lambda text: printed_cells.dose(text, unit, comma),
        "code": lambda text: {cell_name: printed_words.code(text, target["codelist"], meanings)},
        "time": lambda text: time(text, cell_name, column, written),
        "gap": lambda text: gap(text, column, comma),
        "sign": lambda text: sign(text, meanings, column, written),
        "test": lambda text: printed_cells.result(text, meanings, unit, comma),
        "text": lambda text: {cell_name or column.target: printed_words.words_of(text, column.target)},
        "list": lambda text: {cell_name: printed_words.listed(text, column.separator)},
    }
    return readers.get(column.kind, lambda text: {cell_name or column.target: text})


def time(text: str, prefix: str, column: Column, written: Written) -> Cells:
    """Cells of a time: its date, or bounds with scale and origin. `~` goes into `=note`."""
    printed_time = parse(text, column.unit, comma=written.comma, dates=written.dates)
    if printed_time.date:
        return {f"{prefix}_date": printed_time.date}
    if not column.counted_from:
        cure = (
            "Say `from` in the map: first_dose, last_dose, onset, diagnosis; not_stated where the source does not say."
        )
        raise UnreadableError("counted from what is not said", cure)
    if printed_time.unit == STUDY_DAY and column.counted_from != "first_dose":
        raise UnreadableError(
            "a study day, which counts the day of the first dose as 1, in a column counted from something else",
            "Write it as a number of days: 4 d.",
        )
    low, high = bounds(printed_time, column.counted_from in DOSES)
    return {
        f"{prefix}_lower": low,
        f"{prefix}_upper": high,
        f"{prefix}_scale": printed_time.unit,
        f"{prefix}_origin": column.counted_from,
    } | _note(printed_time)


def _note(printed: Printed) -> Cells:
    return {"=note": APPROXIMATE} if printed.approximate else {}


def gap(text: str, column: Column, comma: bool) -> Cells:
    """Cells of the time between two exposures, counted from the start or the end of the earlier one."""
    printed_time = parse(text, column.unit, comma=comma)
    if printed_time.date or printed_time.unit == STUDY_DAY:
        raise UnreadableError("not a length of time", "Write it as 3 mo, or give the date in a column `start`.")
    low, high = bounds(printed_time, after_dose=False)
    return {"gap_lower": low, "gap_upper": high, "gap_scale": printed_time.unit, "gap_origin": column.counted_from}


def sign(text: str, meanings: dict[str, str], column: Column, written: Written) -> Cells:
    """Whether a sign occurred, or when: yes, no, a code of the map, or a time where the column has a unit or the cell one."""
    try:
        return {"occurred": printed_words.code(text, "yes_no", meanings)}
    except UnreadableError as why:
        if not (column.unit or column.counted_from):
            raise UnreadableError("neither yes nor no", why.cure) from None
    return {"occurred": "yes"} | time(text, "onset", column, written)
