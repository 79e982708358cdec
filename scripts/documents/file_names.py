"""File names for cases: safe on every system, one per case, the same on every run."""

import hashlib
import re

UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST = 80


def file_names(cases: list[str]) -> dict[str, str]:
    """Case id -> file name without suffix. An id that is changed for safety, or repeats one, gains a short digest.

    `CASE-2025` stays; `a/b` becomes `a_b-` and eight digits of its digest.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for case in cases:
        name = UNSAFE.sub("_", case).strip("._")[:LONGEST]
        if name != case or name.casefold() in taken:
            name = f"{name}-{hashlib.sha256(case.encode()).hexdigest()[:8]}"
        taken.add(name.casefold())
        names[case] = name
    return names
