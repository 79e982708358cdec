"""Naranjo's ten answers, as derived, and the sum of any ten (Clin Pharmacol Ther 1981;30:239; weights as in PMC5774610
table 2, code list `naranjo`).
"""

from collections.abc import Mapping
from functools import cache

from schemas.codes import rows
from scripts.documents.case_file import CaseFile
from scripts.documents.words import phrases
from scripts.documents.words.judged import category
from scripts.documents.words.phrases import joined
from scripts.records.assessors import CODES, Decided

OPEN = ""
OF_JUDGEMENT = {
    "1": (OPEN, "needs a review of the literature"),
    "6": (OPEN, "no placebo is recorded; without one the answer is unknown, 0"),
    "7": (OPEN, "no drug concentration is recorded as a field"),
    "8": (OPEN, "a judgement across doses"),
}
"""Questions that no row decides."""


@cache
def weights() -> dict[str, dict[str, int]]:
    """Question -> answer -> points."""
    return {row["code"]: {answer: int(row[answer]) for answer in CODES} for row in rows("naranjo")}


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
    """The answers that rows decide (scripts.derive.instruments), each with its ground; the others are open."""
    answers = {**OF_JUDGEMENT, **case.answers("naranjo")}
    answer, basis = answers["5"]
    told = joined(phrases.alternative(row, case) for row in case.rows("alternatives"))
    answers["5"] = answer, joined([basis, told])
    return {question: answers[question] for question in weights()}
