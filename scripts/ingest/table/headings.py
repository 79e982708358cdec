"""What a heading says of its column: the target by the list of synonyms, the unit, and what a time is counted from."""

import re
from functools import cache
from typing import NamedTuple

from schemas.codes import back, rows
from schemas.map_column import TARGETS
from scripts.ingest.table.grammar import MARKS

IN_BRACKETS = re.compile(r"^(.*?)\s*[(\[]([^)\]]*)[)\]]\s*$")
WITHIN = re.compile(r"\s*[(\[][^)\]]*[)\]](?=\s*[,/&\w])")
LEVEL = ": "
"""Between the headings of two rows."""
BEHIND_COMMA = re.compile(r"^(.*?),\s*([^,]+)$")
BEHIND = re.compile(r"^(.*?)[\s_,/]+(?:in[\s_]+)?([^\W\d_]+)\.?$")
"""A unit of time behind a heading: `age_years`, `Age in years`."""
ANSWERS = re.compile(r"\s*[(\[](?:y/n|yes/no|yes or no|m/f|f/m|male/female|n)[)\]]\s*$")
"""Brackets that say how a column is answered, and nothing of what it is."""
ALIKE = re.compile(r"[\s\-–.:*?]")
"""What headings that mean the same are written with or without: pre-medication, premedication."""
JUDGE = r"(?:(?:first|second|third|1st|2nd|3rd|independent)\s+)?(?:assessor|rater|reviewer|evaluator|observer|expert)s?(?:\s+[^\W_]{1,3})?"
JUDGE_BEHIND, JUDGE_BEFORE = re.compile(rf"^(.+?)\s+({JUDGE})$", re.I), re.compile(rf"^({JUDGE})\s+(.+)$", re.I)
COUNTED_TO = re.compile(r"\s+(?:to|until|till)\s+|\s*[(\[]")
COUNTED = re.compile(r"\b(?:after|from|since|post)\s+(?:the\s+)?(.+)$")


JUDGED = "causality"
COUNTED_IN_TIME = ("time", "gap", "sign", "age", "age_sex")
"""Kinds of target under a heading with a unit of time."""


class Head(NamedTuple):
    """Where the headings of a table stand: their first row, and how many rows they take."""

    row: int = 1
    rows: int = 1


FIRST_ROW = Head()


def target_of(heading: str) -> str:
    """The target whose synonyms hold the heading, else it without its unit; footnote marks and capitals aside. Blank where none does.

    Of a heading of two rows, `Patient: Age`, the lower one counts where the whole is not known. Behind a causality the
    brackets say the method or who judged.
    """
    synonyms = _synonyms()
    if target := synonyms.get(_plain(heading), ""):
        return target
    forms = [parted(heading)[0], WITHIN.sub("", heading)]
    if target := next((synonyms[_plain(form)] for form in forms if _plain(form) in synonyms), ""):
        return target if not parted(heading)[1] or TARGETS[target]["kind"] in COUNTED_IN_TIME else ""
    if (target := _before_unit(heading)) or judged(heading):
        return target or JUDGED
    if LEVEL in heading:
        return target_of(heading.rpartition(LEVEL)[2])
    measured = synonyms.get(_plain(measure(heading)[0]), "")
    return measured if measured and TARGETS[measured]["kind"] in ("dose", "number") else ""


def _before_unit(heading: str) -> str:
    """The target of a time, or of an age, whose unit stands behind it without brackets."""
    behind = BEHIND.match(MARKS.sub("", heading))
    if not behind or behind[2].casefold() not in back("scale", "printed"):
        return ""
    target = _synonyms().get(_plain(behind[1]), "")
    return target if target and TARGETS[target]["kind"] in COUNTED_IN_TIME else ""


def measure(heading: str) -> tuple[str, str]:
    """What is measured and its unit, of `Ferritin (ug/L)` or `Ferritin, ug/L`; blanks where neither is written so."""
    parts = IN_BRACKETS.match(MARKS.sub("", heading)) or BEHIND_COMMA.match(MARKS.sub("", heading))
    return (parts[1], parts[2]) if parts else ("", "")


def judged(heading: str) -> dict[str, str]:
    """Method and assessor that the heading of a causality names beside each other; empty where it names one thing only.

    `Naranjo (author)`, `Naranjo, rater 1`, `Assessor 1: Naranjo`, `Causality (WHO-UMC)`.
    """
    heading = MARKS.sub("", heading)
    upper, _, lower = heading.rpartition(LEVEL)
    behind, before = JUDGE_BEHIND.match(heading), JUDGE_BEFORE.match(heading)
    pairs = [measure(heading), (upper, lower), behind.groups() if behind else ("", "")]
    pairs += [(before[2], before[1])] if before else []
    for method, other in pairs:
        if method and other and _synonyms().get(_plain(method), "") == JUDGED:
            same = _synonyms().get(_plain(other), "") == JUDGED
            return {"method": other} if same else {"method": method, "assessor": other}
    if _synonyms().get(_plain(lower), "") == JUDGED and re.fullmatch(JUDGE, upper, re.I):
        return {"method": lower, "assessor": upper}
    return {}


@cache
def _synonyms() -> dict[str, str]:
    return {_plain(word): row["code"] for row in rows("flat_targets") for word in row["synonyms"].split("|") if word}


def _plain(heading: str) -> str:
    """As headings are compared: footnote marks, capitals, blanks, hyphens and points aside, and how a column is answered."""
    words = MARKS.sub("", ANSWERS.sub("", heading.casefold().strip())).replace("_", " ").replace("&", "and")
    return ALIKE.sub("", words)


def joined(levels: list[list[str]]) -> list[str]:
    """Headings of several rows as one: `Patient: Age`. A heading above is that of the columns behind it too, up to the next."""
    width = max(map(len, levels), default=0)
    wide = [row + [""] * (width - len(row)) for row in levels]
    names = []
    for at in range(width):
        above = [next((heading for heading in reversed(row[: at + 1]) if heading), "") for row in wide[:-1]]
        column_levels = [row[at] for row in wide[:-1]]
        parts = [*above, wide[-1][at]] if wide[-1][at] else column_levels
        names.append(LEVEL.join(dict.fromkeys(filter(None, parts))))
    return names


def parted(heading: str) -> tuple[str, str, str]:
    """A heading without what it says of its unit, that unit, and what it is counted from; blank where it says none."""
    heading = MARKS.sub("", heading)
    unit_match = IN_BRACKETS.match(heading) or BEHIND_COMMA.match(heading)
    bare_heading, unit_text = (
        (unit_match[1], unit_match[2].casefold()) if unit_match else (heading, heading.casefold().replace("_", " "))
    )
    unit = next(
        (unit for word in unit_text.split() if (unit := back("scale", "printed").get(word.strip(".,"), ""))), ""
    )
    counted = COUNTED.search(heading.casefold().rstrip(" )]"))
    start = COUNTED_TO.split(counted[1])[0].strip(" ,.") if counted else ""
    origin = back("origin_words", "printed").get(start, "")
    return (bare_heading if unit_match and (unit or origin) else heading), unit, origin
