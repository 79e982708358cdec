"""Rows of one patient, and what a rule tells of each of many patients."""

import pandas as pd

from scripts.validate import clock
from tests.decisions.line import COURSE, EVENT, WHERE, together
from tests.validate.build import PROFILE, tables

DEATH = {"case_id": "C1"} | WHERE
DOSE = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes"} | WHERE
REPORT = {"case_id": "C1", "version": "1"} | WHERE
JUDGED = {"case_id": "C1", "assessor": "authors", "drug": "examplumab", "reaction": "rash"} | WHERE
DIED = [DEATH | {"time_date": "2024-07-01"}]
BEFORE = EVENT | {"onset_date": "2024-06-25", "end_date": "2024-06-28", "outcome": "recovered"}
AGAIN = EVENT | {"reaction": "again", "course": "2"}
SECOND = COURSE | {"course": "2"}
HISTORY = {"case_id": "C1", "item": "h", "kind": "condition", "term": "itch"} | WHERE
MEASURE = {"case_id": "C1", "item": "m", "measure": "cream"} | WHERE


def day(prefix: str, number: str) -> dict[str, str]:
    return {f"{prefix}_lower": number, f"{prefix}_upper": number, f"{prefix}_scale": "study_day", f"{prefix}_origin": "first_dose"}  # fmt: skip


def counted(prefix: str, number: str, origin: str) -> dict[str, str]:
    return {f"{prefix}_lower": number, f"{prefix}_upper": number, f"{prefix}_scale": "d", f"{prefix}_origin": origin}


JUNE = COURSE | {"start_date": "2024-06-20"}


def gap(months: str, origin: str) -> dict[str, str]:
    return {"gap_lower": months, "gap_upper": months, "gap_scale": "mo", "gap_origin": origin}


def told(rule, cases: list[tuple[dict, str]]) -> list[str]:
    """By case `code severity table.column` of each finding, joined by semicolons."""
    given = clock.with_courses(tables(**together([rows for rows, _ in cases])), PROFILE.drug.substances)
    return by_case(rule.find(given, PROFILE), len(cases))


def by_case(findings: pd.DataFrame, number_of_cases: int) -> list[str]:
    """The same of findings."""
    words = findings["rule"] + " " + findings["severity"] + " " + findings["table"] + "." + findings["column"]
    return ["; ".join(sorted(words[findings["case_id"] == f"C{number}"])) for number in range(1, number_of_cases + 1)]
