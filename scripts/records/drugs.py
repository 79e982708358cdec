"""Which rows tell of the drug of the series: one rule for the case definition, the exposures and the rules of `validate`.

Brand and substance are one drug by the profile, which lists both; a product of several substances is each of them.
"""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from schemas.fields import NO_VALUE
from scripts.clock.first_doses import of_case_and_course
from scripts.clock.intervals import numbers
from scripts.records.terms import plain

SUSPECT = ("suspect", "interacting")
"""Roles in which a drug may have caused the event (E2B G.k.1)."""
NAMES = ["drug", "substance"]
"""Cells of a course that name its drug."""
SEVERAL = re.compile(r"[;,\\/+・･]")
"""Between the substances of a product: EudraVigilance lists them with commas, FDA with backslashes, JADER with dots."""


def names_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether a drug as reported, or one of several in it, is one of these names, without regard to capitals and signs."""
    return _bears(text, _plain(names))


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(plain, names)) - {""}


def _bears(text: str, wanted: frozenset[str]) -> bool:
    return plain(text) in wanted or not wanted.isdisjoint(map(plain, SEVERAL.split(text)))


def names(text: str, drug_name: str) -> bool:
    """Whether the words of `drug_name` stand side by side in `text`: `Brand 12mg` names `BRAND`; no word names nothing.

    Enough to look a record up; a product of that name may be another drug, so that a case definition asks `names_one_of`.
    """
    return bool(plain(drug_name)) and f" {plain(drug_name)} " in f" {plain(text)} "


def name_of(course: Mapping[str, str]) -> str:
    """What a course is called: its substance, else its drug as reported."""
    return course["drug"] if course["substance"] in NO_VALUE else course["substance"]


def of_the_drug(courses: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """Courses of the drug, in whatever role, by substance or by the name as reported.

    | drug      | substance         | names substance, brand |
    |-----------|-------------------|------------------------|
    | Brand     |                   | yes                    |
    | trial arm | Substance         | yes                    |
    | both      | substance; second | yes                    |
    | both      | second, Substance | yes                    |
    | Brand 5mg |                   | no                     |
    | second    | second            | no                     |
    """
    wanted = _plain(names)
    is_of_drug = pd.Series(False, index=courses.index)
    for column in NAMES:
        cells = courses[column]
        is_of_drug |= cells.isin([cell for cell in cells.unique() if _bears(cell, wanted)])
    return is_of_drug


def is_suspect(courses: pd.DataFrame) -> pd.Series:
    """Courses of a drug that may have caused the event."""
    return courses["role"].isin(SUSPECT)


def meant_by_the_case(rows: pd.DataFrame, courses: pd.DataFrame) -> pd.Series:
    """Rows whose first and last dose are those of their case too, from which a death counts: it names no course.

    Their case has no other course, or theirs is its only suspect one.
    """
    suspect = courses[is_suspect(courses)]
    alone = suspect[~suspect["case_id"].duplicated(keep=False)]
    several = rows["case_id"].isin(courses.loc[courses["case_id"].duplicated(), "case_id"])
    if "course" not in rows:
        return ~several
    return ~several | of_case_and_course(rows).isin(of_case_and_course(alone))


def drug_courses(courses: pd.DataFrame, substances: Iterable[str]) -> pd.DataFrame:
    """Courses of the drug as suspect or interacting, in the order of their numbers within the case."""
    suspect_courses = courses[of_the_drug(courses, substances) & is_suspect(courses)]
    order = suspect_courses.assign(order=numbers(suspect_courses["course"]).fillna(0))
    return order.sort_values(["case_id", "order", "course"], kind="stable").drop(columns="order")


def other_drugs(assessments: pd.DataFrame, courses: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """The drug that each assessment speaks of, where it is another one than `names`; blank where it is not."""
    named = courses.set_index(["case_id", "course"])[NAMES]
    of_course = named[~named.index.duplicated()].to_dict("index")
    wanted = list(names)
    told = assessments[["case_id", "course", "drug"]].itertuples(index=False)
    drug_names = [other_drug(drug, of_course.get((case, course)), wanted) for case, course, drug in told]
    return pd.Series(drug_names, index=assessments.index, dtype=object)


def other_drug(drug: str, course: Mapping[str, str] | None, names: Iterable[str]) -> str:
    """The other drug that an assessment speaks of, by the drug and the course that it names; blank for the drug itself.

    It speaks of the drug of its course; where it names none, or a drug that is not that course's, of the drug it names.

    | drug        | course of                   | speaks of  |
    |-------------|-----------------------------|------------|
    |             | Substance                   | the drug   |
    | Brand 10 mg | Brand 10 mg, Substance      | the drug   |
    | Substance   | none named                  | the drug   |
    | not stated  | none named                  | the drug: nothing tells it from the others |
    |             | second                      | second     |
    | second      | Substance, or none named    | second     |
    """
    wanted = list(names)
    if course is None or not (drug in NO_VALUE or names_one_of(drug, _names(course))):
        return "" if drug in NO_VALUE or names_one_of(drug, wanted) else drug
    is_the_drug = any(names_one_of(drug_name, wanted) for drug_name in _names(course))
    return "" if is_the_drug or name_of(course) in NO_VALUE else name_of(course)


def _names(course: Mapping[str, str]) -> list[str]:
    return [course[column] for column in NAMES]
