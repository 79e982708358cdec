"""Order of times: Q10 onset before exposure, Q11 end before onset, bounds that run backwards, Q36 no origin."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.profile import Profile
from schemas.reported import TABLES
from scripts.intervals import calendar, elapsed, numbers
from scripts.validate import place


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> list[dict]:
    """Findings about times that cannot be as typed."""
    found = []
    for name, table in tables.items():
        for prefix in time_prefixes(name):
            if len(table):
                found += _backwards(name, table, prefix) + _without_origin(name, table, prefix)
    reactions = tables.get("reactions")
    if reactions is not None and len(reactions):
        found += _before_exposure(reactions) + _ends_before_onset(reactions)
    return found


def time_prefixes(name: str) -> list[str]:
    """The times of a table: columns that come as <prefix>_scale."""
    columns = TABLES[name].columns
    prefixes = [column.removesuffix("_scale") for column in columns if column.endswith("_scale")]
    return [prefix for prefix in prefixes if f"{prefix}_origin" in columns]


def _backwards(name: str, table: pd.DataFrame, prefix: str) -> list[dict]:
    low, high = numbers(table[f"{prefix}_lower"]), numbers(table[f"{prefix}_upper"])
    dates = calendar(table[f"{prefix}_date"])
    wrong = (low > high) | (dates["first"] > dates["last"])
    what = "the time ends before it starts"
    cure = "Exchange the two bounds, or correct the one that is wrong."
    return [
        _finding(name, row, "time_order", f"{prefix}_lower", _typed(row, prefix), what, cure, "contract")
        for _, row in table[wrong].iterrows()
    ]  # fmt: skip


def _typed(row: pd.Series, prefix: str) -> str:
    return row[f"{prefix}_date"] or f"{row[f'{prefix}_lower']} to {row[f'{prefix}_upper']}"


def _without_origin(name: str, table: pd.DataFrame, prefix: str) -> list[dict]:
    bounded = numbers(table[f"{prefix}_lower"]).notna() | numbers(table[f"{prefix}_upper"]).notna()
    lost = bounded & (
        table[f"{prefix}_origin"].isin(NO_VALUE - {"not_stated"}) | table[f"{prefix}_scale"].isin(NO_VALUE)
    )
    what = "a time without scale or origin"
    cure = "Say what it is counted in and from; `not_stated` if the source does not say. There is no default."
    return [
        _finding(name, row, "Q36", f"{prefix}_origin", row[f"{prefix}_origin"], what, cure, "contract")
        for _, row in table[lost].iterrows()
    ]


def _before_exposure(reactions: pd.DataFrame) -> list[dict]:
    onset = elapsed(reactions, "onset")
    early = (onset["upper"] <= 0) & (onset["origin"] == "first_dose") & reactions["role"].ne("other")
    cure = "Check a day-0 convention, a typing error or a prodrome; role `other` if it is not part of the event."
    return [
        _finding("reactions", row, "Q10", "onset_lower", _typed(row, "onset"),
                 "onset before the first dose", cure, "error")
        for _, row in reactions[early].iterrows()
    ]  # fmt: skip


def _ends_before_onset(reactions: pd.DataFrame) -> list[dict]:
    onset, end = elapsed(reactions, "onset"), elapsed(reactions, "end")
    same = (onset["origin"] == end["origin"]) & onset["origin"].ne("")
    dates, ends = calendar(reactions["onset_date"]), calendar(reactions["end_date"])
    wrong = (same & (end["upper"] <= onset["lower"])) | (ends["last"] < dates["first"]) | (end["upper"] <= 0)
    what, cure = "the end precedes the onset", "Correct one of the two, or name the origin each is counted from."
    return [
        _finding("reactions", row, "Q11", "end_upper", row["end_upper"] or row["end_date"], what,
                 cure, "error")
        for _, row in reactions[wrong].iterrows()
    ]  # fmt: skip


def _finding(
    name: str, row: pd.Series, rule: str, column: str, value: str, what: str, cure: str, severity: str
) -> dict:
    return {"rule": rule, "severity": severity, "table": name, "column": column, "value": value, "what": what,
            "cure": cure} | place(row)  # fmt: skip
