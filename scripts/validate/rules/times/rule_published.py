"""Q11: a date that its source cannot know, because it was published before; mostly a year typed wrongly."""

import pandas as pd

from schemas.fields import stated
from schemas.profile import Profile
from schemas.time_columns import CLINICAL, date_columns
from scripts.clock.intervals import calendar
from scripts.validate.flags import flag, narrow, together


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Dates of patients' rows that surely lie after the last day on which their source can have been published."""
    sources = tables["sources"].drop_duplicates("source_id").set_index("source_id")["published"]
    printed = calendar(sources)["last"].dropna()
    if not len(printed):
        return together([])
    return together(
        [
            _later(table_name, tables[table_name], column, printed, sources)
            for table_name in CLINICAL
            for column in date_columns(table_name)
        ]
    )


def _later(table_name: str, table: pd.DataFrame, column: str, printed: pd.Series, published: pd.Series) -> pd.DataFrame:
    rows = narrow(table, column, "source_id")[stated(table[column])]
    if not len(rows):
        return together([])
    late = rows[calendar(rows[column])["first"] > rows["source_id"].map(printed)]
    what = "after its source was published, " + late["source_id"].map(published).astype(object)
    return flag(
        table_name, late, "Q11", column, what, cure="Correct the date, or the row's source or its date of publication."
    )
