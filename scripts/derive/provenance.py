"""Status of single cells: the row's own, unless a row of `provenance` says otherwise for the cell or its time."""

import pandas as pd

from schemas.reported import TABLES

RANK = {"": 0, "stated": 1, "derived": 2, "assumed": 3}


def statuses(rows: pd.DataFrame, name: str, prefix: str, marks: pd.DataFrame) -> pd.Series:
    """How the time `prefix` of each row is carried: the weakest of the row's marks, else the row's own status."""
    own = marks[(marks["table"] == name) & marks["status"].ne("")]
    own = own[(own["column"] == prefix) | own["column"].str.startswith(f"{prefix}_")]
    weakest = own.assign(rank=own["status"].map(RANK)).sort_values("rank").groupby("key")["status"].last()
    keys = rows[TABLES[name].metadata["key"]].agg(";".join, axis=1) if len(rows) else pd.Series(dtype=str)
    return keys.map(weakest).fillna(rows["status"])
