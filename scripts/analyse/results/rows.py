"""Collecting result rows: every number with its n, its method and the cases behind it."""

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from schemas.results import CURVES, RESULTS
from scripts.analyse.estimators.npmle import Npmle

POPULATIONS = ("population", "known_population", "counted_population")
NUMBERS = ("at", "value", "lower", "upper", "flat_from", "flat_until", "n", "n_total")


def groups(cases: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """("all", every case) and, where there are several, one entry per group, the largest first."""
    listed = [("all", list(cases["case_id"]))]
    parts = [(group, list(part["case_id"])) for group, part in cases.groupby("group", sort=False)]
    parts.sort(key=lambda part: (-len(part[1]), part[0]))
    return listed + (parts if len(parts) > 1 else [])


def strata(times: pd.DataFrame, columns: list[str]) -> Iterator[tuple[dict[str, str], pd.DataFrame]]:
    """The times of each mix of `columns`, all together and by group, with the labels of their rows."""
    for values, part in times.groupby(columns, sort=False):
        for group, cases in groups(part):
            yield dict(zip(columns, values, strict=True)) | {"group": group}, part[part["case_id"].isin(cases)]


def row(
    statistic: str,
    cases: Iterable[str],
    *,
    known: Iterable[str] | None = None,
    counted: Iterable[str] | None = None,
    **fields: object,
) -> dict:
    """One result. Every number of cases leads to their ids: n_total to `cases`, n to `known`, the value to `counted`.

    cases    those in the denominator
    known    those of them with the information; all unless given
    counted  those of them that the value counts, where it counts cases
    """
    every = tuple(cases)
    informed = every if known is None else tuple(known)
    entry: dict[str, object] = {"statistic": statistic, "n": len(informed), "n_total": len(every)}
    entry |= {"population": every, "known_population": informed}
    if counted is not None:
        entry |= {"counted_population": tuple(counted)}
        entry |= {"value": len(entry["counted_population"])}  # type: ignore[arg-type]
    return entry | fields


def table(rows: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The results table and `populations` (population, case_id): each distinct list of cases is stored once."""
    ids: dict[tuple[str, ...], str] = {(): ""}
    blank = dict.fromkeys(RESULTS.columns, "") | dict.fromkeys(NUMBERS, np.nan)
    filled = [
        blank | entry | {column: ids.setdefault(entry.get(column, ()), f"P{len(ids)}") for column in POPULATIONS}
        for entry in rows
    ]
    results = pd.DataFrame(filled, columns=list(RESULTS.columns)).astype(dict.fromkeys(NUMBERS, float))
    members = [(population, case) for cases, population in ids.items() for case in cases]
    return RESULTS.validate(results), pd.DataFrame(members, columns=["population", "case_id"])


def curve(fit: Npmle, **labels: str) -> list[dict]:
    """The steps of a fit as rows of `curves`."""
    cumulative = np.cumsum(fit.mass)
    steps = zip(fit.left, fit.right, fit.mass, cumulative, strict=True)
    return [
        labels | {"lower": left, "upper": right, "mass": mass, "cumulative": total}
        for left, right, mass, total in steps
    ]


def curves(rows: list[dict]) -> pd.DataFrame:
    """The curves table."""
    blank = dict.fromkeys(("analysis", "set", "endpoint", "clock", "coding", "group"), "")
    kinds = dict.fromkeys(("lower", "upper", "mass", "cumulative"), float)
    return CURVES.validate(pd.DataFrame([blank | r for r in rows], columns=list(CURVES.columns)).astype(kinds))
