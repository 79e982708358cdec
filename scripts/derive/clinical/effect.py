"""The long-effect note of a dechallenge: it says little where the drug goes on acting; the class does not change."""

import pandas as pd


def with_effect(table: pd.DataFrame, times: pd.DataFrame, effect_days: float, words: str) -> pd.DataFrame:
    """Add the note where the drug goes on acting for longer than the event took to resolve.

    table: `dechallenge` and `dechallenge_note`, by case. times: rows of `times` for the resolution. effect_days: least
    duration of the effect.
    """
    longest = times[times["state"] == "observed"].groupby("case_id")["upper"].min().reindex(table.index)
    outlasts = longest.lt(effect_days) & table["dechallenge"].isin(["positive", "negative"])
    note = f"says little about causality, since the drug goes on acting: {words}"
    joined = (table["dechallenge_note"] + "; " + note).str.removeprefix("; ")
    return table.assign(dechallenge_note=table["dechallenge_note"].mask(outlasts, joined))
