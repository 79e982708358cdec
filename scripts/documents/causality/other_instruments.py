"""WHO-UMC, Bégaud and Murad: what the rows decide. All rest on judgement, so most of it stays open.

WHO-UMC criteria as in PMC6039921 box 2 (text of the Uppsala Monitoring Centre, cited, not copied). Murad et al., BMJ
Evid Based Med 2018;23:60, 10.1136/bmjebm-2017-110853: eight questions, no total. Bégaud et al., Thérapie 1985;40:111:
chronology and signs give the intrinsic score, what is published the extrinsic one; the tables of scores are not copied.
"""

from schemas.codes import DEAD
from scripts.documents import criteria
from scripts.documents.case_file import CaseFile, has
from scripts.documents.causality.naranjo import OPEN, Decided, derived, other_causes
from scripts.documents.words.phrases import joined
from scripts.words import wording


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
    """The eight answers."""
    return {
        "1": (OPEN, "how cases were selected is not recorded"),
        "2": _exposure(case),
        "3": _outcome(case),
        "4": _alternatives(case),
        "5": _challenge(case),
        "6": (OPEN, "a judgement across doses"),
        "7": _followed(case),
        "8": (OPEN, "a judgement on the report"),
    }


def _exposure(case: CaseFile) -> Decided:
    given = [row for row in case.suspect_doses() if row["given"] in ("yes", "partial")]
    if given and case.identified:
        return "yes", f"{len(given)} given doses recorded"
    return OPEN, "known at second hand" if not case.identified else "no given dose is recorded"


def _outcome(case: CaseFile) -> Decided:
    level = case.derived["certainty"]
    if level in ("confirmed", "probable"):
        return "yes", f"certainty {level} by the stated definition"
    return OPEN, f"certainty {wording.name(level)} by the stated definition"


def _alternatives(case: CaseFile) -> Decided:
    answer, ground = other_causes(case)
    return {"yes": "no", "no": "yes"}.get(answer, OPEN), ground


def _challenge(case: CaseFile) -> Decided:
    """Yes after a positive dechallenge or rechallenge; no where the drug was given again without recurrence only."""
    if criteria.withdrawal(case) or criteria.rechallenge(case):
        return (
            "yes",
            f"dechallenge {case.derived['dechallenge']}, rechallenge {wording.name(case.derived['rechallenge_event'])}",
        )
    reappeared, ground = derived(case)["4"]
    if reappeared == "no":
        return "no", ground
    return OPEN, "neither dechallenge nor rechallenge is informative"


def _followed(case: CaseFile) -> Decided:
    """Yes where the case was followed to the end of the index episode, every term of it over, or to death."""
    ended = any(one["ended"] == "yes" for one in case.episodes if one["index"] == "yes")
    if ended and any(has(row["end_date"]) or has(row["end_upper"]) for row in case.events()):
        return "yes", "followed to resolution"
    if case.derived["vital"] in DEAD:
        return "yes", "followed to death"
    return OPEN, "no end of the event is recorded"
