"""Patients known only as a group: one line for all members of an aggregate, never as many invented patients."""

from collections import Counter

from scripts.documents.case_file import CaseFile


def lines(cases: list[CaseFile]) -> list[list[CaseFile]]:
    """Each identified patient alone, the anonymous members of each aggregate together, in the order of the series."""
    found: dict[str, list[CaseFile]] = {}
    for case in cases:
        key = case.case_id if case.identified else f"aggregate\x1f{case.aggregate}"
        found.setdefault(key, []).append(case)
    return list(found.values())


def name(cases: list[CaseFile]) -> str:
    """`14 patients known only as a group (DROP2021)`; the id of a patient who stands alone."""
    if cases[0].identified:
        return cases[0].case_id
    number = f"{len(cases)} patients" if len(cases) > 1 else "1 patient"
    return f"{number} known only as a group ({cases[0].aggregate or 'no aggregate named'})"


def cell(texts: list[str]) -> str:
    """What all of them say, else each distinct text with the number of patients it is said of."""
    counted = Counter(texts)
    if len(counted) == 1:
        return texts[0]
    return "; ".join(f"{text or 'blank'} ({number} of {len(texts)})" for text, number in counted.items())


def parts(columns: list[list[str]]) -> str:
    """The parts of one column, given per patient in one order, each counted by itself; a part nobody has is left out."""
    return "; ".join(told for own in zip(*columns, strict=True) if (told := _part(own)))


def _part(own: tuple[str, ...]) -> str:
    """What they all say, or who say it: the others have nothing there."""
    counted = Counter(own)
    if len(counted) == 1:
        return own[0]
    return ", ".join(f"{text} ({number} of {len(own)})" for text, number in counted.items() if text)
