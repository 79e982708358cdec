"""File names for cases: safe on every system, one per case, the same on every run and in whatever order the cases come."""

import hashlib
import re
from collections import Counter

from schemas.config import RESERVED

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
DIGEST = re.compile(r".*-[0-9a-f]{8}", re.IGNORECASE | re.DOTALL)
"""How a changed name ends: an id that ends so by itself is changed too, or it could be another one's name."""
LONGEST = 80
SHORT, WHOLE = 8, 64
"""Digits of the digest; all of them where eight do not tell two ids apart."""


def file_names(cases: list[str]) -> dict[str, str]:
    """Case id -> file name without suffix. An id that is no safe name, or differs from another in capitals only, is
    made one and gains a short digest.

    `CASE-2025` stays; `a/b` becomes `a_b-` and eight digits of its digest, `CON.1` `CON_1-` and eight digits.
    """
    alike = Counter(case.casefold() for case in set(cases))
    names = {case: case if alike[case.casefold()] == 1 and _is_safe(case) else _changed(case, SHORT) for case in cases}
    taken = Counter(stem.casefold() for stem in names.values())
    return {case: stem if taken[stem.casefold()] == 1 else _changed(case, WHOLE) for case, stem in names.items()}


def _is_safe(case: str) -> bool:
    return case == _stem(case) and not DIGEST.fullmatch(case)


def _stem(case: str) -> str:
    """The id without what some system refuses: other letters, a dot or hyphen at its start, a dot at its end, a device."""
    stem = UNSAFE.sub("_", case).lstrip("._-")[:LONGEST].rstrip("._") or "case"
    return stem.replace(".", "_") + "_" if RESERVED.fullmatch(stem.partition(".")[0]) else stem


def _changed(case: str, digits: int) -> str:
    digest = hashlib.sha256(case.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_stem(case).rstrip('_') or 'case'}-{digest[:digits]}"
