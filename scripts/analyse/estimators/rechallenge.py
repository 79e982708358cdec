"""Rechallenge as a ladder of denominators, with the patient as the unit.

cases -> survived the index event -> stopped -> re-exposed -> informative -> recurred. Only strictly positive
or negative rechallenges inform; those re-exposed were chosen, mild cases first. The event, its symptoms and
the tests are three endpoints and never mixed.
"""

import numpy as np
import pandas as pd

from scripts.analyse.estimators.proportions import clopper_pearson, jeffreys, missing_outcome_bounds, zero_event_upper

PRECEDENCE = (
    "positive", "negative", "inconclusive", "exposure_continued", "not_done", "not_assessable", "not_stated",
)  # fmt: skip
"""Strict classes, the one that decides for a patient with several re-exposures first."""
REEXPOSED = ("positive", "negative", "inconclusive")
INFORMATIVE = ("positive", "negative")
RUNGS = ("cases", "survived", "stopped", "re_exposed", "informative", "recurred")


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


def ladder(cases: pd.DataFrame, rechallenges: pd.DataFrame, endpoint: str = "event") -> pd.DataFrame:
    """`rung, n, case_ids` (a tuple) for one endpoint, each rung within the one before.

    `cases`: one row per `case_id` with `survived` and `stopped` (yes, no or anything else for unknown). Who
    was re-exposed has survived and stopped, whatever these columns say. Example:

    | rung        | n  |
    |-------------|----|
    | cases       | 15 |
    | survived    | 14 |
    | stopped     | 14 |
    | re_exposed  | 3  |
    | informative | 2  |
    | recurred    | 1  |
    """
    decided = per_patient(rechallenges[rechallenges["endpoint"] == endpoint]).set_index("case_id")["strict"]
    strict = cases["case_id"].map(decided)
    re_exposed = strict.isin(REEXPOSED)
    survived = (cases["survived"] == "yes") | re_exposed
    stopped = survived & ((cases["stopped"] == "yes") | re_exposed)
    everyone = pd.Series(True, index=cases.index)
    members = (everyone, survived, stopped, re_exposed, strict.isin(INFORMATIVE), strict == "positive")
    ids = [tuple(cases.loc[mask, "case_id"]) for mask in members]
    return pd.DataFrame({"rung": RUNGS, "n": [len(own) for own in ids], "case_ids": ids})


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
