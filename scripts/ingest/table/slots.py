"""Rows of reported tables that one row of a flat table makes: `reactions` has one for the event, one for each sign ...

A slot is such a row for all patients at once: its cells, each as long as the flat table, and where it is there at all.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from schemas.contract import IN_COLUMN
from schemas.map_column import TARGETS
from schemas.reported import TABLES
from scripts.ingest.native_cells import fault
from scripts.ingest.table.columns_read import ColumnRead
from scripts.ingest.table.parts import Part, Texts, texts

OF_THE_ROW = ("cases", "courses", "event", "dose", "death", "challenge")
"""Slots of which each table has one: their place is the row itself. That of the others names the column too."""


FIRST = "1"
"""The number of the first exposure."""
NOTED = ("cases", "summary")
"""The cell that the notes of a case stand beside: its own words are among them."""


@dataclass
class Slot:
    """table, its cells by column (one text where all are the same), where it is there, the printed words, the heading in its place."""

    table: str
    cells: dict[str, str | Texts]
    there: np.ndarray
    printed: list[tuple[str, ColumnRead]] = field(default_factory=list)
    heading: str = ""

    def take(self, read: ColumnRead) -> None:
        """Put the cells of a column into the slot; the words go with the column, or the prefix of a time."""
        for column, cells in read.cells.items():
            held = self.cells.get(column, "")
            self.cells[column] = np.where(cells == "", held, cells) if len(held) else cells
        column = TARGETS[read.column.target]["column"]
        self.printed.append(("onset" if read.column.kind == "sign" else column, read))

    def cell(self, column: str) -> Texts:
        cells = self.cells.get(column, "")
        return texts(len(self.there), cells) if isinstance(cells, str) else cells

    def default(self, **given: str | Texts) -> None:
        """Fill cells that are blank."""
        for column, text in given.items():
            held = self.cells.get(column, "")
            if isinstance(held, str):
                self.cells[column] = held or (text if isinstance(text, str) else text.astype(object))
            elif (blank := held == "").any():
                self.cells[column] = np.where(blank, text, held)


@dataclass(frozen=True)
class Row:
    """What belongs to every row of the flat table: case, episode, source, locator (one text where all have the same), its place in the file.

    beside: what tells a further row of an exposure from the first; blank there.
    """

    case: Texts
    episode: Texts
    source: str | Texts
    locator: str | Texts
    status: str
    file: str
    at_row: np.ndarray
    beside: Texts

    def __len__(self) -> int:
        return len(self.case)

    @cached_property
    def first(self) -> np.ndarray:
        """Rows that tell of an exposure; the others hold what stands beside it."""
        return self.beside == ""

    @cached_property
    def several(self) -> bool:
        """Whether any case has more than one row."""
        return bool(pd.Series(self.case).duplicated().any())

    @cached_property
    def alone(self) -> bool:
        """Whether every row is the first of the first exposure, so that no key needs a number."""
        return bool(self.first.all() and (self.episode == FIRST).all())

    def fault(self, at: int, column: str, value: str, what: str, cure: str) -> dict:
        """A finding on one row."""
        place = {"row": int(self.at_row[at]), "case_id": self.case[at], "column": column, "value": value[:60]}
        return fault("", self.file, what, cure, **place)

    def place(self, heading: str = "") -> str:
        """File, and column where one row of the flat table makes several rows of a reported one: no two share a place."""
        return f"{self.file}{IN_COLUMN}{heading}" if heading else self.file

    def part(self, cells: dict[str, str | Texts], at: np.ndarray, heading: str = "") -> Part:
        """Rows of a reported table, those of the flat rows `at`, with what belongs to every row."""
        return Part(at, self._whole(heading), cells)

    def of_slot(self, slot: Slot) -> Part:
        return Part(np.flatnonzero(slot.there), self._whole(slot.heading) | slot.cells)

    def _whole(self, heading: str) -> dict[str, str | Texts]:
        row_cells = {"case_id": self.case, "source_id": self.source, "locator": self.locator, "status": self.status}
        return row_cells | {"at_file": self.place(heading)}

    def provenance(self, slot: Slot) -> list[Part]:
        """The printed words behind the cells of a slot, a row for each cell, with the heading as note."""
        parts, key = [], None
        for column, read in slot.printed:
            at = np.flatnonzero(slot.there & (read.words != ""))
            if (slot.table, column) == NOTED or not len(at):
                continue
            key = self.key(slot) if key is None else key
            cells = {"table": slot.table, "key": key, "column": column, "words": read.words, "note": read.note}
            parts.append(Part(at, self._whole("") | cells))
        return parts

    def key(self, slot: Slot) -> Texts:
        """The key of the slot's row in the words of `provenance`: the case, then what tells its rows apart."""
        _, *others = TABLES[slot.table].metadata["key"]
        key = self.case
        for column in others:
            cells = slot.cells.get(column, "")
            key = key + (f";{cells}" if isinstance(cells, str) else ";" + cells)
        return key
