"""Which of the criteria of a drug-induced lung disease a patient shows (after Camus et al., Respiration 2004;71:301,
10.1159/000079633), and what confounds one of them: each shown by rows or not shown, never by silence.

Drug levels are not a field of the tables, so that no patient can show one: that criterion is not asked here.
"""

from schemas.endpoints import CLOCKS, ONSETS
from schemas.fields import NO_VALUE
from scripts.derive.instruments.facts import OPEN, Answer, Facts
from scripts.derive.rows_of_cases import cell
from scripts.records.events import shows_event
from scripts.records.measures import kinds

STEROID = "corticosteroid"
"""Kind of measure (code list `mitigation`) that confounds an improvement after withdrawal."""


def answers(case: Facts) -> dict[str, Answer]:
    """By criterion: yes with the cells that show it, else a blank."""
    patient = case.patient
    shown = {
        "exposure": _exposure(case),
        "singular": "patients.other_suspects; patients.concomitants" if _singular(case) else "",
        "timing": _timing(case),
        "pattern": _cells("tests", [row for row in case.tests if shows_event(row)], "reading", "result"),
        "exclusions": "patients.other_cause" if patient["other_cause"] == "no" else "",
        "withdrawal": "patients.dechallenge" if patient["dechallenge"] == "positive" else "",
        "rechallenge": "patients.rechallenge_event" if patient["rechallenge_event"] == "positive" else "",
        STEROID: _steroid(case),
    }
    return {criterion: ("yes" if basis else OPEN, basis) for criterion, basis in shown.items()}


def _exposure(case: Facts) -> str:
    """A dose of the drug that was given, with its amount and its day."""
    given = [row for row in case.doses if row["given"] in ("yes", "partial") and row["amount"] not in NO_VALUE]
    timed = [row for row in given if row["time_date"] not in NO_VALUE or row["time_upper"] not in NO_VALUE]
    return _cells("doses", timed, "amount", "dose")


def _singular(case: Facts) -> bool:
    """No other drug is suspect or interacting, and other drugs are told of: silence on them shows nothing."""
    return not case.patient["other_suspects"] and bool(case.patient["concomitants"])


def _timing(case: Facts) -> str:
    """An endpoint of onset at a bounded time not before the first dosing day; what is not before a later dose is not either."""
    asked = ((endpoint, clock) for endpoint in ONSETS for clock in CLOCKS)
    known = {at: time for at in asked if (time := case.times.get(at)) is not None and time["state"] == "observed"}
    return "; ".join(f"times[{endpoint}, {clock}]" for (endpoint, clock), time in known.items() if time["lower"] >= 0)


def _steroid(case: Facts) -> str:
    """A corticosteroid among premedication or treatment, where it is not denied."""
    premedicated = STEROID in kinds(case.patient["premedication"])
    treated = any(STEROID in kinds(row[column]) for row in case.managements for column in ("measure", "detail"))
    return "; ".join(["patients.premedication"] * premedicated + ["managements.measure"] * treated)


def _cells(table: str, rows: list, column: str, key: str) -> str:
    return "; ".join(cell(table, row, column, key) for row in rows)
