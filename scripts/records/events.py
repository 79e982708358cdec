"""Which rows of `reactions` tell of the event of the series."""

import pandas as pd


def is_event(reactions: pd.DataFrame) -> pd.Series:
    """Rows of the event that happened: no stated absence, and none of which nobody says whether it happened."""
    return (reactions["role"] == "event") & (reactions["occurred"] == "yes")
