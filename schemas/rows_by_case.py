"""A table whose rows are found by case, each made when it is asked for: rows of all cases at once would be many times as large
as the table."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

Row = dict[str, Any]
Cells = Mapping[str, Callable[[int], Any]]


class Line(Mapping[str, Any]):
    """A row of which each cell is looked up when it is asked for: of wide rows few cells are."""

    __slots__ = ("cells", "line")

    def __init__(self, cells: Cells, line: int) -> None:
        self.cells, self.line = cells, line

    def __getitem__(self, column: str) -> Any:
        return self.cells[column](self.line)

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


class RowsByCase(Mapping[str, list[Row]]):
    """Case -> its rows, in the order of the table; numbers as Python's own. Cases in the order in which the table has them.

    columns: those that are asked for, where not all are.
    """

    def __init__(self, table: pd.DataFrame, columns: list[str] | None = None) -> None:
        of_row, cases = pd.factorize(table["case_id"])
        self.places = {case: place for place, case in enumerate(cases)}
        self.order = np.argsort(of_row, kind="stable")
        self.first = np.searchsorted(of_row[self.order], np.arange(len(cases) + 1))
        chosen = table if columns is None else table[["case_id", *columns]]
        self.cells: Cells = {str(column): chosen[column].to_numpy().item for column in chosen.columns}
        self.last: tuple[str, list[Row]] = ("", [])  # what asks for a case asks several times

    def __getitem__(self, case_id: str) -> list[Row]:
        if case_id != self.last[0]:
            cells, lines = self.cells.items(), self._lines(case_id)
            self.last = case_id, [{column: cell(line) for column, cell in cells} for line in lines]
        return self.last[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def of(self, case_id: str) -> list[Row]:
        """Its rows; none where the case has none."""
        return self[case_id] if case_id in self.places else []

    def one(self, case_id: str) -> Line:
        """The row of a case that has one."""
        return Line(self.cells, self._lines(case_id)[0])

    def _lines(self, case_id: str) -> list[int]:
        place = self.places[case_id]
        return self.order[self.first[place] : self.first[place + 1]].tolist()
