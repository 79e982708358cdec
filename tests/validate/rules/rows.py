"""Rows that the examples of rules begin with."""

from tests.validate.build import COURSE, TEST, WHERE

DOSE = {"case_id": "C1", "course": "1", "given": "yes"} | WHERE
JUDGED = {"case_id": "C1", "assessor": "authors", "drug": "examplumab", "reaction": "rash", "method": "global"} | WHERE
SAID = {"statement": "s", "aggregate_id": "A", "variable": "cases", "n": "2", "of": "3"} | WHERE


def on_day(day: str) -> dict:
    return {"time_lower": day, "time_upper": day, "time_scale": "study_day", "time_origin": "first_dose"}


def end_on_day(day: str) -> dict:
    return {"end_lower": day, "end_upper": day, "end_scale": "study_day", "end_origin": "first_dose"}


def row(start: dict, **cells: str) -> dict:
    return start | cells


SAID_DURING = {"table": "reactions", "key": "C1;rash", "column": "onset_lower", "words": "during the course"} | WHERE


dimer = row(TEST, test="D-dimer", value="18752", unit_as_printed="mg/L FEU")
AFTER_A_WEEK = {"gap_lower": "7", "gap_upper": "7", "gap_scale": "d"}
SINGLE = row(COURSE, planned_doses="1", given_lower="1", given_upper="1", action_taken="not_stated")
OTHER_DRUG = row(COURSE, course="2", drug="othermab", substance="othermab", role="concomitant")
dated = row(COURSE, start_date="2022-07-04")
