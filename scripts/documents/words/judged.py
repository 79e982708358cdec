"""Causality as reported, of the drug of the series and the event: per assessor and method, and where two assessors agree.

Results of different scales are never added up or compared (definitions: judgements).
"""

import re
from collections import Counter
from itertools import combinations
from operator import itemgetter

from schemas.codes import rows
from schemas.fields import is_number
from scripts.documents.case_file import CaseFile, has
from scripts.records.terms import plain

CLASSES = ((9, "definite"), (5, "probable"), (1, "possible"))
"""Naranjo's scale: the least sum of each category."""
STRENGTH = tuple(row["begins"] for row in rows("causality_result"))
"""Beginnings of the results of the usual scales in their order; others follow in alphabetical order."""
AT_LEAST_POSSIBLE = {row["begins"] for row in rows("causality_result") if row["at_least_possible"]}
TAKEN_BACK = re.compile(r"\b(not?|never|un\w+)\b")
"""`probably not`, `possibly unrelated`: what follows says the contrary."""


def tally(cases: list[CaseFile]) -> tuple[int, dict[str, Counter[str]]]:
    """Cases with a reported judgement; per assessor and method how often each result was given, in the assessor's words,
    from the strongest result to the weakest. One method, and one result, may be spelled in several ways."""
    judged = [own for case in cases if (own := results(case))]
    said = [row for own in judged for row in own.values()]
    called = methods(cases)
    words = {_key(row): row["result"] for row in sorted(said, key=itemgetter("result"), reverse=True)}
    scales: dict[str, Counter[str]] = {}
    for row in said:
        scales.setdefault(f"{row['assessor']}, {called[row['instrument']]}", Counter())[words[_key(row)]] += 1
    return len(judged), {
        name: Counter(dict(sorted(own.items(), key=_strength))) for name, own in sorted(scales.items())
    }


def results(case: CaseFile) -> dict[tuple[str, str, str], dict]:
    """(assessor, method, result) -> its row, for the drug of the series and the event."""
    return {_key(row): row for row in case.judgements if has(row["result"]) and not row["judged_besides"]}


def _key(row: dict) -> tuple[str, str, str]:
    return row["assessor"], row["instrument"], plain(row["result"])


def methods(cases: list[CaseFile]) -> dict[str, str]:
    """What each method is called in the sources; of several spellings the first by the alphabet."""
    said = [row for case in cases for row in results(case).values()]
    return {row["instrument"]: row["method"] for row in sorted(said, key=itemgetter("method"), reverse=True)} | {
        "": "method not stated"
    }


def pairs(cases: list[CaseFile]) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """(method, assessor, assessor) -> the two results of each case that both judged by one method, which is stated.

    A sum of Naranjo's scale is compared as the category that it means.
    """
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for case in cases:
        said: dict[str, dict[str, list[str]]] = {}
        for assessor, instrument, result in sorted(results(case)):
            said.setdefault(instrument, {}).setdefault(assessor, []).append(meaning(instrument, result))
        for instrument, own in said.items():
            for first, second in combinations(own, 2) if instrument else ():
                both = ("; ".join(own[first]), "; ".join(own[second]))
                found.setdefault((instrument, first, second), []).append(both)
    return dict(sorted(found.items()))


def agreement(cases: list[CaseFile]) -> list[str]:
    """`A and B agree in 1 of 2 by WHO-UMC`, for every two assessors who judged some case by one method."""
    called = methods(cases)
    return [
        f"{first} and {second} agree in {sum(a == b for a, b in said)} of {len(said)} by {called[instrument]}"
        for (instrument, first, second), said in pairs(cases).items()
    ]


def supporting(cases: list[CaseFile]) -> tuple[int, int]:
    """Cases in which every result given is at least `possible`, of those in which each is a word of a usual scale."""
    given = [[_word(meaning(instrument, result)) for _, instrument, result in results(case)] for case in cases]
    on_scale = [own for own in given if own and all(own)]
    return sum(AT_LEAST_POSSIBLE.issuperset(own) for own in on_scale), len(on_scale)


def meaning(instrument: str, result: str) -> str:
    """A result as the word it stands for: a sum of Naranjo's scale is a category."""
    return category(float(result)) if instrument == "naranjo" and is_number(result) else result


def category(total: float) -> str:
    """9 and more definite, 5 to 8 probable, 1 to 4 possible, 0 and less doubtful."""
    return next((name for least, name in CLASSES if total >= least), "doubtful")


def _word(result: str) -> str:
    """The beginning of a result that a usual scale has; blank for others, and where what follows takes it back."""
    found = next((word for word in STRENGTH if result.startswith(word)), "")
    return "" if found in AT_LEAST_POSSIBLE and TAKEN_BACK.search(result, len(found)) else found


def _strength(result: tuple[str, int]) -> tuple[int, float, str]:
    """Words by their strength, then sums from the greatest to the least."""
    words = plain(result[0])
    place = STRENGTH.index(found) if (found := _word(words)) else len(STRENGTH)
    return place, -float(words) if is_number(words) else 0.0, words
