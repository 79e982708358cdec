"""The numbers every kind of time gets: spread, median bounds, known and possible by t, NPMLE (definitions: npmle,
median-bounds, known-and-possible)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from schemas.results import Conventions
from schemas.thresholds import Threshold
from scripts.analyse.estimators.bootstrap import LEAST_CASES, REPLICATES, bootstrap_quantile
from scripts.analyse.estimators.npmle import Npmle, median, npmle
from scripts.analyse.estimators.order_statistics import median_stretch, quantile_bounds, quantile_interval_bounds
from scripts.analyse.estimators.proportions import outer_limits
from scripts.analyse.estimators.shape_warnings import deciding_case, forced_completion
from scripts.analyse.results import rows
from scripts.clock.intervals import kinds
from scripts.clock.thresholds import reached
from scripts.words.times import length
from scripts.words.wording import number, percent

LEAST_FOR_CURVE = 3
MOST_FOR_ALL_REPLICATES = 1000
FEWER_REPLICATES = 500  # definitions: scale


def times_of_one(
    times: pd.DataFrame, labels: dict, asked: Sequence[Threshold], conventions: Conventions
) -> tuple[list[dict], list[dict]]:
    """Everything said of one endpoint on one clock: spread, medians, known and possible by each time, NPMLE."""
    known = times[times["state"] == "observed"]
    results = spread(known, times, labels) + medians(known, times, labels, conventions)
    for threshold in asked:
        results += by_time(times, threshold, labels, conventions.level)
    more, steps = turnbull(known, times, labels)
    return results + more, steps


def spread(known: pd.DataFrame, times: pd.DataFrame, labels: dict) -> list[dict]:
    """How many cases have the time, and the range from the least lower to the greatest upper bound."""
    kind, case_ids = kinds_of(known), known["case_id"].to_numpy()
    to_the_day = (kind == "day") & ((known["upper"] - known["lower"]).to_numpy() <= 1)
    states, every = times["state"].to_numpy(), times["case_id"].to_numpy()
    parts = {
        "n_exact": case_ids[kind == "exact"],
        "n_to_the_day": case_ids[to_the_day],
        "n_interval": case_ids[~to_the_day & (kind != "exact")],
        "n_unknown": every[states == "unknown"],
        "n_not_resolved": every[states == "not_resolved"],
        "n_died": every[states == "died"],
        "n_sequelae": every[states == "sequelae"],
        "n_not_usable": every[states == "not_usable"],
    }
    results = [_row(statistic, known, times, labels, counted=part, method="count") for statistic, part in parts.items()]
    if len(known):
        bounds = ends(known, known["lower"].min(), known["upper"].max())
        results.append(_row("range", known, times, labels, method="least lower to greatest upper bound", **bounds))
    return results


def ends(known: pd.DataFrame, lower: float, upper: float) -> dict[str, Any]:
    """Two ends made of times of different cases, each with what it is: `exact` or `day` where a case (or both cases of
    which it is the mean) has such a time there, else `open`."""
    kind = kinds_of(known)
    return {
        "lower": lower,
        "upper": upper,
        "lower_is": _kind(kind, known["lower"].to_numpy(), lower),
        "upper_is": _kind(kind, known["upper"].to_numpy(), upper),
    }


def kinds_of(known: pd.DataFrame) -> np.ndarray:
    """What each time is (scripts.clock.intervals.kinds)."""
    return kinds(known["lower"], known["upper"], known["grain"], known["clock"])


def _kind(kind: np.ndarray, own_ends: np.ndarray, end: float) -> str:
    here = own_ends == end
    if not here.any():  # the mean of the nearest ends below and above
        nearest = own_ends[own_ends < end].max(initial=-np.inf), own_ends[own_ends > end].min(initial=np.inf)
        both = set(kind[np.isin(own_ends, nearest)])
        return both.pop() if len(both) == 1 else "open"
    return next(end_kind for end_kind in ("exact", "day", "open") if end_kind in kind[here])


def medians(
    known: pd.DataFrame, times: pd.DataFrame, labels: dict, conventions: Conventions, note: str = ""
) -> list[dict]:
    """Median of the lower ends to median of the upper ends, and from 6 cases its order-statistic limits."""
    if not len(known):
        return []
    low, high = known["lower"].to_numpy(), known["upper"].to_numpy()
    bounds = quantile_bounds(low, high, 0.5, conventions.quantile_type)
    kind = f"quantile type {conventions.quantile_type}"
    results = [
        _row(
            "median_bounds",
            known,
            times,
            labels,
            **ends(known, *bounds),
            **_stretch(known, median_stretch(low, high)),
            method=f"median of the lower ends to median of the upper ends; {kind}",
            note=note,
        )
    ]
    if len(known) >= LEAST_CASES:
        results.append(_bootstrap(known, times, labels, conventions.level))
    limits = quantile_interval_bounds(low, high, 0.5, conventions.level)
    if limits:
        results.append(
            _row(
                "median_limits",
                known,
                times,
                labels,
                **ends(known, *limits),
                method=f"order statistics of the bounds, {percent(conventions.level)}",
            )
        )
    else:
        results.append(
            _row("median_limits", known, times, labels, method="none below 6 cases; the range stands instead")
        )
    return results


def _stretch(known: pd.DataFrame, flat: tuple[float, float] | None) -> dict[str, float]:
    """Where half of the cases surely have it and half surely not yet: a stretch of time, or the end of one day."""
    if flat is None or (flat[0] == flat[1] and not (kinds_of(known) == "day").all()):
        return {}
    return {"flat_from": flat[0], "flat_until": flat[1]}


def _bootstrap(known: pd.DataFrame, times: pd.DataFrame, labels: dict, level: float) -> dict:
    """Percentile limits of the NPMLE's median, beside the order-statistic ones."""
    replicates = REPLICATES if len(known) <= MOST_FOR_ALL_REPLICATES else FEWER_REPLICATES
    limits = bootstrap_quantile(known["lower"], known["upper"], level=level, replicates=replicates)
    note = f"{limits.not_reached:.0%} of the replicates do not reach the median" if limits.not_reached else ""
    method = f"bootstrap of cases, {replicates} replicates, percentile {percent(level)}, fixed seed"
    return _row("median_bootstrap", known, times, labels, lower=limits.low, upper=limits.high, method=method, note=note)


def by_time(times: pd.DataFrame, asked: Threshold, labels: dict, level: float, note: str = "") -> list[dict]:
    """Known and possible cases by a threshold with exact outer limits; every case of `times` is in the denominator."""
    cases = times["case_id"].to_numpy()
    sure, open_ = (chosen.to_numpy() for chosen in reached(times, asked))
    labels = {**labels, "at": asked.value, "at_unit": asked.unit}
    parts = (("known_by", sure, "surely at or before t"), ("possible_by", open_, "surely or possibly at or before t"))
    results = [
        rows.row(statistic, cases, counted=cases[chosen], method=method, note=note, **labels)
        for statistic, chosen, method in parts
    ]
    known, possible = int(sure.sum()), int(open_.sum())
    if len(times):
        low, high = (float(limit) for limit in outer_limits(known, possible, len(times), level))
        method = f"Clopper-Pearson {percent(level)}: lower limit of known, upper limit of possible"
        results.append(rows.row("limits_by", cases, lower=low, upper=high, method=method, note=note, **labels))
    return results


def turnbull(known: pd.DataFrame, times: pd.DataFrame, labels: dict) -> tuple[list[dict], list[dict]]:
    """The NPMLE of the known and right-censored rows: median interval, its note the warnings, certificate, curve points."""
    if len(known) < LEAST_FOR_CURVE:
        return [], []
    low, high = known["lower"].to_numpy(), known["upper"].to_numpy()
    fit = npmle(low, high)
    half = median(fit)
    method = f"NPMLE (Turnbull) on (lower, upper]; KKT ratio {fit.kkt:.9f}"
    results = [
        _row(
            "npmle_median",
            known,
            times,
            labels,
            **ends(known, half.lower, half.upper),
            **_stretch(known, half.flat),
            method=method,
            note="; ".join(filter(None, _warnings(fit, low, high, known))),
        ),
        _row("npmle_log_likelihood", known, times, labels, value=fit.log_likelihood, method=method),
    ]
    return results + _kaplan_meier(low, high, known, times, labels), rows.curve(fit, **labels)


def _kaplan_meier(
    low: np.ndarray, high: np.ndarray, known: pd.DataFrame, times: pd.DataFrame, labels: dict
) -> list[dict]:
    """The Kaplan-Meier median where every time is exact or right-censored; elsewhere it does not apply."""
    if (np.isfinite(high) & (low < high)).any() or not np.isfinite(high).any():
        return []
    from scripts.analyse.estimators import kaplan_meier

    value, lower, upper = kaplan_meier.median(kaplan_meier.kaplan_meier(low, high))
    method = "Kaplan-Meier, limits on the log scale; all times are exact or right-censored"
    flat = median_stretch(low, high)
    note = f"half of the cases have it by {flat[0]:g} d, the other half only after {flat[1]:g} d" if flat else ""
    shared = {"value": value, "lower": lower, "upper": upper, "method": method, "note": note}
    return [_row("kaplan_meier_median", known, times, labels, **shared)]


def _warnings(fit: Npmle, low: np.ndarray, high: np.ndarray, known: pd.DataFrame) -> list[str]:
    unit = known["shown_in"].iloc[0]
    of_days = unit == "d" and bool((kinds_of(known) == "day").all())

    def told(time: float) -> str:
        return f"study day {number(time)}" if of_days else length(time, unit)

    deciding = deciding_case(low, high, told=told)
    named = f"{deciding.reason} (case {known['case_id'].iloc[deciding.case]})" if deciding.case is not None else ""
    return [named, forced_completion(fit, low, high, told) or ""]


def _row(statistic: str, known: pd.DataFrame, times: pd.DataFrame, labels: dict, **fields: Any) -> dict:
    return rows.row(statistic, times["case_id"].to_numpy(), known=known["case_id"].to_numpy(), **fields, **labels)
