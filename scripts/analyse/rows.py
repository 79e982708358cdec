"""Collecting result rows: every number with its n, its method and the cases behind it."""

import numpy as np
import pandas as pd

from schemas.results import CURVES, RESULTS
from scripts.analyse.npmle import Npmle

NUMBERS = ("at", "value", "lower", "upper", "n", "n_total")


def groups(cases: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """("all", every case) and one entry per group, in the order of the table."""
    listed = [("all", list(cases["case_id"]))]
    return listed + [(name, list(part["case_id"])) for name, part in cases.groupby("group", sort=False)]


def row(statistic: str, cases: list[str], **fields: object) -> dict:
    """One result; `cases` are those in its denominator. n and n_total default to their number."""
    return {"statistic": statistic, "cases": tuple(cases), "n": len(cases), "n_total": len(cases)} | fields


def table(rows: list[dict]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The results table and `populations` (population, case_id): each distinct list of cases is stored once."""
    ids: dict[tuple[str, ...], str] = {}
    for entry in rows:
        ids.setdefault(entry["cases"], f"P{len(ids) + 1}")
    blank = dict.fromkeys(RESULTS.columns, "") | dict.fromkeys(NUMBERS, np.nan)
    filled = [blank | entry | {"population": ids[entry["cases"]]} for entry in rows]
    results = pd.DataFrame(filled, columns=list(RESULTS.columns)).astype(dict.fromkeys(NUMBERS, float))
    members = [(name, case) for cases, name in ids.items() for case in cases]
    return RESULTS.validate(results), pd.DataFrame(members, columns=["population", "case_id"])


def curve(fit: Npmle, **labels: str) -> list[dict]:
    """The steps of a fit as rows of `curves`."""
    cumulative = np.cumsum(fit.mass)
    steps = zip(fit.left, fit.right, fit.mass, cumulative, strict=True)
    return [labels | {"lower": left, "upper": right, "mass": mass, "cumulative": total}
            for left, right, mass, total in steps]  # fmt: skip


def curves(rows: list[dict]) -> pd.DataFrame:
    """The curves table."""
    blank = dict.fromkeys(("analysis", "set", "endpoint", "clock", "coding", "group"), "")
    kinds = dict.fromkeys(("lower", "upper", "mass", "cumulative"), float)
    return CURVES.validate(pd.DataFrame([blank | r for r in rows], columns=list(CURVES.columns)).astype(kinds))
