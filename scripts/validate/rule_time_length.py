"""How long times are: bounds that no patient can have lived to, often a date typed where a number belongs."""

import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.intervals import elapsed
from scripts.validate.flags import flag, together
from scripts.validate.rule_time_order import time_prefixes, times_of, typed

LIFE = 130 * 365.25
"""Days; nobody has lived longer."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about bounds further from their origin than a life is long."""
    return together([_too_long(name, tables[name], prefix) for name in tables for prefix in time_prefixes(name)])


def _too_long(name: str, table: pd.DataFrame, prefix: str) -> pd.DataFrame:
    if not (filled(table[f"{prefix}_lower"]) | filled(table[f"{prefix}_upper"])).any():
        return together([])
    bounds = elapsed(table[times_of(prefix)], prefix)
    far = (bounds["lower"].abs() > LIFE) | ((bounds["upper"].abs() > LIFE) & (bounds["upper"] != float("inf")))
    rows = table[far]
    return flag(
        name, rows, "length", f"{prefix}_upper", "more than 130 years from its origin", value=typed(rows, prefix)
    )
