"""Rows that name no course: checks and derivations count them to one and the same."""

from scripts.validate.clock import with_courses
from tests.decisions.line import COURSE, EVENT, WHERE, through, together
from tests.validate.build import PROFILE, tables

ONE, TWO = (COURSE | {"course": course, "start_date": f"202{course}-05-01"} for course in "12")
NAMELESS = EVENT | {"course": ""}
AGAIN = EVENT | {"reaction": "again"}
SEEN = {"case_id": "C1", "result": "t", "test": "look"} | WHERE
PLACED = [
    # courses, reactions, tests; the course of each reaction and of each test, in the order of the rows
    ([ONE, TWO], [NAMELESS | {"onset_date": "2021-05-03"}], [SEEN], ["1"], ["1"]),
    (
        [ONE, TWO],
        [NAMELESS | {"onset_date": "2022-05-03"}],
        [SEEN, SEEN | {"result": "u", "time_date": "2021-06-01"}],
        ["2"],
        ["2", "1"],
    ),
    ([ONE, TWO], [NAMELESS | {"onset_date": "2020-05-03"}], [SEEN], ["1"], ["1"]),
    # an event that names its course, and one that neither names one nor has a date; what has no date goes with the first of them
    ([ONE, TWO], [EVENT | {"course": "2"}, NAMELESS | {"reaction": "again"}], [SEEN], ["2", "1"], ["1"]),
    # in the order of their dates, whatever their numbers
    ([ONE | {"start_date": "2023-05-01"}, TWO], [NAMELESS], [SEEN], ["2"], ["2"]),
    ([ONE | {"start_date": ""}, TWO], [NAMELESS], [SEEN], ["1"], ["1"]),
    ([ONE, TWO], [NAMELESS | {"occurred": "no", "onset_date": "2022-06-01"}, AGAIN], [SEEN], ["2", "1"], ["1"]),
]


def test_a_row_that_names_no_course_belongs_to_the_same_one_for_checks_and_derivations():
    rows = together([{"courses": used, "reactions": told, "tests": seen} for used, told, seen, *_ in PLACED])
    derived = through(**rows).derived
    lines = derived["exposures"].set_index(["case_id", "exposure"])["course"]
    signs = derived["signs"]
    by_checks = with_courses(tables(**rows), PROFILE.drug.substances)
    for at, (*_, of_reactions, of_tests) in enumerate(PLACED, start=1):
        case_signs = signs[signs["case_id"] == f"C{at}"].set_index("key")
        for table, key, expected in (("reactions", "reaction", of_reactions), ("tests", "result", of_tests)):
            checked = by_checks[table][by_checks[table]["case_id"] == f"C{at}"]
            assert checked["course"].tolist() == expected, at
            exposures = case_signs.loc[checked[key], "exposure"]
            assert [lines[f"C{at}", exposure] for exposure in exposures] == expected, at
