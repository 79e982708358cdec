"""Recurrence on re-exposure, with the patient as the unit.

Only strictly positive or negative rechallenges inform; those re-exposed were chosen, mild cases first. The event, its
symptoms and the tests are three endpoints and never mixed.
"""

import numpy as np
import pandas as pd

from schemas.codes import codes
from scripts.analyse.estimators.proportions import clopper_pearson, jeffreys, missing_outcome_bounds, zero_event_upper

PRECEDENCE = codes("rechallenge_class")
"""Strict classes, the one that decides for a patient with several re-exposures first."""
REEXPOSED = ("positive", "negative", "inconclusive")
INFORMATIVE = ("positive", "negative")


def per_patient(rechallenges: pd.DataFrame) -> pd.DataFrame:
    """One row per `case_id` and `endpoint` with the `strict` class that decides, by `PRECEDENCE`.

    ValueError for a class that is not in the code list.
    """
    unknown = sorted(set(rechallenges["strict"]) - set(PRECEDENCE))
    if unknown:
        raise ValueError(f"rechallenge class {unknown[0]!r}; known are {', '.join(PRECEDENCE)}")
    ranked = rechallenges.assign(strict=pd.Categorical(rechallenges["strict"], PRECEDENCE, ordered=True))
    decided = ranked.groupby(["case_id", "endpoint"], sort=False, observed=True)["strict"].min().reset_index()
    return decided.assign(strict=decided["strict"].astype(str))


def recurrence(rechallenges: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """One row per endpoint: counts, and the proportion recurred of informative patients with its limits.

    `zero_event_upper` is the one-sided limit, only where no patient had a recurrence. `least` and `most` are the
    proportion of all re-exposed if none, and if all, of the inconclusive had recurred. NaN where nobody is
    informative.
    """
    decided = per_patient(rechallenges)
    counts = pd.crosstab(decided["endpoint"], decided["strict"]).reindex(
        index=decided["endpoint"].unique(), columns=list(PRECEDENCE), fill_value=0
    )
    return pd.DataFrame(
        [[endpoint, *shares(row, level)] for endpoint, row in counts.iterrows()], columns=RECURRENCE_COLUMNS
    )


RECURRENCE_COLUMNS = [
    "endpoint",
    "recurred",
    "informative",
    "inconclusive",
    "proportion",
    "clopper_pearson_lower",
    "clopper_pearson_upper",
    "jeffreys_lower",
    "jeffreys_upper",
    "zero_event_upper",
    "least",
    "most",
]


def shares(counts: pd.Series, level: float = 0.95) -> list[float]:
    """The columns of `recurrence` behind the endpoint, from the number of patients of each class of `PRECEDENCE`."""
    x, m, missing = counts["positive"], counts["positive"] + counts["negative"], counts["inconclusive"]
    least, most = missing_outcome_bounds(x, m, missing)
    start = [x, m, missing]
    if m == 0:
        return [*start, *[np.nan] * 6, least, most]
    limits = [float(limit) for method in (clopper_pearson, jeffreys) for limit in method(x, m, level)]
    zero = float(zero_event_upper(m, level)) if x == 0 else np.nan
    return [*start, x / m, *limits, zero, least, most]
