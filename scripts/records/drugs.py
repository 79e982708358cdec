"""Which rows tell of the drug of the series: one rule for the case definition, the exposures and the rules of `validate`.

Brand and substance are one drug by the profile, which lists both; a product of several substances is each of them.
"""

from collections.abc import Iterable

import pandas as pd

SUSPECT = ("suspect", "interacting")
"""Roles in which a drug may have caused the event (E2B G.k.1)."""


def names_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether a drug as reported, or one of several between semicolons, is one of these names, without regard to case."""
    wanted = {name.casefold() for name in names} - {""}
    said = text.casefold()
    return said in wanted or not wanted.isdisjoint(said.split("; "))


def of_the_drug(courses: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """Courses of the drug, in whatever role, by substance or by the name as reported.

    | drug      | substance         | names substance, brand |
    |-----------|-------------------|------------------------|
    | Brand     |                   | yes                    |
    | trial arm | Substance         | yes                    |
    | both      | substance; second | yes                    |
    | second    | second            | no                     |
    """
    wanted = list(names)
    found = pd.Series(False, index=courses.index)
    for name in ("substance", "drug"):
        cells = courses[name]
        found |= cells.isin([cell for cell in cells.unique() if names_one_of(cell, wanted)])
    return found


def is_suspect(courses: pd.DataFrame) -> pd.Series:
    """Courses of a drug that may have caused the event."""
    return courses["role"].isin(SUSPECT)
