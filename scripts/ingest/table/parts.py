"""Rows for a reported table as they come from a flat one, and the reported table made of all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schemas.contract import PLACE
from schemas.reported import TABLES
from scripts.files.tablefiles import of_columns

Texts = np.ndarray


def texts(length: int, text: str = "") -> Texts:
    return np.full(length, text, dtype=object)


def where(there: np.ndarray, text: str | Texts) -> Texts:
    """The text there, and blank elsewhere."""
    cells = texts(len(there))
    cells[there] = text if isinstance(text, str) else text[there]
    return cells


@dataclass(frozen=True)
class Part:
    """Rows of a reported table.

    at      the place of each in the flat table
    of_row  by column, the cells of the flat table's rows, from which those `at` are taken; one text where all are the same
    own     by column, cells as many as rows, or one text for all; they come before `of_row`

    A column without cells is blank.
    """

    at: np.ndarray
    of_row: dict[str, str | Texts]
    own: dict[str, str | Texts] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.at)

    def fill(self, column: str, into: Texts) -> None:
        """Put the cells of a column into an array as long as the part."""
        cells = self.own.get(column)
        if cells is None and not isinstance(cells := self.of_row.get(column, ""), str):
            np.take(cells, self.at, out=into, mode="clip")
        else:
            into[:] = cells

    def is_blank(self, column: str) -> bool:
        cells = self.own.get(column, self.of_row.get(column, ""))
        return isinstance(cells, str) and cells == ""


def joined(name: str, parts: Iterable[Part], at_row: np.ndarray, once: bool) -> pd.DataFrame | None:
    """The rows of one table, one below the other; once: equal rows, as of a patient with several, stand there once.

    at_row: the numbers of the flat table's rows.
    """
    filled = [part for part in parts if len(part)]
    if not filled:
        return None
    columns = (*TABLES[name].columns, PLACE[0])
    cells = {column: _below(filled, column) for column in columns if not all(part.is_blank(column) for part in filled)}
    table = of_columns(name, cells, np.concatenate([at_row[part.at] for part in filled]))
    if not once:
        return table
    told = [column for column in cells if column not in PLACE]
    key = ["table", "key", "column"] if name == "provenance" else told
    return table[~table.duplicated(key)].reset_index(drop=True)


def _below(parts: list[Part], column: str) -> Texts:
    """The cells of one column of all parts."""
    whole, start = np.empty(sum(map(len, parts)), dtype=object), 0
    for part in parts:
        part.fill(column, whole[start : start + len(part)])
        start += len(part)
    return whole
