"""Which cases show what a drug-induced lung disease must show: each criterion decided by rows, never by silence."""

from collections.abc import Callable

from schemas.endpoints import CLOCKS, ONSETS
from scripts.documents.case_file import CaseFile, has
from scripts.records.drugs import SUSPECT

STEROIDS = ("predniso", "steroid", "dexameth", "hydrocortis")
"""Name parts by which a treatment is recognised as a corticosteroid, which confounds improvement."""


def exposure(case: CaseFile) -> bool:
    """A dose of a suspect drug that was given, with its amount and its day."""
    return any(
        row["given"] in ("yes", "partial") and has(row["amount"]) and (has(row["time_date"]) or has(row["time_upper"]))
        for row in case.suspect_doses()
    )


def singular(case: CaseFile) -> bool:
    """One suspect substance, no interacting one, and other drugs are told of: silence on them shows nothing."""
    roles = {row["role"] for row in case.rows("courses")}
    drugs = {(row["substance"] or row["drug"]).casefold() for row in case.rows("courses") if row["role"] in SUSPECT}
    return len(drugs) == 1 and "concomitant" in roles


def timing(case: CaseFile) -> bool:
    """Some endpoint of onset lies at a bounded time not before the first dosing day; what is not before a later dose is not either."""
    times = (case.times.get((name, clock)) for name in ONSETS for clock in CLOCKS)
    return any(time is not None and time["state"] == "observed" and time["lower"] >= 0 for time in times)


def pattern(case: CaseFile) -> bool:
    return any(row["reading"] == "shows_event" for row in case.rows("tests"))


def exclusions(case: CaseFile) -> bool:
    """Every kind of cause that the series profile names is excluded, and none is left open."""
    return case.derived["other_cause"] == "no"


def withdrawal(case: CaseFile) -> bool:
    return case.derived["dechallenge"] == "positive"


def rechallenge(case: CaseFile) -> bool:
    return case.derived["rechallenge_event"] == "positive"


def level(case: CaseFile) -> bool:
    """Drug levels are not a field of the tables, so no case can show one."""
    return False


def steroid(case: CaseFile) -> bool:
    """A corticosteroid among premedication or treatment."""
    said = [case.derived["premedication"], *(row["measure"] for row in case.rows("managements"))]
    return any(part in text.casefold() for text in said for part in STEROIDS)


CRITERIA: dict[str, Callable[[CaseFile], bool]] = {
    test.__name__: test for test in (exposure, singular, timing, pattern, exclusions, withdrawal, rechallenge, level)
}


def shown(cases: list[CaseFile], name: str) -> tuple[list[str], list[str]]:
    """Ids of the cases that show a criterion, and of those that do not."""
    yes: list[str] = []
    no: list[str] = []
    for case in cases:
        (yes if CRITERIA[name](case) else no).append(case.case_id)
    return yes, no
