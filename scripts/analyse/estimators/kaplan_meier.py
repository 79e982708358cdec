"""Kaplan-Meier curve of exact and right-censored times, with limits on the log scale (R's default).

For times known only as intervals use `npmle`, which agrees with this where there are none.
"""

import numpy as np
import pandas as pd
from lifelines import KaplanMeierFitter
from numpy.typing import ArrayLike
from scipy.special import ndtri

from scripts.analyse.estimators.intervals import checked


def kaplan_meier(lower: ArrayLike, upper: ArrayLike, level: float = 0.95) -> pd.DataFrame:
    """One row per distinct time: `time, at_risk, events, censored, survival, lower, upper`.

    Rows are exact (lower == upper) or right-censored (upper = inf); ValueError for any other interval.
    Limits are survival * exp(-+ z * standard error of its log), Greenwood's, capped at 1.
    """
    low, high, weight = checked(lower, upper)
    if (np.isfinite(high) & (low < high)).any():
        raise ValueError("an interval with two different finite ends; Kaplan-Meier takes exact times only")
    fitted = KaplanMeierFitter().fit(low, np.isfinite(high), weights=weight)
    table = fitted.event_table[fitted.event_table["removed"] > 0]
    survival = fitted.survival_function_["KM_estimate"].loc[table.index]
    events, at_risk = table["observed"], table["at_risk"]
    left = at_risk - events
    error = np.sqrt((events / (at_risk * left.where(left > 0, np.nan))).cumsum())
    z = ndtri((1 + level) / 2)
    return pd.DataFrame(
        {
            "time": table.index.to_numpy(float),
            "at_risk": at_risk.to_numpy(int),
            "events": events.to_numpy(int),
            "censored": table["censored"].to_numpy(int),
            "survival": survival.to_numpy(),
            "lower": (survival * np.exp(-z * error)).to_numpy(),
            "upper": np.minimum(1, survival * np.exp(z * error)).to_numpy(),
        }
    )


def median(curve: pd.DataFrame) -> tuple[float, float, float]:
    """(median, lower, upper limit): the first times survival and its limits are at most 1/2; inf: never."""
    return tuple(_first_at_half(curve, column) for column in ("survival", "lower", "upper"))  # type: ignore


def _first_at_half(curve: pd.DataFrame, column: str) -> float:
    reached = curve.loc[curve[column] <= 0.5 + 1e-12, "time"]
    return float(reached.iloc[0]) if len(reached) else np.inf
