"""WHO-UMC, Bégaud and Murad: what the rows decide. All rest on judgement, so most of it stays open.

WHO-UMC criteria as in PMC6039921 box 2 (text of the Uppsala Monitoring Centre, cited, not copied). Murad et al., BMJ
Evid Based Med 2018;23:60, 10.1136/bmjebm-2017-110853: eight questions, no total. Bégaud et al., Thérapie 1985;40:111:
chronology and signs give the intrinsic score, what is published the extrinsic one; the tables of scores are not copied.
"""

from scripts.documents.case_file import CaseFile
from scripts.documents.causality.naranjo import OPEN, derived
from scripts.documents.words.phrases import joined
from scripts.records.assessors import Decided

OF_JUDGEMENT = {
    "1": (OPEN, "how cases were selected is not recorded"),
    "6": (OPEN, "a judgement across doses"),
    "8": (OPEN, "a judgement on the report"),
}
"""Questions of Murad that no row decides."""


def who_umc(case: CaseFile) -> tuple[Decided, list[tuple[str, str]]]:
    """The category, which rows never decide, and the points it rests on as far as rows do."""
    answers = derived(case)
    points = [
        ("timing", f"event after the drug: {answers['2'][0] or 'cannot be derived'} ({answers['2'][1]})"),
        ("other causes", f"could explain it: {answers['5'][0] or 'cannot be derived'} ({answers['5'][1]})"),
        ("withdrawal", answers["3"][1]),
        ("rechallenge", answers["4"][1]),
    ]
    return (OPEN, "plausibility of timing and withdrawal is a judgement"), points


def begaud(case: CaseFile) -> tuple[Decided, list[tuple[str, str]]]:
    """The scores, which rows never decide, and the criteria they rest on as far as rows do."""
    answers = derived(case)
    tests = answers["10"][1]
    points = [
        ("chronology: onset", answers["2"][1]),
        ("chronology: course after stopping", answers["3"][1]),
        ("chronology: given again", answers["4"][1]),
        (
            "signs: another explanation",
            joined([answers["5"][0] and f"could explain it: {answers['5'][0]}", answers["5"][1]]),
        ),
        ("signs: specific test", tests),
        ("published (extrinsic)", answers["1"][1]),
    ]
    return (OPEN, "the scores of chronology, signs and literature are a judgement"), points


def murad(case: CaseFile) -> dict[str, Decided]:
    """The eight answers, as derived."""
    return dict(sorted((OF_JUDGEMENT | case.answers("murad")).items()))
