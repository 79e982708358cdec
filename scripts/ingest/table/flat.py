"""The rows of a flat table as typed, wherever they came from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scripts.ingest.native_cells import fault, filled_rows


@dataclass(frozen=True)
class Flat:
    """The table as typed.

    place   file, with the sheet in brackets where it is a workbook
    cells   one column per heading, all text, cleaned; rows without any cell are left out
    at_row  the row's number as a spreadsheet shows it
    faults  what could not be read
    """

    place: str
    cells: pd.DataFrame
    at_row: np.ndarray
    faults: list[dict]


def filled(place: str, cells: pd.DataFrame, at_row: np.ndarray, faults: list[dict]) -> Flat:
    """Rows that hold anything, under headings on one line each; a heading that stands twice is a fault."""
    cells.columns = pd.Index([" ".join(str(heading).split()) for heading in cells.columns])
    for heading in sorted(set(cells.columns[cells.columns.duplicated()])):
        what = "two columns have this heading"
        faults = [
            *faults,
            fault("", place, what, "Give each column a heading of its own.", column=heading, value=heading),
        ]
    cells = cells.loc[:, ~cells.columns.duplicated()]
    kept = filled_rows(cells)
    rows = cells.reset_index(drop=True) if kept.all() else cells[kept].reset_index(drop=True)
    return Flat(place, rows, np.asarray(at_row, int)[kept], faults)
