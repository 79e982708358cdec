"""Rows told in a course of another drug, and cases whose event is told so alone: the patient had it all the same."""

import pandas as pd

from schemas.fields import stated
from scripts.clock.first_doses import of_case_and_course
from scripts.records.drugs import of_the_drug
from scripts.records.events import is_event


def in_another_course(rows: pd.DataFrame, courses: pd.DataFrame, substances: list[str]) -> pd.Series:
    """Rows that name a course which is none of the drug."""
    courses_of_drug = of_case_and_course(courses[of_the_drug(courses, substances)])
    return stated(rows["course"]) & ~of_case_and_course(rows).isin(courses_of_drug)


def of_another_alone(reactions: pd.DataFrame, courses: pd.DataFrame, substances: list[str]) -> set[str]:
    """Cases with the event in courses of other drugs, and in none of the drug, nor anywhere else; the drug they had too."""
    treated = courses.loc[of_the_drug(courses, substances), "case_id"]
    event = reactions[is_event(reactions) & reactions["case_id"].isin(treated)]
    elsewhere = in_another_course(event, courses, substances)
    return set(event.loc[elsewhere, "case_id"]) - set(event.loc[~elsewhere, "case_id"])
