"""Rechallenge: the denominator ladder, and recurrence of event, symptoms and tests (statistics A5, B5)."""

import pandas as pd

from schemas.results import Conventions, Derived
from scripts.analyse import rows
from scripts.analyse.rechallenge import INFORMATIVE, REEXPOSED, by_mitigation, per_patient, recurrence

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
    return found + _mitigation(long), []


def by_endpoint(again: pd.DataFrame) -> pd.DataFrame:
    """`case_id, endpoint, strict, mitigation`: one row per re-exposure and endpoint."""
    return again.melt(["case_id", "mitigation"], list(OUTCOMES), var_name="endpoint", value_name="strict")


def _ladder(cases: pd.DataFrame, long: pd.DataFrame) -> list[dict]:
    """Cases -> survived -> stopped -> re-exposed -> informative -> recurred; what is not stated is a note."""
    everyone = list(cases["case_id"])
    alive = cases[cases["outcome"] != "fatal"]
    stated = int(cases["outcome"].isin(["recovered", "recovering", "not_recovered", "recovered_with_sequelae"]).sum())
    stopped = cases[cases["dechallenge"].isin(STOPPED)]
    unknown = int((cases["dechallenge"] == "unknown").sum())
    silent = int((cases["rechallenge_event"] == "not_stated").sum())
    decided = per_patient(long[long["endpoint"] == "event"])["strict"]
    again, informative = decided.isin(REEXPOSED), decided.isin(INFORMATIVE)
    recurred = decided == "positive"
    steps = [
        ("cases", len(cases), ""),
        ("survived", len(alive), f"not known to have died; outcome stated in {stated} of them"),
        ("stopped", len(stopped), f"remaining doses withheld; action taken not stated in {unknown}"),
        (
            "re_exposed",
            int(again.sum()),
            f"nothing said about re-exposure: {silent} cases, not the same as not rechallenged",
        ),
        ("informative", int(informative.sum()), "strict class positive or negative"),
        ("recurred", int(recurred.sum()), "the event recurred"),
    ]
    return [rows.row("ladder", everyone, level=name, value=value, note=note, method="count of patients",
                     endpoint="event") for name, value, note in steps]  # fmt: skip


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


def _mitigation(long: pd.DataFrame) -> list[dict]:
    """Counts of re-exposures by mitigation: descriptive, never a measure of prevention."""
    measured = long[~long["mitigation"].isin(["", "not_stated", "not_seen"])]
    note = "descriptive: too few to speak of prevention"
    return [
        rows.row("by_mitigation", list(measured["case_id"].unique()), endpoint=row.endpoint, level=row.mitigation,
                 value=row.recurred, n=row.informative, method="count of re-exposures", note=note)
        for row in by_mitigation(measured).itertuples()
    ]  # fmt: skip
