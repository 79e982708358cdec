"""Which drug an assessment speaks of: one rule for all that is taken from assessments."""

from collections.abc import Iterable, Mapping

import pandas as pd

from schemas.fields import NO_VALUE
from scripts.records.drugs import name_of, names_one_of

NAMES = ["drug", "substance"]
Course = Mapping[str, str]


def other_drugs(assessments: pd.DataFrame, courses: pd.DataFrame, names: Iterable[str]) -> pd.Series:
    """The drug that each assessment speaks of, where it is another one than `names`; blank where it is not."""
    named = courses.set_index(["case_id", "course"])[NAMES]
    of_course = named[~named.index.duplicated()].to_dict("index")
    wanted = list(names)
    told = assessments[["case_id", "course", "drug"]].itertuples(index=False)
    found = [other_drug(drug, of_course.get((case, course)), wanted) for case, course, drug in told]
    return pd.Series(found, index=assessments.index, dtype=object)


def other_drug(drug: str, course: Course | None, names: Iterable[str]) -> str:
    """The other drug that an assessment speaks of, by the drug and the course that it names; blank for the drug itself.

    It speaks of the drug of its course; where it names none, or a drug that is not that course's, of the drug it names.

    | drug        | course of                   | speaks of  |
    |-------------|-----------------------------|------------|
    |             | examplumab                  | the drug   |
    | BRAND 10 MG | BRAND 10 MG, examplumab     | the drug   |
    | examplumab  | none named                  | the drug   |
    | not stated  | none named                  | the drug: nothing tells it from the others |
    |             | otherumab                   | otherumab  |
    | otherumab   | examplumab, or none named   | otherumab  |
    """
    wanted = list(names)
    if course is None or not (drug in NO_VALUE or names_one_of(drug, _names(course))):
        return "" if drug in NO_VALUE or names_one_of(drug, wanted) else drug
    own = any(names_one_of(name, wanted) for name in _names(course))
    return "" if own or name_of(course) in NO_VALUE else name_of(course)


def _names(course: Course) -> list[str]:
    return [course[name] for name in NAMES]
