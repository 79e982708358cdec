"""Facts of one patient against each other: what is told, and of which cell. Every case of a list is one patient."""

import pandas as pd

from scripts.validate import after_death, clock
from scripts.validate.rules.clinical import rule_laboratory, rule_outcome, rule_sizes, rule_units
from scripts.validate.rules.exposure import rule_action_taken, rule_coded_results
from scripts.validate.rules.times import rule_duration, rule_reports, rule_time_order, rule_unusable_onset
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, together
from tests.validate.build import PROFILE, TEST, tables

DEATH = {"case_id": "C1"} | WHERE
DOSE = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes"} | WHERE
REPORT = {"case_id": "C1", "version": "1"} | WHERE
JUDGED = {"case_id": "C1", "assessor": "authors", "drug": "examplumab", "reaction": "rash"} | WHERE
DIED = [DEATH | {"time_date": "2024-07-01"}]
BEFORE = EVENT | {"onset_date": "2024-06-25", "end_date": "2024-06-28", "outcome": "recovered"}
AGAIN = EVENT | {"reaction": "again", "course": "2"}
SECOND = COURSE | {"course": "2"}
HISTORY = {"case_id": "C1", "item": "h", "kind": "condition", "term": "itch"} | WHERE
MEASURE = {"case_id": "C1", "item": "m", "measure": "cream"} | WHERE


def day(prefix: str, number: str) -> dict[str, str]:
    return {f"{prefix}_lower": number, f"{prefix}_upper": number, f"{prefix}_scale": "study_day", f"{prefix}_origin": "first_dose"}  # fmt: skip


def counted(prefix: str, number: str, origin: str) -> dict[str, str]:
    return {f"{prefix}_lower": number, f"{prefix}_upper": number, f"{prefix}_scale": "d", f"{prefix}_origin": origin}


JUNE = COURSE | {"start_date": "2024-06-20"}


def gap(months: str, origin: str) -> dict[str, str]:
    return {"gap_lower": months, "gap_upper": months, "gap_scale": "mo", "gap_origin": origin}


def told(rule, cases: list[tuple[dict, str]]) -> list[str]:
    """By case `code severity table.column` of each finding, joined by semicolons."""
    given = clock.with_courses(tables(**together([rows for rows, _ in cases])), PROFILE.drug.substances)
    return by_case(rule.find(given, PROFILE), len(cases))


def by_case(found: pd.DataFrame, number_of_cases: int) -> list[str]:
    """The same of findings."""
    words = found["rule"] + " " + found["severity"] + " " + found["table"] + "." + found["column"]
    return ["; ".join(sorted(words[found["case_id"] == f"C{number}"])) for number in range(1, number_of_cases + 1)]


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
        ({"reactions": [EVENT | {"onset_date": "2024-08-01"}], "deaths": DIED}, ""),  # Q11: one of the two is wrong
    ]  # fmt: skip
    given = tables(**together([rows for rows, _ in cases]))
    assert by_case(after_death.find(given), len(cases)) == [words for _, words in cases]
    left = rule_time_order.find(after_death.without_times(given), PROFILE)
    assert by_case(left, len(cases)) == [""] * (len(cases) - 1) + ["Q11 error reactions.onset_upper"]


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


def test_a_comma_in_a_file_of_decimal_commas():
    dimer = TEST | {"test": "x", "value": "1,286", "unit_as_printed": "mg/L"}
    one_file = tables(tests=[dimer | {"reference_as_printed": "0-5,0"}])
    found = rule_units.find(one_file, PROFILE)
    assert found[["rule", "severity", "column"]].to_numpy().tolist() == [["Q05", "error", "value"]]
    points = rule_units.find(tables(tests=[dimer | {"reference_as_printed": "0-5.0"}]), PROFILE)
    assert points["severity"].tolist() == ["warning"]


def test_the_range_is_blamed_where_it_is_the_range():
    tryptase = TEST | {"value": "5", "unit_as_printed": "mg/L", "reference_as_printed": "0-11"}
    cases = [
        ({"tests": [tryptase]}, "Q02 error tests.unit_as_printed"),
        ({"tests": [tryptase | {"value": "7", "unit_as_printed": "ug/L", "reference_as_printed": "0-5000"}]}, "Q02 error tests.reference_as_printed"),
    ]  # fmt: skip
    assert told(rule_laboratory, cases) == [words for _, words in cases]


def test_a_result_against_what_the_drug_is_expected_to_do():
    """The profile expects lymphocytes to fall, below any usual limit: ten times that limit is no effect of the drug."""
    cells = TEST | {"test": "lymphocyte count", "unit_as_printed": "10^9/L"}
    cases = [
        ({"tests": [cells | {"value": "12"} | day("time", "20")]}, "Q06 information tests.value"),
        ({"tests": [cells | {"value": "12"}]}, "Q06 information tests.value"),  # nobody says that it was before
        ({"tests": [cells | {"value": "12"} | day("time", "-3")]}, ""),
        ({"tests": [cells | {"value": "9"} | day("time", "20")]}, ""),
        ({"tests": [cells | {"value": "0.01"} | day("time", "20")]}, ""),
    ]
    assert told(rule_laboratory, cases) == [words for _, words in cases]


def test_a_time_that_nothing_can_be_counted_from():
    """It is shown, enters no number, and is told with its cure."""
    cough = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough"}
    dated, shown = {"onset_date": "2024-05-04"}, TEST | {"reading": "shows_event", "time_date": "2024-05-04"}
    started, after_cough = COURSE | {"start_date": "2024-05-01"}, EVENT | counted("onset", "2", "onset:cough")
    over = EVENT | {"end_date": "2024-05-14", "outcome": "recovered"}
    date = "Q45 information {}".format
    cases = [
        ({"reactions": [EVENT | dated]}, date("reactions.onset_date")),
        ({"reactions": [EVENT | dated], "courses": [started]}, ""),
        ({"reactions": [EVENT], "tests": [shown]}, date("tests.time_date")),
        ({"reactions": [over], "courses": [started]}, date("reactions.end_date")),
        ({"reactions": [over | dated]}, "; ".join(sorted([date("reactions.onset_date")]))),
        ({"reactions": [EVENT], "deaths": DIED}, date("deaths.time_date")),
        ({"reactions": [EVENT | dated | {"role": "other"}]}, ""),
        # every dose needs its day for the clock of the last one
        (
            {
                "reactions": [EVENT | counted("onset", "2", "last_dose")],
                "doses": [DOSE | day("time", "1"), DOSE | day("time", "3") | {"dose": "2"}],
            },
            "",
        ),
        (
            {
                "reactions": [EVENT | counted("onset", "2", "last_dose")],
                "doses": [DOSE | day("time", "1"), DOSE | {"dose": "2"}],
            },
            "Q45 warning reactions.onset_origin",
        ),
        (
            {"reactions": [EVENT], "tests": [TEST | {"reading": "shows_event"} | counted("time", "2", "onset:rash")]},
            "Q45 warning tests.time_origin",
        ),
        (
            {
                "reactions": [EVENT | dated],
                "courses": [started],
                "tests": [TEST | {"reading": "shows_event"} | counted("time", "2", "onset:rash")],
            },
            "",
        ),
        # an onset counted from another, that leads to a dose, to nothing, or to itself
        ({"reactions": [cough | counted("onset", "1", "first_dose"), after_cough]}, ""),
        ({"reactions": [cough | dated, after_cough], "courses": [started]}, ""),
        ({"reactions": [cough, after_cough]}, "Q45 warning reactions.onset_origin"),
        ({"reactions": [EVENT | counted("onset", "2", "onset:rash")]}, "Q45 warning reactions.onset_origin"),
    ]
    assert told(rule_unusable_onset, cases) == [words for _, words in cases]


def test_a_duration_against_the_dates():
    ten = EVENT | {"onset_date": "2024-05-03", "end_date": "2024-05-13", "end_origin": "onset:rash"}
    cases = [
        ({"reactions": [ten | {"end_lower": number, "end_upper": number, "end_scale": scale}]}, words)
        for number, scale, words in (
            ("10", "d", ""), ("3", "d", "Q18 warning reactions.end_upper"), ("2", "wk", ""), ("2", "mo", "Q18 warning reactions.end_upper"),
            ("228", "h", ""), ("12", "h", "Q18 warning reactions.end_upper"))
    ]  # fmt: skip
    cases.append(({"reactions": [ten | {"end_lower": "", "end_upper": "14", "end_scale": "d"}]}, ""))
    lasted, days = {"duration": "5", "duration_scale": "d"}, day("onset", "4") | day("end", "30")
    cases += [
        ({"reactions": [EVENT | times | lasted | more]}, words)
        for times, more, words in (
            (ten, {}, "Q18 warning reactions.duration"), (days, {}, "Q18 warning reactions.duration"), (EVENT, {}, ""),
            (ten, {"duration": "11"}, ""), (ten, {"duration": "1", "duration_scale": "wk"}, ""))
    ]  # fmt: skip
    infusion = DOSE | {"time_date": "2024-05-01", "end_date": "2024-05-03", "duration_scale": "d"}
    cases += [
        ({"doses": [infusion | {"duration": "30"}]}, "Q18 warning doses.duration"),
        ({"doses": [infusion | {"duration": "3"}]}, ""),
    ]
    assert told(rule_duration, cases) == [words for _, words in cases]
