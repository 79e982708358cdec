"""The primary onset under other tools' conventions, so that a published number can be reproduced (peers 2.2)."""

import pandas as pd

from schemas.results import Conventions
from scripts.analyse.estimators.conventions import PEERS, counts_same_day, day_number, one_row_per_case
from scripts.analyse.estimators.conventions import Conventions as DayConventions
from scripts.analyse.estimators.order_statistics import quantile
from scripts.analyse.results import rows
from scripts.files.bundle import Bundle

QUANTILES = {"first quartile": 0.25, "median": 0.5, "third quartile": 0.75}


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Quartiles of onsets known to the day, or exactly, under each named convention and under the study's own.

    Other tools take days and drop what is not known to the day; so do these rows, and say how many. An exact elapsed time
    is taken as the days it is, fractions too.
    Several therapy rows: counted from the first dose (longest) and from the last dose before onset (shortest).
    """
    times = derived.times
    main = times[times["set"] == times["set"].iloc[0]] if len(times) else times
    onset = main[(main["endpoint"] == conventions.onset) & main["clock"].isin(["first_dose", "last_dose"])]
    study_convention = DayConventions(
        conventions.day_origin, conventions.same_day, conventions.several_rows, conventions.quantile_type
    )
    results = []
    for convention_name, convention in {"as configured": study_convention, **PEERS}.items():
        results += _quartiles(onset, convention_name, convention, conventions.onset)
    return results, []


def _quartiles(onset: pd.DataFrame, convention_name: str, convention: DayConventions, endpoint: str) -> list[dict]:
    chosen = _to_the_day(onset, convention)
    days = day_number(chosen["lower"].to_numpy(), convention.day_origin)
    everyone = list(onset["case_id"].unique())
    method = (
        f"day of first dose: {convention.day_origin}; same-day events {convention.same_day}; several rows: "
        f"{convention.several_rows}; quantile type {convention.quantile_type}"
    )
    shared = {"endpoint": endpoint, "known": list(chosen["case_id"]), "method": method}
    if not len(days):
        note = "no onset is known to the day, so this convention gives no number"
        return [rows.row("convention_quantile", everyone, level=f"{convention_name}: median", note=note, **shared)]
    note = f"{len(everyone) - len(days)} cases not known to the day, or not counted, are left out by this convention"
    return [
        rows.row(
            "convention_quantile",
            everyone,
            level=f"{convention_name}: {which}",
            note=note,
            value=quantile(days, p, convention.quantile_type),
            **shared,
        )
        for which, p in QUANTILES.items()
    ]


def _to_the_day(onset: pd.DataFrame, convention: DayConventions) -> pd.DataFrame:
    """One row per case whose onset is known to one day, as the convention counts it: (k, k + 1] is k whole days, and an
    exact time the days that have passed."""
    apart = onset["upper"] - onset["lower"]
    one_day = (apart == 1) & (onset["lower"] % 1 == 0)
    known = onset[(onset["state"] == "observed") & (one_day | (apart == 0))]
    chosen = one_row_per_case(known[["case_id", "lower", "upper"]], convention.several_rows)
    return chosen[counts_same_day(chosen["lower"].to_numpy(), convention.same_day)]
