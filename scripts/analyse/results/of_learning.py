"""Learning over time: recurrence updated by each informative rechallenge, the next one, and knowledge by date
(definitions: updating)."""

import pandas as pd

from schemas.endpoints import MAIN_SET
from schemas.results import Conventions
from scripts.analyse.estimators.order_statistics import quantile_bounds
from scripts.analyse.estimators.updating import PRIORS, beta_path, next_outcome
from scripts.analyse.results import rows
from scripts.clock.intervals import calendar
from scripts.files.bundle import Bundle
from scripts.words.wording import percent

OUTCOMES = ("event", "symptoms", "tests")


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Beta posteriors under both priors per endpoint, what a next outcome would do, and cases by publication date."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    dated = cases.assign(day=calendar(cases["published"])["first"].to_numpy()).sort_values("day", kind="stable")
    result_rows = []
    for outcome in OUTCOMES:
        informative = dated[dated[f"rechallenge_{outcome}"].isin(["positive", "negative"])]
        results = (informative[f"rechallenge_{outcome}"] == "positive").astype(int).tolist()
        result_rows += _posteriors(outcome, results, list(informative["case_id"]), conventions)
        result_rows += _next(outcome, results, list(informative["case_id"]), conventions.level)
    return result_rows + _knowledge(dated, derived.times, conventions), []


def _posteriors(outcome: str, results: list[int], cases: list[str], conventions: Conventions) -> list[dict]:
    result_rows = []
    note = "re-exposed patients are chosen and taken as exchangeable; the end does not depend on the order"
    for prior in PRIORS:
        path = beta_path(results, prior, conventions.recurrence_threshold, conventions.level)
        for step in path.itertuples():
            shared = {
                "endpoint": outcome,
                "level": prior,
                "note": note,
                "known": cases[: step.patients],
                "method": f"Beta posterior, equal-tailed {percent(conventions.level)}",
            }
            result_rows.append(
                rows.row("posterior", cases, value=step.median, lower=step.lower, upper=step.upper, **shared)
            )
            result_rows.append(
                rows.row(
                    "posterior_above", cases, value=step.above_threshold, at=conventions.recurrence_threshold, **shared
                )
            )
            result_rows.append(rows.row("predictive", cases, value=step.predictive, **shared))
    return result_rows


def _next(outcome: str, results: list[int], cases: list[str], level: float) -> list[dict]:
    """The recurrence limits now, and after one more recurrence or none."""
    table = next_outcome(sum(results), len(results), level)
    return [
        rows.row(
            "next_outcome",
            cases,
            endpoint=outcome,
            level=row.when,
            value=row.proportion,
            note="" if row.patients == len(cases) else f"{row.patients} patients, one of them not yet seen",
            lower=row.clopper_pearson_lower,
            upper=row.clopper_pearson_upper,
            method=f"Clopper-Pearson {percent(level)}",
        )
        for row in table.itertuples()
    ]


def _knowledge(dated: pd.DataFrame, times: pd.DataFrame, conventions: Conventions) -> list[dict]:
    """Cases and median bounds of the primary onset known by each publication date."""
    onset = times[(times["endpoint"] == conventions.onset) & (times["clock"] == conventions.clock)]
    main = onset[(onset["set"] == MAIN_SET) & (onset["state"] == "observed")]
    result_rows = []
    for day in sorted(dated["day"].dropna().unique()):
        part = dated[dated["day"] <= day]
        label = dated.loc[dated["day"] == day, "published"].iloc[0]
        cases, known = list(part["case_id"]), main[main["case_id"].isin(part["case_id"])]
        result_rows.append(rows.row("known_by_date", cases, level=label, counted=cases, method="count"))
        if len(known):
            low, high = quantile_bounds(known["lower"], known["upper"], 0.5, conventions.quantile_type)
            result_rows.append(
                rows.row(
                    "median_by_date",
                    cases,
                    level=label,
                    endpoint=conventions.onset,
                    lower=low,
                    upper=high,
                    clock=conventions.clock,
                    method="median bounds",
                    known=known["case_id"],
                )
            )
    return result_rows
