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
    if LEVEL in heading:
        return target_of(heading.rpartition(LEVEL)[2])
    bare = IN_BRACKETS.match(MARKS.sub("", heading))
    measured = synonyms.get(_plain(bare[1]), "") if bare else ""
    return measured if measured and (TARGETS[measured]["kind"] in ("dose", "number") or measured == JUDGED) else ""


@cache
def _synonyms() -> dict[str, str]:
    return {_plain(word): row["code"] for row in rows("flat_targets") for word in row["synonyms"].split("|") if word}


def _plain(heading: str) -> str:
    """As headings are compared: footnote marks, capitals, underscores and blanks before a comma aside."""
    words = " ".join(MARKS.sub("", heading).casefold().replace("_", " ").split())
    return words.replace(" ,", ",").replace(" / ", "/").strip(" .:*")


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
