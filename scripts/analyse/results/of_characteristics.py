"""Characteristics with missingness: n stated of N in everything, reasons for missing kept apart."""

import pandas as pd

from schemas.fields import NO_VALUE
from schemas.results import Conventions
from scripts.analyse.estimators.order_statistics import quantile_bounds
from scripts.analyse.results import rows
from scripts.clock.intervals import numbers
from scripts.files.bundle import Bundle

VARIABLES = (
    "indication", "sex", "country", "ordinal", "dose", "planned_doses", "given_upper", "vital", "outcome", "serious",
    "serious_report", "certainty", "dechallenge", "evidence_level", "identity",
)  # fmt: skip
DENIED = {"serious": "the event", "serious_report": "the report"}
"""Who says that it was not serious, as in `patients.not_serious`."""
ANSWERS = {"dechallenge": ("not_applicable",)}
"""Codes that elsewhere are reasons for missing and here are what was found: the course was already complete."""


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts per level and per reason for missing, and the age as bounds, for all cases and each group."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    results = []
    for group, members in rows.groups(cases):
        patients = cases[cases["case_id"].isin(members)]
        results.append(rows.row("cases", members, group=group, counted=members, method="count"))
        results += _ages(patients, group, conventions.quantile_type)
        for variable in VARIABLES:
            results += _levels(patients, group, variable)
    return results, []


def _levels(patients: pd.DataFrame, group: str, variable: str) -> list[dict]:
    members, patients = list(patients["case_id"]), _with_denied(patients, variable)
    missing = patients[variable].isin(NO_VALUE.difference(ANSWERS.get(variable, ())))
    shared = {"group": group, "endpoint": variable, "known": list(patients.loc[~missing, "case_id"]), "method": "count"}
    results = [
        rows.row("count", members, level=level, counted=part, **shared)
        for level, part in patients.loc[~missing, "case_id"].groupby(patients[variable], sort=False)
    ]
    return results + _missing(patients[missing], variable, members, shared)


def _with_denied(patients: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Seriousness that a source denies is a level of its own, not missing."""
    if variable not in DENIED:
        return patients
    denied = patients[variable].eq("") & patients["not_serious"].str.contains(DENIED[variable], regex=False)
    return patients.assign(**{variable: patients[variable].mask(denied, "not_serious")})


def _missing(unsaid: pd.DataFrame, variable: str, members: list[str], shared: dict) -> list[dict]:
    reasons = unsaid[variable].replace("", "no_information")
    return [
        rows.row("missing", members, level=reason, counted=part, **shared)
        for reason, part in unsaid["case_id"].groupby(reasons, sort=False)
    ]


def _ages(patients: pd.DataFrame, group: str, kind: int) -> list[dict]:
    """Age in completed years as stated: bounds of the median and the range; an age band stays a band."""
    members = list(patients["case_id"])
    low, high = numbers(patients["age_lower"]), numbers(patients["age_upper"])
    known = low.notna() & high.notna()
    shared = {"group": group, "endpoint": "age", "known": list(patients.loc[known, "case_id"])}
    results = _missing(patients[~known], "age_lower", members, {"method": "count", **shared})
    if not known.any():
        return results
    median = quantile_bounds(low[known].to_numpy(), high[known].to_numpy(), 0.5, kind)
    bounds = "median of the lower ends to median of the upper ends"
    return [
        *results,
        rows.row("median_bounds", members, lower=median[0], upper=median[1], method=bounds, **shared),
        rows.row("range", members, lower=low.min(), upper=high.max(), method="least to greatest bound", **shared),
    ]
