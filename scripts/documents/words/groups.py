"""Patients known only as a group: one line for all members of an aggregate, never as many invented patients."""

from scripts.documents.case_file import CaseFile
from scripts.words.wording import counted

MOST = 1000
"""Lines above which what has a part per case gives way: documents of single cases, and listings in Word."""
MOST_TOLD = 12
"""Patients above which prose counts them instead of telling them one by one."""


def lines(cases: list[CaseFile]) -> list[list[CaseFile]]:
    """Each identified patient alone, the anonymous members of each aggregate together, in the order of the series."""
    grouped: dict[str, list[CaseFile]] = {}
    for case in cases:
        key = case.case_id if case.identified else f"aggregate\x1f{case.aggregate}"
        grouped.setdefault(key, []).append(case)
    return list(grouped.values())


def group_name(cases: list[CaseFile]) -> str:
    """`14 patients known only as a group (DROP2021)`; the id of a patient who stands alone."""
    if cases[0].identified:
        return cases[0].case_id
    number = counted(len(cases), "patient")
    return f"{number} known only as a group ({cases[0].aggregate or 'group not named'})"
