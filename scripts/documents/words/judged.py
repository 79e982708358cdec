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
    judged = [case_results for case in cases if (case_results := results(case))]
    judgements = [row for case_results in judged for row in case_results.values()]
    called = methods(cases)
    words = {_key(row): row["result"] for row in sorted(judgements, key=itemgetter("result"), reverse=True)}
    scales: dict[str, Counter[str]] = {}
    for row in judgements:
        scales.setdefault(f"{row['assessor']}, {called[row['instrument']]}", Counter())[words[_key(row)]] += 1
    return len(judged), {
        scale: Counter(dict(sorted(frequencies.items(), key=_strength)))
        for scale, frequencies in sorted(scales.items())
    }


def results(case: CaseFile) -> dict[tuple[str, str, str], dict]:
    """(assessor, method, result) -> its row, for the drug of the series and the event."""
    return {_key(row): row for row in case.judgements if has(row["result"]) and not row["judged_besides"]}


def _key(row: dict) -> tuple[str, str, str]:
    return row["assessor"], row["instrument"], plain(row["result"])


def methods(cases: list[CaseFile]) -> dict[str, str]:
    """What each method is called in the sources; of several spellings the first by the alphabet."""
    judgements = [row for case in cases for row in results(case).values()]
    return {row["instrument"]: row["method"] for row in sorted(judgements, key=itemgetter("method"), reverse=True)} | {
        "": "method not stated"
    }


def pairs(cases: list[CaseFile]) -> dict[tuple[str, str, str], list[tuple[str, str]]]:
    """(method, assessor, assessor) -> the two results of each case that both judged by one method, which is stated.

    A sum of Naranjo's scale is compared as the category that it means.
    """
    compared: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for case in cases:
        meanings: dict[str, dict[str, list[str]]] = {}
        for assessor, instrument, result in sorted(results(case)):
            meanings.setdefault(instrument, {}).setdefault(assessor, []).append(meaning(instrument, result))
        for instrument, by_assessor in meanings.items():
            for first, second in combinations(by_assessor, 2) if instrument else ():
                both = ("; ".join(by_assessor[first]), "; ".join(by_assessor[second]))
                compared.setdefault((instrument, first, second), []).append(both)
    return dict(sorted(compared.items()))


def agreement(cases: list[CaseFile]) -> list[str]:
    """`A and B agree in 1 of 2 by WHO-UMC`, for every two assessors who judged some case by one method."""
    called = methods(cases)
    return [
        f"{first} and {second} agree in {sum(a == b for a, b in couples)} of {len(couples)} by {called[instrument]}"
        for (instrument, first, second), couples in pairs(cases).items()
    ]


def supporting(cases: list[CaseFile]) -> tuple[int, int]:
    """Cases in which every result given is at least `possible`, of those in which each is a word of a usual scale."""
    given = [[_word(meaning(instrument, result)) for _, instrument, result in results(case)] for case in cases]
    on_scale = [words for words in given if words and all(words)]
    return sum(AT_LEAST_POSSIBLE.issuperset(words) for words in on_scale), len(on_scale)


def meaning(instrument: str, result: str) -> str:
    """A result as the word it stands for: a sum of Naranjo's scale is a category."""
    return category(float(result)) if instrument == "naranjo" and is_number(result) else result


def category(total: float) -> str:
    """9 and more definite, 5 to 8 probable, 1 to 4 possible, 0 and less doubtful."""
    return next((class_name for least, class_name in CLASSES if total >= least), "doubtful")


def _word(result: str) -> str:
    """The beginning of a result that a usual scale has; blank for others, and where what follows takes it back."""
    beginning = next((word for word in STRENGTH if result.startswith(word)), "")
    return "" if beginning in AT_LEAST_POSSIBLE and TAKEN_BACK.search(result, len(beginning)) else beginning


def _strength(result: tuple[str, int]) -> tuple[int, float, str]:
    """Words by their strength, then sums from the greatest to the least."""
    words = plain(result[0])
    place = STRENGTH.index(beginning) if (beginning := _word(words)) else len(STRENGTH)
    return place, -float(words) if is_number(words) else 0.0, words
