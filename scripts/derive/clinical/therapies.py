"""Therapies told under one drug of a message or extract: lines like those of two drug records (definitions: exposures).

A drug that was given from March to April and again a year later stands in a message as one drug with two dose records, and
in its tables as one course with two doses. What proves two drug records to be two exposures proves it of these too; where
nothing does, they stay one course.
"""

import pandas as pd

from schemas.plain_rows import plain_rows
from schemas.profile import Profile
from schemas.rows_by_case import Row
from scripts.clock.intervals import calendar
from scripts.derive.exposures import event_ends, new_exposure_after, parted
from scripts.records.drugs import drug_courses
from scripts.records.extracts import part_of, read_by_machine

Tables = dict[str, pd.DataFrame]
COURSE = ["case_id", "course"]
OF_THE_WHOLE = ("planned_doses", "given_lower", "given_upper")
"""What a course says of all its parts together, and so of none of them."""
NAMING = ("reactions", "tests")
"""Tables whose rows may name a course: of one in parts their dates say which part."""


def with_therapies(tables: Tables, profile: Profile) -> Tables:
    """The tables, with a course of its own for every further part of a drug's dose records that is proven apart."""
    courses_of_drug = drug_courses(tables["courses"], profile.drug.substances)
    courses_of_drug = courses_of_drug[courses_of_drug["source_id"].isin(read_by_machine(tables["sources"]))]
    ended, after = event_ends(tables["reactions"]), new_exposure_after(profile)
    further = [
        {
            "case_id": case,
            "course": course,
            "part": part_of(course, number),
            "start_date": part[0]["time_date"],
            "records": [record["place"] for record in part],
        }
        for (case, course), records in _several_records(tables["doses"], courses_of_drug).items()
        for number, part in enumerate(_parts(records, ended.get(case, []), after), start=1)
        if number > 1
    ]
    return _in_parts(tables, pd.DataFrame(further)) if further else tables


def _several_records(doses: pd.DataFrame, courses: pd.DataFrame) -> dict[tuple[str, str], list[Row]]:
    """The doses of each course that has several, all begun on a known day, in the order of those days.

    place: of the row in `doses`; with it the days, and what was done with the drug.
    """
    given = (
        doses[doses["given"] != "no"]
        .rename_axis("place")
        .reset_index()
        .merge(courses[[*COURSE, "action_taken"]], on=COURSE)
    )
    given = given[given.duplicated(COURSE, keep=False)]
    begun, ended = calendar(given["time_date"]), calendar(given["end_date"])["last"]
    given = given.assign(
        began_first=begun["first"], began_last=begun["last"], ended_last=ended, end_stated=ended.notna()
    )
    dated = (given["began_first"] == given["began_last"]).groupby([given[column] for column in COURSE]).transform("all")
    course_records: dict[tuple[str, str], list[Row]] = {}
    for record in plain_rows(given[dated].sort_values("began_first", kind="stable")):
        course_records.setdefault((record["case_id"], record["course"]), []).append(record)
    return course_records


def _parts(records: list[Row], ended: list[tuple[float, float]], after: float) -> list[list[Row]]:
    """The records of one course in groups that are proven apart."""
    groups: list[list[Row]] = []
    for record in records:
        if groups and not parted(groups[-1], record, ended, after):
            groups[-1].append(record)
        else:
            groups.append([record])
    return groups


def _in_parts(tables: Tables, further: pd.DataFrame) -> Tables:
    """A course for each further part, its doses under its name, and rows that name such a course by date.

    further: case_id, course, part, start_date and the places of its `records` among the doses.
    """
    courses, doses = tables["courses"], tables["doses"]
    whole = pd.MultiIndex.from_frame(further[COURSE])
    names = further.explode("records").set_index("records")["part"]
    of_parts = further.drop(columns="records").merge(courses.drop(columns="start_date"), on=COURSE)
    of_parts = of_parts.assign(course=of_parts["part"])[list(courses.columns)]
    unsaid = pd.MultiIndex.from_frame(courses[COURSE]).isin(whole)
    kept = courses.assign(**{column: courses[column].mask(unsaid, "") for column in OF_THE_WHOLE})
    by_date = {
        table_name: tables[table_name]["course"].mask(
            pd.MultiIndex.from_frame(tables[table_name][COURSE]).isin(whole), ""
        )
        for table_name in NAMING
    }
    return (
        tables
        | {table_name: tables[table_name].assign(course=course) for table_name, course in by_date.items()}
        | {"courses": pd.concat([kept, of_parts.assign(**dict.fromkeys(OF_THE_WHOLE, ""))], ignore_index=True)}
        | {"doses": doses.assign(course=names.reindex(doses.index).fillna(doses["course"]))}
    )
