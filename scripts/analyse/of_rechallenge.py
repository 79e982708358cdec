"""Rechallenge: the denominator ladder, and recurrence of event, symptoms and tests (statistics A5, B5)."""

import pandas as pd

from schemas.results import Conventions, Derived
from scripts.analyse import rows
from scripts.analyse.proportions import clopper_pearson, jeffreys, zero_event_upper

OUTCOMES = ("event", "symptoms", "tests")
STOPPED = ("positive", "negative")


def analyse(derived: Derived, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Ladder, classes and recurrence with exact limits. The patient is the unit; doses are not independent."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    again = derived.rechallenges[derived.rechallenges["case_id"].isin(cases["case_id"])]
    again = again[again["kind"] == "re_exposure"].drop_duplicates("case_id", keep="last")
    found = _ladder(cases, again) + _classes(cases) + _dechallenge(cases)
    for outcome in OUTCOMES:
        found += _recurrence(again, outcome, conventions.level)
    return found, []


def _ladder(cases: pd.DataFrame, again: pd.DataFrame) -> list[dict]:
    """Cases -> survived -> stopped -> re-exposed -> informative -> recurred; what is not stated is a note."""
    everyone = list(cases["case_id"])
    alive = cases[cases["outcome"] != "fatal"]
    stated = int(cases["outcome"].isin(["recovered", "recovering", "not_recovered", "recovered_with_sequelae"]).sum())
    stopped = cases[cases["dechallenge"].isin(STOPPED)]
    unknown = int((cases["dechallenge"] == "unknown").sum())
    silent = int((cases["rechallenge_event"] == "not_stated").sum())
    informative = again[again["event"].isin(["positive", "negative"])]
    recurred = informative[informative["event"] == "positive"]
    steps = [
        ("cases", len(cases), ""),
        ("survived", len(alive), f"not known to have died; outcome stated in {stated} of them"),
        ("stopped", len(stopped), f"remaining doses withheld; action taken not stated in {unknown}"),
        ("re_exposed", len(again), f"nothing said about re-exposure: {silent} cases, not the same as not rechallenged"),
        ("informative", len(informative), "strict class positive or negative"),
        ("recurred", len(recurred), "the event recurred"),
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


def _recurrence(again: pd.DataFrame, outcome: str, level: float) -> list[dict]:
    """x of m informative re-exposed patients with both limits; nothing where nobody is informative."""
    informative = again[again[outcome].isin(["positive", "negative"])]
    cases = list(informative["case_id"])
    x, m = int((informative[outcome] == "positive").sum()), len(informative)
    shared = {"endpoint": outcome, "n": m, "n_total": len(again)}
    which = "; ".join(filter(None, informative["tests_recurred"])) if outcome == "tests" else ""
    found = [
        rows.row("recurred", cases, value=x, method="count of informative re-exposed patients", note=which, **shared)
    ]
    if not m:
        return found
    for name, limits in (("Clopper-Pearson", clopper_pearson), ("Jeffreys", jeffreys)):
        low, high = (float(limit) for limit in limits(x, m, level))
        found.append(rows.row("recurrence_limits", cases, lower=low, upper=high, level=name,
                              method=f"{name} {level:.0%}, two-sided", **shared))  # fmt: skip
    if not x:
        upper = float(zero_event_upper(m, level))
        found.append(rows.row("zero_event_upper", cases, lower=0.0, upper=upper, method=f"one-sided exact {level:.0%}",
                              **shared))  # fmt: skip
    return found
