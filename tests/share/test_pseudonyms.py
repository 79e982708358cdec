"""What a copy to share may hold: columns that somebody has looked at, and nothing of a person in them."""

import pandas as pd
import pytest

from schemas.derived import DERIVED
from schemas.derived_patients import PATIENTS
from schemas.profile import Profile
from scripts.share.pseudonyms import MASKED, numbered, rules, shared, vocabulary

PROFILE = Profile.model_validate(
    {"title": "t", "drug": {"name": "Drugumab", "substances": ["drug"]}, "event": {"name": "rash", "terms": ["blue rash"]},
     "groups": {"itch": ["severe itch"]}}
)  # fmt: skip


def copied(**cells: str) -> pd.Series:
    """A patient's row in the copy."""
    row = dict.fromkeys(PATIENTS.columns, "") | {"case_id": "SMITH-1"} | cells
    empty = {table: pd.DataFrame(columns=list(contract.columns)) for table, contract in DERIVED.items()}
    made, _ = shared(empty | {"patients": pd.DataFrame([row])}, vocabulary(PROFILE))
    return made["patients"].iloc[0]


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("case_id", "SMITH-1", "P01"),
        ("aggregate_id", "CLINIC-7", "A01"),
        ("age_lower", "29", "20"),
        ("age_upper", "29", "29"),
        ("age_upper", "30", "39"),
        ("age_lower", "0.5", "0"),
        ("age_lower", "not_seen", "not_seen"),
        ("age_lower", "about thirty", MASKED),
        ("outcome", "recovered", "recovered"),
        ("drug", "drugumab", "drugumab"),
        ("drug", "drugumab of lot 7", MASKED),
        ("indication", "Severe itch", "Severe itch"),
        ("indication", "itch since her wedding", MASKED),
        ("country", "Norway", "Europe"),
        ("country", "BR", "Americas"),
        ("country", "her village", MASKED),
        ("country", "not_stated", "not_stated"),
        ("first_dose", "2022-07", MASKED),
        ("history", "asthma", MASKED),
        ("history", "not_seen", "not_seen"),
        ("history", "", ""),
        ("vital_basis", "reactions[r].outcome", MASKED),
        ("source_ids", "SMITH2020", MASKED),
        ("findings", "F1", MASKED),
    ],
)
def test_a_cell_goes_on_only_where_it_says_nothing_of_a_person(column, before, after):
    assert copied(**{column: before})[column] == after


def test_a_column_without_a_rule_stays_and_every_rule_has_a_column():
    ruled = rules()
    unknown = {column for table, columns in ruled.items() for column in set(columns) - set(DERIVED[table].columns)}
    assert unknown == set()
    days = {
        "began_first",
        "began_last",
        "ended_first",
        "ended_last",
        "end_first",
        "end_last",
        "start_date",
        "first_dose",
    }
    assert not [column for columns in ruled.values() for column in columns if column in days]


def test_pseudonyms_tell_neither_name_nor_order_and_are_the_same_next_time():
    names = [f"CASE-{number:02}" for number in range(30)]
    first = numbered(names, "P")
    assert first == numbered(reversed(names), "P")
    assert sorted(first.values()) == [f"P{number:02}" for number in range(1, 31)]
    assert list(first) != names
