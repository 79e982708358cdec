"""The order of onset, end, diagnosis, death and doses (Q10, Q11, Q15, Q32) on whatever clock each is given."""

from tests.validate.build import COURSE, DAY, EVENT, TEST, WHERE, tables
from tests.validate.rules.each import each_flagged_once, said, said_of_each
from tests.validate.rules.rows import DOSE, dated, end_on_day, on_day, row

COUGH = row(EVENT, reaction="cough", term="cough", role="symptom")
SHOWN = row(TEST, reading="shows_event")
TWO = [dated, row(COURSE, course="2", start_date="2023-07-04")]
DIED = {"case_id": "C1"} | on_day("5") | WHERE


def counted(prefix: str, days: str, origin: str) -> dict:
    """A time of exactly so many days from an origin."""
    return {f"{prefix}_lower": days, f"{prefix}_upper": days, f"{prefix}_scale": "d", f"{prefix}_origin": origin}


def on(day: str) -> dict:
    return DAY | {"onset_lower": day, "onset_upper": day}


BROKEN = {
    "Q10 from the onset of another": ("Q10", "error", "onset_lower", {"reactions": [row(EVENT, **on("2")), row(COUGH, **counted("onset", "-10", "onset:rash"))]}),
    "Q10 a month, its dose after the onset": ("Q10", "error", "onset_lower", {
        "courses": [row(COURSE, start_date="2022-07")], "doses": [row(DOSE, dose="1", time_date="2022-07-20")], "reactions": [row(EVENT, onset_date="2022-07-10")]}),
    "Q10 over before the first dose": ("Q10", "error", "end_upper", {"reactions": [row(EVENT, **end_on_day("-1"))]}),
    "Q10 before the second dose, the first without a date": ("Q10", "warning", "onset_lower", {
        "doses": [row(DOSE, dose="1"), row(DOSE, dose="2", time_date="2022-07-05")], "reactions": [row(EVENT, onset_date="2022-07-04")]}),
    "Q11 an end before its own onset": ("Q11", "error", "end_upper", {"reactions": [row(EVENT, **counted("end", "-1", "onset:rash"))]}),
    "Q11 a dated test before a dated sign": ("Q11", "error", "time_upper", {"reactions": [row(COUGH, onset_date="2022-07-06")], "tests": [row(SHOWN, time_date="2022-07-02")]}),
    "Q11 a test before the sign, from the last dose": ("Q11", "error", "time_upper", {"courses": [row(COURSE, given_lower="1", given_upper="1")], "reactions": [row(COUGH, **counted("onset", "3", "last_dose"))], "tests": [row(SHOWN, **counted("time", "1", "last_dose"))]}),
    "Q11 a test before the sign it is counted from": ("Q11", "error", "time_upper", {"reactions": [row(COUGH, **counted("onset", "5", "first_dose"))], "tests": [row(SHOWN, **counted("time", "-2", "onset:cough"))]}),
    "Q11 a death by days of the only suspect course": ("Q11", "error", "onset_upper", {
        "courses": [dated, row(COURSE, course="2", drug="othermab", substance="othermab", role="concomitant")],
        "reactions": [row(EVENT, **on("10"))], "deaths": [DIED]}),
    "Q11 a dated death, of two courses": ("Q11", "error", "onset_upper", {
        "courses": TWO, "reactions": [row(EVENT, course="2", onset_date="2023-07-13")], "deaths": [{"case_id": "C1", "time_date": "2023-07-08"} | WHERE]}),
    "Q15 dates out of order": ("Q15", "warning", "time_date", {"doses": [row(DOSE, dose="1", time_date="2022-07-06"), row(DOSE, dose="2", time_date="2022-07-04")]}),
    "Q15 a dose before its course": ("Q15", "warning", "time_date", {"courses": [dated], "doses": [row(DOSE, dose="2", time_date="2022-07-03")]}),
    "Q15 the first dose after the start": ("Q15", "warning", "time_date", {"courses": [dated], "doses": [row(DOSE, dose="1", time_date="2022-07-06")]}),
    "Q15 more listed than planned": ("Q15", "warning", "planned_doses", {"courses": [row(COURSE, planned_doses="1")], "doses": [row(DOSE, dose="1"), row(DOSE, dose="2")]}),
    "Q15 more listed than planned, at least one given": ("Q15", "warning", "planned_doses", {
        "courses": [row(COURSE, planned_doses="1", given_lower="1")], "doses": [row(DOSE, dose="1"), row(DOSE, dose="2")]}),
    "Q15 listed, and nothing said of giving": ("Q15", "warning", "given_lower", {
        "courses": [row(COURSE, given_lower="1", given_upper="1")], "doses": [row(DOSE, dose="1", given=""), row(DOSE, dose="2", given="")]}),
    "Q32 a normal test from before": ("Q32", "warning", "outcome", {"reactions": [row(EVENT, **on("4"), outcome="recovered")], "tests": [row(TEST, reading="normal", **on_day("2"))]}),
}  # fmt: skip

SOUND = {
    "Q10 after the first dose, from the onset of another": {"reactions": [row(EVENT, **on("20")), row(COUGH, **counted("onset", "-10", "onset:rash"))]},
    "Q10 from the onset of a reaction of another course": {"courses": [COURSE, row(COURSE, course="2")], "reactions": [row(EVENT, **on("2")), row(COUGH, course="2", **counted("onset", "-10", "onset:rash"))]},
    "Q10 a day after the dated dose": {"courses": [row(COURSE, start_date="2022-07-20")], "doses": [row(DOSE, dose="1", time_date="2022-07-20")], "reactions": [row(EVENT, onset_date="2022-07-21")]},
    "Q11 an end after the onset, both before the dose (a prodrome)": {"reactions": [row(EVENT, role="other", **counted("onset", "-5", "first_dose"), **counted("end", "-2", "first_dose"))]},
    "Q11 over before admission": {"reactions": [row(COUGH, **counted("end", "-1", "admission"))]},
    "Q11 over before the diagnosis": {"reactions": [row(COUGH, **counted("end", "-5", "diagnosis"))]},
    "Q11 over before another began": {"reactions": [EVENT, row(COUGH, **counted("end", "-1", "onset:rash"))]},
    "Q11 a dated test on the day of the sign": {"reactions": [row(COUGH, onset_date="2022-07-06")], "tests": [row(SHOWN, time_date="2022-07-06")]},
    "Q11 a dated test before one sign, another without a time": {"reactions": [row(COUGH, onset_date="2022-07-06"), row(COUGH, reaction="itch")], "tests": [row(SHOWN, time_date="2022-07-02")]},
    "Q11 a dated test before one sign and after another": {"reactions": [row(COUGH, onset_date="2022-07-06"), row(COUGH, reaction="itch", onset_date="2022-07-01")], "tests": [row(SHOWN, time_date="2022-07-02")]},
    "Q11 a death by days, of two courses": {"courses": TWO, "reactions": [row(EVENT, **on("10"))], "deaths": [DIED]},
    "Q15 dates in order": {"courses": [dated], "doses": [row(DOSE, dose="1", time_date="2022-07-04"), row(DOSE, dose="2", time_date="2022-07-06")]},
    "Q15 two doses of one day": {"doses": [row(DOSE, dose="1", time_date="2022-07-04"), row(DOSE, dose="2", time_date="2022-07-04")]},
    "Q15 records of a message in any order": {"courses": [dated], "doses": [row(DOSE, dose="1", time_date="2022-07-06", given=""), row(DOSE, dose="2", time_date="2022-07-04", given="")]},
    "Q15 a later dose after the start": {"courses": [dated], "doses": [row(DOSE, dose="2", time_date="2022-07-06")]},
    "Q15 a dose not given, before the start": {"courses": [dated], "doses": [row(DOSE, dose="1", time_date="2022-07-03", given="no")]},
    "Q15 as many listed as planned": {"courses": [row(COURSE, planned_doses="2")], "doses": [row(DOSE, dose="1"), row(DOSE, dose="2"), row(DOSE, dose="3", given="no")]},
    "Q32 with a duration": {"reactions": [row(EVENT, outcome="recovered", duration="3", duration_scale="d")]},
    "Q32 with a normal test": {"reactions": [row(EVENT, outcome="recovered")], "tests": [row(TEST, reading="normal")]},
    "Q32 never occurred": {"reactions": [row(EVENT, occurred="no", outcome="recovered")]},
}  # fmt: skip


def test_a_broken_series_is_flagged_once():
    each_flagged_once(BROKEN, apart_from={"Q17"})  # part dates are no slip here


def test_its_sound_neighbour_is_not():
    assert said_of_each(SOUND) == {label: set() for label in SOUND}


def test_a_year_and_an_exact_dose_leave_no_onset_before_it():
    given = {"courses": [row(COURSE, start_date="2024")], "doses": [row(DOSE, dose="1", time_date="2024-06-01")]}
    assert said(tables(**given, reactions=[row(EVENT, onset_date="2024-06")])) == {
        ("Q17", "warning", "start_date"),
        ("Q17", "warning", "onset_date"),
    }
