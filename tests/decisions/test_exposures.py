"""Which lines of a drug are exposures of their own: every row of the decision (definitions: exposures)."""

from datetime import date, timedelta

import pandas as pd
import pytest

from schemas.derived import DERIVED
from schemas.profile import UsualInterval
from tests.decisions.line import COURSE, EVENT, EXTRACT, MESSAGE, WHERE, Cases, of_each
from tests.decisions.lines import line, message, way
from tests.decisions.timed import UNKNOWN, each
from tests.validate.build import PROFILE

SERIES = Cases()
RASH = EVENT | {"course": "", "onset_date": "2022-07-10", "outcome": "recovered", "end_date": "2022-07-20"}
LATER_DOSE = {"case_id": "C1", "course": "1", "dose": "2", "time_date": "2022-07-20"} | WHERE
LINES = [
    # to the day, more than 30 days after the first had ended: two
    ([line(1, "2022-07-01", "2022-07-05"), line(2, "2022-09-01", "2022-09-05")], "2", "yes"),
    # the last dose of the first is later than the only end that is told
    ([(line(1, "2022-07-01", "2022-07-05")[0], [*line(1, "2022-07-01", "2022-07-05")[1], LATER_DOSE]), line(2, "2022-09-01", "2022-09-05")], "1", "not_assessable"),
    # the same of two dose records of one line
    ([(line(1, "2022-07-01", "2022-07-05")[0], [*line(1, "2022-07-01", "2022-07-05")[1], LATER_DOSE | {"time_date": "2022-09-01"}])], "2", "yes"),
    # at most that many days: not two, and not proven one
    ([line(1, "2022-07-01", "2022-07-05"), line(2, "2022-07-25", "2022-07-30")], "1", "not_assessable"),
    # stopped, the event ended, and given again
    (
        [line(1, "2022-07-01", "2022-07-15", action_taken="withdrawn"), line(2, "2022-07-25", "2022-07-30")],
        "2",
        "yes",
    ),
    # stopped, and given again before the event had ended
    (
        [line(1, "2022-07-01", "2022-07-08", action_taken="withdrawn"), line(2, "2022-07-15", "2022-07-30")],
        "1",
        "not_assessable",
    ),
    # the brand and the substance are one drug
    ([line(1, "2022-07-01", "2022-07-05"), line(2, "2022-09-01", "2022-09-05", drug="Examplia", substance="")], "2", "yes"),
    # another form or route makes no two
    ([way(line(1, "2022-07-01", "2022-07-05"), "oral"), way(line(2, "2022-07-01", "2022-07-05"), "intravenous")], "1", "unknown"),
    # the end of the first is not told
    ([line(1, "2022-07-01"), line(2, "2022-09-01")], "1", "not_assessable"),
    # equal, touching, overlapping dates
    ([line(1, "2022-07-01", "2022-07-05"), line(2, "2022-07-01", "2022-07-05")], "1", "unknown"),
    ([line(1, "2022-07-01", "2022-07-05"), line(2, "2022-07-05", "2022-07-09")], "1", "not_assessable"),
    # part dates that cannot be told apart, undated lines
    ([line(1, "2022-07", "2022-07"), line(2, "2022-09", "2022-09")], "1", "not_assessable"),
    ([line(1), line(2)], "1", "not_assessable"),
    ([line(1, "2022-07-01", "2022-07-05"), line(2)], "1", "not_assessable"),
    # one line
    ([line(1, "2022-07-01", "2022-07-05")], "1", "unknown"),
    ([line(1)], "1", "unknown"),
]  # fmt: skip


RECORDS = [
    SERIES.of(message(*lines, reactions=[RASH]) | {"sources": [source]} for lines, _, _ in LINES)
    for source in (MESSAGE, EXTRACT)
]


@pytest.mark.parametrize("cases", RECORDS, ids=["message", "extract"])
def test_lines_of_a_record(cases):
    assert cases.patients("exposures", "re_exposed") == [(number, again) for _, number, again in LINES]


AFTER = [("new_exposure_after", 60), ("usual_intervals", 60), ("", 30)]
"""Where the profile says from how many days on another line is a new exposure."""


@pytest.mark.parametrize(("said_by", "days"), AFTER)
def test_the_time_without_the_drug_that_parts_two_lines_is_the_profiles(said_by, days):
    usual = UsualInterval(every=60, unit="d", source="invented")
    profiles = {
        "new_exposure_after": {"drug": PROFILE.drug.model_copy(update={"new_exposure_after": usual})},
        "usual_intervals": {"usual_intervals": {"Examplia": usual}},
        "": {},
    }
    again = [str(date(2022, 7, 5) + timedelta(days=gap)) for gap in (days, days + 1)]
    rows = [message(line(1, "2022-07-01", "2022-07-05"), line(2, start, start), reactions=[RASH]) for start in again]
    assert of_each(rows, "exposures", profile=PROFILE.model_copy(update=profiles[said_by])) == [("1",), ("2",)]


(USE, (DOSE,)) = line(1, "2022-07-01", "2022-07-05")
ENDING = SERIES.of(
    {"courses": [USE | {"given_lower": number, "given_upper": number}], "doses": doses, "reactions": [RASH]}
    for number, doses in (("", [DOSE]), ("", [DOSE | {"end_date": ""}, LATER_DOSE]), ("1", []), ("2", []))
)


def test_where_an_exposure_ends():
    """With its record, else with its last dated dose; of one dose with that, and of others nobody knows."""
    (exposures,) = zip(*ENDING.rows("exposures", "began_first", "ended_first", "ended_last"), strict=True)
    lasted = [tuple(end - began for end in ends) for began, *ends in exposures]
    assert lasted[:3] == [(4, 4), (19, 19), (0, 0)]
    assert all(map(pd.isna, lasted[3]))


MONTHLY = [line(number, f"2022-0{number}-01") for number in (1, 2, 3)]
AMOUNT, MONTH = {"amount": "10", "unit": "mg"}, {"interval": "1", "interval_unit": "mo"}
PLANS = [
    (AMOUNT | MONTH, "unknown"),
    (AMOUNT, "not_assessable"),  # an amount alone is no plan
]
PLANNED = SERIES.of(
    message(*((course, [dose | plan for dose in doses]) for course, doses in MONTHLY), reactions=[RASH])
    for plan, _ in PLANS
)


def test_lines_with_one_dose_plan_are_one_exposure():
    assert PLANNED.patients("exposures", "re_exposed") == [("1", again) for _, again in PLANS]


ILL = RASH | {"outcome": "", "end_date": ""}
IN_TWO_LINES = [line(2, "2023-07-01", "2023-07-05"), line(3, "2023-07-03", "2023-07-09")]
SURVIVOR = SERIES.of([message(line(1, "2022-07-01", "2022-07-05"), *IN_TWO_LINES, reactions=[ILL])])


def test_survival_by_a_later_exposure_rests_on_all_its_lines():
    assert SURVIVOR.patients("survived_event", "survived_basis") == [("yes", "courses[2]; courses[3]")]


WENT_ON = [
    {"case_id": "C1", "course": "1", "dose": str(day), "time_date": f"2022-07-{day:02}", "given": "yes"} | WHERE
    for day in (1, 12)
]
DATED_LINE, UNDATED_LINE = line(1, "2022-07-01")[0], line(2)[0]
BESIDE_UNDATED = SERIES.of(
    message(*((one, []) for one in lines), reactions=[RASH]) | {"doses": WENT_ON}
    for lines in ([DATED_LINE], [DATED_LINE, UNDATED_LINE])
)


def test_an_undated_line_takes_nothing_from_doses_that_went_on():
    """Doses of the dated line while the event went on are no re-exposure, whatever the other line was."""
    assert BESIDE_UNDATED.patients("re_exposed", "rechallenge_event") == [("continued", "exposure_continued")] * 2


DATED = [line(1, "2022-07-01", "2022-07-05"), line(2, "2022-07-25", "2022-07-30")]
PLAN = {"amount": "10", "unit": "mg", "interval": "24", "interval_unit": "d"}
CLOCK = [
    # lines of one exposure or of two, the onset; the first symptom from the first dose, and from the last
    (DATED, {"onset_date": "2022-07-27"}, (2, 27), UNKNOWN),
    (DATED, {"onset_date": "2022-07-10"}, (9, 10), UNKNOWN),  # before the second began
    (DATED, {"onset_date": "2022-07"}, (0, 31), UNKNOWN),
    ([line(1, "2022-07-01"), line(2, "2022-07-20")], {"onset_date": "2022-07-27"}, (7, 27), (7, 8)),
    ([line(1, "2022-07"), line(2, "2022-09")], {"onset_date": "2022-10-10"}, (10, 102), UNKNOWN),
    # proven one, and one whose other line has no date
    ([(course, [dose | PLAN for dose in doses]) for course, doses in DATED], {"onset_date": "2022-07-27"}, (26, 27), (2, 3)),
    ([DATED[0], line(2)], {"onset_date": "2022-07-27"}, (26, 27), (22, 23)),
    # elapsed time is counted from the dose that the source means
    (DATED, {"onset_lower": "36", "onset_upper": "36", "onset_scale": "h", "onset_origin": "first_dose"}, (1.5, 1.5), UNKNOWN),
]  # fmt: skip


ON_A_CLOCK = SERIES.of(message(*lines, reactions=[EVENT | {"course": ""} | onset]) for lines, onset, *_ in CLOCK)


def test_the_clock_of_lines_that_may_be_two_exposures_is_the_hull_of_both_readings():
    for clock, place in (("first_dose", 2), ("last_dose", 3)):
        assert [onset[1:] for onset in each("first_symptom", clock, ON_A_CLOCK)] == [row[place] for row in CLOCK], clock


RECORD = {"case_id": "C1", "course": "1", "dose": "1", "time_date": "2022-07-01", "end_date": "2022-07-22", "interval": "1",
          "interval_unit": "d"} | WHERE  # fmt: skip
EVERY_DAY = [
    # a record of several doses, the onset, the first symptom from the last dose
    (RECORD, "2022-07-10", (0, 2)),  # before that day's dose or after it
    (RECORD | {"interval": "12", "interval_unit": "h"}, "2022-07-10", (0, 2)),
    (RECORD | {"interval": "2"}, "2022-07-10", (1, 2)),
    (RECORD | {"interval": "7"}, "2022-07-10", (2, 3)),
    (RECORD | {"interval": "1", "interval_unit": "wk"}, "2022-07-10", (2, 3)),
    (RECORD | {"interval": "7"}, "2022-07-30", (8, 9)),  # after the last of them
    # on which days is not told
    (RECORD | {"interval": "7", "per_interval": "2"}, "2022-07-10", UNKNOWN),
    (RECORD | {"interval": "1", "interval_unit": "mo"}, "2022-07-10", UNKNOWN),
    (RECORD | {"end_date": ""}, "2022-07-10", UNKNOWN),
    (RECORD | {"end_date": "2022-07"}, "2022-07-10", UNKNOWN),
]


FROM_RECORDS = SERIES.of(
    {"courses": [COURSE | {"start_date": "2022-07-01"}], "doses": [dose], "reactions": [EVENT | {"onset_date": onset}]}
    for dose, onset, _ in EVERY_DAY
)


def test_a_record_with_interval_begin_and_end_gives_every_day_of_its_doses():
    onsets = each("first_symptom", "last_dose", FROM_RECORDS)
    assert [onset[1:] for onset in onsets] == [bounds for *_, bounds in EVERY_DAY]


KILLED = EVENT | {"course": "", "onset_date": "2022-07-27", "outcome": "fatal"}
DEAD = SERIES.of([message(*DATED, reactions=[KILLED], deaths=[{"case_id": "C1", "time_date": "2022-08-10"} | WHERE])])


def test_a_death_counts_from_the_exposure_of_the_event_in_both_readings():
    assert each("death", "first_dose", DEAD) == [("died", 16, 41)]


SECOND = COURSE | {"course": "2"}
SAME_DAY = [course | {"start_date": "2022-07-01"} for course in (COURSE, SECOND)]
TYPED = SERIES.of({"reactions": [EVENT], "courses": courses} for courses in (SAME_DAY, [COURSE, SECOND]))


def test_typed_courses_are_exposures_whatever_their_dates():
    assert TYPED.patients("exposures") == [("2",), ("2",)]


IN_THE_SECOND = SERIES.of(
    [{"courses": [COURSE, SECOND], "reactions": [EVENT | {"course": "2", "outcome": "recovered"}]}]
)


def test_an_earlier_exposure_without_the_event_is_no_re_exposure():
    assert set(SERIES.told.derived) == set(DERIVED)
    assert IN_THE_SECOND.patients("re_exposed") == [("unknown",)]
    assert IN_THE_SECOND.rows("episodes", "exposure", "index") == [[("2", "yes")]]


NOT_GIVEN = SERIES.of([{"reactions": [EVENT], "courses": [COURSE, SECOND | {"given_lower": "0", "given_upper": "0"}]}])


def test_a_course_of_which_no_dose_was_given_is_none():
    assert NOT_GIVEN.patients("exposures", "re_exposed") == [("1", "unknown")]


TWO_LINES = [line(1, "2022-09-01", "2022-09-05"), line(2, "2022-07-01", "2022-07-05")]
THERE_AND_BACK = SERIES.of(message(*order, reactions=[RASH]) for order in (TWO_LINES, TWO_LINES[::-1]))


def test_the_order_of_lines_decides_nothing():
    there, back = THERE_AND_BACK.tables("exposures")
    assert there["start_date"].tolist() == ["2022-07-01", "2022-09-01"]
    assert there.equals(back)
