"""A table whose rows are found by case, each made into a dictionary when it is asked for."""

import numpy as np
import pandas as pd

Row = dict[str, str]


class RowsByCase:
    """The rows of each case, in the order of the table."""

    def __init__(self, table: pd.DataFrame, cases: pd.Index) -> None:
        place = cases.get_indexer(table["case_id"])
        self.cases = cases
        self.order = np.argsort(place, kind="stable")
        self.first = np.searchsorted(place[self.order], np.arange(len(cases) + 1))
        self.cells = {str(name): table[name].to_numpy().item for name in table.columns}

    def of(self, case_id: str) -> list[Row]:
        """Its rows, numbers as Python's own; none where the case has none."""
        place = self.cases.get_loc(case_id)
        lines = self.order[self.first[place] : self.first[place + 1]].tolist()
        return [{name: cell(line) for name, cell in self.cells.items()} for line in lines]
