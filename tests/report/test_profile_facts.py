"""The definitions of the report: what the profile holds the data against, each fact with its source."""

from schemas.profile import Profile
from scripts.report.definitions import not_checked, profile_facts

BARE = {"title": "t", "drug": {"name": "inventumab", "substances": []}, "event": {"name": "rash", "terms": ["rash"]},
        "groups": {"itch": ["itch"], "transplant": ["transplant"]}}  # fmt: skip
FULL = BARE | {
    "drug": {"name": "inventumab", "substances": [], "first_used": {"date": "1980", "source": "history"}},
    "event": BARE["event"] | {"competing": {"dye": {"why": "stains", "source": "not sourced"}}},
    "schedules": {"itch": {"dose": 12, "unit": "mg", "planned_doses": [5, 3], "source": "label"}},
    "analytes": {
        "count": {"lower": 1.0, "unit": "10^9/L", "source": "institute"},
        "dimer": {"upper": 0.5, "unit": "mg/L", "source": "laboratory"},
    },
    "plausible_ages": {"itch": {"lower": 10, "upper": 70, "source": "own"}},
    "usual_intervals": {"otherumab": {"every": 1, "unit": "mo", "source": "not sourced"}},
}


def test_every_fact_stands_with_its_source():
    assert profile_facts(Profile.model_validate(FULL)) == [
        ("First use of the drug", "1980 (history)"),
        ("Usual schedule", "itch: 12 mg a dose, 5, then 3 doses a course (label); none for transplant"),
        ("Usual limits of tests", "count: from 1 10^9/L (institute); dimer: up to 0.5 mg/L (laboratory)"),
        ("Competing causes", "dye: stains (not sourced)"),
        ("Usual ages", "itch: 10 to 70 years (own)"),
        ("Usual time between doses", "otherumab: 1 mo (not sourced)"),
    ]


def test_what_a_profile_does_not_hold_is_not_given():
    assert {words for _, words in profile_facts(Profile.model_validate(BARE))} == {"not given"}


def test_what_is_not_checked_without_a_fact_is_named():
    clauses = not_checked(Profile.model_validate({"drug": "inventumab", "event": "rash"})).split("; ")
    assert len(clauses) == 13
    assert "other causes (`event.competing`): none is looked for, and none counts as excluded" in clauses
    fewer = not_checked(Profile.model_validate(FULL)).split("; ")
    assert {*clauses} > {*fewer}
    assert not any("competing" in each or "schedules" in each or "groups" in each for each in fewer)


def test_drug_and_event_are_a_profile():
    bare = Profile.model_validate({"drug": "inventumab", "event": {"name": "rash"}})
    assert (bare.title, bare.drug.substances, bare.event.terms) == ("inventumab and rash", ["inventumab"], ["rash"])
