"""Units, origins and conventions of times: Q16, Q18, Q19, Q36, Q37."""

from tests.validate.build import COURSE, DAY, EVENT, SOURCE, TEST, WHERE
from tests.validate.rules.each import each_flagged_once, said_of_each
from tests.validate.rules.rows import DOSE, JUDGED, OTHER_DRUG, dated, on_day, row
from tests.validate.rules.test_rules_time_order import counted, on


def onset_words(words: str) -> list[dict]:
    return [{"table": "reactions", "key": "C1;rash", "column": "onset", "words": words} | WHERE]


def after_start(onset: str, number: str, unit: str) -> dict:
    """An onset by date in a course from 4 July 2022, and the interval as reported."""
    return {
        "courses": [dated],
        "reactions": [row(EVENT, onset_date=onset)],
        "assessments": [row(JUDGED, start_to_onset=number, start_to_onset_scale=unit)],
    }


SHOWN = row(TEST, result="t1", reading="shows_event", time_date="2022-07-06")
TWO = [dated, row(COURSE, course="2", start_date="2023-07-04")]
OTHER = row(OTHER_DRUG, start_date="2022-06-04", role="suspect")
SECOND_DOSE = row(DOSE, dose="2", **on_day("2"))
FROM_ZERO = SOURCE | {"first_day": "0"}
DAY_FOUR = [row(EVENT, **on("4"))]

BROKEN = {
    "Q16 day 0 in words": ("Q16", "warning", "onset_lower", {"reactions": DAY_FOUR, "provenance": onset_words("on day 3, the infusion being day 0")}),
    "Q16 day zero in words": ("Q16", "warning", "onset_lower", {"reactions": DAY_FOUR, "provenance": onset_words("infused on Day Zero")}),
    "Q16 day 0 in a dosage": ("Q16", "warning", "dosage_text", {"doses": [row(DOSE, dose="1", dosage_text="10 mg on days 0 and 14")]}),
    "Q16 days after, one less than the dates": ("Q16", "warning", "onset_date", {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-07", **counted("onset", "2", "first_dose"))]}),
    "Q16 days after, far from the dates": ("Q16", "warning", "onset_date", {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-17", **counted("onset", "3", "first_dose"))]}),
    "Q16 a day counted from 0, and another date": ("Q16", "warning", "onset_date", {"sources": [FROM_ZERO], "courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-07", **on("4"))]}),
    "Q45 origin not stated": ("Q45", "warning", "onset_origin", {"reactions": [row(EVENT, **counted("onset", "5", "not_stated"))]}),
    "Q45 from admission": ("Q45", "warning", "onset_origin", {"reactions": [row(EVENT, **counted("onset", "5", "admission"))]}),
    "Q45 from a diagnosis without a day": ("Q45", "warning", "onset_origin", {"courses": [dated], "reactions": [row(EVENT, **counted("onset", "-1", "diagnosis"))], "tests": [row(SHOWN, time_date="")]}),
    "Q45 from the last dose, whose day nobody says": ("Q45", "warning", "onset_origin", {"courses": [COURSE], "reactions": [row(EVENT, **counted("onset", "5", "last_dose"))]}),
    "Q18 weeks": ("Q18", "warning", "start_to_onset", after_start("2022-08-04", "2", "wk")),
    "Q18 months": ("Q18", "warning", "start_to_onset", after_start("2022-12-04", "2", "mo")),
    "Q18 a year": ("Q18", "warning", "start_to_onset", after_start("2022-10-04", "1", "a")),
    "Q18 hours, two midnights away": ("Q18", "warning", "start_to_onset", after_start("2022-07-06", "2", "h")),
    "Q18 of no course of the drug": ("Q18", "warning", "start_to_onset", {
        "courses": TWO, "reactions": [row(EVENT, course="", onset_date="2023-07-07")], "assessments": [row(JUDGED, start_to_onset="9", start_to_onset_scale="d")]}),
    "Q18 of the other drug": ("Q18", "warning", "start_to_onset", {
        "courses": [dated, OTHER], "reactions": [row(EVENT, onset_date="2022-07-07")],
        "assessments": [row(JUDGED, drug="othermab", start_to_onset="4", start_to_onset_scale="d")]}),
    "Q18 the last dose before each of two onsets": ("Q18", "warning", "last_to_onset", {
        "courses": [COURSE], "doses": [row(DOSE, dose="1", time_date="2022-07-04"), row(DOSE, dose="2", time_date="2022-07-10")],
        "reactions": [row(EVENT, onset_date="2022-07-12"), row(EVENT, reaction="itch", role="symptom", onset_date="2022-07-06")],
        "assessments": [row(JUDGED, reaction="itch", last_to_onset="2", last_to_onset_scale="d")]}),
    "Q19 an onset before the last dose": ("Q19", "warning", "onset_lower", {"courses": [row(COURSE, given_lower="1", given_upper="1")], "reactions": [row(EVENT, **counted("onset", "-2", "last_dose"))]}),
    "Q19 a reported interval before the last dose": ("Q19", "warning", "last_to_onset", {"reactions": [EVENT], "assessments": [row(JUDGED, last_to_onset="-2", last_to_onset_scale="d")]}),
    "Q36 a gap of what": ("Q36", "error", "gap_lower", {"courses": [COURSE, row(COURSE, course="2", gap_lower="6", gap_upper="6")]}),
    "Q36 a dose for how long": ("Q36", "error", "duration", {"doses": [row(DOSE, dose="1", duration="2")]}),
    "Q36 a reaction for how long": ("Q36", "error", "duration", {"reactions": [row(EVENT, duration="2")]}),
    "Q36 how long from the start": ("Q36", "error", "start_to_onset", {"reactions": [EVENT], "assessments": [row(JUDGED, start_to_onset="2")]}),
    "Q36 how long from the last dose": ("Q36", "error", "last_to_onset", {"reactions": [EVENT], "assessments": [row(JUDGED, last_to_onset="2")]}),
    "Q36 study day of an admission": ("Q36", "warning", "onset_scale", {"reactions": [row(EVENT, role="other", onset_lower="4", onset_upper="4", onset_scale="study_day", onset_origin="admission")]}),
    **{f"Q37 {words}": ("Q37", "warning", "onset_lower", {"reactions": [EVENT], "provenance": onset_words(words)}) for words in (
        "after infusion 2", "after dose 3", "post second infusion", "on the day of the second infusion", "two days after the third infusion",
        "during cycle 2", "following infusion no. 2")},
    "Q37 the date not stated": ("Q37", "warning", "onset_lower", {"reactions": [row(EVENT, onset_date="not_stated")], "provenance": onset_words("after the second infusion")}),
    "Q37 the day of the dose assumed": ("Q37", "warning", "onset_lower", {
        "reactions": [EVENT], "doses": [SECOND_DOSE],
        "provenance": [*onset_words("after the second infusion"), {"table": "doses", "key": "C1;1;2", "column": "time", "status": "assumed", "note": "daily"}]}),
    "Q37 another dose dated": ("Q37", "warning", "onset_lower", {"reactions": [EVENT], "doses": [SECOND_DOSE], "provenance": onset_words("after the third infusion")}),
}  # fmt: skip

SOUND = {
    "Q16 day 0 in words, and a date": {"reactions": [row(EVENT, onset_date="2022-07-07")], "provenance": onset_words("on day 3, the infusion being day 0")},
    "Q16 day 0 in words, and hours": {"reactions": [row(EVENT, onset_lower="5", onset_upper="5", onset_scale="h", onset_origin="first_dose")], "provenance": onset_words("on day 0")},
    "Q16 day 10 in words": {"reactions": [row(EVENT, **on("10"))], "provenance": onset_words("on day 10, half a day 0.5 early")},
    "Q16 a dated dose on day 0": {"doses": [row(DOSE, dose="1", time_date="2022-07-04", dosage_text="day 0")]},
    "Q16 days after as the dates have it": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-07", **counted("onset", "3", "first_dose"))]},
    "Q16 hours over two midnights": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-06", onset_lower="36", onset_upper="36", onset_scale="h", onset_origin="first_dose")]},
    "Q16 weeks, rounded": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-19", onset_lower="2", onset_upper="2", onset_scale="wk", onset_origin="first_dose")]},
    "Q45 from a known diagnosis": {"courses": [dated], "reactions": [row(EVENT, **counted("onset", "-1", "diagnosis")), row(EVENT, reaction="itch", **counted("onset", "-2", "onset:rash"))],
        "tests": [SHOWN, row(SHOWN, result="t2", time_date="", **counted("time", "9", "first_dose"))]},
    "Q45 from the last of doses with days": {"courses": [COURSE], "doses": [row(DOSE, dose="1", **on_day("1"))], "reactions": [row(EVENT, **counted("onset", "5", "last_dose"))]},
    "Q16 a day counted from 0, and its date": {"sources": [FROM_ZERO], "courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-07", **on("3"))]},
    "Q45 from the only dose": {"courses": [row(COURSE, given_lower="1", given_upper="1")], "reactions": [row(EVENT, **counted("onset", "5", "last_dose"))]},
    "Q45 from admission, with a date": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-07", **counted("onset", "5", "admission"))]},
    "Q45 another reaction": {"reactions": [row(EVENT, role="other", **counted("onset", "5", "not_stated"))]},
    "Q18 2 wk for 15 d": after_start("2022-07-19", "2", "wk"),
    "Q18 2 mo for 63 d": after_start("2022-09-05", "2", "mo"),
    "Q18 1 a for 371 d": after_start("2023-07-10", "1", "a"),
    "Q18 2 h over midnight": after_start("2022-07-05", "2", "h"),
    "Q18 of one course of the drug": {
        "courses": TWO, "reactions": [row(EVENT, course="", onset_date="2023-07-07")], "assessments": [row(JUDGED, start_to_onset="4", start_to_onset_scale="d")]},
    "Q18 of a course of the drug without a date": {
        "courses": [dated, row(COURSE, course="2")], "reactions": [row(EVENT, course="", onset_date="2023-07-07")], "assessments": [row(JUDGED, start_to_onset="9", start_to_onset_scale="d")]},
    "Q18 another drug by its own start": {
        "courses": [dated, OTHER], "reactions": [row(EVENT, onset_date="2022-07-07")],
        "assessments": [row(JUDGED, drug="othermab", start_to_onset="34", start_to_onset_scale="d")]},
    "Q19 on the day of the last dose": {"courses": [row(COURSE, given_lower="1", given_upper="1")], "reactions": [row(EVENT, onset_lower="-1", onset_upper="1", onset_scale="d", onset_origin="last_dose")]},
    "Q36 a gap with its unit": {"courses": [COURSE, row(COURSE, course="2", gap_lower="6", gap_upper="6", gap_scale="mo")]},
    "Q36 a gap nobody states": {"courses": [COURSE, row(COURSE, course="2", gap_lower="not_stated", gap_upper="not_stated")]},
    "Q36 days of an admission": {"reactions": [row(EVENT, role="other", **counted("onset", "4", "admission"))]},
    **{f"Q37 {words}": {"reactions": [EVENT], "provenance": onset_words(words)} for words in (
        "16 days after the last dose", "two days after the first infusion", "48h after infusion 1", "after the first course, on day 4",
        "during the first infusion", "after a dose of 3 mg", "after dose 30 mg", "after dose 2.5 mg")},
    "Q37 the dose dated": {"reactions": [EVENT], "doses": [row(DOSE, dose="2", time_date="2022-07-05")], "provenance": onset_words("after the second infusion")},
    "Q37 the dose by its day": {"reactions": [EVENT], "doses": [SECOND_DOSE], "provenance": onset_words("after infusion 2")},
    "Q37 counted from the last dose": {"courses": [row(COURSE, given_lower="1", given_upper="1")], "reactions": [row(EVENT, **counted("onset", "2", "last_dose"))], "provenance": onset_words("two days after the second infusion")},
    "Q37 with the day of another origin": {"reactions": [row(EVENT, onset_date="2022-07-07", **DAY)], "provenance": onset_words("after the second infusion")},
}  # fmt: skip


def test_a_broken_series_is_flagged_once():
    each_flagged_once(BROKEN, apart_from={"Q12"})  # an onset after two courses: nobody says of which


def test_its_sound_neighbour_is_not():
    findings = {label: {flaw for flaw in flaws if flaw[0] != "Q12"} for label, flaws in said_of_each(SOUND).items()}
    assert findings == {label: set() for label in SOUND}
