"""What nearly breaks a rule and does not: the neighbours of the examples in `test_rules.py`."""

from tests.validate.build import CASE, COURSE, DAY, EVENT, SOURCE, TEST, WHERE
from tests.validate.rules.each import said_of_each
from tests.validate.rules.rows import (
    AFTER_A_WEEK,
    DOSE,
    JUDGED,
    OTHER_DRUG,
    SAID,
    SAID_DURING,
    dated,
    end_on_day,
    on_day,
    row,
)

SOUND = {
    "Q02 plausible": {"tests": [row(TEST, value="30", unit_as_printed="ug/L", reference_as_printed="0-11.4")]},
    "Q01 cells in a microlitre": {"tests": [row(TEST, test="neutrophil count", value="2500", unit_as_printed="/\u00b5L")]},
    "Q04 two spellings of micro": {"tests": [row(TEST, value="5", unit_as_printed="\u00b5g/L", reference_as_printed="0-11.4"),
        row(TEST, result="t2", value="6", unit_as_printed="\u03bcg/L", reference_as_printed="0 - 11.4")]},
    "Q07 the unit stands with the range": {"tests": [row(TEST, test="Hb", value="7.5", reference_as_printed="7.4-9.9 mmol/L")]},
    "Q05 a decimal comma": {"tests": [row(TEST, value="12,5"), row(TEST, result="t2", value="0,125"), row(TEST, result="t3", value="1,234,567")]},
    "Q06 expected under the drug (doubtful units)": {"tests": [row(TEST, test="lymphocyte count", value="0.01", unit_as_printed="x 10^9/L")]},
    "Q05 decimals that cannot be thousands": {"tests": [row(TEST, value="0.125"), row(TEST, result="t2", value="18.75")]},
    "Q07 possible in one unit only": {"tests": [
        row(TEST, test="haemoglobin", value="140"), row(TEST, result="t2", test="creatinine", value="1.2"),
        row(TEST, result="t3", test="glucose", value="5.5")]},
    "Q07 with its unit": {"tests": [row(TEST, test="haemoglobin", value="7.5", unit_as_printed="mmol/L")]},
    "Q10 on the dosing day (days and intervals)": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-04")]},
    "Q10 hour 0": {"reactions": [row(EVENT, onset_lower="0", onset_upper="0", onset_scale="h", onset_origin="first_dose")]},
    "Q11 over the same day": {"reactions": [row(EVENT, onset_date="2022-07-03", end_date="2022-07-03")]},
    "Q11 at the same hour": {"reactions": [row(EVENT, onset_lower="2", onset_upper="2", onset_scale="h", onset_origin="first_dose", end_lower="2", end_upper="2", end_scale="h", end_origin="first_dose")]},
    "Q11 end by day on the day of a dated onset": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-06", **end_on_day("3"))]},
    "Q11 dated death on the day of an onset by day": {"courses": [dated], "reactions": [row(EVENT, **DAY, onset_lower="4", onset_upper="4")], "deaths": [{"case_id": "C1", "time_date": "2022-07-07"} | WHERE]},
    "Q11 days without a date of the course": {"reactions": [row(EVENT, onset_date="2022-07-10", **end_on_day("3"))]},
    "Q11 a test before a timed sign, and one without a time": {
        "reactions": [row(EVENT, reaction="itch", role="symptom", **DAY, onset_lower="5", onset_upper="5"), row(EVENT, reaction="cough", role="symptom"), EVENT],
        "tests": [row(TEST, reading="shows_event", **on_day("2"))]},
    "Q12 a year later": {"courses": [dated, row(COURSE, course="2", start_date="2023-07-04")], "reactions": [row(EVENT, onset_date="2022-07-08", end_date="2022-07-12")]},
    "Q12 by its gap, after the event": {"courses": [COURSE, row(COURSE, course="2", **AFTER_A_WEEK)], "reactions": [row(EVENT, **DAY, onset_lower="5", onset_upper="5", **end_on_day("7"))]},
    "Q12 its gap may run from the last dose": {"courses": [COURSE, row(COURSE, course="2", **AFTER_A_WEEK)], "doses": [row(DOSE, dose="1", **on_day("5"))], "reactions": [row(EVENT, **DAY, onset_lower="10", onset_upper="10")]},
    "Q12 another drug": {"courses": [dated, row(OTHER_DRUG, start_date="2022-07-05")], "reactions": [row(EVENT, onset_date="2022-07-08")]},
    "Q12 two drugs without a name": {"courses": [row(dated, drug="", substance=""), row(COURSE, course="2", drug="", substance="", start_date="2022-07-05")], "reactions": [row(EVENT, onset_date="2022-07-08")]},
    "Q14 the judged drug was stopped": {
        "courses": [row(COURSE, drug="Example", substance="Examplumab", planned_doses="3", given_lower="1", action_taken="withdrawn"), row(OTHER_DRUG, action_taken="not_changed")],
        "reactions": [EVENT], "assessments": [row(JUDGED, dechallenge="positive")]},
    "Q14 the judged course was stopped": {
        "courses": [row(COURSE, action_taken="withdrawn"), row(COURSE, course="2", action_taken="not_changed")],
        "reactions": [EVENT], "assessments": [row(JUDGED, course="1", dechallenge="positive")]},
    "Q14 one of three doses, of the action nothing said": {
        "courses": [row(COURSE, planned_doses="3", given_lower="1", action_taken="not_stated")],
        "reactions": [EVENT], "assessments": [row(JUDGED, dechallenge="positive")]},
    "Q15 one record for all doses": {"courses": [row(COURSE, planned_doses="5", given_lower="3", given_upper="3")], "doses": [row(DOSE, dose="1")]},
    "Q15 on the last day of the course": {
        "doses": [row(DOSE, dose="1", **on_day("3"))], "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")],
        "provenance": [SAID_DURING]},
    "Q15 a dose without a day may have been later": {
        "doses": [row(DOSE, dose="1", **on_day("2")), row(DOSE, dose="2")],
        "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")], "provenance": [SAID_DURING]},
    "Q15 more doses given than listed": {
        "courses": [row(COURSE, given_lower="2", given_upper="2")], "doses": [row(DOSE, dose="1", **on_day("2"))],
        "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")], "provenance": [SAID_DURING]},
    "Q15 one record for days of doses": {
        "doses": [row(DOSE, dose="1", **on_day("2"), duration="5", duration_scale="d")],
        "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")], "provenance": [SAID_DURING]},
    "Q15 the course may have gone on": {
        "courses": [row(COURSE, planned_doses="5")], "doses": [row(DOSE, dose="1", **on_day("2"))],
        "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")], "provenance": [SAID_DURING]},
    "Q15 said not to be during the course": {
        "doses": [row(DOSE, dose="1", **on_day("2"))], "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")],
        "provenance": [SAID_DURING | {"words": "not during the course but a day after"}]},
    "Q16 day and date agree": {"courses": [dated], "reactions": [row(EVENT, **DAY, onset_date="2022-07-07", onset_lower="4", onset_upper="4")]},
    "Q18 as ICH counts (days and intervals)": {"courses": [row(COURSE, start_date="2024-02-27")], "reactions": [row(EVENT, onset_date="2024-03-01")], "assessments": [row(JUDGED, start_to_onset="4", start_to_onset_scale="d")]},
    "Q18 last dose (days and intervals)": {"courses": [dated], "doses": [row(DOSE, dose="3", time_date="2022-07-06")], "reactions": [row(EVENT, onset_date="2022-07-07")], "assessments": [row(JUDGED, last_to_onset="2", last_to_onset_scale="d")]},
    "Q18 hours": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-05")], "assessments": [row(JUDGED, start_to_onset="36", start_to_onset_scale="h")]},
    "Q19 within the drug's life": {"reactions": [row(EVENT, onset_lower="8", onset_upper="8", onset_scale="a", onset_origin="first_dose")], "assessments": [row(JUDGED, start_to_onset="9", start_to_onset_scale="a")]},
    "Q19 to nobody knows when": {"sources": [row(SOURCE, published="not_seen")], "reactions": [EVENT], "assessments": [row(JUDGED, start_to_onset="80", start_to_onset_scale="a")]},
    "Q19 another drug": {"courses": [row(COURSE, drug="othermab", substance="othermab")], "reactions": [row(EVENT, onset_lower="80", onset_upper="80", onset_scale="a", onset_origin="first_dose")]},
    "Q21 the usual": {"courses": [row(COURSE, indication="itch", planned_doses="3")], "doses": [row(DOSE, dose="1", amount="0.01", unit="g")]},
    "Q21 another group in part": {"courses": [row(COURSE, indication="ache", planned_doses="3"), row(COURSE, course="2", indication="ache", planned_doses="1")], "doses": [
        row(DOSE, dose="1", amount="10", unit="mg"), row(DOSE, dose="2", amount="30", unit="mg"), row(DOSE, course="2", dose="1", amount="10", unit="mg")]},
    "Q21 another group without amounts": {"courses": [row(COURSE, indication="ache", planned_doses="3")], "doses": [row(DOSE, dose="1"), row(DOSE, dose="2", amount="10", unit="")]},
    "Q22 rounded, with a decimal comma": {"statements": [row(SAID, n="9", of="11", variable="rash", words="9 of 11 (81,8 %)")]},
    "Q22 groups of two sources": {"sources": [SOURCE, row(SOURCE, source_id="S2")], "statements": [
        row(SAID, aggregate_id="", group="itch", n="3", of="14"), row(SAID, statement="s2", aggregate_id="", group="pain", n="10", of="14", source_id="S2")]},
    "Q22 a group restated": {"statements": [
        row(SAID, statement=f"s{k}", group=group, n=n, of="14") for k, (group, n) in enumerate([("itch", "4"), ("Itch", "4"), ("pain", "10")])]},
    "Q22 groups of their own size": {"statements": [row(SAID, aggregate_id="", group=group, n="5", of="5", statement=group) for group in ("itch", "pain")]},
    "Q22 a property by groups of one size": {"statements": [row(SAID, variable="rash", group=group, n="8", of="10", statement=group) for group in ("itch", "pain")]},
    "Q22 rounded": {"statements": [row(SAID, n="9", of="11", variable="rash", words="81.8%")]},
    "Q22 groups add up": {"statements": [row(SAID, group="itch", n="4", of="14"), row(SAID, statement="s2", group="pain", n="10", of="14")]},
    "Q25 linked": {
        "sources": [SOURCE, row(SOURCE, source_id="S2", published="2021")],
        "cases": [CASE, row(CASE, case_id="A1", identity="anonymous", aggregate_id="A", source_id="S2")],
        "courses": [COURSE, row(COURSE, case_id="A1")], "reactions": [EVENT, row(EVENT, case_id="A1")],
        "links": [{"a": "C1", "b": "A", "verdict": "member_of"}]},
    "Q25 printed later": {
        "sources": [row(SOURCE, published="2022"), row(SOURCE, source_id="S2", published="2021")],
        "cases": [CASE, row(CASE, case_id="A1", identity="anonymous", aggregate_id="A", source_id="S2")],
        "courses": [COURSE, row(COURSE, case_id="A1")], "reactions": [EVENT, row(EVENT, case_id="A1")]},
    "Q29 a look-alike": {"reactions": [row(EVENT, term="Green rash")]},
    "Q32 with a scan": {"reactions": [row(EVENT, outcome="recovered")], "tests": [row(TEST, reading="shows_no_event")]},
    "Q32 with a scan after the onset": {"reactions": [row(EVENT, **DAY, onset_lower="4", onset_upper="4", outcome="recovered")], "tests": [row(TEST, reading="shows_no_event", **on_day("9"))]},
    "Q32 with one scan before and one after": {"reactions": [row(EVENT, onset_date="2022-07-07", outcome="recovered")], "tests": [
        row(TEST, result=d, reading="shows_no_event", time_date=d) for d in ("2022-07-05", "2022-07-20")]},
    "Q32 with a scan by days of another course": {"courses": [COURSE, row(COURSE, course="2", start_date="2023-07-04")],
        "reactions": [row(EVENT, **DAY, onset_lower="4", onset_upper="4", outcome="recovered")], "tests": [row(TEST, course="2", reading="shows_no_event", **on_day("2"))]},
    "Q34 spread over a month by dates": {"courses": [row(dated, case_id=f"C{k}") for k in range(60)], "reactions": [row(EVENT, case_id=f"C{k}", onset_date=f"2022-07-{4 + k % 28:02}") for k in range(60)]},
    "Q33 stated": {"reactions": [row(EVENT, occurred="no")]},
    "reasons for missing everywhere": {"courses": [row(COURSE, start_date="not_stated", planned_doses="not_seen", action_taken="unknown")],
        "reactions": [row(EVENT, onset_date="not_seen", onset_lower="not_seen", onset_upper="not_stated", outcome="unknown")],
        "tests": [row(TEST, value="not_done", unit_as_printed="not_applicable", reference_as_printed="not_stated")],
        "cases": [row(CASE, age_lower="unknown", age_upper="unknown", sex="masked")]},
    "an empty series of cases": {"courses": [], "reactions": []},
}  # fmt: skip


def test_its_sound_neighbour_is_not():
    assert said_of_each(SOUND) == {label: set() for label in SOUND}
