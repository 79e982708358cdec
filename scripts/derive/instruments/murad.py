"""Those of Murad's eight questions on a case report that what is derived of the patient can decide (BMJ Evid Based Med 2018;23:60,
10.1136/bmjebm-2017-110853); the others, and what stays open, are left to an assessor. No total: the instrument has none.
"""

from schemas.codes import DEAD
from schemas.endpoints import OVER_STATES, RESOLUTIONS
from schemas.fields import is_number
from schemas.rows_by_case import Row
from scripts.derive.instruments.facts import OPEN, Answer, Facts
from scripts.words.wording import cell, coded, counted, name, span


def answers(case: Facts) -> dict[str, Answer]:
    """Questions 2 to 5 and 7."""
    patient = case.patient
    return {
        "2": _exposure(patient, case.given),
        "3": _outcome(patient),
        "4": ({"yes": "no", "no": "yes"}.get(patient["other_cause"], OPEN), patient["other_cause_basis"]),
        "5": _challenge(patient, case.negative_but_for_fatal),
        "7": _follow_up(case),
    }


def _exposure(patient: Row, given: int) -> Answer:
    """Yes where the number of doses given is stated, or doses are recorded as given, of an identified patient."""
    if patient["identity"] != "identified":
        return OPEN, "known at second hand"
    if is_number(patient["given_lower"]):
        told = span(patient["given_lower"], patient["given_upper"])
        return "yes", f"doses given: {told}; dose: {cell(patient['dose'])}"
    if given:
        return "yes", f"{counted(given, 'dose')} recorded as given"
    return OPEN, f"doses given: {cell(patient['given_lower'])}"


def _outcome(patient: Row) -> Answer:
    """Yes where tests or signs of the case definition decide; merely reported as the event: open."""
    level = patient["certainty"]
    return ("yes" if level in ("confirmed", "probable") else OPEN), f"certainty: {coded('case_definition', level)}"


def _challenge(patient: Row, but_for_fatal: bool) -> Answer:
    """Yes after a positive dechallenge or rechallenge; no where the drug was given again without recurrence only, also where only
    an earlier event that is told as fatal makes that inconclusive."""
    event, dechallenge = patient["rechallenge_event"], patient["dechallenge"]
    basis = f"dechallenge: {name(dechallenge)}; rechallenge, event: {name(event)}"
    if "positive" in (event, dechallenge):
        return "yes", basis
    negative = event == "negative" or (event == "inconclusive" and but_for_fatal)
    return ("no" if negative else OPEN), basis


def _follow_up(case: Facts) -> Answer:
    """Yes where the patient was followed to the end of the index episode, at a known time, or to death."""
    ends = [end for (end, _), time in case.times.items() if end in RESOLUTIONS and time["state"] in OVER_STATES]
    told = [*map(name, dict.fromkeys(ends)), *(["death"] if case.patient["vital"] in DEAD else [])]
    return (
        ("yes", f"followed to {', '.join(told)}") if told else (OPEN, "no end of the event at a known time, no death")
    )
