"""The same statistics on any CSV file: `python -m scripts.analyse curve | weibull | truncation | ...`.

The columns are described in `csv_input`. Every function returns `statistic, value, lower, upper, n, method,
note`, unrounded.
"""

from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.analyse.estimators import right_truncation
from scripts.analyse.estimators.npmle import Npmle, median, npmle
from scripts.analyse.estimators.order_statistics import (
    known_possible,
    median_ranks,
    quantile_bounds,
    quantile_interval_bounds,
)
from scripts.analyse.estimators.proportions import (
    clopper_pearson,
    jeffreys,
    outer_limits,
    rule_of_three,
    wilson,
    zero_event_upper,
)
from scripts.analyse.estimators.rechallenge import PRECEDENCE, per_patient, recurrence
from scripts.analyse.estimators.shape_warnings import deciding_case, forced_completion
from scripts.analyse.estimators.updating import PRIORS, THRESHOLD, beta_path
from scripts.analyse.estimators.weibull import refusal, weibull
from scripts.commands.messages import UserError

COLUMNS = ["statistic", "value", "lower", "upper", "n", "method", "note"]
LEAST_FOR_PERCENTAGE = 10
ORDER_STATISTICS, EXACT = "order statistics", "Clopper-Pearson"


def curve(rows: pd.DataFrame) -> pd.DataFrame:
    """Median bounds first, then the NPMLE's median interval and masses, shares by each finite end, warnings."""
    cases = rows.loc[rows.index.repeat(rows["n"].astype(int)), ["lower", "upper"]]
    low, high = cases["lower"].to_numpy(), cases["upper"].to_numpy()
    fit = npmle(rows["lower"], rows["upper"], rows["n"])
    n = len(cases)
    results = [
        _row("median", quantile_bounds(low, high), n, "bounds: medians of all lower and of all upper ends"),
        _median_limits(low, high),
        _median(fit, n),
        {"statistic": "log_likelihood", "value": fit.log_likelihood, "n": n, "method": "NPMLE"},
        {"statistic": "kkt_ratio", "value": fit.kkt, "n": n, "method": "NPMLE"},
        *_masses(fit, n),
        *_shares(fit, low, high),
    ]
    notes = (deciding_case(low, high).reason, forced_completion(fit, low, high))
    warnings = [{"statistic": "warning", "n": n, "method": "NPMLE", "note": note} for note in notes if note]
    return _frame(results + warnings)


def shape(rows: pd.DataFrame) -> pd.DataFrame:
    """The Weibull shape with its limits, or one row `refused` that says why not."""
    columns = rows["lower"], rows["upper"], rows["n"]
    total = rows["n"].sum()
    reason = refusal(*columns)
    try:
        fit = None if reason else weibull(*columns)
    except ArithmeticError as fault:
        fit, reason = None, str(fault)
    if fit is None:
        return _frame([{"statistic": "refused", "n": total, "method": "Weibull", "note": reason}])
    window = f"{fit.pattern}; observation window up to {fit.window:g}; describes these cases, no signal test"
    limits = {"lower": fit.shape_lower, "upper": fit.shape_upper, "method": "profile likelihood", "note": window}
    plain = {
        "scale": fit.scale,
        "shape_corrected": fit.shape_corrected,
        "events": fit.events,
        "log_likelihood": fit.log_likelihood,
        "exponential_log_likelihood": fit.exponential_log_likelihood,
        "p_shape_1": fit.p_value,
        "aic_minus_lognormal": fit.aic_difference,
    }
    rest = [{"statistic": statistic, "value": value, "n": total} for statistic, value in plain.items()]
    return _frame([{"statistic": "shape", "value": fit.shape, "n": total, **limits}, *rest])


def truncation(rows: pd.DataFrame) -> pd.DataFrame:
    """Whether the data lock matters, and the share by each time given that it is at most the longest one."""
    time, span = rows["time"], rows["span"]
    judged, limit = right_truncation.truncation(time, span), right_truncation.reverse_product_limit(time, span)
    results: list[dict] = [
        {
            "statistic": "truncation",
            "value": judged.shortest_observation,
            "upper": judged.longest_time,
            "n": len(rows),
            "method": "shortest span against the longest time",
            "note": judged.words,
        },
    ]
    unknown = right_truncation.identified_from(limit)
    for row in plain_rows(limit):
        note = "not identified: one risk set later holds no other case" if row["time"] < unknown else ""
        results.append(
            {
                "statistic": f"share_by_{row['time']:g}",
                "value": row["share"],
                "n": row["at_risk"],
                "method": right_truncation.METHOD,
                "note": note,
            }
        )
    return _frame(results)


def proportion(x: int, n: int) -> pd.DataFrame:
    """x of n with the limits of each method; UserError unless 0 <= x <= n and n >= 1."""
    if not (0 <= x <= n and n >= 1):
        raise UserError(f"proportion {x} {n}: needs 0 <= X <= N and N of at least 1. Give the count, then the total.")
    few = f"no percentage alone under {LEAST_FOR_PERCENTAGE}" if n < LEAST_FOR_PERCENTAGE else ""
    methods = {EXACT: clopper_pearson, "Jeffreys": jeffreys, "Wilson": wilson}
    results = [
        {**_row("proportion", method(x, n), n, method_name), "value": x / n, "note": few}
        for method_name, method in methods.items()
    ]
    if x == 0:
        upper = {"lower": 0.0, "upper": float(zero_event_upper(n)), "method": "exact, one-sided 95 %"}
        results.append({"statistic": "proportion", "value": 0.0, "n": n, **upper})
        three = {"lower": 0.0, "upper": rule_of_three(n), "method": "rule of three"}
        results += [{"statistic": "proportion", "value": 0.0, "n": n, **three}] if three["upper"] else []
    return _frame(results)


def rechallenge(rows: pd.DataFrame) -> pd.DataFrame:
    """Per endpoint: patients re-exposed, informative, recurred; limits, also by mitigation; both posteriors."""
    results = [row for _, limits in recurrence(rows).iterrows() for row in _recurrence(limits)]
    for endpoint, part in per_patient(rows).groupby("endpoint", sort=False):
        outcomes = (part.loc[part["strict"].isin(PRECEDENCE[:2]), "strict"] == "positive").astype(int)
        results += [_posterior(endpoint, outcomes, prior) for prior in PRIORS]
    for mitigation, part in rows[rows["mitigation"] != ""].groupby("mitigation", sort=False):
        parted = [row for _, limits in recurrence(part).iterrows() for row in _recurrence(limits)]
        results += [row | {"note": f"mitigation: {mitigation}, descriptive; {row['note']}"} for row in parted]
    return _frame(results)


def _median(fit: Npmle, n: int) -> dict:
    """The interval in which the curve crosses one half; where it stands there for a while, that is said."""
    half = median(fit)
    flat = half.flat if half.flat and half.flat[0] < half.flat[1] else None
    note = f"the curve is one half from {flat[0]:g} until {flat[1]:g}" if flat else ""
    return _row("median", (half.lower, half.upper), n, "NPMLE", note)


def _median_limits(low: np.ndarray, high: np.ndarray) -> dict:
    limits, ranks = quantile_interval_bounds(low, high), median_ranks(low.size)
    if limits is None or ranks is None:
        return _row("range", (low.min(), high.max()), low.size, "all cases", "no 95 % limits below 6 cases")
    note = f"95 %, lower end {ranks[0]} and upper end {ranks[1]} of {low.size}"
    return _row("median_limits", limits, low.size, ORDER_STATISTICS, note)


def _masses(fit: Npmle, n: int) -> list[dict]:
    intervals = zip(fit.left, fit.right, fit.mass, strict=True)
    return [{**_row("mass", (left, right), n, "NPMLE"), "value": mass} for left, right, mass in intervals]


def _shares(fit: Npmle, low: np.ndarray, high: np.ndarray) -> list[dict]:
    """Known to possible share, with outer limits, at each finite end of the NPMLE's intervals."""
    results = []
    for t in fit.right[np.isfinite(fit.right)]:
        known, possible = known_possible(low, high, t)
        words = f"known {known}, possible {possible} of {low.size}"
        results.append(_row(f"share_by_{t:g}", (known / low.size, possible / low.size), low.size, "counts", words))
        limits = outer_limits(known, possible, low.size)
        results.append(_row(f"share_by_{t:g}_limits", limits, low.size, f"{EXACT}, outer"))
    return results


def _recurrence(limits: pd.Series) -> list[dict]:
    statistic, m = f"{limits['endpoint']}: recurrence", limits["informative"]
    note = f"{limits['recurred']} of {m} informative, {limits['inconclusive']} inconclusive"
    results = [{**_row(statistic, (limits["least"], limits["most"]), m, "bounds for inconclusive outcomes", note)}]
    for method, column in ((EXACT, "clopper_pearson"), ("Jeffreys", "jeffreys")):
        ends = (limits[f"{column}_lower"], limits[f"{column}_upper"])
        results.append({**_row(statistic, ends, m, method, note), "value": limits["proportion"]})
    if m and limits["recurred"] == 0:
        results.append(_row(statistic, (0.0, limits["zero_event_upper"]), m, "exact, one-sided 95 %", note))
    return results


def _posterior(endpoint: Hashable, outcomes: pd.Series, prior: str) -> dict:
    last = beta_path(outcomes, prior).iloc[-1]
    note = f"P(p > {THRESHOLD:g}) = {last['above_threshold']}; next patient {last['predictive']}"
    statistic = f"{endpoint}: recurrence"
    ends = (last["lower"], last["upper"])
    return {**_row(statistic, ends, len(outcomes), f"posterior, {prior} prior", note), "value": last["median"]}


def _row(statistic: str, ends: Iterable, n: int, method: str, note: str = "") -> dict:
    lower, upper = (float(end) for end in ends)
    return {"statistic": statistic, "lower": lower, "upper": upper, "n": n, "method": method, "note": note}


def _frame(rows: list[dict]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(**{column: table[column].fillna("") for column in ("method", "note")})
