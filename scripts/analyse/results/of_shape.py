"""Weibull shape of the primary onset: exploratory, on day-grained intervals, or the reason why none is printed
(definitions: weibull)."""

import pandas as pd

from schemas.endpoints import MAIN_SET
from schemas.results import Conventions
from scripts.analyse.estimators.weibull import Weibull, limit_line, profile, refusal, weibull
from scripts.analyse.results import rows
from scripts.files.bundle import Bundle
from scripts.words.wording import percent

METHOD = "Weibull likelihood on (lower, upper]; profile limits"


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Shape with its whole profile, scale, Ross-corrected shape and class per group; describes reported cases, never a signal test."""
    times = derived.times
    main = times[times["set"] == MAIN_SET]
    part = main[(main["endpoint"] == conventions.onset) & (main["clock"] == conventions.clock)]
    results = []
    for group, cases in rows.groups(part):
        group_times = part[part["case_id"].isin(cases)]
        labels = {"set": MAIN_SET, "endpoint": conventions.onset, "clock": conventions.clock, "group": group}
        results += _of_group(group_times, labels, conventions.level)
    return results, []


def _of_group(times: pd.DataFrame, labels: dict, level: float) -> list[dict]:
    cases = list(times["case_id"])
    usable = times[times["lower"] >= 0]
    reason = refusal(usable["lower"], usable["upper"]) if len(usable) else "no case has a time"
    if len(usable) < len(times):
        reason = reason or f"{len(times) - len(usable)} onsets may precede the first dose"
    try:
        fit = None if reason else weibull(usable["lower"], usable["upper"], level=level)
    except (ArithmeticError, ValueError) as fault:
        fit, reason = None, str(fault)
    if fit is None:
        return [rows.row("refused", cases, method=METHOD, note=reason, **labels)]
    return _fitted(fit, cases, labels) + _profile(usable, fit, cases, labels, level) + _free(times, cases, labels)


def _free(times: pd.DataFrame, cases: list[str], labels: dict) -> list[dict]:
    """Beside a shape that rests on it: without the assumption that no onset precedes the dose there is none."""
    assumed = int(times["free_lower"].notna().sum())
    if not assumed:
        return []
    note = f"without the assumption that {assumed} onsets did not precede the first dose: a time before the start has no shape"
    return [rows.row("refused", cases, method=METHOD, note=note, **labels)]


def _profile(usable: pd.DataFrame, fit: Weibull, cases: list[str], labels: dict, level: float) -> list[dict]:
    """The profile of the shape point by point: `at` the shape, `value` the log-likelihood below its maximum."""
    shared = {"method": "log-likelihood maximised over the scale, minus its maximum", **labels}
    line = rows.row("profile_limit", cases, value=limit_line(level), note=f"limits at {percent(level)}", **shared)
    points = zip(*profile(usable["lower"], usable["upper"], fit), strict=True)
    return [line, *(rows.row("profile", cases, at=shape, value=value, **shared) for shape, value in points)]


def _fitted(fit: Weibull, cases: list[str], labels: dict) -> list[dict]:
    pattern_note = f"{fit.pattern}; describes these cases, no signal test"
    shared = {"method": METHOD, **labels}
    return [
        rows.row(
            "shape", cases, value=fit.shape, lower=fit.shape_lower, upper=fit.shape_upper, note=pattern_note, **shared
        ),
        rows.row("shape_corrected", cases, value=fit.shape_corrected, note="Ross factor (n-2)/(n-0.68)", **shared),
        rows.row("scale", cases, value=fit.scale, **shared),
        rows.row("window", cases, value=fit.window, note="observation window: largest finite bound", **shared),
        rows.row("log_likelihood", cases, value=fit.log_likelihood, **shared),
        rows.row("aic_minus_lognormal", cases, value=fit.aic_difference, **shared),
    ]
