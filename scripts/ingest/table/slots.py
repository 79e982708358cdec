"""Rows of reported tables that one row of a flat table makes: `reactions` has one for the event, one for each sign ...

A slot is such a row for all patients at once: its cells, each as long as the flat table, and where it is there at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schemas.column_map import TARGETS
from schemas.contract import IN_COLUMN, PLACE
from schemas.reported import TABLES
from scripts.ingest.table.columns_read import ColumnRead

Texts = np.ndarray
OF_THE_ROW = ("cases", "courses", "event", "dose", "death", "challenge")
"""Slots of which each table has one: their place is the row itself. That of the others names the column too."""


def texts(length: int, text: str = "") -> Texts:
    return np.full(length, text, dtype=object)


NOTED = ("cases", "summary")
"""The cell that the notes of a case stand beside: its own words are among them."""


@dataclass
class Slot:
    """table, its cells by column, where it is there, the printed words behind its cells, and the heading in its place."""

    table: str
    cells: dict[str, Texts]
    there: np.ndarray
    printed: list[tuple[str, ColumnRead]] = field(default_factory=list)
    heading: str = ""

    def take(self, read: ColumnRead) -> None:
        """Put the cells of a column into the slot; the words go with the column, or the prefix of a time."""
        for name, cells in read.cells.items():
            held = self.cells.get(name)
            self.cells[name] = cells if held is None else np.where(cells == "", held, cells)
        name = TARGETS[read.column.target]["column"]
        self.printed.append(("onset" if read.column.kind == "sign" else name, read))

    def cell(self, name: str) -> Texts:
        return self.cells.get(name, texts(len(self.there)))

    def default(self, **given: str | Texts) -> None:
        """Fill cells that are blank."""
        for name, text in given.items():
            held = self.cell(name)
            self.cells[name] = np.where(held == "", text, held)


@dataclass(frozen=True)
class Row:
    """What belongs to every row of the flat table: case, episode, source, locator, and its place in the file."""

    case: Texts
    episode: Texts
    source: Texts
    locator: Texts
    status: str
    file: str
    at_row: np.ndarray

    def __len__(self) -> int:
        return len(self.case)

    def place(self, heading: str = "") -> str:
        """File, and column where one row of the flat table makes several rows of a reported one: no two share a place."""
        return f"{self.file}{IN_COLUMN}{heading}" if heading else self.file

    def frame(self, table: str, cells: dict[str, Texts], at: np.ndarray, heading: str = "") -> pd.DataFrame:
        """Rows of a reported table, those of the flat rows `at`; columns without cells are blank."""
        own = {
            "case_id": self.case,
            "source_id": self.source,
            "locator": self.locator,
            "status": texts(len(self), self.status),
        }
        names = [*TABLES[table].columns, PLACE[0]]
        block = np.full(
            (len(names), len(at)), "", dtype=object
        )  # one block of cells: columns of their own cost a copy each
        for number, name in enumerate(names):
            if name in cells:
                block[number] = cells[name]
            elif name in own:
                block[number] = own[name][at]
        block[-1] = self.place(heading)
        frame = pd.DataFrame(block.T, columns=pd.Index(names), copy=False)
        frame.insert(len(names), PLACE[1], self.at_row[at])
        return frame

    def of_slot(self, slot: Slot) -> pd.DataFrame:
        at = np.flatnonzero(slot.there)
        return self.frame(slot.table, {name: cells[at] for name, cells in slot.cells.items()}, at, slot.heading)

    def provenance(self, slot: Slot) -> list[pd.DataFrame]:
        """The printed words behind the cells of a slot, a row for each cell, with the heading as note."""
        found = []
        for column, read in slot.printed:
            if (slot.table, column) == NOTED:
                continue
            at = np.flatnonzero(slot.there & (read.words != ""))
            if len(at):
                key = self.key(slot, at)
                note = read.note[at] + np.where(read.note[at] == "", "", "; ") + f"column: {read.heading}"
                cells = {"table": texts(len(at), slot.table), "key": key, "column": texts(len(at), column),
                         "words": read.words[at], "note": note}  # fmt: skip
                found.append(self.frame("provenance", cells, at))
        return found

    def key(self, slot: Slot, at: np.ndarray) -> Texts:
        _, *others = TABLES[slot.table].metadata["key"]
        key = self.case[at]
        for name in others:
            key = key + ";" + slot.cell(name)[at]
        return key


def joined(name: str, parts: Iterable[pd.DataFrame], once: bool) -> pd.DataFrame | None:
    """The rows of one table, one below the other; once: equal rows, as of a patient with several, stand there once."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return None
    table = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0]
    if not once:
        return table
    told = [column for column in table.columns if column not in PLACE]
    key = ["table", "key", "column"] if name == "provenance" else told
    return table[~table.duplicated(key)].reset_index(drop=True)
