"""Recurrence on re-exposure in parts: all, by indication, by what the re-exposed course had (definitions: rechallenge,
proportions).

Parts are described and never compared or pooled: re-exposed patients and their measures were chosen. A patient
counts once in a part, by the class that decides; one with several measures counts in the part of each.
"""

import numpy as np
import pandas as pd

from schemas.codes import MISSING
from schemas.derived_course import RE_EXPOSURES
from schemas.results import Conventions
from scripts.analyse.estimators.rechallenge import (
    INFORMATIVE,
    PRECEDENCE,
    RECURRENCE_COLUMNS,
    REEXPOSED,
    per_patient,
    shares,
)
from scripts.analyse.results import rows
from scripts.analyse.results.of_rechallenge import OUTCOMES, by_endpoint, of_class
from scripts.files.bundle import Bundle
from scripts.words.wording import percent

METHODS = {"clopper_pearson": "Clopper-Pearson", "jeffreys": "Jeffreys"}
CHOSEN = "descriptive: re-exposed patients and their measures were chosen"


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """x of m with both limits per endpoint and part: `group` an indication or all, `level` a modifier or blank."""
    counted = derived.cases.loc[derived.cases["counted"] == "in", "case_id"]
    rechallenges = derived.rechallenges[derived.rechallenges["case_id"].isin(counted)]
    long = by_endpoint(rechallenges[rechallenges["kind"].isin(RE_EXPOSURES)])
    results = []
    for labels, part in parts(long):
        for outcome in OUTCOMES:
            results += _limits(part[part["endpoint"] == outcome], {"endpoint": outcome, **labels}, conventions.level)
    return results, []


def parts(long: pd.DataFrame) -> list[tuple[dict[str, str], pd.DataFrame]]:
    """Labels and re-exposures of every part in which a patient was re-exposed; reasons for missing come last.

    A series without groups has one part of all its patients, told once.
    """
    again = long[long["case_id"].isin(long.loc[long["strict"].isin(REEXPOSED), "case_id"])]
    if not len(again):
        return []
    labelled = [({"group": "all", "level": ""}, again)]
    labelled += [
        ({"group": str(group), "level": ""}, part)
        for group, part in again.groupby("group", sort=False)
        if group != "all"
    ]
    each = again.assign(level=again["modifiers"].str.split("; ")).explode("level").query("level != ''")
    order = {
        kind: place for place, kind in enumerate(("premedication", "doses", "setting", "measures", "form", "route"))
    }
    split = each["level"].str.split(": ")
    each = each.assign(place=split.str[0].map(order), unsaid=split.str[1].isin(MISSING))
    each = each.sort_values(["place", "unsaid"], kind="stable")
    return labelled + [
        ({"group": "all", "level": str(level)}, part) for level, part in each.groupby("level", sort=False)
    ]


def _limits(part: pd.DataFrame, labels: dict[str, str], level: float) -> list[dict]:
    """One row per method; without an informative patient no limits, and n is 0."""
    decided = per_patient(part)
    shared = {
        **labels,
        "known": of_class(decided, INFORMATIVE),
        "counted": of_class(decided, ("positive",)),
        "note": CHOSEN,
    }
    counts = decided["strict"].value_counts().reindex(list(PRECEDENCE), fill_value=0)
    limits = dict(zip(RECURRENCE_COLUMNS[1:], shares(counts, level), strict=True))
    return [
        rows.row(
            method,
            of_class(decided, REEXPOSED),
            lower=limits.get(f"{method}_lower", np.nan),
            upper=limits.get(f"{method}_upper", np.nan),
            method=f"{method_name} {percent(level)}, two-sided, of informative patients",
            **shared,
        )
        for method, method_name in METHODS.items()
    ]
