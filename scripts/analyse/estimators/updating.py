"""How each informative rechallenge moves what is known of the recurrence probability (Beta posterior).

Definitions: updating.

Patients are taken as exchangeable and those re-exposed as chosen; both belong in the caption. The end does
not depend on the order; the path is for display.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import betaincc, betaincinv

from scripts.analyse.estimators.proportions import clopper_pearson, jeffreys

PRIORS = {"jeffreys": (0.5, 0.5), "uniform": (1.0, 1.0)}
THRESHOLD = 0.1


def beta_path(
    outcomes: Iterable[int],
    prior: str | tuple[float, float] = "uniform",
    threshold: float = THRESHOLD,
    level: float = 0.95,
) -> pd.DataFrame:
    """One row per step, step 0 being the prior alone.

    Outcomes in date order, 1 recurrence, 0 none. Columns: `step, recurrences, patients, mean, median, lower,
    upper, above_threshold` (probability that the recurrence probability exceeds it) and `predictive` (for
    the next patient; equals the mean). ValueError for other outcomes, unknown prior names, or a prior not
    above 0.
    """
    results = np.asarray(list(outcomes), float)
    if not np.isin(results, (0, 1)).all():
        raise ValueError("an outcome is neither 0 nor 1; inconclusive rechallenges do not update anything")
    a, b = _prior(prior)
    patients = np.arange(results.size + 1)
    recurrences = np.concatenate([[0], np.cumsum(results)])
    first, second = a + recurrences, b + patients - recurrences
    tail = (1 - level) / 2
    mean = first / (first + second)
    return pd.DataFrame(
        {
            "step": patients,
            "recurrences": recurrences.astype(int),
            "patients": patients,
            "mean": mean,
            "median": betaincinv(first, second, 0.5),
            "lower": betaincinv(first, second, tail),
            "upper": betaincinv(first, second, 1 - tail),
            "above_threshold": betaincc(first, second, threshold),
            "predictive": mean,
        }
    )


def next_outcome(recurrences: int, patients: int, level: float = 0.95) -> pd.DataFrame:
    """What the next informative rechallenge would do: rows now, after_recurrence, after_none.

    Columns: `when, recurrences, patients, proportion`, limits by `clopper_pearson` and `jeffreys` (NaN at 0
    patients) and the posterior means under both priors.
    """
    step = [0, 1, 1]
    x = recurrences + np.array([0, 1, 0])
    m = patients + np.array(step)
    table = pd.DataFrame({"when": ["now", "after_recurrence", "after_none"], "recurrences": x, "patients": m})
    table["proportion"] = np.divide(x, m, out=np.full(3, np.nan), where=m > 0)
    for label, method in (("clopper_pearson", clopper_pearson), ("jeffreys", jeffreys)):
        low, high = method(x, np.maximum(m, 1), level)
        table[f"{label}_lower"], table[f"{label}_upper"] = np.where(m > 0, (low, high), np.nan)
    for label, (a, b) in PRIORS.items():
        table[f"mean_{label}"] = (a + x) / (a + b + m)
    return table


def _prior(prior: str | tuple[float, float]) -> tuple[float, float]:
    if isinstance(prior, str):
        if prior not in PRIORS:
            raise ValueError(f"prior {prior!r}; known are {', '.join(PRIORS)}, or a pair of numbers")
        return PRIORS[prior]
    if not min(prior) > 0:
        raise ValueError(f"prior {prior}; both parameters must exceed 0")
    return prior
