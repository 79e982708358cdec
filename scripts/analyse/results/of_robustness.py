"""Robustness: how far the headlines rest on one case, one source, one definition or an assumption (definitions:
robustness)."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from schemas.codes import days_per_unit
from schemas.endpoints import KNOWN_STATES, MAIN_SET, ONSETS, POOLED, RESOLUTIONS
from schemas.results import Conventions
from schemas.thresholds import Threshold
from scripts.analyse.estimators.order_statistics import quantile_bounds
from scripts.analyse.estimators.robustness import (
    disagreement,
    leave_one_out,
    median_under_assumptions,
    most_influential,
)
from scripts.analyse.results import rows
from scripts.analyse.results.of_resolution import pooled
from scripts.analyse.results.timing import by_time, ends
from scripts.clock.thresholds import reached
from scripts.files.bundle import Bundle
from scripts.words.times import length

HALF_A_UNIT = {unit: days_per_unit()[unit] / 2 for unit in ("wk", "mo", "a")}
MOST_CASES = 200
LEAST_CASES = 6
CERTAINTIES = {"confirmed": ("confirmed",), "confirmed or probable": ("confirmed", "probable")}


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Leave-one-out by case and by source, assumptions inside the intervals, and a stricter case certainty."""
    results = []
    for labels, group_times, asked in _headlines(derived, conventions):
        taken = headline(group_times, conventions)
        if len(timed(taken)):
            results += _assumptions(timed(taken), taken, labels, conventions.quantile_type)
        results += _otherwise(group_times, labels, asked, conventions)
        for unit in ("case_id", "source_id"):
            results += _left_out(taken, unit, labels, asked, conventions.quantile_type)
    return results + _grid(derived, conventions.quantile_type), []


def _grid(derived: Bundle, kind: int) -> list[dict]:
    """Median bounds of every endpoint x clock of the main set under a stricter certainty; `onset` has all cases."""
    times = derived.times[(derived.times["set"] == MAIN_SET) & (derived.times["endpoint"] != "death")]
    clocks = times["clock"].where(times["endpoint"].isin(ONSETS), "origin as reported")
    results = []
    for (endpoint, clock), part in times.groupby([times["endpoint"], clocks], sort=False):
        for group, cases in rows.groups(part):
            group_times = part[part["case_id"].isin(cases)]
            labels = {"set": MAIN_SET, "endpoint": endpoint, "clock": clock, "group": group}
            results += _certainty(
                group_times[group_times["state"] == "observed"], group_times, derived.cases, labels, kind
            )
    return results


def headline(times: pd.DataFrame, conventions: Conventions) -> pd.DataFrame:
    """The cases as the headline of their endpoint takes them."""
    return pooled(times, conventions) if times["endpoint"].isin(RESOLUTIONS).any() else times


def timed(times: pd.DataFrame) -> pd.DataFrame:
    """The cases whose times the headline's median is made of: those not yet, or never, resolved among them."""
    return times[times["state"].isin(KNOWN_STATES)]


def _headlines(derived: Bundle, conventions: Conventions) -> Iterator[tuple[dict, pd.DataFrame, Sequence[Threshold]]]:
    """The primary onset and the primary resolution, for all cases and for each group of the main set."""
    times = derived.times
    main = times[times["set"] == MAIN_SET]
    onset = main[(main["endpoint"] == conventions.onset) & (main["clock"] == conventions.clock)]
    resolution = main[main["endpoint"] == conventions.resolution]
    for part, clock, asked in (
        (onset, conventions.clock, conventions.onset_thresholds),
        (resolution, POOLED, conventions.resolution_thresholds),
    ):
        for group, cases in rows.groups(part) if len(part) else []:
            group_times = part[part["case_id"].isin(cases)]
            labels = {"set": MAIN_SET, "endpoint": part["endpoint"].iloc[0], "clock": clock, "group": group}
            if (group_times["state"] == "observed").any():
                yield labels, group_times, asked


def _otherwise(times: pd.DataFrame, labels: dict, asked: Sequence[Threshold], conventions: Conventions) -> list[dict]:
    """The headline numbers with one decision taken otherwise; no rows where the decision concerns no case."""
    kind, results = conventions.quantile_type, []
    for level, other in _readings(times).items():
        concerned = _moved(other, times)
        if not concerned:
            continue
        other = headline(other, conventions)
        known = timed(other)
        if not len(known):
            continue
        shared: dict[str, Any] = {**labels, "level": level, "known": known["case_id"]}
        bounds = ends(known, *quantile_bounds(known["lower"], known["upper"], 0.5, kind))
        note = f"concerns {concerned} {'case' if concerned == 1 else 'cases'}"
        results.append(
            rows.row("median_bounds", times["case_id"], method="median bounds", note=note, **bounds, **shared)
        )
        results += [
            row | {"level": level, "note": note}
            for threshold in asked
            for row in by_time(other, threshold, labels, conventions.level)
        ]
    return results


def _moved(other: pd.DataFrame, times: pd.DataFrame) -> int:
    """How many cases have another time or state."""
    moved = other["state"].to_numpy() != times["state"].to_numpy()
    for bound in ("lower", "upper"):
        there, here = other[bound].to_numpy(float), times[bound].to_numpy(float)
        moved |= ~((there == here) | (np.isnan(there) & np.isnan(here)))
    return int(moved.sum())


def _readings(times: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The same cases under other decisions, by name."""
    about = times["approximate"].eq("yes")
    half = times["unit"].map(HALF_A_UNIT).where((times["lower"] == times["upper"]) & (times["grain"] == "exact"))
    return {
        "timed signs only": times.assign(lower=times["timed_lower"].fillna(times["lower"])),
        "onset possibly before the dose": times.assign(lower=times["free_lower"].fillna(times["lower"])),
        "ended with sequelae counted as resolved": times.assign(state=times["state"].replace("sequelae", "observed")),
        "weeks, months and years as half a unit more or less": times.assign(
            lower=(times["lower"] - half.fillna(0.0)).clip(lower=0.0).where(half.notna(), times["lower"]),
            upper=times["upper"] + half.fillna(0.0),
        ),
        "without times that the source calls approximate": times.assign(
            lower=times["lower"].mask(about, 0.0),
            upper=times["upper"].mask(about, np.inf),
            state=times["state"].mask(about, "unknown"),
        ),
    }


def _assumptions(known: pd.DataFrame, times: pd.DataFrame, labels: dict, kind: int) -> list[dict]:
    assumed = median_under_assumptions(known["lower"], known["upper"], 0.5, kind)
    note = disagreement(assumed, told=partial(length, unit=times["shown_in"].iloc[0])) or ""
    return [
        rows.row(
            "median_assumed",
            list(times["case_id"]),
            level=row.assumption,
            lower=row.lower,
            upper=row.upper,
            method="every time at this place of its interval: an assumption",
            note=note,
            known=known["case_id"],
            **labels,
        )
        for row in assumed.itertuples()
    ]


def _certainty(known: pd.DataFrame, times: pd.DataFrame, cases: pd.DataFrame, labels: dict, kind: int) -> list[dict]:
    certain = cases.set_index("case_id")["certainty"]
    level, of_known = times["case_id"].map(certain), known["case_id"].map(certain)
    results = []
    for certainty, allowed in CERTAINTIES.items():
        sure = known[of_known.isin(allowed)]
        bounds = quantile_bounds(sure["lower"], sure["upper"], 0.5, kind) if len(sure) else (float("nan"),) * 2
        results.append(
            rows.row(
                "median_bounds",
                list(times.loc[level.isin(allowed), "case_id"]),
                level=f"certainty {certainty}",
                lower=bounds[0],
                upper=bounds[1],
                method="median bounds",
                known=sure["case_id"],
                **labels,
            )
        )
    return results


def _left_out(times: pd.DataFrame, unit: str, labels: dict, asked: Sequence[Threshold], kind: int) -> list[dict]:
    """The range of each headline number without one unit, who moves it most, and the numbers without each unit."""
    by = unit.removesuffix("_id")
    cases = list(times["case_id"])
    if not LEAST_CASES <= len(times) <= MOST_CASES:
        why = f"not looked for: {len(times)} cases; from {LEAST_CASES} to {MOST_CASES} they are left out in turn"
        return [rows.row(f"leave_one_{by}_out", cases, note=why, method="leave one out", **labels)]
    table = leave_one_out(times, unit, lambda part: _numbers(part, asked, kind))
    results = []
    for row in most_influential(table).itertuples():
        units = ", ".join(map(str, row.units)) if len(row.units) <= 3 else f"{len(row.units)} {by}s equally"
        note = f"moved most by {units}" if row.units else f"no single {by} moves it"
        results.append(
            rows.row(
                f"leave_one_{by}_out",
                cases,
                level=row.statistic,
                value=row.value,
                lower=row.least,
                upper=row.greatest,
                method="range without one",
                note=note,
                **labels,
            )
        )
    return results + [
        rows.row(
            f"without_{by}",
            cases,
            level=f"{row.left_out}: {row.statistic}",
            value=row.without,
            method="leave one out",
            **labels,
        )
        for row in table.itertuples()
    ]


def _numbers(part: pd.DataFrame, asked: Sequence[Threshold], kind: int) -> dict[str, float]:
    """The headline numbers of a part: bounds of the median, shares known and possible by each threshold."""
    known = timed(part)
    if not len(known):
        shares = [f"{share}_by_{_named(threshold)}" for threshold in asked for share in ("known", "possible")]
        return dict.fromkeys(["median_lower", "median_upper", *shares], float("nan"))
    low, high = quantile_bounds(known["lower"], known["upper"], 0.5, kind)
    numbers = {"median_lower": low, "median_upper": high}
    for threshold in asked:
        pair = zip(("known", "possible"), reached(part, threshold), strict=True)
        numbers |= {f"{share}_by_{_named(threshold)}": float(chosen.mean()) for share, chosen in pair}
    return numbers


def _named(asked: Threshold) -> str:
    """A threshold in the name of a number, read back by `words.times.by_code`: a study day 4; with its unit 14d, 30min."""
    return f"{asked.value:g}" + (asked.unit if asked.unit != "study_day" else "")
