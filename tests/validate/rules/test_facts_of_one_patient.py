"""Facts of one patient against each other: what is told, and of which cell. Every case of a list is one patient."""

from scripts.validate import after_death
from scripts.validate.rules.clinical import rule_outcome, rule_sizes
from scripts.validate.rules.exposure import rule_action_taken, rule_coded_results
from scripts.validate.rules.times import rule_reports, rule_time_order
from tests.decisions.line import CASE, COURSE, EVENT, together
from tests.validate.build import PROFILE, TEST, tables
from tests.validate.rules.one_patient import (
    AGAIN,
    BEFORE,
    DEATH,
    DIED,
    DOSE,
    HISTORY,
    JUDGED,
    JUNE,
    MEASURE,
    REPORT,
    SECOND,
    by_case,
    counted,
    day,
    gap,
    told,
)


def test_what_begins_after_the_death():
    cases = [
        ({"reactions": [BEFORE], "deaths": DIED, "courses": [COURSE, SECOND | {"start_date": "2024-09-01"}]}, "Q39 error courses.course"),
        ({"reactions": [BEFORE], "deaths": DIED, "doses": [DOSE | {"time_date": "2024-07-02"}]}, "Q39 error doses.dose"),
        ({"reactions": [BEFORE], "deaths": DIED, "tests": [TEST | {"time_date": "2024-08-01"}]}, "Q39 error tests.result"),
        ({"reactions": [BEFORE], "deaths": DIED, "managements": [MEASURE | {"time_date": "2024-08"}]}, "Q39 error managements.item"),
        ({"reactions": [BEFORE, AGAIN | {"course": "1", "onset_date": "2024-08-01"}], "deaths": DIED}, "Q39 error reactions.reaction"),
        ({"reactions": [BEFORE], "deaths": DIED, "history": [HISTORY | {"start_date": "2025"}]}, "Q39 error history.start_date"),
        ({"reactions": [BEFORE], "deaths": DIED, "tests": [TEST | {"time_date": "2024-07"}]}, ""),  # perhaps on the day
        ({"reactions": [BEFORE], "deaths": [DEATH], "tests": [TEST | {"time_date": "2024-08-01"}]}, ""),
        # days from a first dose meet dates on the calendar; a course begins no earlier than its gap
        ({"courses": [JUNE], "reactions": [BEFORE], "deaths": DIED, "doses": [DOSE | day("time", "40")]}, "Q39 error doses.dose"),
        ({"courses": [JUNE], "reactions": [BEFORE], "deaths": DIED, "doses": [DOSE | day("time", "12")]}, ""),
        ({"courses": [JUNE], "reactions": [BEFORE], "deaths": [DEATH | day("time", "12")], "tests": [TEST | {"time_date": "2024-07-02"}]}, "Q39 error tests.result"),
        ({"courses": [JUNE], "reactions": [BEFORE], "deaths": [DEATH | day("time", "12")], "tests": [TEST | {"time_date": "2024-07-01"}]}, ""),
        ({"courses": [JUNE, SECOND | gap("1", "previous_end")], "reactions": [BEFORE], "deaths": DIED}, "Q39 error courses.course"),
        ({"courses": [JUNE, SECOND | gap("0", "")], "reactions": [BEFORE], "deaths": DIED}, ""),
        # a death and a test counted from a dated onset; the end of a dose, and a day free of a sign
        ({"reactions": [BEFORE], "deaths": [DEATH | counted("time", "3", "onset:rash")], "tests": [TEST | {"time_date": "2024-08-01"}]}, "Q39 error tests.result"),
        ({"reactions": [BEFORE], "deaths": DIED, "tests": [TEST | counted("time", "30", "onset:rash")]}, "Q39 error tests.result"),
        ({"reactions": [BEFORE], "deaths": DIED, "tests": [TEST | counted("time", "3", "onset:rash")]}, ""),
        ({"courses": [JUNE], "reactions": [BEFORE], "deaths": DIED, "doses": [DOSE | day("time", "1") | day("end", "40")]}, "Q39 error doses.end_lower"),
        ({"reactions": [BEFORE, AGAIN | {"course": "1", "occurred": "no", "free_until_date": "2024-08-01"}], "deaths": DIED}, "Q39 error reactions.free_until_date"),
        # a death names no course: of several it may count from another; where only one is suspect it counts from that
        ({"courses": [COURSE, SECOND], "reactions": [BEFORE, EVENT | {"reaction": "late"} | day("onset", "40")], "deaths": [DEATH | day("time", "12")]}, ""),
        ({"courses": [COURSE, SECOND | {"role": "concomitant"}], "reactions": [BEFORE, EVENT | {"reaction": "late"} | day("onset", "40")], "deaths": [DEATH | day("time", "12")]}, "Q39 error reactions.reaction"),
        # Q11: of a case whose only event is after the death one of the two is wrong, by the calendar too
        ({"courses": [JUNE, SECOND | {"start_date": "2024-06-11"}], "reactions": [EVENT | {"onset_date": "2024-08-01"}], "deaths": [DEATH | day("time", "12")]}, ""),
        ({"reactions": [EVENT | {"onset_date": "2024-08-01"}], "deaths": DIED}, ""),
    ]  # fmt: skip
    given = tables(**together([rows for rows, _ in cases]))
    late = after_death.late_rows(given)
    assert by_case(after_death.find(given, late), len(cases)) == [words for _, words in cases]
    left = rule_time_order.find(after_death.without_times(given, late), PROFILE)
    assert by_case(left, len(cases)) == [""] * (len(cases) - 2) + ["Q11 error reactions.onset_upper"] * 2


def test_an_end_before_its_begin():
    cases = [
        ({"doses": [DOSE | {"time_date": "2024-01-10", "end_date": "2024-01-01"}]}, "Q11 error doses.end_date"),
        ({"history": [HISTORY | {"start_date": "2023-01-01", "end_date": "2020-01-01"}]}, "Q11 error history.end_date"),
        ({"doses": [DOSE | day("time", "3") | day("end", "2")]}, "Q11 error doses.end_upper"),
        ({"doses": [DOSE | {"time_date": "2024-01-10", "end_date": "2024-01"}]}, ""),
        ({"reactions": [EVENT | day("onset", "4") | day("end", "2")]}, "Q11 error reactions.end_upper"),
        ({"reactions": [EVENT | day("onset", "4") | day("free_until", "6")]}, "Q11 error reactions.free_until_upper"),
        ({"reactions": [EVENT | day("onset", "4") | day("free_until", "4")]}, ""),
        ({"reactions": [EVENT], "deaths": [DEATH | counted("time", "-3", "last_dose")]}, "Q11 error deaths.time_upper"),
        ({"reactions": [EVENT], "deaths": [DEATH | counted("time", "3", "last_dose") | {"time_lower": ""}]}, ""),
    ]
    assert told(rule_time_order, cases) == [words for _, words in cases]


def test_outcome_end_and_death():
    cases = [
        ({"reactions": [EVENT | {"end_date": "2024-01-20", "outcome": "not_recovered"}]}, "Q40 warning reactions.outcome"),
        ({"reactions": [EVENT | {"end_date": "2024-01-20", "outcome": "recovering"}]}, "Q40 warning reactions.outcome"),
        ({"reactions": [EVENT | {"end_date": "2024-01-20", "outcome": "unknown"}]}, "Q40 error reactions.end_upper"),
        ({"reactions": [EVENT | {"end_date": "2024-01-20", "outcome": "recovered"}]}, ""),
        # a duration is an end too
        ({"reactions": [EVENT | {"duration": "5", "duration_scale": "d", "outcome": "unknown"}]}, "Q40 error reactions.duration"),
        ({"reactions": [EVENT | {"duration": "5", "duration_scale": "d", "outcome": "recovering"}]}, "Q40 warning reactions.outcome"),
        ({"reactions": [EVENT | {"duration": "5", "duration_scale": "d", "outcome": "recovered"}]}, ""),
        ({"reactions": [EVENT | {"end_date": "2024-01-20"}]}, ""),
        ({"reactions": [EVENT | {"end_date": "2024-01-20", "outcome": "fatal"}]}, "Q40 warning reactions.end_upper"),
        ({"reactions": [EVENT | {"end_date": "2024-01-20", "outcome": "fatal"}], "deaths": [DEATH | {"time_date": "2024-01-20"}]}, ""),
        ({"reactions": [EVENT | {"death": "yes", "outcome": "recovered"}]}, "Q40 warning reactions.death"),
        ({"reactions": [EVENT | {"death": "no", "outcome": "fatal"}]}, "Q40 warning reactions.death"),
        ({"reactions": [EVENT | {"outcome": "recovered"}], "deaths": [DEATH | {"relatedness": "related"}]}, "Q40 warning deaths.relatedness"),
        ({"reactions": [EVENT | {"outcome": "fatal"}], "deaths": [DEATH | {"relatedness": "unrelated"}]}, "Q40 warning deaths.relatedness"),
        ({"reactions": [EVENT | {"outcome": "fatal"}], "reports": [REPORT | {"serious_death": "no"}]}, "Q40 warning reports.serious_death"),
        ({"reactions": [EVENT | {"outcome": "recovered"}], "deaths": [DEATH | {"relatedness": "unrelated"}]}, ""),
        ({"reactions": [EVENT | {"death": "no"}], "deaths": [DEATH | {"relatedness": "related"}]}, "Q40 warning reactions.death"),
        ({"reactions": [EVENT | {"death": "no"}], "deaths": [DEATH]}, ""),
        ({"reactions": [EVENT | {"end_date": "2024-01-10", "outcome": "fatal"}], "deaths": [DEATH | {"time_date": "2024-01-20"}]}, "Q40 warning reactions.end_upper"),
        ({"cases": [CASE | {"discharged_alive": "yes"}], "reactions": [EVENT | {"outcome": "fatal"}]}, "Q40 warning cases.discharged_alive"),
    ]  # fmt: skip
    assert told(rule_outcome, cases) == [words for _, words in cases]


def test_reports_and_what_they_tell():
    ill = [EVENT | {"onset_date": "2024-01-12"}]
    cases = [
        ({"reactions": ill, "reports": [REPORT | {"received": "2024-01-05"}]}, "Q41 warning reactions.onset_date"),
        ({"reactions": ill, "reports": [REPORT | {"received": "2024-01-05", "latest_information": "2024-02-01"}]}, ""),
        ({"reactions": ill, "reports": [REPORT | {"received": "2024-02-05", "latest_information": "2024-02-01"}]}, "Q41 warning reports.latest_information"),
        ({"reactions": ill, "reports": [REPORT | {"event_date": "2023-06-01"}]}, "Q41 warning reports.event_date"),
        ({"reactions": ill, "reports": [REPORT | {"event_date": "2024"}]}, ""),
        ({"courses": [JUNE], "reactions": [EVENT | day("onset", "3")], "reports": [REPORT | {"event_date": "2024-06-22"}]}, ""),
        ({"courses": [JUNE], "reactions": [EVENT | day("onset", "3")], "reports": [REPORT | {"event_date": "2024-06-23"}]}, "Q41 warning reports.event_date"),
        ({"reports": [REPORT | {"latest_information": "2024-05-01"}, REPORT | {"version": "2", "latest_information": "2024-03-01"}]}, "Q41 warning reports.latest_information"),
        ({"reports": [REPORT | {"received": "2024-05-01"}, REPORT | {"version": "2", "received": "2024-03-01"}]}, "Q41 warning reports.received"),
        ({"reactions": [EVENT | {"end_date": "2024-02-01"}], "reports": [REPORT | {"received": "2024-01-20"}]}, "Q41 warning reactions.end_date"),
        ({"reports": [REPORT | {"received": "2024-01-20", "event_date": "2024-02-01"}]}, "Q41 warning reports.event_date"),
        ({"reports": [REPORT | {"latest_information": "2024-05-01"}, REPORT | {"version": "10", "latest_information": "2024-06-01"}]}, ""),
    ]  # fmt: skip
    assert told(rule_reports, cases) == [words for _, words in cases]


def test_sizes():
    cases = [
        ({"cases": [CASE | {"weight": "7000"}]}, "Q42 error cases.weight"),
        ({"cases": [CASE | {"weight": "0.05"}]}, "Q42 error cases.weight"),
        ({"cases": [CASE | {"weight": "6", "age_lower": "40", "age_upper": "40"}]}, "Q42 warning cases.weight"),
        ({"cases": [CASE | {"weight": "3.2", "age_lower": "0", "age_upper": "0"}]}, ""),
        ({"cases": [CASE | {"height": "1.7"}]}, "Q42 error cases.height"),
        ({"cases": [CASE | {"height": "170", "weight": "70"}]}, ""),
        ({"doses": [DOSE | {"amount": "12000000", "unit": "mg"}]}, "Q42 error doses.amount"),
        ({"doses": [DOSE | {"amount": "12", "unit": "mg"}]}, ""),
        (
            {"cases": [CASE | {"parent_weight": "6200", "parent_height": "1.7"}]},
            "Q42 error cases.parent_height; Q42 error cases.parent_weight",
        ),
        ({"cases": [CASE | {"weight": "70", "age_lower": "1", "age_upper": "1"}]}, "Q42 warning cases.weight"),
        (
            {"courses": [COURSE | {"cumulative_dose": "120000000", "cumulative_unit": "mg"}]},
            "Q42 error courses.cumulative_dose",
        ),
        ({"courses": [COURSE | {"cumulative_dose": "60", "cumulative_unit": "mg"}]}, ""),
    ]
    assert told(rule_sizes, cases) == [words for _, words in cases]


def test_action_taken_and_doses():
    stopped, same = COURSE | {"action_taken": "withdrawn"}, COURSE | {"action_taken": "not_changed"}
    ended = EVENT | {"onset_date": "2024-01-03", "end_date": "2024-01-05"}
    cases = [
        (
            {"courses": [stopped], "reactions": [ended], "doses": [DOSE | {"time_date": "2024-01-09"}]},
            "Q15 warning doses.given",
        ),
        ({"courses": [stopped], "reactions": [ended], "doses": [DOSE | {"time_date": "2024-01-04"}]}, ""),
        ({"courses": [same], "doses": [DOSE, DOSE | {"dose": "2", "given": "no"}]}, "Q15 warning courses.action_taken"),
        ({"courses": [same | {"planned_doses": "5", "given_upper": "3"}]}, "Q15 warning courses.action_taken"),
        ({"courses": [same], "doses": [DOSE]}, ""),
    ]
    assert told(rule_action_taken, cases) == [words for _, words in cases]


def test_codes_and_rows():
    two = {"courses": [SECOND, COURSE]}
    cases = [
        ({"reactions": [EVENT | {"outcome": "not_recovered"}], "assessments": [JUDGED | {"dechallenge": "positive"}]}, "Q43 warning assessments.dechallenge"),
        ({"reactions": [EVENT | {"outcome": "recovered"}], "assessments": [JUDGED | {"dechallenge": "negative"}]}, "Q43 warning assessments.dechallenge"),
        ({"reactions": [EVENT | {"outcome": "recovered"}], "assessments": [JUDGED | {"dechallenge": "positive"}]}, ""),
        ({"reactions": [EVENT | {"outcome": "not_recovered"}], "assessments": [JUDGED | {"reaction": "", "dechallenge": "positive"}]}, "Q43 warning assessments.dechallenge"),
        ({"reactions": [EVENT], "assessments": [JUDGED | {"dechallenge": "positive"}, JUDGED | {"assessor": "others", "dechallenge": "negative"}]}, "Q43 warning assessments.dechallenge"),
        ({"reactions": [EVENT], "assessments": [JUDGED | {"rechallenge": "recurred"}, JUDGED | {"assessor": "others", "rechallenge": "not_recurred"}]}, "Q43 warning assessments.rechallenge"),
        ({"reactions": [EVENT], "assessments": [JUDGED | {"rechallenge": "recurred"}, JUDGED | {"drug": "otherumab", "rechallenge": "not_recurred"}]}, ""),
        ({**two, "reactions": [EVENT, AGAIN | {"occurred": "no"}], "assessments": [JUDGED | {"rechallenge": "recurred"}]}, "Q43 warning assessments.rechallenge"),
        ({**two, "reactions": [EVENT, AGAIN], "assessments": [JUDGED | {"rechallenge": "not_recurred"}]}, "Q43 warning assessments.rechallenge"),
        ({**two, "reactions": [EVENT], "assessments": [JUDGED | {"rechallenge": "not_rechallenged"}]}, "Q43 warning assessments.rechallenge"),
        ({**two, "reactions": [EVENT, AGAIN], "assessments": [JUDGED | {"rechallenge": "recurred"}]}, ""),
        ({"reactions": [EVENT], "assessments": [JUDGED | {"rechallenge": "not_rechallenged"}]}, ""),
    ]  # fmt: skip
    assert told(rule_coded_results, cases) == [words for _, words in cases]
