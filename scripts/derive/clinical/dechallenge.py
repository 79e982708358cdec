"""Dechallenge: derived from action taken and outcome, since E2B has no element for it (definitions: dechallenge).

The first that applies:

    event fatal; or died of it, or of a relation not stated, and no end of it stated  not_assessable
    one planned dose, course complete, action not applicable, depot, event over       not_applicable
        before the stop
    withdrawn; every term recovered, recovering or with sequelae                      positive
    withdrawn; a term not recovered                                                   negative
    dose reduced                            abated: positive (reduced); else unknown (partial)
    unchanged or increased                                                            not_applicable
    a result that the source codes, where the action is not stated                    as coded
    else                                                                              unknown
"""

import re

from schemas.fields import NO_VALUE
from schemas.rows_by_case import Row

NOT_STOPPED = ("not_changed", "increased")
STOPPED = ("positive", "negative")
ON_DRUG = "resolved on continued drug"
DEPOT = re.compile(
    r"\b(?:depot|dépôt|implant\w*|(?:prolonged|extended|sustained)[- ]release\b.*\binjection)\b", re.IGNORECASE
)
"""Pharmaceutical forms that go on releasing the drug: EDQM's implants and prolonged-release injections, and the word itself."""


def dechallenge(
    exposure: Row, episode: Row | None, vital: str, coded: str, jointly: list[str], doses: list[Row], latest: float
) -> Row:
    """`dechallenge`, `dechallenge_note`, `dechallenge_basis`, `resolved_on_drug` and `stopped` of one case.

    coded: a result that the source codes. jointly: other suspect drugs that were stopped too. doses: of the exposure, and
    latest: days from its first dose to the last that is known; nan where none is.
    """
    over = exposure["action_taken"] == "withdrawn" and _over_before(exposure, episode, latest)
    depots = _depots(doses)
    class_name, note, cells = dechallenge_class(exposure, episode, vital, coded, over=over, depots=depots)
    if coded == class_name:
        cells = [*dict.fromkeys([*cells, "assessments.dechallenge"])]
    if class_name == "positive" and jointly:
        note = f"{note}; jointly with {', '.join(jointly)}".removeprefix("; ")
    return {
        "dechallenge": class_name,
        "dechallenge_note": note,
        "dechallenge_basis": "; ".join(cells),
        "resolved_on_drug": "yes" if note == ON_DRUG else "",
        "stopped": _stopped(
            exposure["action_taken"], "" if depots or coded == class_name == "not_applicable" else class_name
        ),
    }


def _depots(doses: list[Row]) -> list[str]:
    """The cells that tell of a form that goes on releasing the drug, which nobody can stop."""
    given = [row for row in doses if row["given"] != "no" and DEPOT.search(row["form"])]
    return [f"doses[{row['course']};{row['dose']}].form" for row in given]


def _died(episode: Row | None, vital: str) -> bool:
    """The event was fatal, or the patient died, not surely of another cause, without an end of the event."""
    unended = episode is None or episode["ended"] != "yes"
    fatal = episode is not None and episode["fatal"] == "yes"
    return fatal or (unended and vital in ("died_of_event", "died_relation_not_stated"))


def dechallenge_class(
    exposure: Row, episode: Row | None, vital: str, coded: str, *, over: bool, depots: list[str]
) -> tuple[str, str, list[str]]:
    """Class, note and the cells it rests on: the first row of the decision that applies.

    over: withdrawn when the event was over. depots: as of `_depots`.
    """
    action, planned, given = (exposure[column] for column in ("action_taken", "planned_doses", "given_lower"))
    course = f"courses[{exposure['course']}]"
    abated = episode["abated"] if episode else "unknown"
    event = [episode["basis"]] if episode else []
    if _died(episode, vital):
        return "not_assessable", "the patient died", event
    if _complete(planned, given):
        return "not_applicable", "the course was complete", [f"{course}.planned_doses", f"{course}.given_lower"]
    if planned == "1":
        return "not_applicable", "one dose was planned", [f"{course}.planned_doses"]
    if action == "not_applicable":
        return "not_applicable", "", [f"{course}.action_taken"]
    if depots:
        return "not_applicable", "given as a depot", depots
    if over:
        return "not_applicable", "the event was over before the drug was stopped", [*event, f"{course}.action_taken"]
    if action == "withdrawn" and abated != "unknown":
        return _of_abated(abated), _withheld(planned, exposure), [f"{course}.action_taken", *event]
    if action == "reduced":
        cells = [f"{course}.action_taken", *event]
        return (
            ("positive", "reduced", cells) if abated == "yes" else ("unknown", "partial: the dose was reduced", cells)
        )
    if action in NOT_STOPPED:
        went_on = ON_DRUG if episode and episode["ended"] == "yes" else ""
        return "not_applicable", went_on, [f"{course}.action_taken", *event]
    if coded and action in (*NO_VALUE, "unknown"):
        return coded, "as coded by the reporter", ["assessments.dechallenge"]
    return "unknown", "", []


def _of_abated(abated: str) -> str:
    return "positive" if abated == "yes" else "negative"


def _complete(planned: str, given: str) -> bool:
    """All planned doses were given, so nothing was left to withhold."""
    return planned not in NO_VALUE and given not in NO_VALUE and float(given) >= float(planned) and float(planned) > 0


def _over_before(exposure: Row, episode: Row | None, latest: float) -> bool:
    """The event had surely ended before the last use of the drug: by dates, or by days from the first dose."""
    if episode is None:
        return False
    return bool(episode["end_last"] < exposure["ended_first"] or episode["end_upper"] <= latest)


def _withheld(planned: str, exposure: Row) -> str:
    given = exposure["given_upper"]
    if planned in NO_VALUE or given in NO_VALUE or float(planned) <= float(given):
        return ""
    return f"{float(planned) - float(given):.0f} of {float(planned):.0f} planned doses withheld"


def _stopped(action: str, class_name: str) -> str:
    """Whether the drug was stopped, as is said; else as the class presumes. A reduced dose is none."""
    if action == "withdrawn":
        return "yes"
    if action in (*NOT_STOPPED, "reduced", "not_applicable") or class_name == "not_applicable":
        return "no"
    return "yes" if class_name in STOPPED else "unknown"
