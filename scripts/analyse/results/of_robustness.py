"""Robustness: how far the headlines rest on one case, one source, one definition or an assumption (definitions:
robustness)."""

from collections.abc import Iterator, Sequence

import pandas as pd

from schemas.derived import MAIN_SET, ONSETS
from schemas.results import Conventions
from scripts.analyse.estimators.order_statistics import known_possible, quantile_bounds
from scripts.analyse.estimators.robustness import (
    disagreement,
    leave_one_out,
    median_under_assumptions,
    most_influential,
)
from scripts.analyse.results import rows
from scripts.files.bundle import Bundle

MOST_CASES = 200
LEAST_CASES = 6
CERTAINTIES = {"confirmed": ("confirmed",), "confirmed or probable": ("confirmed", "probable")}


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Leave-one-out by case and by source, assumptions inside the intervals, and a stricter case certainty."""
    found = []
    for labels, own, days in _headlines(derived, conventions):
        known = own[own["state"] == "observed"]
        found += _assumptions(known, own, labels, conventions.quantile_type)
        for unit in ("case_id", "source_id"):
            found += _left_out(own, unit, labels, days, conventions.quantile_type)
    return found + _grid(derived, conventions.quantile_type), []


def _grid(derived: Bundle, kind: int) -> list[dict]:
    """Median bounds of every endpoint x clock of the main set under a stricter certainty; `onset` has all cases."""
    times = derived.times[(derived.times["set"] == MAIN_SET) & (derived.times["endpoint"] != "death")]
    clocks = times["clock"].where(times["endpoint"].isin(ONSETS), "origin as reported")
    found = []
    for (endpoint, clock), part in times.groupby([times["endpoint"], clocks], sort=False):
        for group, cases in rows.groups(part):
            own = part[part["case_id"].isin(cases)]
            labels = {"set": MAIN_SET, "endpoint": endpoint, "clock": clock, "group": group}
            found += _certainty(own[own["state"] == "observed"], own, derived.cases, labels, kind)
    return found


def _headlines(derived: Bundle, conventions: Conventions) -> Iterator[tuple[dict, pd.DataFrame, Sequence[int]]]:
    """The primary onset and the primary resolution, for all cases and for each group of the main set."""
    times = derived.times
    main = times[times["set"] == times["set"].iloc[0]] if len(times) else times
    onset = main[(main["endpoint"] == conventions.onset) & (main["clock"] == conventions.clock)]
    resolution = main[main["endpoint"] == conventions.resolution]
    for part, clock, days in (
        (onset, conventions.clock, conventions.onset_days),
        (resolution, "pooled origins", conventions.resolution_days),
    ):
        for group, cases in rows.groups(part):
            own = part[part["case_id"].isin(cases)]
            labels = {"set": MAIN_SET, "endpoint": part["endpoint"].iloc[0], "clock": clock, "group": group}
            if (own["state"] == "observed").any():
                yield labels, own, days


def _assumptions(known: pd.DataFrame, own: pd.DataFrame, labels: dict, kind: int) -> list[dict]:
    assumed = median_under_assumptions(known["lower"], known["upper"], 0.5, kind)
    note = disagreement(assumed) or ""
    return [
        rows.row(
            "median_assumed",
            list(own["case_id"]),
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


def _certainty(known: pd.DataFrame, own: pd.DataFrame, cases: pd.DataFrame, labels: dict, kind: int) -> list[dict]:
    level = own["case_id"].map(cases.set_index("case_id")["certainty"])
    found = []
    for name, allowed in CERTAINTIES.items():
        part, sure = own[level.isin(allowed)], known[known["case_id"].isin(own.loc[level.isin(allowed), "case_id"])]
        bounds = quantile_bounds(sure["lower"], sure["upper"], 0.5, kind) if len(sure) else (float("nan"),) * 2
        found.append(
            rows.row(
                "median_bounds",
                list(part["case_id"]),
                level=f"certainty {name}",
                lower=bounds[0],
                upper=bounds[1],
                method="median bounds",
                known=sure["case_id"],
                **labels,
            )
        )
    return found


def _left_out(own: pd.DataFrame, unit: str, labels: dict, days: Sequence[int], kind: int) -> list[dict]:
    """The range of each headline number without one unit, who moves it most, and the numbers without each unit."""
    by = unit.removesuffix("_id")
    cases = list(own["case_id"])
    if not LEAST_CASES <= len(own) <= MOST_CASES:
        why = f"not looked for: {len(own)} cases; from {LEAST_CASES} to {MOST_CASES} they are left out in turn"
        return [rows.row(f"leave_one_{by}_out", cases, note=why, method="leave one out", **labels)]
    table = leave_one_out(own, unit, lambda part: _numbers(part, days, kind))
    found = []
    for row in most_influential(table).itertuples():
        units = ", ".join(map(str, row.units)) if len(row.units) <= 3 else f"{len(row.units)} {by}s equally"
        note = f"moved most by {units}" if row.units else f"no single {by} moves it"
        found.append(
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
    return found + [
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


def _numbers(part: pd.DataFrame, days: Sequence[int], kind: int) -> dict[str, float]:
    """The headline numbers of a part: bounds of the median, shares known and possible by each t."""
    known = part[part["state"] == "observed"]
    if not len(known):
        nothing = ["median_lower", "median_upper", *(f"{k}_by_{t}" for t in days for k in ("known", "possible"))]
        return dict.fromkeys(nothing, float("nan"))
    low, high = quantile_bounds(known["lower"], known["upper"], 0.5, kind)
    numbers = {"median_lower": low, "median_upper": high}
    for t in days:
        pair = known_possible(part["lower"], part["upper"], float(t))
        numbers |= {
            f"{name}_by_{t}": count / len(part) for name, count in zip(("known", "possible"), pair, strict=True)
        }
    return numbers
