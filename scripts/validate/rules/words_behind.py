"""The words a source has for a value: provenance rows of one table and column whose words match a pattern."""

import re

import pandas as pd

from schemas.fields import filled
from scripts.validate.flags import matching


def words_behind(marks: pd.DataFrame, table: str, column: str, pattern: re.Pattern[str]) -> pd.DataFrame:
    """Rows of `provenance` by the key of the row they speak of, the first of each; `column` may be a time's prefix."""
    cell_marks = marks[
        (marks["table"] == table) & matching(marks["column"], lambda marked_column: marked_column.startswith(column))
    ]
    cell_marks = cell_marks[filled(cell_marks["words"])]
    return cell_marks[matching(cell_marks["words"], pattern.search)].drop_duplicates("key").set_index("key")
