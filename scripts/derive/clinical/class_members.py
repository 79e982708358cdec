"""Another drug of the class, given after the event: a count of its own, never a re-exposure (definitions: exposures)."""

import pandas as pd

from schemas.profile import Drug
from schemas.rows_by_case import Row
from scripts.clock.first_doses import first_doses, of_case_and_course
from scripts.clock.intervals import numbers
from scripts.derive.clinical.rechallenge import reported
from scripts.derive.clinical.rechallenge_record import events_of
from scripts.derive.rows_of_cases import cell, joined
from scripts.records.drugs import of_the_drug
from scripts.records.extracts import read_by_machine
from scripts.records.uses import is_use


def member_courses(tables: dict[str, pd.DataFrame], drug: Drug) -> pd.DataFrame:
    """Uses of another drug of the class, with the first and last possible day of their first dose.

    place: the number of a course that an analyst typed; nan for a record of a message or extract.
    """
    courses = tables["courses"]
    class_courses = courses[of_the_drug(courses, drug.class_members) & ~of_the_drug(courses, drug.substances)]
    class_courses = class_courses[
        is_use(class_courses, tables["doses"]) & (class_courses["role"] != "not_administered")
    ]
    began = (
        first_doses(class_courses, tables["doses"])
        .reindex(of_case_and_course(class_courses))
        .set_axis(class_courses.index)
    )
    typed = ~class_courses["source_id"].isin(read_by_machine(tables["sources"]))
    place = numbers(class_courses["course"]).where(typed)
    member_rows = class_courses[["case_id", "course", "drug"]].assign(
        began_first=began["first"], began_last=began["last"], place=place
    )
    return member_rows.sort_values(["case_id", "place", "course"], kind="stable")


def given_again(
    case: str, members: list[Row], exposures: list[Row], episodes: list[Row], reactions: list[Row]
) -> list[Row]:
    """Rows of the table `rechallenges` for the courses that came after the first episode."""
    if not episodes:
        return []
    first = episodes[0]
    home = next(exposure for exposure in exposures if exposure["exposure"] == first["exposure"])
    rechallenge_rows = []
    for course in members:
        told = [
            row
            for row in events_of(reactions)
            if row["course"] == course["course"] and row["occurred"] in ("yes", "no")
        ]
        if _after(course, home, first, bool(told)):
            rechallenge_rows.append(_row(case, course, told))
    return rechallenge_rows


def _after(course: Row, home: Row, first: Row, told: bool) -> bool:
    """By dates; without them where an analyst typed it after the course of the event and says what became of the event."""
    onset = home["began_last"] + first["onset_upper"]
    if course["began_first"] >= onset:
        return True
    typed_later = home["course"].isdecimal() and course["place"] > float(home["course"])
    return bool(told and typed_later and not course["began_last"] < onset)


def _row(case: str, course: Row, told: list[Row]) -> Row:
    return dict.fromkeys(("event", "symptoms", "tests"), "not_stated") | {
        "case_id": case,
        "course": course["course"],
        "kind": "class_member",
        "reported": reported(told, "", described=True),
        "why": f"{course['drug']}, another drug of the class: not a re-exposure",
        "basis": joined(
            [f"courses[{course['course']}]", *(cell("reactions", row, "occurred", "reaction") for row in told)]
        ),
    }
