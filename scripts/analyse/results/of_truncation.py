"""Right truncation by the data lock point, and why groups are not compared (definitions:
right-truncation, comparing-groups)."""

from typing import Any

import pandas as pd

from schemas.plain_rows import plain_rows
from schemas.results import Conventions
from scripts.analyse.estimators import right_truncation
from scripts.analyse.estimators.comparison import reasons_against
from scripts.analyse.results import rows
from scripts.clock.intervals import calendar, date_bounds, kinds
from scripts.files.bundle import Bundle
from scripts.words import wording

HALF = 0.5 - 1e-12
METHOD = "time from first dose to data lock against the longest onset"


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """One row on truncation for the primary onset, where it is not negligible the share by each time as well, and one
    refusal of group tests in words."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    return [*_truncation(cases, derived.times, conventions), *_comparison(cases)], []


def _truncation(cases: pd.DataFrame, times: pd.DataFrame, conventions: Conventions) -> list[dict]:
    """Uses the latest possible first dose and the longest possible onset; needs dated first doses."""
    both = _spans(cases, times, conventions)
    labels = {"endpoint": conventions.onset, "clock": conventions.clock}
    members = list(cases["case_id"])
    usable = both[(both["x"] <= both["v"]) & (both["x"] >= 0)]
    if not len(usable):
        note = "cannot be judged: no case has both a dated first dose and a time before the data lock point"
        return [rows.row("truncation", members, known=[], note=note, method=METHOD, **labels)]
    verdict = right_truncation.truncation(usable["x"], usable["v"])
    undated = len(cases) - len(usable)
    note = f"{wording.counted(verdict.words, 'day')}" + (
        f"; {wording.counted(undated, 'case')} without a dated first dose cannot be judged" if undated else ""
    )
    known = cases.loc[usable.index, "case_id"]
    told: dict[str, Any] = {"value": verdict.shortest_observation, "upper": verdict.longest_time, "note": note}
    judged = rows.row("truncation", members, known=known, method=METHOD, **told, **labels)
    return [judged] if verdict.negligible else [judged, *_shares(usable, members, known, labels)]


def _spans(cases: pd.DataFrame, times: pd.DataFrame, conventions: Conventions) -> pd.DataFrame:
    """x, the longest possible onset, and v, the days until the lock from the latest possible first dose, both known.

    A day counted by a calendar is the difference of two dates, as the days until the lock are.
    """
    lock = date_bounds(conventions.data_lock)[1]
    until_lock = lock - calendar(cases["first_dose"])["last"]
    onset = times[(times["endpoint"] == conventions.onset) & (times["clock"] == conventions.clock)]
    seen = onset[(onset["state"] == "observed") & (onset["upper"] < float("inf"))]
    days = seen["upper"] - (kinds(seen["lower"], seen["upper"], seen["grain"], seen["clock"]) == "day")
    longest = days.groupby(seen["case_id"]).max()
    return pd.DataFrame({"x": cases["case_id"].map(longest), "v": until_lock}).dropna()


def _shares(usable: pd.DataFrame, members: list[str], known: pd.Series, labels: dict) -> list[dict]:
    """The median and F(t), `at` the days, given a time of at most the longest."""
    limit = right_truncation.reverse_product_limit(usable["x"], usable["v"])
    half = limit.loc[limit["share"] >= HALF, "time"].iloc[0]
    shared = {"known": known, "method": right_truncation.METHOD, **labels}
    unknown = right_truncation.identified_from(limit)
    shares = [
        rows.row(
            "share_if_truncated",
            members,
            at=row["time"],
            at_unit="d",
            value=row["share"],
            note="not identified: one risk set later holds no other case" if row["time"] < unknown else "",
            **shared,
        )
        for row in plain_rows(limit)
    ]
    note = f"days; given a time of at most {limit['time'].iloc[-1]:g}"
    return [rows.row("median_if_truncated", members, value=float(half), note=note, **shared), *shares]


def _comparison(cases: pd.DataFrame) -> list[dict]:
    sizes = cases["group"].value_counts(sort=False).to_dict()
    if len(sizes) < 2:
        return []
    differ = [
        aspect for aspect, column in (("dose", "dose"), ("source", "source_ids")) if _by_construction(cases, column)
    ]
    reasons = reasons_against(sizes, differ)
    return [rows.row("groups_not_tested", list(cases["case_id"]), method="no test", note="; ".join(reasons))]


def _by_construction(cases: pd.DataFrame, column: str) -> bool:
    """Groups share no value of the column."""
    values = [set(part[column]) for _, part in cases.groupby("group")]
    return len(set.union(*values)) > 1 and not set.intersection(*values)
