"""Which of two records of a case in received sources is the later one.

By version where each has one. An E2B(R3) message and a line of a listing have none, so that beside them only the day of the latest
information can tell.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

import pandas as pd

from schemas.fields import is_date
from scripts.clock.intervals import date_bounds

Rank = tuple[float, str]
"""Of a record: its version (0 where none is given) and the day of its latest information (blank where none is known)."""


def ranks(tables: Mapping[str, pd.DataFrame]) -> dict[str, Rank]:
    """Case -> its version (0 where none is given) and the day of its latest information, of the highest report; what is no
    date is no day."""
    reports = tables.get("reports")
    if reports is None or not len(reports):
        return {}
    version = pd.to_numeric(reports["version"], errors="coerce").fillna(0)
    day, received = (reports[column].map(_day).astype(object) for column in ("latest_information", "received"))
    day = day.where(day != "", received)
    highest: dict[str, Rank] = {}
    for case, rank in zip(reports["case_id"], zip(version, day, strict=True), strict=True):
        highest[case] = max(rank, highest.get(case, rank))
    return highest


@lru_cache(1 << 16)
def _day(text: str) -> str:
    return text if is_date(text) else ""


def in_time(day: str, data_lock: str) -> bool:
    """Whether a version may have been known at the data lock point (blank: none is known); one without a day may."""
    return not (data_lock and day) or date_bounds(day)[0] <= date_bounds(data_lock)[1]


def numbered(ranks_of_case: Collection[Rank]) -> bool:
    """Whether each of these records has a version."""
    return all(rank[0] for rank in ranks_of_case)


def is_later(rank: Rank, other: Rank) -> bool:
    """Whether the record of a rank is surely a later version than the other: of one version it is not, nor without two days."""
    if numbered([rank, other]):
        return rank[0] > other[0]
    return bool(other[1]) and rank[1] > other[1]
