"""A table whose rows are found by case, each made when it is asked for."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

Row = dict[str, str]
Cells = Mapping[str, Callable[[int], str]]


class Line(Mapping[str, str]):
    """A row of which each cell is looked up when it is asked for: of wide rows few cells are."""

    __slots__ = ("cells", "line")

    def __init__(self, cells: Cells, line: int) -> None:
        self.cells, self.line = cells, line

    def __getitem__(self, column: str) -> str:
        return self.cells[column](self.line)

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


class RowsByCase:
    """The rows of each case, in the order of the table; numbers as Python's own.

    places: case -> its place among the cases, from 0.
    """

    def __init__(self, table: pd.DataFrame, places: Mapping[str, int]) -> None:
        self.places = places
        of_row = table["case_id"].map(places).fillna(-1).to_numpy(int)
        self.order = np.argsort(of_row, kind="stable")
        self.first = np.searchsorted(of_row[self.order], np.arange(len(places) + 1))
        self.cells: Cells = {str(column): table[column].to_numpy().item for column in table.columns}

    def of(self, case_id: str) -> list[Row]:
        """Its rows; none where the case has none."""
        return [{column: cell(line) for column, cell in self.cells.items()} for line in self._lines(case_id)]

    def one(self, case_id: str) -> Line:
        """The row of a case that has one."""
        return Line(self.cells, self._lines(case_id)[0])

    def _lines(self, case_id: str) -> list[int]:
        place = self.places[case_id]
        return self.order[self.first[place] : self.first[place + 1]].tolist()
