"""Rechallenge: the denominator ladder, and recurrence of event, symptoms and tests (definitions: rechallenge,
proportions)."""

import pandas as pd

from schemas.results import Conventions, Derived
from scripts.analyse.estimators.rechallenge import INFORMATIVE, REEXPOSED, ladder, per_patient, recurrence
from scripts.analyse.results import rows
from scripts.words.wording import percent

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
    told = pd.DataFrame(
        {
            "case_id": cases["case_id"],
            "survived": (cases["outcome"] != "fatal").map({True: "yes", False: "no"}),
            "stopped": cases["dechallenge"].isin(STOPPED).map({True: "yes", False: "unknown"}),
        }
    )
    notes = _notes(cases)
    return [
        rows.row(
            "ladder",
            everyone,
            level=rung.rung,
            counted=rung.case_ids,
            note=notes[rung.rung],
            method="count of patients",
            endpoint="event",
        )
        for rung in ladder(told, long).itertuples()
    ]


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
        for level, part in cases["case_id"].groupby(cases[f"rechallenge_{outcome}"], sort=False):
            found.append(rows.row("class", everyone, endpoint=outcome, level=level, counted=part, method="count"))
    continued = cases.loc[cases["exposure_continued"] != "", "case_id"]
    note = "doses of the index course after onset; not a rechallenge"
    return [
        *found,
        rows.row(
            "class",
            everyone,
            endpoint="event",
            level="exposure_continued",
            counted=continued,
            method="count",
            note=note,
        ),
    ]


def _dechallenge(cases: pd.DataFrame) -> list[dict]:
    everyone = list(cases["case_id"])
    found = [
        rows.row("dechallenge", everyone, level=level, counted=part, method="count", endpoint="event")
        for level, part in cases["case_id"].groupby(cases["dechallenge"], sort=False)
    ]
    assessable = cases[cases["dechallenge"].isin(STOPPED)]
    positive = assessable.loc[assessable["dechallenge"] == "positive", "case_id"]
    notes = "; ".join(dict.fromkeys(assessable["dechallenge_note"]))
    return [
        *found,
        rows.row(
            "dechallenge_positive",
            everyone,
            known=assessable["case_id"],
            counted=positive,
            endpoint="event",
            method="positive of assessable",
            note=notes,
        ),
    ]


def _recurrence(long: pd.DataFrame, own: pd.DataFrame, outcome: str, level: float) -> list[dict]:
    """x of m informative re-exposed patients with both limits, and bounds for inconclusive outcomes."""
    decided = per_patient(long)
    again, informative, positive = (
        of_class(decided, REEXPOSED),
        of_class(decided, INFORMATIVE),
        of_class(decided, STOPPED[:1]),
    )
    shared = {"endpoint": outcome, "known": informative}
    named = own.loc[own["case_id"].isin(informative), "tests_recurred"]
    which = "; ".join(dict.fromkeys(filter(None, named))) if outcome == "tests" else ""
    found = [
        rows.row(
            "recurred", again, counted=positive, method="count of informative re-exposed patients", note=which, **shared
        )
    ]
    return found + (_limits(recurrence(long, level).iloc[0], again, shared, level) if len(informative) else [])


def of_class(decided: pd.DataFrame, classes: tuple[str, ...]) -> list[str]:
    """The patients whose deciding class is one of these."""
    return list(decided.loc[decided["strict"].isin(classes), "case_id"])


def _limits(found: pd.Series, cases: list[str], shared: dict, level: float) -> list[dict]:
    pairs = (("Clopper-Pearson", "clopper_pearson"), ("Jeffreys", "jeffreys"))
    made = [
        rows.row(
            "recurrence_limits",
            cases,
            lower=found[f"{column}_lower"],
            upper=found[f"{column}_upper"],
            level=name,
            method=f"{name} {percent(level)}, two-sided",
            **shared,
        )
        for name, column in pairs
    ]
    note = f"{found['inconclusive']} re-exposed patients without an informative outcome"
    made.append(
        rows.row(
            "missing_outcome_bounds",
            cases,
            lower=found["least"],
            upper=found["most"],
            note=note,
            method="none to all of the inconclusive had recurred",
            **shared,
        )
    )
    if found["recurred"] == 0:
        made.append(
            rows.row(
                "zero_event_upper",
                cases,
                lower=0.0,
                upper=found["zero_event_upper"],
                method=f"one-sided exact {percent(level)}",
                **shared,
            )
        )
    return made
