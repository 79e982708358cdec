"""Dates on which it cannot have happened are told, taken out of use, and the patient stays."""

from schemas.fields import NO_VALUE
from scripts.validate import decide, examine, impossible_dates
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, Rows, through, together
from tests.validate.build import DAY, PROFILE, tables

LOCK = "2025-12-31"
DOSE = {"case_id": "C1", "course": "1", "dose": "1", "given": "yes"} | WHERE
HISTORY = {"case_id": "C1", "item": "h", "kind": "condition", "term": "itch"} | WHERE
AGED = CASE | {"age_lower": "40", "age_upper": "40"}
STARTED = COURSE | {"start_date": "2024-01-10"}
ILL = EVENT | {"onset_date": "2024-01-12"}

DIED, MEASURE = {"case_id": "C1"} | WHERE, {"case_id": "C1", "item": "m", "measure": "cream"} | WHERE
REPORT = {"case_id": "C1", "version": "1"} | WHERE
AGAIN = COURSE | {"course": "2", "gap_scale": "a", "gap_origin": "previous_start"}


def years(prefix: str, number: str, origin: str) -> dict[str, str]:
    return {f"{prefix}_lower": number, f"{prefix}_upper": number, f"{prefix}_scale": "a", f"{prefix}_origin": origin}


def dosed(day: str) -> Rows:
    return {"cases": [AGED], "doses": [DOSE | {"time_date": day}], "reactions": [ILL]}


CANNOT_BE = [
    (dosed("1900-01-01"), "time_date", "placeholder"),
    (dosed("1901-01-01"), "time_date", "placeholder"),
    (dosed("1111-11-11"), "time_date", "placeholder"),
    (dosed("0024-01-20"), "time_date", "placeholder"),
    (dosed("0024"), "time_date", "placeholder"),
    (dosed("1970-01-01"), "time_date", "placeholder"),
    (dosed("2099-01-01"), "time_date", "after the data lock"),
    (dosed("2026-01-01"), "time_date", "after the data lock"),
    (dosed("9999-12-31"), "time_date", "placeholder"),
    (dosed("1980-05-03"), "time_date", "before the patient was born"),
    (dosed("2024-01-10"), "", ""),
    (dosed("2025-12"), "", ""),  # may be the last day of the series
    (dosed("1984"), "", ""),  # may be after the birth
    ({"doses": [DOSE | {"time_date": "1903-05-03"}], "reactions": [ILL]}, "time_date", "more than 120 years"),
    ({"reactions": [EVENT | {"onset_date": "1900-01-01"}]}, "onset_date", "placeholder"),
    ({"cases": [AGED], "reactions": [ILL], "history": [HISTORY | {"start_date": "1975"}]}, "start_date", "before the patient was born"),
    ({"reactions": [ILL], "deaths": [{"case_id": "C1", "time_date": "1900-01-01"} | WHERE]}, "time_date", "placeholder"),
    ({"cases": [AGED], "reactions": [
        EVENT | {"onset_lower": "50", "onset_upper": "60", "onset_scale": "a", "onset_origin": "first_dose"}]},
        "onset_lower", "longer than the patient has lived"),
    ({"courses": [STARTED], "reactions": [EVENT | DAY | {"onset_lower": "600", "onset_upper": "600"}]}, "", ""),
    ({"courses": [STARTED], "reactions": [EVENT | DAY | {"onset_lower": "900", "onset_upper": "900"}]}, "onset_lower", "beyond the data lock"),
    # the same of what is counted otherwise: a death, a measure, a time from an onset, a duration, a gap
    ({"courses": [STARTED], "reactions": [ILL], "deaths": [DIED | years("time", "3", "first_dose")]}, "time_lower", "beyond the data lock"),
    ({"courses": [STARTED], "reactions": [ILL], "managements": [MEASURE | years("time", "3", "first_dose")]}, "time_lower", "beyond the data lock"),
    ({"reactions": [ILL | years("end", "3", "onset:rash")]}, "end_lower", "beyond the data lock"),
    ({"reactions": [ILL | {"duration": "3", "duration_scale": "a"}]}, "duration", "beyond the data lock"),
    ({"reactions": [ILL | {"duration": "3", "duration_scale": "mo"}]}, "", ""),
    ({"courses": [STARTED, AGAIN | {"gap_lower": "3", "gap_upper": "3"}], "reactions": [ILL]}, "gap_lower", "beyond the data lock"),
    ({"cases": [AGED], "reactions": [EVENT], "deaths": [DIED | years("time", "60", "diagnosis")]}, "time_lower", "longer than the patient has lived"),
    ({"cases": [AGED], "reactions": [EVENT | {"duration": "60", "duration_scale": "a"}]}, "duration", "longer than the patient has lived"),
    ({"cases": [AGED], "courses": [COURSE, AGAIN | {"gap_lower": "60", "gap_upper": "60"}], "reactions": [EVENT]}, "gap_lower", "longer than the patient has lived"),
    # of a report only what cannot be a date: one after the data lock point leaves with its report
    ({"reactions": [ILL], "reports": [REPORT | {"received": "1900-01-01"}]}, "received", "placeholder"),
    ({"reactions": [ILL], "reports": [REPORT | {"latest_information": "9999-12-31"}]}, "latest_information", "placeholder"),
    ({"reactions": [ILL], "reports": [REPORT | {"received": "2026-03-01"}]}, "", ""),
]  # fmt: skip


def test_each_date_that_cannot_be_is_told_once_with_its_reason():
    findings = impossible_dates.find(tables(**together([rows for rows, _, _ in CANNOT_BE])), LOCK)
    for number, (_, column, reason) in enumerate(CANNOT_BE, start=1):
        case_findings = findings[findings["case_id"] == f"C{number}"]
        assert case_findings["column"].tolist() == ([column] if column else []), number
        assert case_findings["what"].str.contains(reason).all(), number


def test_without_a_data_lock_point_nothing_is_after_it():
    assert len(impossible_dates.find(tables(**dosed("2031-01-10")))) == 0


def test_of_a_history_the_age_may_be_wrong_too():
    rows = {"cases": [AGED], "reactions": [ILL], "history": [HISTORY | {"start_date": "1975"}]}
    assert impossible_dates.find(tables(**rows))["severity"].tolist() == ["warning"]


def test_such_a_time_is_withheld_and_the_patient_stays():
    """One placeholder among sound dates: no onset of 45,302 days, n unchanged, the date in no derived table."""
    rows = together([dosed("2023-12-01"), {**dosed("1900-01-01"), "courses": [COURSE | {"start_date": "1900-01-01"}]}])
    findings = decide(examine(tables(**rows), PROFILE, data_lock=LOCK)[0], {"contract": "stop", "error": "withhold_value", "warning": "warn", "information": "warn"})  # fmt: skip
    told = through(found=findings, **rows)
    times = told.derived["times"].query("endpoint == 'first_symptom' and clock == 'first_dose'").set_index("case_id")
    assert times.loc["C1", ["lower", "upper"]].tolist() == [42.0, 43.0]
    assert times.loc["C2", "state"] == "not_usable"  # a date of onset, and none of a first dose
    assert set(told.derived["patients"]["case_id"]) == {"C1", "C2"}
    assert told.patient("C2")["first_dose"] in NO_VALUE
    assert not any("1900-01-01" in set(map(str, table.to_numpy().ravel())) for table in told.derived.values())


def test_a_placeholder_of_a_death_puts_nothing_after_it():
    rows = {"reactions": [ILL], "deaths": [{"case_id": "C1", "time_date": "1900-01-01"} | WHERE]}
    findings = examine(tables(**rows), PROFILE, data_lock=LOCK)[0]
    assert set(findings.loc[findings["severity"] == "error", "rule"]) == {"Q38"}
