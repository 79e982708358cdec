"""Conventions on which peers silently disagree, so that a published number can be reproduced and explained.

| tool     | day of the first dose | same-day events | several therapy rows | quantile type |
|----------|-----------------------|-----------------|----------------------|---------------|
| ours     | elapsed               | counted         | all, as intervals    | 2             |
| vigicaen | difference (0)        | counted         | longest              | 7             |
| DiAna    | plus_one (1)          | counted         | longest              | 2             |
| OHDSI    | difference (0)        | excluded        | as dated             | 7             |

Read from the peers' sources and, for quantiles, from what their examples print; 7 is R's default.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

DAY_ORIGINS = ("difference", "plus_one", "study_day")
SAME_DAY = ("counted", "excluded")
SEVERAL_ROWS = ("longest", "shortest", "first_row")


@dataclass(frozen=True)
class Conventions:
    """One declared set; the defaults are ours."""

    day_origin: str = "difference"
    same_day: str = "counted"
    several_rows: str = "longest"
    quantile_type: int = 2


PEERS = {
    "dahlia": Conventions(),
    "vigicaen": Conventions("difference", "counted", "longest", 7),
    "diana": Conventions("plus_one", "counted", "longest", 2),
    "ohdsi": Conventions("difference", "excluded", "first_row", 7),
}


def day_number(elapsed: ArrayLike, origin: str) -> NDArray[np.float64]:
    """Date differences in whole days as the day numbers of a convention.

    | elapsed | difference | plus_one | study_day (CDISC: no day 0) |
    |---------|------------|----------|-----------------------------|
    | -1      | -1         | 0        | -1                          |
    | 0       | 0          | 1        | 1                           |
    | 3       | 3          | 4        | 4                           |
    """
    days = np.asarray(elapsed, float)
    _known(origin, DAY_ORIGINS, "day origin")
    if origin == "difference":
        return days
    return days + 1 if origin == "plus_one" else np.where(days >= 0, days + 1, days)


def counts_same_day(elapsed: ArrayLike, rule: str) -> NDArray[np.bool_]:
    """Which date differences are used: `counted` keeps 0, `excluded` asks for the event after the start."""
    _known(rule, SAME_DAY, "same-day rule")
    days = np.asarray(elapsed, float)
    return days >= 0 if rule == "counted" else days > 0


def one_row_per_case(times: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The row that stands for each `case_id` where several therapies give several times, in order of cases.

    `times` has `case_id, lower, upper`. longest and shortest go by upper, then lower; ties take the first
    row.
    """
    _known(rule, SEVERAL_ROWS, "rule for several rows")
    if rule == "first_row":
        return times.drop_duplicates("case_id").reset_index(drop=True)
    longest = rule == "longest"
    ranked = times.sort_values(["upper", "lower"], ascending=not longest, kind="stable")
    kept = ranked.drop_duplicates("case_id").index
    return times.loc[times.index.isin(kept)].drop_duplicates("case_id").reset_index(drop=True)


def _known(value: str, values: tuple[str, ...], what: str) -> None:
    if value not in values:
        raise ValueError(f"{what} {value!r}; known are {', '.join(values)}")
