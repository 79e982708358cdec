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
    """So many cells with one and the same text: `np.full` would make each anew."""
    cells = np.empty(length, dtype=object)
    cells[:] = text
    return cells


def where(there: np.ndarray, text: str | Texts) -> Texts:
    """The text there, and blank elsewhere."""
    if isinstance(text, str) and there.all():
        return texts(len(there), text)
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

    def said(self, column: str) -> str | Texts:
        """The cells of a column as they were given."""
        return self.own.get(column, self.of_row.get(column, ""))

    def holds_all(self, cells: Texts) -> bool:
        """Whether the part is the cells of all rows of the flat table as they stand."""
        return len(cells) == len(self.at) and bool((self.at == np.arange(len(cells))).all())

    def is_blank(self, column: str) -> bool:
        cells = self.said(column)
        return isinstance(cells, str) and cells == ""


def joined(
    table_name: str, parts: Iterable[Part], at_row: np.ndarray, once: bool, same: dict[tuple, pd.Series]
) -> pd.DataFrame | None:
    """The rows of one table, one below the other; once: equal rows, as of a patient with several, stand there once.

    at_row: the numbers of the flat table's rows; same: columns that tables share, each of which is copied where it is changed.
    """
    filled = [part for part in parts if len(part)]
    if not filled:
        return None
    columns = (*TABLES[table_name].columns, PLACE[0])
    cells = {
        column: _column(filled, column, same) for column in columns if not all(part.is_blank(column) for part in filled)
    }
    table = of_columns(table_name, cells, np.concatenate([at_row[part.at] for part in filled]))
    if not once:
        return table
    told = [column for column in cells if column not in PLACE]
    key = ["table", "key", "column"] if table_name == "provenance" else told
    return table[~table.duplicated(key)].reset_index(drop=True)


def _column(parts: list[Part], column: str, same: dict[tuple, pd.Series]) -> pd.Series:
    """The cells of one column of all parts; one text, and a column of the flat table as a whole, are there once for all tables."""
    part_cells, length = [part.said(column) for part in parts], sum(map(len, parts))
    first = part_cells[0]
    if isinstance(first, str) and all(isinstance(each, str) and each == first for each in part_cells):
        if (first, length) not in same:
            same[first, length] = pd.Series(texts(length, first), dtype=object, copy=False)
        return same[first, length]
    if len(parts) == 1 and not isinstance(first, str) and parts[0].holds_all(first):
        return same.setdefault((id(first), length), pd.Series(first, dtype=object, copy=False))
    whole, start = np.empty(length, dtype=object), 0
    for part in parts:
        part.fill(column, whole[start : start + len(part)])
        start += len(part)
    return pd.Series(whole, dtype=object, copy=False)
