"""Facts of the profile and claims in words: each rule on what breaks it, and on its neighbour that does not."""

import pandas as pd
import pytest

from scripts.validate import check
from tests.validate.build import CASE, COURSE, DAY, EVENT, PROFILE, SOURCE, WHERE
from tests.validate.rules.each import as_one, each_flagged_once, said_of_each
from tests.validate.rules.rows import DOSE, OTHER_DRUG, SAID, dated, on_day, row

PAINTED = {"case_id": "C1", "item": "i", "kind": "condition", "term": "painting"} | WHERE
MEASURE = {"case_id": "C1", "item": "m", "measure": "dyeparin"} | WHERE
CONSIDERED = {"case_id": "C1", "cause": "painting", "excluded": "yes"} | WHERE
SECOND = row(COURSE, course="2")
PAST = {"case_id": "C1", "item": "i", "kind": "past_drug", "term": "oldumab"} | WHERE
OLD = row(OTHER_DRUG, drug="oldumab", substance="oldumab")
DENIED = {"table": "reactions", "key": "C1;rash", "column": "occurred"}
AGED = {"table": "cases", "key": "C1", "column": "age_lower"}
DIAGNOSED = {"case_id": "C1", "item": "i", "kind": "condition", "term": "itch", "start_date": "2018"} | WHERE
AGED_29 = row(CASE, age_lower="29", age_upper="29")
TREATED = row(COURSE, indication="itch", start_date="2022-07-04")
TRANSPLANTS = [("transplant", "3"), ("renal transplant", "2"), ("MS", "11")]
MEMBERS = [row(CASE, case_id=f"A{k}", identity="anonymous", aggregate_id="A") for k in (1, 2)]
SIGN = row(EVENT, reaction="s", term="itch", role="sentinel_sign", onset_date="2022-07-06")
LATE = row(PAINTED, start_date="2022-07-08")
COUGH = row(EVENT, **DAY, reaction="c", term="cough", role="symptom", onset_lower="-2", onset_upper="-2")


def doses_on(*dates: str, **cells: str) -> list[dict]:
    return [row(DOSE, course="2", dose=str(k), time_date=date, **cells) for k, date in enumerate(dates, 1)]


def cited(*citations: str) -> dict:
    sources = [row(SOURCE, source_id=f"S{k}", citation=citation) for k, citation in enumerate(citations, 1)]
    return {
        "sources": sources,
        "cases": [row(CASE, case_id=f"C{k}", source_id=f"S{k}") for k in range(1, len(citations) + 1)],
        "courses": [],
    }


def members(*indications: str) -> dict:
    return {
        "cases": MEMBERS,
        "courses": [row(COURSE, case_id=f"A{k}", indication=indication) for k, indication in enumerate(indications, 1)],
    }


def days_of(*dates: str, cases: int = 1, each: int = 1) -> list[dict]:
    return [
        row(PAINTED, case_id=f"C{case}", item=f"{case}.{k}.{date}", term="", end_date=date)
        for case in range(cases)
        for date in dates
        for k in range(each)
    ]


BROKEN = {
    "Q30 a drug by its substance": ("Q30", "information", "substance", {"courses": [COURSE, row(OTHER_DRUG, substance="Dyeparin sodium")]}),
    "Q30 a drug as a measure": ("Q30", "information", "measure", {"managements": [MEASURE]}),
    "Q30 a drug before the event, in its course": ("Q30", "information", "mitigation", {"courses": [row(COURSE, mitigation="dyeparin prophylaxis")], "reactions": [EVENT]}),
    "Q30 another reaction in the course of the event": ("Q30", "information", "term", {"reactions": [EVENT, row(EVENT, reaction="p", term="painting", role="other")]}),
    "Q30 a drug of the past that goes on": ("Q30", "information", "term", {"history": [row(PAINTED, kind="past_drug", term="dye", continuing="yes")]}),
    "Q30 begun before the event": ("Q30", "information", "term", {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-06")], "history": [row(PAINTED, start_date="2022-07-05")]}),
    "Q30 begun after a sign of another course": ("Q30", "information", "term", {"courses": [dated, SECOND], "reactions": [EVENT, SIGN | {"course": "2"}], "history": [LATE]}),
    "Q30 begun after a sign judged apart": ("Q30", "information", "term", {"courses": [dated], "reactions": [EVENT, SIGN | {"attribution": "unlikely"}], "history": [LATE]}),
    "Q30 another cause was excluded": ("Q30", "information", "term", {"history": [PAINTED], "alternatives": [row(CONSIDERED, cause="dye")]}),
    "Q33 a provenance of another column": ("Q33", "error", "occurred", {"reactions": [row(EVENT, occurred="no", locator="")], "provenance": [DENIED | {"column": "onset", "locator": "p. 3"}]}),
    "Q33 assumed by provenance": ("Q33", "error", "occurred", {"reactions": [row(EVENT, occurred="no")], "provenance": [DENIED | {"status": "assumed"}]}),
    "Q33 from a source not read, by provenance": ("Q33", "error", "occurred", {
        "sources": [SOURCE, row(SOURCE, source_id="S2", extent_read="title_only")], "reactions": [row(EVENT, occurred="no")], "provenance": [DENIED | {"source_id": "S2"}]}),
    "Q21 number, by a brand name": ("Q21", "warning", "planned_doses", {"courses": [row(COURSE, drug="Examplia", substance="", indication="itch", planned_doses="7")]}),
    "Q21 number, by the name as reported": ("Q21", "warning", "planned_doses", {"courses": [row(COURSE, substance="not_stated", indication="itch", planned_doses="7")]}),
    "Q21 amount, by a brand name": ("Q21", "warning", "amount", {"courses": [row(COURSE, drug="EXAMPLIA", substance="", indication="itch")], "doses": [row(DOSE, dose="1", amount="30", unit="mg")]}),
    "Q21 more given than any plan has": ("Q21", "warning", "given_lower", {"courses": [row(COURSE, indication="itch", given_lower="7", given_upper="7")]}),
    "Q22 x of y": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="8 of 11 patients")]}),
    "Q22 x/y": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="rash (8/11)")]}),
    "Q22 x out of y": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="8 out of the 11")]}),
    "Q22 the count of another whole": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="9 of 12")]}),
    "Q22 percent in letters": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="in 72 percent")]}),
    "Q22 per cent in letters": ("Q22", "warning", "n", {"statements": [row(SAID, n="9", of="11", variable="rash", words="in 72 per cent")]}),
    "Q22 beside a level of confidence": ("Q22", "warning", "n", {"statements": [row(SAID, n="8", of="11", variable="rash", words="95% CI 48 to 98; 82%")]}),
    "Q22 groups that miss the whole whichever are nested": ("Q22", "warning", "n", {"statements": [
        row(SAID, statement=name, group=name, n=n, of="15") for name, n in TRANSPLANTS]}),
    "Q22 members of a group": ("Q22", "warning", "n", members("itch", "ache") | {"statements": [row(SAID, group="Itch", n="2", of="2")]}),
    "Q20 an elderly patient of 40": ("Q20", "warning", "age_group", {"cases": [row(CASE, age_lower="40", age_upper="40", age_group="elderly")]}),
    "Q20 an adolescent of 5": ("Q20", "warning", "age_group", {"cases": [row(CASE, age_lower="5", age_upper="5", age_group="adolescent")]}),
    "Q20 an adult of 15": ("Q20", "warning", "age_group", {"cases": [row(CASE, age_lower="15", age_upper="15", age_group="adult")]}),
    "Q20 a course after that of another drug": ("Q20", "warning", "age_lower", {"cases": [AGED_29], "history": [DIAGNOSED],
        "courses": [row(OTHER_DRUG, course="1", indication="itch", start_date="2018-03-01"), row(TREATED, course="2")]}),
    "Q20 the indication by another name": ("Q20", "warning", "age_lower", {"cases": [AGED_29], "courses": [TREATED], "history": [row(DIAGNOSED, term="Pruritus")]}),
    "Q20 a note that leaves it open": ("Q20", "warning", "age_lower", {"cases": [AGED_29], "courses": [TREATED], "history": [DIAGNOSED],
        "provenance": [AGED | {"note": "not said whether 29 is the age at the first course or at diagnosis"}]}),
    "Q20 a note on something else": ("Q20", "warning", "age_lower", {"cases": [AGED_29], "courses": [TREATED], "history": [DIAGNOSED], "provenance": [AGED | {"note": "in the abstract"}]}),
    "Q28 APA": ("Q28", "warning", "citation", cited("Doe, J. A., & Roe, B. (2020). First.", "Poe, C., & Roe, B. (2021). Second.")),
    "Q28 APA and Vancouver": ("Q28", "warning", "citation", cited("Doe, J. A., & Roe, B. (2020). First.", "Poe C, Doe JA. Second.")),
    "Q28 one initial of two": ("Q28", "warning", "citation", cited("Doe J. First.", "Poe C, Doe JA. Second.")),
    "Q28 a surname with a point": ("Q28", "warning", "citation", cited("St. Clair EW, Roe B. First.", "Roe B. Second.")),
    "Q31 the words of the shelf": ("Q31", "information", "detail", {"history": [row(PAST, detail="21 monthly infusions in 26 months")]}),
    "Q31 a period": ("Q31", "information", "detail", {"history": [row(PAST, detail="21 infusions over a period of 26 months")]}),
    "Q31 additional information": ("Q31", "information", "additional_information", {"courses": [COURSE, row(OLD, additional_information="21 infusions in 26 months")]}),
    "Q31 listed doses": ("Q31", "information", "time_date", {"courses": [COURSE, OLD], "doses": doses_on("2020-01-01", "2020-02-10", "2020-03-21")}),
    "Q31 listed doses, too often": ("Q31", "information", "time_date", {"courses": [COURSE, row(OLD, substance="")], "doses": doses_on("2020-01-01", "2020-01-11", "2020-01-21")}),
    "Q21 a dose of no milligrams that was given": ("Q21", "warning", "amount", {"courses": [row(COURSE, indication="itch")], "doses": [row(DOSE, dose="1", amount="0", unit="mg")]}),
    "Q31 two doses": ("Q31", "information", "detail", {"history": [row(PAST, detail="2 infusions over 1 day")]}),
    "Q22 members by the words of one of two groups": ("Q22", "warning", "n", members("itch", "ache") | {"statements": [
        row(SAID, statement=name, group=name, n=n, of="2") for name, n in (("itch", "1"), ("ache", "1"), ("rare", "2"))]}),
    "Q10 the event, however it is judged": ("Q10", "error", "onset_lower", {"reactions": [row(EVENT, **DAY, onset_lower="-2", onset_upper="-2", attribution="unlikely")]}),
    "Q10 a symptom of the event": ("Q10", "error", "onset_lower", {"reactions": [EVENT, COUGH]}),
    "Q17 fifteen of fifteen": ("Q17", "warning", "end_date", {"history": days_of("2020-07-02", cases=15)}),
}  # fmt: skip

SOUND = {
    "Q30 excluded by the source": {"history": [PAINTED], "alternatives": [CONSIDERED]},
    "Q30 excluded in other words": {"history": [row(PAINTED, term="PT")], "alternatives": [row(CONSIDERED, cause="house painting")]},
    "Q30 denied": {"history": [row(PAINTED, term="no painting")], "managements": [row(MEASURE, measure="dyeparin withheld")]},
    "Q30 of a relative, over, or of the past": {"history": [row(PAINTED, kind="family"), row(PAINTED, item="j", continuing="no"), row(PAINTED, item="k", kind="past_drug", term="dye")]},
    "Q30 guarded against": {"managements": [row(MEASURE, measure="painting prophylaxis")], "courses": [row(COURSE, premedication="prophylaxis with gloves against painting; prevention of painting")]},
    "Q30 an abbreviation among treatments": {"managements": [row(MEASURE, measure="PT")]},
    "Q30 in a course without the event": {"courses": [COURSE, row(SECOND, mitigation="dyeparin")], "reactions": [EVENT, row(EVENT, reaction="p", course="2", term="painting", role="other")]},
    "Q30 begun after the event": {"courses": [dated], "reactions": [row(EVENT, onset_date="2022-07-06")],
        "managements": [row(MEASURE, time_date="2022-07-07")], "history": [row(PAINTED, start_date="2022-07-08")]},
    "Q30 begun after the sentinel sign of an event without a time": {"courses": [dated], "reactions": [EVENT, SIGN], "history": [LATE]},
    "Q30 a part of a word": {"managements": [row(MEASURE, measure="redye, dyed")]},
    "Q30 not administered": {"courses": [COURSE, row(OTHER_DRUG, drug="dye", substance="dye", role="not_administered")]},
    "Q30 a reaction that did not occur": {"reactions": [EVENT, row(EVENT, reaction="p", term="painting", role="other", occurred="no")]},
    "Q33 the place by provenance": {"reactions": [row(EVENT, occurred="no", locator="")], "provenance": [DENIED | {"locator": "p. 3"}]},
    "Q33 another source by provenance": {"sources": [row(SOURCE, extent_read="title_only"), row(SOURCE, source_id="S2")],
        "reactions": [row(EVENT, occurred="no")], "provenance": [DENIED | {"source_id": "S2"}]},
    "Q33 stated by provenance": {"reactions": [row(EVENT, occurred="no", status="assumed")], "provenance": [DENIED | {"status": "stated"}]},
    "Q21 another drug": {"courses": [row(OTHER_DRUG, course="1", indication="itch", planned_doses="7", given_lower="7")]},
    "Q21 fewer given": {"courses": [row(COURSE, indication="itch", given_lower="2", given_upper="2")]},
    "Q21 a unit that cannot be compared": {"courses": [row(COURSE, indication="itch")], "doses": [row(DOSE, dose="1", amount="30", unit="vial")]},
    "Q22 x of y as counted": {"statements": [row(SAID, n="9", of="11", variable="rash", words="9 of 11, or 9/11")]},
    "Q22 the rest": {"statements": [row(SAID, n="9", of="11", variable="rash", words="2 of the 11 did not; 18%")]},
    "Q22 about other things": {"statements": [row(SAID, n="9", of="11", variable="rash", words="on 8/12/2020, 3 of 5 courses, 9 of 12 months, 120/80")]},
    "Q22 rounded words": {"statements": [row(SAID, statement=words, n="8", of="11", variable="rash", words=words) for words in (
        "about 80%", "more than 80%", "~80 %", "70-80%", "between 70% and 80%", "60% to 80%", "80% or more", "95% CI 48 to 98", "73% (CI 95%: 48% to 98%)")]},
    "Q22 nested groups": {"statements": [row(SAID, statement=name, group=name, n=n, of="14") for name, n in TRANSPLANTS]},
    "Q22 members by any name": members("ITCH", "Pruritus") | {"statements": [row(SAID, group="Itch", n="2", of="2")]},
    "Q20 groups at their limits": {"cases": [row(CASE, case_id=f"C{k}", age_lower=age, age_upper=age, age_group=group) for k, (age, group) in enumerate(
        [("19", "adolescent"), ("10", "adolescent"), ("60", "elderly"), ("12", "child"), ("17", "adult"), ("2", "infant")])], "courses": []},
    "Q20 the age for another drug's indication": {"cases": [row(CASE, age_lower="75", age_upper="75")], "courses": [row(COURSE, indication="ache"), row(OTHER_DRUG, indication="itch")]},
    "Q20 said in a note": {"cases": [AGED_29], "courses": [TREATED], "history": [DIAGNOSED], "provenance": [AGED | {"note": "age at the first course, not at diagnosis"}]},
    "Q20 said in words": {"cases": [AGED_29], "courses": [TREATED], "history": [DIAGNOSED], "provenance": [AGED | {"words": "aged 29 when treated", "column": "age"}]},
    "Q20 a message says at onset": {"sources": [row(SOURCE, kind="message")], "cases": [AGED_29], "courses": [TREATED], "history": [DIAGNOSED]},
    "Q20 a course of another drug": {"cases": [AGED_29], "history": [DIAGNOSED], "courses": [row(COURSE, start_date="2018-03-01", indication="itch"), row(OTHER_DRUG, indication="itch", start_date="2022-07-04")]},
    "Q20 a course without the event": {"cases": [AGED_29], "history": [DIAGNOSED], "reactions": [EVENT],
        "courses": [row(COURSE, start_date="2018-03-01", indication="itch"), row(TREATED, course="2")]},
    "Q20 neither has a name": {"cases": [AGED_29], "courses": [row(TREATED, indication="")], "history": [row(DIAGNOSED, term="")]},
    "Q28 other initials": cited("Doe JA. First.", "Doe JB, Poe C. Second."),
    "Q28 the same words in a title": cited("Doe JA. Vitamin D, Roe B and others.", "Roe B. Second."),
    "Q31 as usual": {"history": [row(PAST, detail="27 monthly infusions in 26 months; 300 mg infusions over 2 months")]},
    "Q31 listed as usual": {"courses": [COURSE, OLD], "doses": doses_on("2020-01-01", "2020-01-30", "2020-03-03")},
    "Q31 doses that may be missing": {"courses": [COURSE, row(OLD, given_lower="2", given_upper="5")], "doses": doses_on("2020-01-01", "2020-04-01")},
    "Q31 a record of several doses": {"courses": [COURSE, OLD], "doses": doses_on("2020-01-01", "2020-04-01", interval="1", interval_unit="mo")},
    "Q31 months only": {"courses": [COURSE, OLD], "doses": doses_on("2020-01", "2020-03")},
    "Q31 listed by days": {"courses": [COURSE, OLD], "doses": [row(DOSE, course="2", dose=day, **on_day(day)) for day in ("1", "31")]},
    "Q31 one dose has no interval": {"history": [row(PAST, detail="1 infusion over 1 day")]},
    "Q21 a dose not given": {"courses": [row(COURSE, indication="itch")], "doses": [row(DOSE, dose="1", given="no", amount="0", unit="mg")]},
    "Q22 members of another aggregate": {"cases": [*MEMBERS, row(MEMBERS[0], case_id="B1", aggregate_id="B")], "statements": [row(SAID, group="itch", n="2", of="2")],
        "courses": [row(COURSE, case_id=case, course=k, indication="itch") for case in ("A1", "A2", "B1") for k in "12"]},
    "Q10 a symptom that is not of the event": {"reactions": [EVENT, row(COUGH, attribution="unlikely"), row(COUGH, reaction="c2", role="sentinel_sign", attribution="unlikely")]},
    "Q17 many tests on one day": {"history": days_of("2020-05-15", each=10) + days_of("2020-05-17", each=12)},
    "Q17 monthly doses of one patient": {"history": days_of(*(f"2020-{month:02}-15" for month in range(1, 13)))},
    "Q17 two dates": {"history": days_of("2020-01-01", cases=2)},
    "Q34 one patient's symptoms": {"reactions": [row(EVENT, reaction=f"r{k}", **DAY, onset_lower=d, onset_upper=d) for k, d in enumerate(["7"] * 30 + [str(k) for k in range(1, 61)])]},
}  # fmt: skip


def test_a_broken_series_is_flagged():
    each_flagged_once(BROKEN, apart_from={"Q17"})  # part dates are no slip here


def test_its_sound_neighbour_is_not():
    of_its_rule = {label: {flaw for flaw in flaws if flaw[0] in label} for label, flaws in said_of_each(SOUND).items()}
    assert of_its_rule == {label: set() for label in SOUND}


ORDERED = PROFILE.model_copy(
    update={"schedules": {"itch": PROFILE.schedules["itch"].model_copy(update={"planned_doses": [5, 3]})}}
)


PLANS = [
    # ordinal of the course, planned and given doses; what is said of them
    ("1", "3", "", "not the usual 5 doses of the first course"),
    ("2", "5", "", "not the usual 3 doses of the second course"),
    ("4", "5", "", "not the usual 3 doses of the 4th course"),
    ("", "4", "", "not the usual 5 or 3 doses of a course"),
    ("2", "", "4", "not the usual 3 doses of the second course"),
    ("1", "5", "3", None),
    ("2", "3", "", None),
    ("3", "3", "", None),
    ("not_seen", "3", "", None),
    ("", "", "4", None),
]


@pytest.fixture(scope="module")
def said_of_plans() -> pd.Series:
    """What Q21 says, by the file of each course."""
    courses = {
        str(at): row(COURSE, indication="itch", ordinal=ordinal, planned_doses=planned, given_lower=given)
        for at, (ordinal, planned, given, _) in enumerate(PLANS)
    }
    findings = check(as_one({file: {"courses": [course]} for file, course in courses.items()}), ORDERED)
    return findings[findings["rule"] == "Q21"].set_index("file")["what"]


@pytest.mark.parametrize("at", range(len(PLANS)))
def test_doses_of_the_first_and_of_later_courses(said_of_plans, at):
    *_, what = PLANS[at]
    said_of_it = [words.partition(" for ")[0] for words in said_of_plans[said_of_plans.index == str(at)]]
    assert said_of_it == ([what] if what else [])
