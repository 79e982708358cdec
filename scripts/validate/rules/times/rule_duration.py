"""Q18: how long the event lasted, and the dates of its onset and end."""

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.clock.intervals import calendar, elapsed
from scripts.validate.flags import flag, worded
from scripts.validate.rules.time_columns import typed

ROUNDED = {"d": 0.5, "wk": 7.0, "mo": 31.0, "a": 366.0}
"""Days by which a duration in such a unit may differ from the dates, rounded up or down."""
HOURS_OF_A_DAY = 1.0
"""The same of hours and minutes: two dates say nothing of the time of day."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Ends told as a time from the reaction's own onset that the two dates do not allow."""
    reactions = tables["reactions"]
    known = filled(reactions["onset_date"]) & filled(reactions["end_date"])
    own = "onset:" + reactions["reaction"]
    rows = reactions[known & ((reactions["end_origin"] == own) | (reactions["end_origin"] == "event"))]
    said = elapsed(rows, "end")
    begun, ended = calendar(rows["onset_date"]), calendar(rows["end_date"])
    least, most = ended["first"] - begun["last"], ended["last"] - begun["first"]
    about = rows["end_scale"].map(ROUNDED).fillna(HOURS_OF_A_DAY)
    apart = np.maximum(least - said["upper"], said["lower"] - most)
    odd = rows[apart > about]
    allowed = pd.Series(list(zip(least[odd.index], most[odd.index], strict=True)), index=odd.index, dtype=object)
    return flag("reactions", odd, "Q18", "end_upper", worded(allowed, _days), value=typed(odd, "end"))


def _days(bounds: tuple[float, float]) -> str:
    low, high = bounds
    days = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"the dates of onset and end are {days} days apart"
