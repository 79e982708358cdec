"""Every rule on the smallest series that breaks it; its neighbours that do not: `test_sound_neighbours.py`."""

import pytest

from schemas.codes import codes
from scripts.validate import check, every_rule
from scripts.validate.contracts.keys import find as keys
from tests.validate.build import CASE, COURSE, DAY, EVENT, PROFILE, SOURCE, TEST, WHERE, tables
from tests.validate.rules.each import each_flagged_once, said
from tests.validate.rules.rows import (
    AFTER_A_WEEK,
    DOSE,
    JUDGED,
    OTHER_DRUG,
    SAID,
    SAID_DURING,
    SINGLE,
    dated,
    dimer,
    end_on_day,
    on_day,
    row,
)

BROKEN = {
    "Q39 a test after the death": ("Q39", "error", "result", {"deaths": [{"case_id": "C1", "time_date": "2022-07-01"} | WHERE], "tests": [row(TEST, time_date="2022-08-01")]}),
    "Q40 an end, and not recovered": ("Q40", "warning", "outcome", {"reactions": [row(EVENT, end_date="2022-07-20", outcome="not_recovered")]}),
    "Q41 received before the onset": ("Q41", "warning", "onset_date", {"reactions": [row(EVENT, onset_date="2022-07-20")], "reports": [{"case_id": "C1", "version": "1", "received": "2022-07-01"} | WHERE]}),
    "Q42 a weight in grams": ("Q42", "error", "weight", {"cases": [row(CASE, weight="7000")]}),
    "Q43 positive, and never over": ("Q43", "warning", "dechallenge", {"reactions": [row(EVENT, outcome="not_recovered")], "assessments": [row(JUDGED, dechallenge="positive")]}),
    "Q44 the second course before the first": ("Q44", "warning", "course", {"courses": [dated, row(COURSE, course="2", start_date="2021-07-04")], "reactions": [EVENT]}),
    "Q47 absent, with an onset": ("Q47", "error", "occurred", {"reactions": [EVENT, row(EVENT, reaction="itch", role="symptom", occurred="no", onset_date="2022-07-20")]}),
    "Q38 a placeholder": ("Q38", "error", "onset_date", {"reactions": [row(EVENT, onset_date="1900-01-01")]}),
    "Q01 no numerator": ("Q01", "error", "unit_as_printed", {"tests": [row(TEST, test="D-dimer", value="18752", unit_as_printed="/L FEU")]}),
    "Q01 a denominator by its power": ("Q01", "error", "unit_as_printed", {"tests": [row(TEST, test="x", value="5", unit_as_printed="L-1")]}),
    "Q01 the component alone": ("Q01", "error", "unit_as_printed", {"tests": [row(TEST, test="D-dimer", value="5", unit_as_printed="FEU")]}),
    "Q02 beyond the usual limit": ("Q02", "error", "unit_as_printed", {"tests": [dimer]}),
    "Q02 beyond its own limit": ("Q02", "error", "value", {"tests": [row(TEST, test="x", value="9000", reference_as_printed="0-5")]}),
    "Q02 range in another unit": ("Q02", "error", "reference_as_printed", {"tests": [row(TEST, test="x", value="7", unit_as_printed="mg/L", reference_as_printed="0-5 ng/L")]}),
    "Q02 range off the catalogue": ("Q02", "error", "reference_as_printed", {"tests": [row(TEST, value="7", unit_as_printed="ug/L", reference_as_printed="0-5000")]}),
    "Q03 FEU or DDU": ("Q03", "warning", "unit_as_printed", {"tests": [row(TEST, test="D-dimer", value="3", unit_as_printed="mg/L")]}),
    "Q04 two units": ("Q04", "warning", "unit_as_printed", {"tests": [row(TEST, value="3", unit_as_printed="ug/L"), row(TEST, result="t2", value="3", unit_as_printed="ng/mL")]}),
    "Q05 separator": ("Q05", "warning", "value", {"tests": [row(TEST, value="18,752")]}),
    "Q05 a point before three digits": ("Q05", "warning", "value", {"tests": [row(TEST, value="18.752")]}),
    "Q06 implausibly low": ("Q06", "information", "value", {"tests": [row(TEST, test="neutrophil count", value="0.01", unit_as_printed="x 10^9/L")]}),
    "Q05 separator of a range": ("Q05", "warning", "reference_as_printed", {"tests": [row(TEST, test="x", value="5", reference_as_printed="0-1.500")]}),
    "Q07 a usual short name": ("Q07", "error", "unit_as_printed", {"tests": [row(TEST, test="Hb (blood)", value="7.5")]}),
    "Q07 no unit": ("Q07", "error", "unit_as_printed", {"tests": [row(TEST, test="Haemoglobin", value="7.5")]}),
    "Q10 before exposure": ("Q10", "error", "onset_lower", {"reactions": [row(EVENT, **DAY, onset_lower="-1", onset_upper="-1")]}),
    "Q10 by dates (days and intervals)": ("Q10", "error", "onset_lower", {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-03")]}),
    "Q10 without a course, beside another drug": ("Q10", "error", "onset_lower", {
        "courses": [dated, row(COURSE, course="2", drug="oldumab", substance="oldumab", role="concomitant", start_date="2020-01-01")],
        "reactions": [row(EVENT, course="", onset_date="2022-07-03")]}),
    "Q10 left open": ("Q10", "warning", "onset_lower", {"courses": [row(COURSE, start_date="2022-07")], "reactions": [row(EVENT, onset_date="2022-07-20")]}),
    "Q11 end before onset": ("Q11", "error", "end_upper", {"reactions": [row(EVENT, onset_date="2022-07-03", end_date="2022-07-01")]}),
    "Q11 death before onset": ("Q11", "error", "onset_upper", {"reactions": [row(EVENT, onset_date="2022-07-03")], "deaths": [{"case_id": "C1", "time_date": "2022-07-01"} | WHERE]}),
    "Q11 diagnosis before sign": ("Q11", "error", "time_upper", {
        "reactions": [row(EVENT, reaction="itch", role="symptom", **DAY, onset_lower="5", onset_upper="5")],
        "tests": [row(TEST, reading="shows_event", time_lower="2", time_upper="2", time_scale="study_day", time_origin="first_dose")]}),
    "Q11 end by day before a dated onset": ("Q11", "error", "end_upper", {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-10", **end_on_day("3"))]}),
    "Q11 dated death before an onset by day": ("Q11", "error", "onset_upper", {"courses": [dated], "reactions": [row(EVENT, **DAY, onset_lower="10", onset_upper="10")], "deaths": [{"case_id": "C1", "time_date": "2022-07-07"} | WHERE]}),
    "Q12 before the event": ("Q12", "error", "course", {"courses": [dated, row(COURSE, course="2", start_date="2022-07-05")], "reactions": [row(EVENT, onset_date="2022-07-08")]}),
    "Q12 before its end": ("Q12", "warning", "start_date", {"courses": [dated, row(COURSE, course="2", start_date="2022-07-09")], "reactions": [row(EVENT, onset_date="2022-07-08", end_date="2022-07-12")]}),
    "Q12 under a synonym": ("Q12", "error", "course", {"courses": [dated, row(COURSE, course="2", substance="EXAMPLIA", start_date="2022-07-05")], "reactions": [row(EVENT, onset_date="2022-07-08")]}),
    "Q12 by the name as reported": ("Q12", "error", "course", {"courses": [dated, row(COURSE, course="2", drug="Examplumab", substance="", start_date="2022-07-05")], "reactions": [row(EVENT, onset_date="2022-07-08")]}),
    "Q12 dated, before an onset by day": ("Q12", "error", "course", {"courses": [dated, row(COURSE, course="2", start_date="2022-07-05")], "reactions": [row(EVENT, **DAY, onset_lower="5", onset_upper="5")]}),
    "Q12 by its gap, before the event": ("Q12", "error", "course", {"courses": [COURSE, row(COURSE, course="2", **AFTER_A_WEEK)], "reactions": [row(EVENT, **DAY, onset_lower="10", onset_upper="10")]}),
    "Q12 by its gap, before the end": ("Q12", "warning", "gap_upper", {"courses": [COURSE, row(COURSE, course="2", **AFTER_A_WEEK)], "reactions": [
        row(EVENT, **DAY, onset_lower="4", onset_upper="4", end_lower="16", end_upper="16", end_scale="d", end_origin="onset:rash")]}),
    "Q13 never over": ("Q13", "warning", "rechallenge", {"reactions": [row(EVENT, outcome="not_recovered")], "assessments": [row(JUDGED, rechallenge="recurred")]}),
    "Q14 complete": ("Q14", "warning", "action_taken", {"courses": [row(COURSE, planned_doses="1", given_lower="1", given_upper="1", action_taken="withdrawn")]}),
    "Q14 positive, going on": ("Q14", "warning", "dechallenge", {"courses": [row(COURSE, action_taken="not_changed")], "reactions": [EVENT], "assessments": [row(JUDGED, dechallenge="positive")]}),
    "Q14 positive after a single dose": ("Q14", "warning", "dechallenge", {"courses": [SINGLE], "reactions": [EVENT], "assessments": [row(JUDGED, dechallenge="positive")]}),
    "Q14 another drug was stopped": ("Q14", "warning", "dechallenge", {
        "courses": [row(COURSE, action_taken="not_changed"), row(OTHER_DRUG, action_taken="withdrawn")],
        "reactions": [EVENT], "assessments": [row(JUDGED, dechallenge="positive")]}),
    "Q15 more than planned": ("Q15", "warning", "given_lower", {"courses": [row(COURSE, planned_doses="2", given_lower="3", given_upper="3")]}),
    "Q15 another number": ("Q15", "warning", "given_lower", {"courses": [row(COURSE, given_lower="1", given_upper="1")], "doses": [row(DOSE, dose="1"), row(DOSE, dose="2")]}),
    "Q15 given after stopping": ("Q15", "warning", "given", {"doses": [row(DOSE, dose="1", given="no"), row(DOSE, dose="2")]}),
    "Q15 out of order": ("Q15", "warning", "time_lower", {"doses": [
        row(DOSE, dose=n, time_lower=d, time_upper=d, time_scale="study_day", time_origin="first_dose") for n, d in (("1", "3"), ("2", "1"))]}),
    "Q15 after the course it was during": ("Q15", "warning", "onset_lower", {
        "doses": [row(DOSE, dose="1", **on_day("2"))], "reactions": [row(EVENT, **DAY, onset_lower="3", onset_upper="3")],
        "provenance": [SAID_DURING]}),
    "Q16 day 0": ("Q16", "warning", "onset_lower", {"reactions": [row(EVENT, **DAY, onset_lower="0", onset_upper="3")]}),
    "Q16 one day apart": ("Q16", "warning", "onset_date", {"courses": [dated], "reactions": [row(EVENT, **DAY, onset_date="2022-07-07", onset_lower="3", onset_upper="3")]}),
    "Q17 part date": ("Q17", "warning", "start_date", {"courses": [row(COURSE, start_date="2022-07")]}),
    "Q17 pile-up": ("Q17", "warning", "time_date", {"courses": [row(COURSE, drug="othermab", substance="othermab")], "doses": [row(DOSE, dose=str(k), time_date=f"19{60 + k}-05-15") for k in range(1, 31)]}),
    "Q18 off by one": ("Q18", "warning", "start_to_onset", {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-07")], "assessments": [row(JUDGED, start_to_onset="3", start_to_onset_scale="d")]}),
    "Q18 last dose": ("Q18", "warning", "last_to_onset", {"courses": [dated], "doses": [row(DOSE, dose="3", time_date="2022-07-06")], "reactions": [row(EVENT, onset_date="2022-07-07")], "assessments": [row(JUDGED, last_to_onset="1", last_to_onset_scale="d")]}),
    "Q19 negative": ("Q19", "error", "start_to_onset", {"reactions": [EVENT], "assessments": [row(JUDGED, start_to_onset="-2", start_to_onset_scale="d")]}),
    "Q19 a dose before the drug": ("Q19", "error", "time_date", {"doses": [row(DOSE, dose="1", time_date="2009-05-03")]}),
    "Q19 before the drug": ("Q19", "error", "start_date", {"courses": [row(COURSE, start_date="2009-05-01")]}),
    "Q19 an onset beyond the drug's life": ("Q19", "error", "onset_lower", {"reactions": [row(EVENT, onset_lower="80", onset_upper="80", onset_scale="a", onset_origin="first_dose")]}),
    "Q45 origin not stated by the source": ("Q45", "warning", "onset_origin", {"reactions": [row(EVENT, onset_lower="1", onset_upper="2", onset_scale="d", onset_origin="not_stated")]}),
    "Q46 an onset after two weeks": ("Q46", "information", "onset_scale", {"reactions": [row(EVENT, onset_lower="2", onset_upper="2", onset_scale="wk", onset_origin="first_dose")]}),
    "Q19 an onset beyond it, from the last dose": ("Q19", "error", "onset_lower", {"courses": [row(COURSE, given_lower="1", given_upper="1")], "reactions": [row(EVENT, onset_lower="80", onset_upper="80", onset_scale="a", onset_origin="last_dose")]}),
    "Q19 a reported interval beyond it": ("Q19", "error", "last_to_onset", {"reactions": [EVENT], "assessments": [row(JUDGED, last_to_onset="80", last_to_onset_scale="a")]}),
    "Q19 beyond the day of the report": ("Q19", "error", "start_to_onset", {"sources": [row(SOURCE, published="")], "reports": [{"case_id": "C1", "version": "1", "latest_information": "2012"} | WHERE],
        "reactions": [EVENT], "assessments": [row(JUDGED, start_to_onset="5", start_to_onset_scale="a")]}),
    "Q20 too old": ("Q20", "error", "age_lower", {"cases": [row(CASE, age_lower="150", age_upper="150")]}),
    "Q20 group": ("Q20", "warning", "age_group", {"cases": [row(CASE, age_lower="40", age_upper="40", age_group="child")]}),
    "Q20 for the indication": ("Q20", "warning", "age_lower", {"cases": [row(CASE, age_lower="75", age_upper="75")], "courses": [row(COURSE, indication="Itch")]}),
    "Q20 at which date": ("Q20", "warning", "age_lower", {"cases": [row(CASE, age_lower="29", age_upper="29")], "courses": [row(COURSE, indication="itch", start_date="2022-07-04")],
        "history": [{"case_id": "C1", "item": "i", "kind": "condition", "term": "itch", "start_date": "2018"} | WHERE]}),
    "Q21 amount": ("Q21", "warning", "amount", {"courses": [row(COURSE, indication="itch")], "doses": [row(DOSE, dose="1", amount="30", unit="mg")]}),
    "Q21 number": ("Q21", "warning", "planned_doses", {"courses": [row(COURSE, indication="itch", planned_doses="7")]}),
    "Q21 the schedule of another group": ("Q21", "warning", "planned_doses", {"courses": [row(COURSE, indication="Ache", planned_doses="3")], "doses": [row(DOSE, dose="1", amount="10", unit="mg"), row(DOSE, dose="2", amount="0.01", unit="g")]}),
    "Q22 above the whole": ("Q22", "warning", "n", {"statements": [row(SAID, n="4", variable="rash")]}),
    "Q22 percentage": ("Q22", "warning", "n", {"statements": [row(SAID, variable="rash", words="82.5% of them")]}),
    "Q22 groups": ("Q22", "warning", "n", {"statements": [row(SAID, group="itch", n="3", of="14"), row(SAID, statement="s2", group="pain", n="10", of="14")]}),
    "Q22 groups of a source without an aggregate": ("Q22", "warning", "n", {"statements": [
        row(SAID, aggregate_id="", group="itch", n="3", of="14"), row(SAID, statement="s2", aggregate_id="", group="pain", n="10", of="14")]}),
    "Q22 percentage with a decimal comma": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="82,8 %")]}),
    "Q22 members": ("Q22", "warning", "n", {"cases": [row(CASE, identity="anonymous", aggregate_id="A")], "statements": [SAID]}),
    "Q25 inside an overview": ("Q25", "error", "case_id", {
        "sources": [row(SOURCE, published="2020"), row(SOURCE, source_id="S2", kind="overview", published="2021")],
        "cases": [CASE, row(CASE, case_id="A1", identity="anonymous", aggregate_id="A", source_id="S2")],
        "courses": [COURSE, row(COURSE, case_id="A1")], "reactions": [EVENT, row(EVENT, case_id="A1")]}),
    "Q28 shared author": ("Q28", "warning", "citation", {
        "sources": [row(SOURCE, citation="Doe JA, Roe B. First."), row(SOURCE, source_id="S2", citation="Poe C, Doe JA. Second.")],
        "cases": [CASE, row(CASE, case_id="C2", source_id="S2")]}),
    "Q29 strange term": ("Q29", "warning", "term", {"reactions": [row(EVENT, term="red rash")]}),
    "Q29 sign alone": ("Q29", "warning", "term", {"reactions": [row(EVENT, term="itching", role="sentinel_sign")]}),
    "Q30 unclear": ("Q30", "information", "cause", {"alternatives": [{"case_id": "C1", "cause": "ink", "excluded": "unclear"} | WHERE]}),
    "Q30 of the profile": ("Q30", "information", "term", {"history": [{"case_id": "C1", "item": "i", "kind": "condition", "term": "house painting"} | WHERE]}),
    "Q31 21 in 26 months": ("Q31", "information", "detail", {"history": [{"case_id": "C1", "item": "i", "kind": "past_drug", "term": "oldumab", "detail": "21 infusions over 26 months"} | WHERE]}),
    "Q32 no date, no scan": ("Q32", "warning", "outcome", {"reactions": [row(EVENT, outcome="recovered")]}),
    "Q32 a scan before the onset": ("Q32", "warning", "outcome", {"reactions": [row(EVENT, **DAY, onset_lower="4", onset_upper="4", outcome="recovered")], "tests": [row(TEST, reading="shows_no_event", **on_day("2"))]}),
    "Q32 a dated scan before the onset": ("Q32", "warning", "outcome", {"courses": [dated], "reactions": [row(EVENT, **DAY, onset_lower="4", onset_upper="4", outcome="recovered")], "tests": [row(TEST, course="", reading="shows_no_event", time_date="2022-07-06")]}),
    "Q33 no place": ("Q33", "error", "occurred", {"reactions": [row(EVENT, occurred="no", locator="")]}),
    "Q33 not read": ("Q33", "error", "occurred", {"sources": [row(SOURCE, extent_read="title_only")], "reactions": [row(EVENT, occurred="no")]}),
    "Q34 heaps": ("Q34", "information", "onset_upper", {"reactions": [row(EVENT, case_id=f"C{k}", **DAY, onset_lower=d, onset_upper=d) for k, d in enumerate(["7"] * 30 + [str(k) for k in range(1, 31)])]}),
    "Q34 heaps by dates": ("Q34", "information", "onset_upper", {"courses": [row(dated, case_id=f"C{k}") for k in range(56)], "reactions": [row(EVENT, case_id=f"C{k}", onset_date=f"2022-07-{4 + d:02}") for k, d in enumerate([7] * 30 + list(range(26)))]}),
    "Q36 no origin": ("Q36", "error", "onset_origin", {"reactions": [row(EVENT, onset_lower="1", onset_upper="2", onset_scale="d")]}),
    "Q37 by ordinal": ("Q37", "warning", "onset_lower", {"reactions": [EVENT], "provenance": [{"table": "reactions", "key": "C1;rash", "column": "onset", "words": "following the second infusion"}]}),
    "Q23 by hand": ("Q23", "warning", "words", {"remarks": [{"remark": "r", "rule": "Q23", "case_id": "C1", "words": "severe", "why": "mild elsewhere"} | WHERE]}),
    "Q35 by hand": ("Q35", "warning", "words", {"remarks": [{"remark": "r", "rule": "Q35", "words": "7", "why": "8 in the table"} | WHERE]}),
}  # fmt: skip


def test_a_remark_with_a_broken_rule_is_a_finding_and_hides_no_other():
    given = tables(
        reactions=[EVENT],
        remarks=[{"remark": "r", "rule": "q23", "words": "x", "why": "y"} | WHERE],
        tests=[row(TEST, value="18,752")],
    )
    findings = check(given, PROFILE)
    assert {("remarks", "rule"), ("tests", "value")} <= set(zip(findings["table"], findings["column"], strict=True))


def test_without_a_profile_rules_still_find_what_needs_none():
    early = {
        "courses": [dated],
        "reactions": [row(EVENT, onset_date="2022-07-03")],
        "tests": [row(TEST, value="18,752")],
    }
    findings = check(tables(**early), None)
    assert set(findings["rule"]) == {"Q10", "Q05"}


def test_a_broken_series_is_flagged_once():
    each_flagged_once(BROKEN, apart_from={"Q17"})  # part dates are no slip here


def test_every_rule_of_the_list_has_its_test():
    by_hand_or_pairs = {"Q24", "Q26", "Q27"}
    tested = {rule for rule, *_ in BROKEN.values()} | by_hand_or_pairs
    assert tested == {code for code in codes("rules") if code.startswith("Q")}


def test_no_rule_changes_what_it_reads():
    given = tables(reactions=[EVENT], tests=[dimer])
    before = {table_name: table.copy() for table_name, table in given.items()}
    check(given, PROFILE)
    assert all(given[table_name].equals(before[table_name]) for table_name in given)


def test_every_rule_copes_with_empty_tables():
    empty = tables(sources=[], cases=[], courses=[])
    assert all(not len(rule.find(empty, PROFILE)) for rule in every_rule())
    assert not len(keys(empty))


@pytest.mark.parametrize(
    ("number", "unit", "range_", "words"),
    [
        ("18,752", "/L FEU", "0-500", "of the mass units ug/L FEU alone would fit the printed range 0-500"),
        ("26,663", "mg/L FEU", "", "in ug/L FEU it would be 53.3 times"),
    ],
)
def test_the_d_dimers_of_the_literature_with_a_proposal(number, unit, range_, words):
    """26,663 is 53.326 times 0.5 mg/L FEU under the unit that makes it plausible."""
    findings = check(
        tables(tests=[row(TEST, test="D-dimer", value=number, unit_as_printed=unit, reference_as_printed=range_)]),
        PROFILE,
    )
    assert findings.loc[findings["severity"] == "error", "what"].str.contains(words, regex=False).tolist() == [True]


def test_a_unit_that_is_no_unit_is_not_evaluated():
    nasty = ["10^9^9^9/L", "__import__('os').system('x')/L", "m" * 5000, "1/0/L", "()()", "mg/L/L/L**99999"]
    rows = [row(TEST, result=str(k), test="D-dimer", value="3", unit_as_printed=unit) for k, unit in enumerate(nasty)]
    assert {rule for rule, *_ in said(tables(tests=rows))} <= {"Q03", "Q04"}
