"""Naranjo's ten answers: which the rows decide, and the sum of any ten (Clin Pharmacol Ther 1981;30:239; weights as in
PMC5774610 table 2, code list `naranjo`).

Scoring traps (definitions: naranjo): question 4 is `no` only after a negative rechallenge, not done is unknown;
question 6 without placebo is unknown; question 5 is `no` only where other causes are documented as excluded; a
corticosteroid is not a specific antagonist (question 3).
"""

import math
from collections.abc import Mapping
from functools import cache

from schemas.codes import rows
from schemas.endpoints import CLOCKS, ONSETS
from scripts.documents.case_file import CaseFile, has
from scripts.documents.words import phrases
from scripts.documents.words.judged import category
from scripts.documents.words.phrases import joined
from scripts.records.assessors import Decided
from scripts.words import wording

OPEN = ""
NAMES = {name: wording.name(name) for name in ONSETS} | {"sentinel_sign": "the first characteristic sign"}


@cache
def weights() -> dict[str, dict[str, int]]:
    """Question -> answer -> points."""
    return {row["code"]: {answer: int(row[answer]) for answer in ("yes", "no", "unknown")} for row in rows("naranjo")}


def score(answers: Mapping[str, str]) -> int:
    """The sum; a question without answer counts as unknown, 0."""
    return sum(points[answers.get(question) or "unknown"] for question, points in weights().items())


def bounds(answers: Mapping[str, str]) -> tuple[int, int]:
    """The least and the greatest sum that the open questions still allow."""
    low = high = 0
    for question, points in weights().items():
        known = answers.get(question)
        low += points[known] if known else min(points.values())
        high += points[known] if known else max(points.values())
    return low, high


def categories(answers: Mapping[str, str]) -> str:
    """The class, or the least and the greatest that the open questions still allow."""
    low, high = map(category, bounds(answers))
    return low if low == high else f"{low} to {high}"


def derived(case: CaseFile) -> dict[str, Decided]:
    """The answers that rows decide, each with its ground; the others are open."""
    return {
        "1": (OPEN, "needs a review of the literature"),
        "2": _after(case),
        "3": _improved(case),
        "4": _reappeared(case),
        "5": other_causes(case),
        "6": (OPEN, "no placebo is recorded; without one the answer is unknown, 0"),
        "7": (OPEN, "no drug concentration is recorded as a field"),
        "8": (OPEN, "a judgement across doses"),
        "9": _earlier(case),
        "10": _confirmed(case),
    }


def _after(case: CaseFile) -> Decided:
    """Yes where an endpoint of onset lies wholly after the first dosing day, or that of a later dose; within that day only an
    elapsed time, such as 30 minutes, tells the order.

    A death says only by when the event was there: where nothing else has a time, the answer is open.
    """
    if case.derived.get("episodes") == "0":
        return OPEN, "no event is known, but what is dated after the death"
    timed = any(not math.isnan(sign["lower"]) for sign in case.signs.values())
    known = {
        (name, clock): time
        for name in NAMES
        for clock in CLOCKS
        if timed and (time := case.times.get((name, clock))) is not None and time["state"] == "observed"
    }
    for (name, _), time in known.items():
        if time["lower"] >= 1:
            return "yes", f"{NAMES[name]} later than the first dosing day"
    for (name, _), time in known.items():
        if time["lower"] > 0 and time["grain"] == "exact":
            return "yes", f"{NAMES[name]} timed after the dose"
    first = [time for (_, clock), time in known.items() if clock != "last_dose"]
    if first and all(time["upper"] <= 0 for time in first):
        return "no", "every onset lies before the first dose"
    return OPEN, "the onset may lie on or before the first dosing day" if known else "no onset is known"


def _improved(case: CaseFile) -> Decided:
    outcome = case.derived["dechallenge"]
    note = case.derived["dechallenge_note"]
    if outcome in ("positive", "negative"):
        return ("yes" if outcome == "positive" else "no"), joined([f"dechallenge {outcome}", note])
    return OPEN, f"dechallenge {outcome.replace('_', ' ')}"


def _reappeared(case: CaseFile) -> Decided:
    """Not done is unknown, decided as such; silence stays open. Both count 0.

    A fatal outcome of the event before does not take back `no`: what speaks against a good end raises no sum.
    """
    outcome = case.derived["rechallenge_event"]
    if outcome == "inconclusive" and any(row["but_for_fatal"] == "negative" for row in case.rechallenges):
        return "no", "rechallenge, event: negative but for an earlier event that is told as fatal"
    grounds = {"positive": "yes", "negative": "no", "not_done": "unknown"}
    return grounds.get(outcome, OPEN), f"rechallenge, event: {outcome.replace('_', ' ')}"


def other_causes(case: CaseFile) -> Decided:
    """As derived: yes where a cause is present and not excluded, no where every kind the profile names is excluded."""
    told = joined(phrases.alternative(row, case) for row in case.rows("alternatives"))
    answer = {"yes": "yes", "no": "no"}.get(case.derived["other_cause"], OPEN)
    return answer, joined([case.derived["other_cause_basis"], told])


def _earlier(case: CaseFile) -> Decided:
    """Yes where an earlier exposure to the same drug, by whatever name of it, has the event recorded as its reaction."""
    if again := [row["why"] for row in case.rechallenges if row["kind"] == "past_reaction"]:
        return "yes", joined(again)
    return OPEN, "no earlier exposure with the event is recorded"


def _confirmed(case: CaseFile) -> Decided:
    shown = [row["test"] for row in case.rows("tests") if row["reading"] == "shows_event" and has(row["test"])]
    return (
        ("yes", f"shown by {', '.join(dict.fromkeys(shown))}") if shown else (OPEN, "no test is recorded as showing it")
    )
