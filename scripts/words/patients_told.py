"""What became of the patients, in one sentence each: alive or dead, stopped, given again. Every product prints these.

In come rows of `results`; known, denied and unknown stay three counts, and no range rewards one side.
"""

from collections.abc import Mapping

import pandas as pd

from schemas.codes import DEAD
from scripts.words.wording import coded, count, limits

RELAPSED = {
    "yes": "came back later without re-exposure",
    "unknown": "came back later, not known whether without re-exposure",
}
"""Of `patients.relapsed`: what is added to the end of the event."""


NOT_SERIOUS = "stated not to be serious"


def serious(met: str, denied: bool, nobody_says: str) -> str:
    """Criteria met; said not to be serious; else that nobody says: never not serious by silence."""
    return met or (NOT_SERIOUS if denied else nobody_says)


def possibly_continued(patient: Mapping[str, str]) -> str:
    """`dose 2 of the course: possibly continued, ...`; blank where the order of onset and doses is known."""
    told = patient["possibly_continued"]
    return f"dose {told} of the course: possibly continued, given before or after the onset" if told else ""


def _all(results: pd.DataFrame, analysis: str, statistic: str) -> pd.DataFrame:
    matches = results[(results["analysis"] == analysis) & (results["statistic"] == statistic)]
    return matches[matches["group"].isin(["all", ""])]


def _by_level(results: pd.DataFrame, analysis: str, statistic: str) -> dict[str, pd.Series]:
    return {row["level"]: row for _, row in _all(results, analysis, statistic).iterrows()}


def counts(results: pd.DataFrame, analysis: str, statistic: str) -> dict[str, int]:
    """level -> the number of patients."""
    return {level: int(row["value"]) for level, row in _by_level(results, analysis, statistic).items()}


def alive(results: pd.DataFrame, dead: list[str]) -> str:
    """`known alive at last report 10 of 15, died 0, not known 5`; dead: members of an aggregate that died."""
    vital = counts(results, "death", "vital")
    total = sum(vital.values())
    died = sum(number for level, number in vital.items() if level in DEAD)
    words = f"known alive at last report {vital.get('alive', 0)} of {total}, died {died}"
    if died:
        words += (
            f" (of the event {vital.get('died_of_event', 0)}, of another cause {vital.get('died_other', 0)}, relation not "
            f"stated {vital.get('died_relation_not_stated', 0)})"
        )
    words += f", not known {vital.get('unknown', 0)}"
    return words + inside(dead)


def life(case: Mapping[str, str]) -> str:
    """`known alive at last report`, `died of another cause, 31 d after transplantation`: a row of `patients` in words."""
    return ", ".join(filter(None, [coded("vital", case["vital"]), case["death"]]))


def died_inside(patients: pd.DataFrame) -> list[str]:
    """Cases counted inside an aggregate, and not added, that are known to have died."""
    inside = patients[patients["counted"] == "inside"]
    return list(inside.loc[inside["vital"].isin(DEAD), "case_id"])


def inside(dead: list[str]) -> str:
    """The linked members who died: they are counted inside an aggregate that does not mention their deaths."""
    if not dead:
        return ""
    return f"; {', '.join(dead)}, counted inside a group and not added, died"


RUNGS = {"survived": "survived the event", "re_exposed": "re-exposed"}
"""Rungs of the ladder whose code is not their name."""


def ladder(results: pd.DataFrame) -> str:
    """`cases 15 → survived the event 10 (no 0, not known 5) → stopped 1 (...) → re-exposed 1 → informative 1 → recurred 0`."""
    rungs, open_ = counts(results, "rechallenge", "ladder"), counts(results, "rechallenge", "ladder_open")
    clauses = []
    for rung, number in rungs.items():
        denied = (
            [f"no {open_[f'{rung}: no']}", f"not known {open_[f'{rung}: unknown']}"] if f"{rung}: no" in open_ else []
        )
        clauses.append(f"{RUNGS.get(rung, rung)} {number}" + (f" ({', '.join(denied)})" if denied else ""))
    return " → ".join(clauses)


def recurrence(results: pd.DataFrame, claims: list[str]) -> str:
    """The event on re-exposure as the sources say it and strictly, with the range over all that neither settles."""
    open_ = counts(results, "rechallenge", "ladder_open")
    told = counts(results, "rechallenge", "reported")
    again = sum(told.values())
    apart = f"restarted before the end, apart: {open_.get('re_exposed: continued', 0)}; not assessable: {open_.get('re_exposed: not_assessable', 0)}"
    apart += _of_the_class(counts(results, "rechallenge", "class_member"))
    elsewhere = [f"elsewhere: {claim}" for claim in claims]
    if not again:
        return " · ".join([f"re-exposed 0 ({apart})", *elsewhere])
    strictly = int(_all(results, "rechallenge", "strictly_negative")["value"].iloc[0])
    first = (
        f"re-exposed {again} ({apart}): recurred {told['recurred']}, reported not to have recurred {told['not_recurred']} "
        f"(strictly negative {strictly}{_of_negatives(results)}), not known {told['unknown']}"
    )
    return " · ".join([first, _as_reported(results), *_strict(results), *elsewhere])


def _of_the_class(counts: Mapping[str, int]) -> str:
    """Those given another drug of the class after the event, where the profile names such drugs."""
    if not counts:
        return ""
    words = f"; another drug of the class, apart: {sum(counts.values())}"
    told = f"recurred {counts['recurred']}, reported not to have recurred {counts['not_recurred']}, not known {counts['unknown']}"
    return f"{words}, {told}" if any(counts.values()) else words


def _of_negatives(results: pd.DataFrame) -> str:
    """The negatives whose observation is of unknown length, or which hold for some of the re-exposures only."""
    words = {
        "negative_window_not_stated": "observed for a time not stated",
        "negative_in_some": "in some of the re-exposures",
    }
    numbers = [
        (int(_all(results, "rechallenge", statistic)["value"].iloc[0]), what) for statistic, what in words.items()
    ]
    told = ", ".join(f"{number} of them {what}" for number, what in numbers if number)
    return f", {told}" if told else ""


def _as_reported(results: pd.DataFrame) -> str:
    bounds = _all(results, "rechallenge", "reported_bounds").iloc[0]
    exact = _by_level(results, "rechallenge", "reported_limits").get("Clopper-Pearson")
    moved = f"bounds {count(bounds['lower'])} to {count(bounds['upper'])} of {count(bounds['n_total'])}"
    if exact is None:
        return f"as reported: not known in any, {moved}"
    x = counts(results, "rechallenge", "reported")["recurred"]
    return f"as reported {x} of {count(exact['n'])} ({limits(exact['lower'], exact['upper'])}), {moved}"


def _strict(results: pd.DataFrame) -> list[str]:
    recurred = _all(results, "rechallenge", "recurred")
    event = recurred[recurred["endpoint"] == "event"].iloc[0]
    exact = results[
        (results["statistic"] == "recurrence_limits")
        & (results["endpoint"] == "event")
        & (results["level"] == "Clopper-Pearson")
    ]
    share = f" ({limits(exact['lower'].iloc[0], exact['upper'].iloc[0])})" if len(exact) else ""
    bounds, outer = (
        _all(results, "rechallenge", statistic).iloc[0] for statistic in ("strict_bounds", "strict_outer_limits")
    )
    return [
        f"strict, informative only: {count(event['value'])} of {count(event['n'])}{share}",
        f"if none to all of the {bounds['level']} not strictly assessed recurred: {count(bounds['lower'])} to "
        f"{count(bounds['upper'])} of {count(bounds['n_total'])}, outer limits {limits(outer['lower'], outer['upper'])}",
    ]
