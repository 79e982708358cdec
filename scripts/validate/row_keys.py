"""The key of a row as one text: the values of several columns joined by what no cell holds."""

import pandas as pd

from scripts.clock.first_doses import SEPARATOR

__all__ = ["SEPARATOR", "joined"]


def joined(table: pd.DataFrame, columns: list[str]) -> pd.Series:
    """The values of several columns as one text per row."""
    text = table[columns[0]].astype(object)
    for column in columns[1:]:
        text = text + SEPARATOR + table[column]
    return text
