"""How far a headline rests on single cases, single sources, and on what is assumed inside the intervals.

Definitions: robustness.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from scripts.analyse.estimators.intervals import checked
from scripts.analyse.estimators.npmle import npmle, quantile_interval
from scripts.analyse.estimators.order_statistics import quantile
from scripts.analyse.estimators.shape_warnings import BARE

NOTABLE_DIFFERENCE = 0.2

Statistics = Callable[[pd.DataFrame], Mapping[str, float]]


def leave_one_out(table: pd.DataFrame, by: str, statistics: Statistics) -> pd.DataFrame:
    """`left_out, statistic, value, without, change`, one row per distinct value of `by` and statistic.

    `by` is the case or the source; `statistics` turns rows into named numbers, of which inf (not reached) is
    a value like others: inf to inf is no change. A table that consists of one unit only gives no rows.
    """
    units = table[by].unique()
    if len(units) < 2:
        return pd.DataFrame(columns=["left_out", "statistic", "value", "without", "change"])
    whole = statistics(table)
    rows = [
        {"left_out": unit, "statistic": statistic, "value": whole[statistic], "without": value}
        for unit in units
        for statistic, value in statistics(table[table[by] != unit]).items()
    ]
    result = pd.DataFrame(rows)
    same = result["value"] == result["without"]
    with np.errstate(invalid="ignore"):
        change = result["without"].to_numpy(float) - result["value"].to_numpy(float)
    return result.assign(change=np.where(same, 0.0, change))


def most_influential(left_out: pd.DataFrame) -> pd.DataFrame:
    """One row per statistic: `value`, its range `least` to `greatest` without one unit, who moves it most.

    `units` is a tuple of all that move it equally far, empty where leaving out any one changes nothing.
    """
    rows = []
    for statistic, part in left_out.groupby("statistic", sort=False):
        size = part["change"].abs()
        largest = size.max()
        units = tuple(part.loc[size == largest, "left_out"]) if largest > 0 else ()
        rows.append(
            {
                "statistic": statistic,
                "value": part["value"].iloc[0],
                "least": part["without"].min(),
                "greatest": part["without"].max(),
                "units": units,
                "change": largest,
            }
        )
    return pd.DataFrame(rows, columns=["statistic", "value", "least", "greatest", "units", "change"])


def median_under_assumptions(lower: ArrayLike, upper: ArrayLike, p: float = 0.5, kind: int = 2) -> pd.DataFrame:
    """`assumption, lower, upper`: the p-quantile with all times at the left, middle or right of their interval.

    The NPMLE's interval comes last. Right-censored times stay at inf under middle and right.
    """
    low, high, _ = checked(lower, upper)
    placed = {"left": low, "midpoint": (low + high) / 2, "right": high}
    at = {assumption: quantile(times, p, kind) for assumption, times in placed.items()}
    rows = [(assumption, value, value) for assumption, value in at.items()]
    rows.append(("npmle", *quantile_interval(npmle(low, high), p)))
    return pd.DataFrame(rows, columns=["assumption", "lower", "upper"])


def disagreement(
    assumed: pd.DataFrame, notable: float = NOTABLE_DIFFERENCE, told: Callable[[float], str] = BARE
) -> str | None:
    """A sentence where left and right ends lie more than 20 % of the midpoint's quantile apart; else None.

    told: words for a time.
    """
    values = assumed.set_index("assumption")["lower"]
    left, middle, right = values["left"], values["midpoint"], values["right"]
    if right == left or (np.isfinite(right) and right - left <= notable * middle):
        return None
    return f"where in their interval the times fell decides: {told(left)} at the left ends, {told(right)} at the right ends"
