"""Which rows a finding is about. In a message, and in a table with one row per patient, several rows stand at one place:
of these it is the one with the finding's key, else those with its value, else all of them."""

import pandas as pd

from schemas.fields import OUT_OF_USE
from scripts.records.corrections import row_key

LONGEST_VALUE = 60
"""Characters of a cell that a finding repeats."""


def meant_by(findings: pd.DataFrame, table_name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """`fault` and `at`: labels of findings about the table `table_name`, and of the rows that each of them means."""
    faults = findings[["file", "row", "key", "column", "value"]].reset_index(names="fault")
    places = rows[["at_file", "at_row"]].reset_index(names="at")
    faults["row"], places["at_row"] = faults["row"].astype(str), places["at_row"].astype(str)
    pairs = faults.merge(places, left_on=["file", "row"], right_on=["at_file", "at_row"])
    if not pairs["fault"].duplicated().any():
        return pairs[["fault", "at"]]
    keys = row_key(rows, table_name).reindex(pairs["at"]).to_numpy()
    pairs_by_key = _decided(pairs, pairs["key"] == keys)
    return _decided(pairs_by_key, _same_value(pairs_by_key, rows))[["fault", "at"]].reset_index(drop=True)


def _decided(pairs: pd.DataFrame, meant: pd.Series) -> pd.DataFrame:
    """Of each finding the rows that are meant, or all where none is."""
    return pairs[meant | ~meant.groupby(pairs["fault"]).transform("any")]


def _same_value(pairs: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Pairs in which the row holds the finding's value in its column, or, of a time, in its date or both its bounds; or
    holds nothing there because its reader could not read it."""
    same = pd.Series(False, index=pairs.index)
    for column, column_pairs in pairs.groupby("column"):
        prefix = str(column).rpartition("_")[0]
        meant_rows = rows.loc[column_pairs["at"]]
        reported_cells = [
            meant_rows[column_name] for column_name in (column, f"{prefix}_date") if column_name in meant_rows
        ]
        if f"{prefix}_lower" in meant_rows:
            reported_cells.append(meant_rows[f"{prefix}_lower"] + " to " + meant_rows[f"{prefix}_upper"])
        for cells in reported_cells:
            cell = cells.str.slice(0, LONGEST_VALUE).to_numpy()
            same[column_pairs.index] |= (column_pairs["value"] == cell) | (cells.to_numpy() == OUT_OF_USE)
    return same
