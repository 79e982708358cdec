"""Which rows a finding is about. In a message, and in a table with one row per patient, several rows stand at one place:
of these it is the one with the finding's key, else those with its value, else all of them."""

import pandas as pd

from schemas.fields import OUT_OF_USE
from scripts.records.corrections import row_key

LONGEST_VALUE = 60
"""Characters of a cell that a finding repeats."""


def meant_by(findings: pd.DataFrame, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """`fault` and `at`: labels of findings about the table `name`, and of the rows that each of them means."""
    faults = findings[["file", "row", "key", "column", "value"]].reset_index(names="fault")
    places = rows[["at_file", "at_row"]].reset_index(names="at")
    faults["row"], places["at_row"] = faults["row"].astype(str), places["at_row"].astype(str)
    pairs = faults.merge(places, left_on=["file", "row"], right_on=["at_file", "at_row"])
    if not pairs["fault"].duplicated().any():
        return pairs[["fault", "at"]]
    keys = row_key(rows, name).reindex(pairs["at"]).to_numpy()
    own = _decided(pairs, pairs["key"] == keys)
    return _decided(own, _same_value(own, rows))[["fault", "at"]].reset_index(drop=True)


def _decided(pairs: pd.DataFrame, meant: pd.Series) -> pd.DataFrame:
    """Of each finding the rows that are meant, or all where none is."""
    return pairs[meant | ~meant.groupby(pairs["fault"]).transform("any")]


def _same_value(pairs: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Pairs in which the row holds the finding's value in its column, or, of a time, in its date or both its bounds; or
    holds nothing there because its reader could not read it."""
    same = pd.Series(False, index=pairs.index)
    for column, own in pairs.groupby("column"):
        prefix = str(column).rpartition("_")[0]
        of = rows.loc[own["at"]]
        said = [of[name] for name in (column, f"{prefix}_date") if name in of]
        if f"{prefix}_lower" in of:
            said.append(of[f"{prefix}_lower"] + " to " + of[f"{prefix}_upper"])
        for cells in said:
            cell = cells.str.slice(0, LONGEST_VALUE).to_numpy()
            same[own.index] |= (own["value"] == cell) | (cells.to_numpy() == OUT_OF_USE)
    return same
