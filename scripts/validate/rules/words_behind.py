"""The words a source has for a value: provenance rows of one table and column whose words match a pattern."""

import re

import pandas as pd

from schemas.fields import filled
from scripts.validate.flags import matching


def words_behind(marks: pd.DataFrame, table: str, column: str, pattern: re.Pattern[str]) -> pd.DataFrame:
    """Rows of `provenance` by the key of the row they speak of, the first of each; `column` may be a time's prefix."""
    own = marks[(marks["table"] == table) & matching(marks["column"], lambda name: name.startswith(column))]
    own = own[filled(own["words"])]
    return own[matching(own["words"], pattern.search)].drop_duplicates("key").set_index("key")
