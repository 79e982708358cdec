"""Which of Naranjo's ten questions rows decide (Clin Pharmacol Ther 1981;30:239).

Scoring traps (definitions: naranjo): question 4 is `no` only after a negative rechallenge, not done is unknown; question 5
is `no` only where other causes are documented as excluded; a corticosteroid is not a specific antagonist (question 3).
"""

from schemas.endpoints import CLOCKS, ONSETS
from schemas.fields import NO_VALUE
from scripts.derive.instruments.facts import OPEN, Answer, Facts
from scripts.records.events import shows_event
from scripts.words import wording

NAMES = {endpoint: wording.name(endpoint) for endpoint in ONSETS} | {"sentinel_sign": "the first characteristic sign"}


def answers(case: Facts) -> dict[str, Answer]:
    """Questions 2 to 5, 9 and 10; the others take an assessor."""
    return {
        "2": _after(case),
        "3": _improved(case),
        "4": _reappeared(case),
        "5": _other_causes(case),
        "9": _earlier(case),
        "10": _confirmed(case),
    }


def _after(case: Facts) -> Answer:
    """Yes where an endpoint of onset lies wholly after the first dosing day, or that of a later dose; within that day only an
    elapsed time, such as 30 minutes, tells the order.

    A death says only by when the event was there: where nothing else has a time, the answer is open.
    """
    if case.patient["episodes"] == "0":
        return OPEN, "no event is known, but what is dated after the death"
    asked = ((endpoint, clock) for endpoint in NAMES for clock in CLOCKS if case.timed)
    known = {at: time for at in asked if (time := case.times.get(at)) is not None and time["state"] == "observed"}
    for (endpoint, _), time in known.items():
        if time["lower"] >= 1:
            return "yes", f"{NAMES[endpoint]} later than the first dosing day"
    for (endpoint, _), time in known.items():
        if time["lower"] > 0 and time["grain"] == "exact":
            return "yes", f"{NAMES[endpoint]} timed after the dose"
    first = [time for (_, clock), time in known.items() if clock != "last_dose"]
    if first and all(time["upper"] <= 0 for time in first):
        return "no", "every onset lies before the first dose"
    return OPEN, "the onset may lie on or before the first dosing day" if known else "no onset is known"


def _improved(case: Facts) -> Answer:
    outcome, note = case.patient["dechallenge"], case.patient["dechallenge_note"]
    if outcome in ("positive", "negative"):
        return ("yes" if outcome == "positive" else "no"), "; ".join(filter(None, [f"dechallenge {outcome}", note]))
    return OPEN, f"dechallenge {wording.name(outcome)}"


def _reappeared(case: Facts) -> Answer:
    """Not done is unknown, decided as such; silence stays open. Both count 0.

    A fatal outcome of the event before does not take back `no`: what speaks against a good end raises no sum.
    """
    outcome = case.patient["rechallenge_event"]
    if outcome == "inconclusive" and case.negative_but_for_fatal:
        return "no", "rechallenge, event: negative but for an earlier event that is told as fatal"
    grounds = {"positive": "yes", "negative": "no", "not_done": "unknown"}
    return grounds.get(outcome, OPEN), f"rechallenge, event: {wording.name(outcome)}"


def _other_causes(case: Facts) -> Answer:
    """Yes where a cause is present and not excluded, no where every kind the profile names is excluded."""
    answer = {"yes": "yes", "no": "no"}.get(case.patient["other_cause"], OPEN)
    return answer, case.patient["other_cause_basis"]


def _earlier(case: Facts) -> Answer:
    """Yes where an earlier exposure to the same drug, by whatever name of it, has the event recorded as its reaction."""
    if again := [row["why"] for row in case.rechallenges if row["kind"] == "past_reaction"]:
        return "yes", "; ".join(again)
    return OPEN, "no earlier exposure with the event is recorded"


def _confirmed(case: Facts) -> Answer:
    shown = [row["test"] for row in case.tests if shows_event(row)]
    if not shown:
        return OPEN, "no test is recorded as showing it"
    named = dict.fromkeys(test for test in shown if test not in NO_VALUE)
    return "yes", f"shown by {', '.join(named) or 'a test that is not named'}"
