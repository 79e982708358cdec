"""What `provenance` says of single cells: their status, where it is not the row's own, and that their words say about."""

import pandas as pd

from schemas.reported import TABLES
from scripts.records.approximate import about

RANK = {"": 0, "stated": 1, "derived": 2, "assumed": 3}


def statuses(rows: pd.DataFrame, table_name: str, prefix: str, marks: pd.DataFrame) -> pd.Series:
    """How the time `prefix` of each row is carried: the weakest of the row's marks, else the row's own status."""
    time_marks = _of_time(marks[marks["status"].ne("")], table_name, prefix)
    weakest = time_marks.assign(rank=time_marks["status"].map(RANK)).sort_values("rank").groupby("key")["status"].last()
    return _keys(rows, table_name).map(weakest).fillna(rows["status"])


def approximate(rows: pd.DataFrame, table_name: str, prefix: str, marks: pd.DataFrame) -> pd.Series:
    """yes where the words behind the time `prefix` of a row say about before a number (`~7`, about 7 d), else blank."""
    time_marks = _of_time(marks[marks["words"].ne("")], table_name, prefix)
    about_keys = set(time_marks.loc[time_marks["words"].str.contains(about()), "key"])
    return _keys(rows, table_name).isin(about_keys).map({True: "yes", False: ""})


def says_about(words: pd.Series) -> pd.Series:
    """yes where words as reported say about before a number (`~50`, ca. 50), else blank."""
    return words.fillna("").str.contains(about()).map({True: "yes", False: ""})


def _of_time(marks: pd.DataFrame, table_name: str, prefix: str) -> pd.DataFrame:
    table_marks = marks[marks["table"] == table_name]
    return table_marks[(table_marks["column"] == prefix) | table_marks["column"].str.startswith(f"{prefix}_")]


def _keys(rows: pd.DataFrame, table_name: str) -> pd.Series:
    return rows[TABLES[table_name].metadata["key"]].agg(";".join, axis=1) if len(rows) else pd.Series(dtype=str)
