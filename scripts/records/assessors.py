"""What assessors answered: overrides of derived answers, and their agreement.

An override needs a reason to win. Where assessors who give reasons differ, neither wins and the answer is open for
adjudication; all are kept and shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from schemas.codes import back, codes
from schemas.fields import NO_VALUE

CODES = codes("instrument_answer")
ANSWERS = {code: code for code in CODES} | back("instrument_answer", "printed")
"""An answer as assessors give it -> its code."""
Decided = tuple[str, str]
"""What rows answer (yes, no, unknown, or a blank for `cannot be derived`) and what that rests on."""


@dataclass(frozen=True)
class Assessor:
    """One assessor's use of one instrument on one case."""

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    result: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Final:
    """The answer that stands: where from, and what was said besides."""

    answer: str
    origin: str
    ground: str
    differ: bool = False


def assessors(judgements: Iterable[Mapping[str, str]], instrument: str) -> list[Assessor]:
    """Everybody who used an instrument on the drug of the series and the event of a case, in the order of the rows; not who
    is only named beside it, without a result or an answer."""
    people = [
        Assessor(row["assessor"], answers(row["answers"]), _told(row["result"]), _told(row["reason"]))
        for row in judgements
        if row["instrument"] == instrument and not row["judged_besides"]
    ]
    return [assessor for assessor in people if assessor.answers or assessor.result]


def _told(cell: str) -> str:
    return "" if cell in NO_VALUE else cell


def answers(text: str) -> dict[str, str]:
    """`1=yes; 2=unknown` as question -> answer; parts that cannot be read are left out."""
    given_answers = {}
    for part in text.split(";"):
        question, equals, answer = (piece.strip().casefold() for piece in part.partition("="))
        if equals and question.isdecimal() and answer in ANSWERS:
            given_answers[question] = ANSWERS[answer]
    return given_answers


def final(derived: Decided, question: str, people: Iterable[Assessor]) -> Final:
    """The assessor's answer where one is given with a reason and no other assessor differs; else the derived one."""
    assessor_answers = [(assessor, assessor.answers[question]) for assessor in people if question in assessor.answers]
    reasoned = [(assessor, answer) for assessor, answer in assessor_answers if assessor.reason]
    silent = [
        f"{assessor.name}: {answer}, without reason, not used"
        for assessor, answer in assessor_answers
        if not assessor.reason
    ]
    derived_words = f"derived: {derived[0] or 'cannot be derived'}" + (f" ({derived[1]})" if derived[1] else "")
    kept = "; ".join([derived_words, *silent])
    given = {answer for _, answer in reasoned}
    if len(given) == 1:
        who = ", ".join(assessor.name for assessor, _ in reasoned)
        why = "; ".join(dict.fromkeys(assessor.reason for assessor, _ in reasoned))
        return Final(given.pop(), f"assessor: {who}", f"{why}; {kept}")
    if given:
        told = "; ".join(f"{assessor.name}: {answer} ({assessor.reason})" for assessor, answer in reasoned)
        return Final("", "assessors differ", f"{told}; {kept}", differ=True)
    ground = "; ".join(filter(None, [derived[1], *silent]))
    return Final(derived[0], "derived" if derived[0] else "cannot be derived", ground)


def kappa(pairs: Iterable[tuple[str, str]]) -> tuple[int, float, float | None]:
    """Number of pairs, share of agreement and Cohen's kappa (Educ Psychol Meas 1960;20:37).

    kappa = (po - pe) / (1 - pe). None where no answers can be compared or both always gave one and the same answer.
    20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: po 0.7, pe 0.5, kappa 0.4.
    """
    listed = list(pairs)
    n = len(listed)
    if not n:
        return 0, float("nan"), None
    observed = sum(a == b for a, b in listed) / n
    levels = {answer for pair in listed for answer in pair}
    expected = sum(sum(a == level for a, _ in listed) * sum(b == level for _, b in listed) for level in levels) / (
        n * n
    )
    return n, observed, None if expected == 1 else (observed - expected) / (1 - expected)


def paired(people: Mapping[str, list[Assessor]]) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """For every two assessors who both answered questions of some case: their names, and the pairs of answers."""
    answer_pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for case_people in people.values():
        answers_by_name = {assessor.name: assessor.answers for assessor in case_people}
        for first, second in combinations(sorted(answers_by_name), 2):
            both = [
                (answers_by_name[first][q], answers_by_name[second][q])
                for q in answers_by_name[first]
                if q in answers_by_name[second]
            ]
            if both:
                answer_pairs.setdefault((first, second), []).extend(both)
    return answer_pairs
