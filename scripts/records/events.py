"""Which rows of `reactions` tell of the event of the series."""

import pandas as pd


def is_event(reactions: pd.DataFrame) -> pd.Series:
    """Rows of the event that happened; a stated absence, or silence on whether it happened, is no event."""
    return (reactions["role"] == "event") & (reactions["occurred"] == "yes")
