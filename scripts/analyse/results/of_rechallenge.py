"""Dechallenge, the rechallenge ladder, and recurrence in both readings (definitions: rechallenge, proportions).

The patient is the unit, and every decision about one was taken in `derive`. Known, denied and unknown are three counts;
no patient is moved up a rung by a later one.
"""

import pandas as pd

from schemas.derived_course import RE_EXPOSURES
from schemas.results import Conventions
from scripts.analyse.estimators.proportions import clopper_pearson, jeffreys, zero_event_upper
from scripts.analyse.results import rows
from scripts.analyse.results.coded_funnel import coded
from scripts.files.bundle import Bundle
from scripts.words import wording
from scripts.words.wording import percent

OUTCOMES = ("event", "symptoms", "tests")
STOPPED = ("positive", "negative")
REPORTED = ("recurred", "not_recurred", "unknown")


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Ladder, classes and recurrence with exact limits. Doses are not independent, patients are."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    rechallenges = derived.rechallenges[derived.rechallenges["case_id"].isin(cases["case_id"])]
    results = _ladder(cases) + _classes(cases, rechallenges) + _dechallenge(cases)
    results += _of_the_class(cases) if derived.profile.drug.class_members else []
    results += _as_reported(cases, conventions.level) + _strict(cases, rechallenges, conventions.level)
    for outcome in OUTCOMES:
        results += _recurrence(cases, rechallenges, outcome, conventions.level)
    return results + coded(cases), []


def by_endpoint(again: pd.DataFrame) -> pd.DataFrame:
    """`case_id, group, modifiers, endpoint, strict`: one row per re-exposure and endpoint."""
    return again.melt(["case_id", "group", "modifiers"], list(OUTCOMES), var_name="endpoint", value_name="strict")


def of_class(decided: pd.DataFrame, classes: tuple[str, ...]) -> list[str]:
    """The patients whose deciding class is one of these."""
    return list(decided.loc[decided["strict"].isin(classes), "case_id"])


def _where(cases: pd.DataFrame, column: str, *values: str) -> list[str]:
    return list(cases.loc[cases[column].isin(values), "case_id"])


def _re_exposed(cases: pd.DataFrame) -> pd.DataFrame:
    return cases[cases["re_exposed"] == "yes"]


def _ladder(cases: pd.DataFrame) -> list[dict]:
    """Cases, survived, stopped, re-exposed, informative, recurred; then what denies a rung, and what leaves it open."""
    again = _re_exposed(cases)
    silent = len(_where(cases, "re_exposed", "unknown"))
    rungs = {
        "cases": (list(cases["case_id"]), ""),
        "survived": (_where(cases, "survived_event", "yes"), "known to have survived the index event"),
        "stopped": (_where(cases, "stopped", "yes"), "remaining doses withheld, or a stop is coded"),
        "re_exposed": (
            list(again["case_id"]),
            f"nothing said about re-exposure: {wording.counted(silent, 'case')}, not the same as not rechallenged",
        ),
        "informative": (_where(again, "rechallenge_event", *STOPPED), "positive or negative by the strict rules"),
        "recurred": (_where(again, "rechallenge_event", "positive"), "the event recurred"),
    }
    everyone, shared = list(cases["case_id"]), {"method": "count of patients", "endpoint": "event"}
    results = [
        rows.row("ladder", everyone, level=level, counted=ids, note=note, **shared)
        for level, (ids, note) in rungs.items()
    ]
    for rung, column in (("survived", "survived_event"), ("stopped", "stopped")):
        for answer in ("no", "unknown"):
            counted = _where(cases, column, answer)
            results.append(rows.row("ladder_open", everyone, level=f"{rung}: {answer}", counted=counted, **shared))
    for level in ("continued", "not_assessable", "no", "unknown"):
        counted = _where(cases, "re_exposed", level)
        results.append(rows.row("ladder_open", everyone, level=f"re_exposed: {level}", counted=counted, **shared))
    return results


def _classes(cases: pd.DataFrame, rechallenges: pd.DataFrame) -> list[dict]:
    everyone = list(cases["case_id"])
    results = []
    for outcome in OUTCOMES:
        for level, part in cases["case_id"].groupby(cases[f"rechallenge_{outcome}"], sort=False):
            results.append(rows.row("class", everyone, endpoint=outcome, level=level, counted=part, method="count"))
    shared = {"endpoint": "event", "method": "count"}
    continued = cases.loc[cases["exposure_continued"] != "", "case_id"]
    note = "doses of the index course after onset; not a rechallenge"
    results.append(
        rows.row("not_counted", everyone, level="exposure_continued", counted=continued, note=note, **shared)
    )
    resumed = dict.fromkeys(rechallenges.loc[rechallenges["kind"] == "within_course", "case_id"])
    note = "doses resumed within the course after the event had ended; not a rechallenge"
    return [*results, rows.row("not_counted", everyone, level="within_course", counted=resumed, note=note, **shared)]


def _of_the_class(cases: pd.DataFrame) -> list[dict]:
    """Patients given another drug of the class after the event, by what is told of the event then."""
    everyone = list(cases["case_id"])
    shared = {"method": "count", "endpoint": "event", "note": "another drug of the class; not a re-exposure"}
    return [
        rows.row("class_member", everyone, level=level, counted=_where(cases, "class_member", level), **shared)
        for level in ("recurred", "unknown", "not_recurred")
    ]


def _dechallenge(cases: pd.DataFrame) -> list[dict]:
    everyone = list(cases["case_id"])
    results = [
        rows.row("dechallenge", everyone, level=level, counted=part, method="count", endpoint="event")
        for level, part in cases["case_id"].groupby(cases["dechallenge"], sort=False)
    ]
    assessable = cases[cases["dechallenge"].isin(STOPPED)]
    positive = assessable.loc[assessable["dechallenge"] == "positive", "case_id"]
    notes = "; ".join(dict.fromkeys(filter(None, assessable["dechallenge_note"])))
    went_on = _where(cases, "resolved_on_drug", "yes")
    shared = {"endpoint": "event"}
    return [
        *results,
        rows.row("resolved_on_continued_drug", everyone, counted=went_on, method="count", **shared),
        rows.row(
            "dechallenge_positive",
            everyone,
            known=assessable["case_id"],
            counted=positive,
            method="positive of assessable",
            note=notes,
            **shared,
        ),
    ]


def _as_reported(cases: pd.DataFrame, level: float) -> list[dict]:
    """Recurred, not recurred and unknown of the re-exposed; the share of the stated ones, and its range over the unknown."""
    again = _re_exposed(cases)
    everyone = list(again["case_id"])
    shared = {"endpoint": "event"}
    parts = {answer: _where(again, "rechallenge_reported", answer) for answer in REPORTED}
    parts["unknown"] = [case for case in everyone if case not in (*parts["recurred"], *parts["not_recurred"])]
    results = [
        rows.row("reported", everyone, level=answer, counted=ids, method="count", **shared)
        for answer, ids in parts.items()
    ]
    x, known = len(parts["recurred"]), [*parts["recurred"], *parts["not_recurred"]]
    if known:
        results += _exact(x, known, everyone, "reported_limits", shared, level)
    most, method = float(x + len(parts["unknown"])), "none to all of the unknown had recurred"
    return [*results, rows.row("reported_bounds", everyone, lower=float(x), upper=most, method=method, **shared)]


def _strict(cases: pd.DataFrame, rechallenges: pd.DataFrame, level: float) -> list[dict]:
    """What the strict class leaves open: negatives of unknown length or in some of the re-exposures, and the outer range."""
    again = _re_exposed(cases)
    everyone = list(again["case_id"])
    shared = {"endpoint": "event", "method": "count"}
    negative = again[again["rechallenge_event"] == "negative"]
    others = rechallenges["kind"].isin(RE_EXPOSURES) & ~rechallenges["event"].isin(["negative", "not_done"])
    partly = negative["case_id"].isin(rechallenges.loc[others, "case_id"])
    no_window = negative["rechallenge_window"] == "not_stated"
    surely = negative.loc[~no_window & ~partly, "case_id"]
    positive = _where(again, "rechallenge_event", "positive")
    results = [
        rows.row("strictly_negative", everyone, counted=negative["case_id"], **shared),
        rows.row("negative_window_not_stated", everyone, counted=negative.loc[no_window, "case_id"], **shared),
        rows.row("negative_in_some", everyone, counted=negative.loc[partly, "case_id"], **shared),
    ]
    if not everyone:
        return results
    least, most = len(positive), len(everyone) - len(surely)
    method = "none to all of those without a positive or a negative class of known window had recurred"
    open_ = [case for case in everyone if case not in (*positive, *surely)]
    results.append(
        rows.row(
            "strict_bounds",
            everyone,
            known=[*positive, *surely],
            lower=float(least),
            upper=float(most),
            method=method,
            level=str(len(open_)),
            endpoint="event",
        )
    )
    outer = (
        float(clopper_pearson(least, len(everyone), level)[0]),
        float(clopper_pearson(most, len(everyone), level)[1]),
    )
    method = f"Clopper-Pearson {percent(level)}: lower limit of the least, upper limit of the most"
    return [
        *results,
        rows.row("strict_outer_limits", everyone, lower=outer[0], upper=outer[1], method=method, endpoint="event"),
    ]


def _recurrence(cases: pd.DataFrame, rechallenges: pd.DataFrame, outcome: str, level: float) -> list[dict]:
    """x of m strictly informative re-exposed patients with both limits, and bounds for inconclusive outcomes.

    The level of the first is the names of the tests that recurred.
    """
    again = _re_exposed(cases)
    everyone, column = list(again["case_id"]), f"rechallenge_{outcome}"
    informative, positive = _where(again, column, *STOPPED), _where(again, column, "positive")
    named = rechallenges[rechallenges["case_id"].isin(informative)]
    which = "; ".join(dict.fromkeys(filter(None, named["tests_recurred"]))) if outcome == "tests" else ""
    doubtful = "; ".join(dict.fromkeys(filter(None, named["tests_doubtful"]))) if outcome == "tests" else ""
    note = f"values with a doubtful unit: {doubtful}" if doubtful else ""
    shared = {"endpoint": outcome, "known": informative}
    results = [
        rows.row(
            "recurred",
            everyone,
            counted=positive,
            level=which,
            method="count of informative re-exposed patients",
            note=note,
            **shared,
        )
    ]
    if not informative:
        return results
    x, m = len(positive), len(informative)
    results += _exact(x, informative, everyone, "recurrence_limits", {"endpoint": outcome}, level)
    inconclusive = len(everyone) - m
    results.append(
        rows.row(
            "missing_outcome_bounds",
            everyone,
            lower=x / len(everyone),
            upper=(x + inconclusive) / len(everyone),
            note=f"{inconclusive} re-exposed patients without an informative outcome",
            method="none to all of the inconclusive had recurred",
            **shared,
        )
    )
    if x == 0:
        method = f"one-sided exact {percent(level)}"
        upper = float(zero_event_upper(m, level))
        results.append(rows.row("zero_event_upper", everyone, lower=0.0, upper=upper, method=method, **shared))
    return results


def _exact(x: int, known: list[str], everyone: list[str], statistic: str, shared: dict, level: float) -> list[dict]:
    pairs = {"Clopper-Pearson": clopper_pearson, "Jeffreys": jeffreys}
    results = []
    for method_name, method in pairs.items():
        lower, upper = map(float, method(x, len(known), level))
        results.append(
            rows.row(
                statistic,
                everyone,
                known=known,
                lower=lower,
                upper=upper,
                level=method_name,
                method=f"{method_name} {percent(level)}, two-sided",
                **shared,
            )
        )
    return results
