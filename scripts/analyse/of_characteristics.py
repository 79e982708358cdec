"""Characteristics with missingness: n stated of N in everything, reasons for missing kept apart."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.results import Conventions, Derived
from scripts.analyse import rows
from scripts.analyse.order_statistics import quantile_bounds
from scripts.intervals import numbers

VARIABLES = (
    "indication", "sex", "country", "ordinal", "dose", "planned_doses", "given_upper", "outcome", "serious",
    "certainty", "dechallenge", "evidence_level", "identity",
)  # fmt: skip
ANSWERS = {"dechallenge": ("not_applicable",)}
"""Codes that elsewhere are reasons for missing and here are what was found: the course was already complete."""


def analyse(derived: Derived, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts per level and per reason for missing, and the age as bounds, for all cases and each group."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    found = []
    for group, members in rows.groups(cases):
        own = cases[cases["case_id"].isin(members)]
        found.append(rows.row("cases", members, group=group, value=len(own), method="count"))
        found += _ages(own, group, conventions.quantile_type)
        for variable in VARIABLES:
            found += _levels(own, group, variable)
    return found, []


def _levels(own: pd.DataFrame, group: str, variable: str) -> list[dict]:
    members = list(own["case_id"])
    missing = own[variable].isin(NO_VALUE.difference(ANSWERS.get(variable, ())))
    stated = int((~missing).sum())
    shared = {"group": group, "endpoint": variable, "n": stated, "method": "count"}
    found = [rows.row("count", members, level=level, value=number, **shared)
             for level, number in own.loc[~missing, variable].value_counts(sort=False).items()]  # fmt: skip
    reasons = own.loc[missing, variable].replace("", "no_information").value_counts(sort=False)
    return found + [
        rows.row("missing", members, level=reason, value=number, **shared) for reason, number in reasons.items()
    ]


def _ages(own: pd.DataFrame, group: str, kind: int) -> list[dict]:
    """Age in completed years as stated: bounds of the median and the range; an age band stays a band."""
    members = list(own["case_id"])
    low, high = numbers(own["age_lower"]), numbers(own["age_upper"])
    known = low.notna() & high.notna()
    shared = {"group": group, "endpoint": "age", "n": int(known.sum())}
    reasons = own.loc[~known, "age_lower"].replace("", "no_information").value_counts(sort=False)
    found = [rows.row("missing", members, level=reason, value=number, method="count", **shared)
             for reason, number in reasons.items()]  # fmt: skip
    if not known.any():
        return found
    median = quantile_bounds(low[known].to_numpy(), high[known].to_numpy(), 0.5, kind)
    bounds = "median of the lower ends to median of the upper ends"
    return [*found,
        rows.row("median_bounds", members, lower=median[0], upper=median[1], method=bounds, **shared),
        rows.row("range", members, lower=low.min(), upper=high.max(), method="least to greatest bound", **shared),
    ]  # fmt: skip
