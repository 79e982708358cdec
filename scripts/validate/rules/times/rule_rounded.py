"""Q46: one week, month or year as if it were exact: `after 2 weeks` is seldom 14 days and no other."""

import pandas as pd

from schemas.profile import Profile
from scripts.clock.intervals import numbers
from scripts.validate.flags import flag, together
from scripts.validate.rules.reported_units import ABOVE
from scripts.validate.rules.time_columns import typed

TIMES = (("reactions", "onset"), ("reactions", "end"), ("tests", "time"), ("deaths", "time"))
WHAT = "an exact time in weeks, months or years: counted as typed, half a unit more or less in a sensitivity row"


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Times of the event, of tests and of deaths whose two bounds are one number of such a unit."""
    return together([_exact(table_name, tables[table_name], prefix) for table_name, prefix in TIMES])


def _exact(table_name: str, table: pd.DataFrame, prefix: str) -> pd.DataFrame:
    is_single = numbers(table[f"{prefix}_lower"]) == numbers(table[f"{prefix}_upper"])
    rows = table[is_single & table[f"{prefix}_scale"].isin(ABOVE)]
    return flag(
        table_name, rows, "Q46", f"{prefix}_scale", WHAT, value=typed(rows, prefix) + " " + rows[f"{prefix}_scale"]
    )
