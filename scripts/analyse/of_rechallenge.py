"""Rechallenge: the denominator ladder, and recurrence of event, symptoms and tests (statistics A5, B5)."""

import pandas as pd

from schemas.results import Conventions, Derived
from scripts.analyse import rows
from scripts.analyse.rechallenge import INFORMATIVE, REEXPOSED, ladder, per_patient, recurrence

OUTCOMES = ("event", "symptoms", "tests")
STOPPED = ("positive", "negative")


def analyse(derived: Derived, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Ladder, classes and recurrence with exact limits. The patient is the unit; doses are not independent."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    own = derived.rechallenges[derived.rechallenges["case_id"].isin(cases["case_id"])]
    long = by_endpoint(own[own["kind"] != "exposure_continued"])
    found = _ladder(cases, long) + _classes(cases) + _dechallenge(cases)
    for outcome in OUTCOMES:
        found += _recurrence(long[long["endpoint"] == outcome], own, outcome, conventions.level)
    return found, []


def by_endpoint(again: pd.DataFrame) -> pd.DataFrame:
    """`case_id, group, modifiers, endpoint, strict`: one row per re-exposure and endpoint."""
    return again.melt(["case_id", "group", "modifiers"], list(OUTCOMES), var_name="endpoint", value_name="strict")


def _ladder(cases: pd.DataFrame, long: pd.DataFrame) -> list[dict]:
    """Cases -> survived -> stopped -> re-exposed -> informative -> recurred; what is not stated is a note."""
    everyone = list(cases["case_id"])
    told = pd.DataFrame({
        "case_id": cases["case_id"],
        "survived": (cases["outcome"] != "fatal").map({True: "yes", False: "no"}),
        "stopped": cases["dechallenge"].isin(STOPPED).map({True: "yes", False: "unknown"}),
    })  # fmt: skip
    notes = _notes(cases)
    return [rows.row("ladder", everyone, level=rung.rung, value=rung.n, note=notes[rung.rung], method="count of patients",
                     endpoint="event") for rung in ladder(told, long).itertuples()]  # fmt: skip


def _notes(cases: pd.DataFrame) -> dict[str, str]:
    """What each rung means, and how many cases leave it open."""
    stated = int(cases["outcome"].isin(["recovered", "recovering", "not_recovered", "recovered_with_sequelae"]).sum())
    unknown = int((cases["dechallenge"] == "unknown").sum())
    silent = int((cases["rechallenge_event"] == "not_stated").sum())
    return {
        "cases": "",
        "survived": f"not known to have died; outcome stated in {stated} of them",
        "stopped": f"remaining doses withheld, or re-exposed later; action taken not stated in {unknown}",
        "re_exposed": f"nothing said about re-exposure: {silent} cases, not the same as not rechallenged",
        "informative": "strict class positive or negative",
        "recurred": "the event recurred",
    }


def _classes(cases: pd.DataFrame) -> list[dict]:
    everyone = list(cases["case_id"])
    found = []
    for outcome in OUTCOMES:
        for level, number in cases[f"rechallenge_{outcome}"].value_counts(sort=False).items():
            found.append(rows.row("class", everyone, endpoint=outcome, level=level, value=number, method="count"))
    continued = int((cases["exposure_continued"] != "").sum())
    note = "doses of the index course after onset; not a rechallenge"
    return [*found, rows.row("class", everyone, endpoint="event", level="exposure_continued", value=continued,
                             method="count", note=note)]  # fmt: skip


def _dechallenge(cases: pd.DataFrame) -> list[dict]:
    everyone = list(cases["case_id"])
    counts = cases["dechallenge"].value_counts(sort=False)
    found = [rows.row("dechallenge", everyone, level=level, value=number, method="count", endpoint="event")
             for level, number in counts.items()]  # fmt: skip
    assessable = cases[cases["dechallenge"].isin(STOPPED)]
    positive = int((assessable["dechallenge"] == "positive").sum())
    notes = "; ".join(dict.fromkeys(assessable["dechallenge_note"]))
    return [*found, rows.row("dechallenge_positive", list(assessable["case_id"]), value=positive, endpoint="event",
                             n_total=len(cases), method="positive of assessable", note=notes)]  # fmt: skip


def _recurrence(long: pd.DataFrame, own: pd.DataFrame, outcome: str, level: float) -> list[dict]:
    """x of m informative re-exposed patients with both limits, and bounds for inconclusive outcomes."""
    decided = per_patient(long)
    cases = list(decided.loc[decided["strict"].isin(INFORMATIVE), "case_id"])
    shared = {"endpoint": outcome, "n": len(cases), "n_total": int(decided["strict"].isin(REEXPOSED).sum())}
    named = own.loc[own["case_id"].isin(cases), "tests_recurred"]
    which = "; ".join(dict.fromkeys(filter(None, named))) if outcome == "tests" else ""
    x = int((decided["strict"] == "positive").sum())
    found = [
        rows.row("recurred", cases, value=x, method="count of informative re-exposed patients", note=which, **shared)
    ]
    return found + (_limits(recurrence(long, level).iloc[0], cases, shared, level) if len(cases) else [])


def _limits(found: pd.Series, cases: list[str], shared: dict, level: float) -> list[dict]:
    pairs = (("Clopper-Pearson", "clopper_pearson"), ("Jeffreys", "jeffreys"))
    made = [
        rows.row("recurrence_limits", cases, lower=found[f"{column}_lower"], upper=found[f"{column}_upper"], level=name,
                 method=f"{name} {level:.0%}, two-sided", **shared)
        for name, column in pairs
    ]  # fmt: skip
    note = f"{found['inconclusive']} re-exposed patients without an informative outcome"
    made.append(rows.row("missing_outcome_bounds", cases, lower=found["least"], upper=found["most"], note=note,
                         method="none to all of the inconclusive had recurred", **shared))  # fmt: skip
    if found["recurred"] == 0:
        made.append(rows.row("zero_event_upper", cases, lower=0.0, upper=found["zero_event_upper"],
                             method=f"one-sided exact {level:.0%}", **shared))  # fmt: skip
    return made
