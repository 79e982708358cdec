"""What `provenance` says of single cells: their status, where it is not the row's own, and that their words say about."""

import pandas as pd

from schemas.reported import TABLES
from scripts.records.approximate import about

RANK = {"": 0, "stated": 1, "derived": 2, "assumed": 3}


def statuses(rows: pd.DataFrame, name: str, prefix: str, marks: pd.DataFrame) -> pd.Series:
    """How the time `prefix` of each row is carried: the weakest of the row's marks, else the row's own status."""
    own = _of_time(marks[marks["status"].ne("")], name, prefix)
    weakest = own.assign(rank=own["status"].map(RANK)).sort_values("rank").groupby("key")["status"].last()
    return _keys(rows, name).map(weakest).fillna(rows["status"])


def approximate(rows: pd.DataFrame, name: str, prefix: str, marks: pd.DataFrame) -> pd.Series:
    """yes where the words behind the time `prefix` of a row say about before a number (`~7`, about 7 d), else blank."""
    own = _of_time(marks[marks["words"].ne("")], name, prefix)
    said = set(own.loc[own["words"].str.contains(about()), "key"])
    return _keys(rows, name).isin(said).map({True: "yes", False: ""})


def says_about(words: pd.Series) -> pd.Series:
    """yes where words as reported say about before a number (`~50`, ca. 50), else blank."""
    return words.fillna("").str.contains(about()).map({True: "yes", False: ""})


def _of_time(marks: pd.DataFrame, name: str, prefix: str) -> pd.DataFrame:
    own = marks[marks["table"] == name]
    return own[(own["column"] == prefix) | own["column"].str.startswith(f"{prefix}_")]


def _keys(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[TABLES[name].metadata["key"]].agg(";".join, axis=1) if len(rows) else pd.Series(dtype=str)
