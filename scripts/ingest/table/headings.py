"""What a heading says of its column: the target by the list of synonyms, the unit, and what a time is counted from."""

import re

from schemas.codes import back, rows
from schemas.column_map import TARGETS

IN_BRACKETS = re.compile(r"^(.*?)\s*[(\[]([^)\]]*)[)\]]\s*$")
BEHIND_COMMA = re.compile(r"^(.*?),\s*([^,]+)$")
COUNTED = re.compile(r"\b(?:after|from|since|post)\s+(?:the\s+)?(.+)$")


def target_of(heading: str) -> str:
    """The target whose synonyms hold the heading, without its unit and capitals aside; blank where none does."""
    synonyms = _synonyms()
    if found := next(
        (synonyms[form] for form in (_plain(heading), _plain(parted(heading)[0])) if form in synonyms), ""
    ):
        return found
    bare = IN_BRACKETS.match(heading)
    measured = synonyms.get(_plain(bare[1]), "") if bare else ""
    return measured if measured and TARGETS[measured]["kind"] in ("dose", "number") else ""


def _synonyms() -> dict[str, str]:
    return {_plain(word): row["code"] for row in rows("flat_targets") for word in row["synonyms"].split("|") if word}


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().replace("_", " ").split()).strip(" .:*")


def parted(heading: str) -> tuple[str, str, str]:
    """A heading without what it says of its unit, that unit, and what it is counted from; blank where it says none."""
    found = IN_BRACKETS.match(heading) or BEHIND_COMMA.match(heading)
    name, said = (found[1], found[2].casefold()) if found else (heading, heading.casefold().replace("_", " "))
    unit = next((unit for word in said.split() if (unit := back("scale", "printed").get(word.strip(".,"), ""))), "")
    counted = COUNTED.search(heading.casefold().rstrip(" )]"))
    origin = back("origin_words", "printed").get(counted[1].strip(" ,.") if counted else "", "")
    return (name if found and (unit or origin) else heading), unit, origin
