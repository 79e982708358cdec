"""Which kinds of measures a text names: recognised by the words of the code list `mitigation`. What the list does not know
is `other`, and a measure that is denied stays denied.
"""

import re

from schemas.codes import rows
from schemas.fields import NO_VALUE

UNSAID = re.compile(r"\bnot (stated|known|reported|seen)\b")
DENIED = re.compile(r"\b(no|not|none|never|without|declined|omitted|refused)\b")
NOTHING = "none"


def parts(text: str) -> list[str]:
    """What stands between semicolons; a reason for missing alone."""
    if text in NO_VALUE:
        return [text or "no_information"]
    return [part.strip() for part in text.split(";") if part.strip()]


def kinds(text: str) -> list[str]:
    """Kinds of measures named in a text, in order of the codelist within each part; a reason for missing alone."""
    if text in NO_VALUE:
        return parts(text)
    return [kind for part in parts(text) for kind in _kinds(part.casefold())] or ["no_information"]


def _kinds(part: str) -> list[str]:
    if UNSAID.search(part):  # `of the third not stated` neither names nor denies a measure
        return []
    known = [row["label"] for row in rows("mitigation") if any(word in part for word in row["words"].split("|"))]
    if DENIED.search(part):
        return [f"no {label}" for label in known] or [NOTHING]
    return known or ["other"]
