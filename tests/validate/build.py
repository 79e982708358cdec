"""Small series for tests: rows as dictionaries, the rest blank."""

import inspect
from functools import cache
from unittest import mock

import pandas as pd

from schemas.profile import Profile
from schemas.reported import TABLES
from scripts import validate

WHERE = {"source_id": "S1", "locator": "p. 1", "status": "stated"}
SOURCE = {"source_id": "S1", "kind": "article", "published": "2024"}
CASE = {"case_id": "C1", "identity": "identified"} | WHERE
COURSE = {"case_id": "C1", "course": "1", "drug": "examplumab", "substance": "examplumab", "role": "suspect"} | WHERE
EVENT = {
    "case_id": "C1",
    "reaction": "rash",
    "course": "1",
    "term": "blue rash",
    "role": "event",
    "occurred": "yes",
} | WHERE
TEST = {"case_id": "C1", "result": "t1", "test": "tryptase", "course": "1"} | WHERE
DAY = {"onset_scale": "study_day", "onset_origin": "first_dose"}

PROFILE = Profile.model_validate(
    {
        "title": "Examplumab and blue rash",
        "drug": {"name": "examplumab", "substances": ["examplumab", "examplia"],
                 "first_used": {"date": "2010", "source": "invented"}},
        "event": {"name": "blue rash", "terms": ["blue rash"], "sentinel_signs": ["itching"],
                  "not_this_event": {"green rash": "another colour"},
                  "competing": {
                      "paint": {"conditions": ["painting", "PT"], "why": "paint is blue", "source": "invented"},
                      "dye": {"drugs": ["dyeparin", "dye"], "why": "it dyes", "source": "invented"}}},
        "groups": {"itch": ["itch", "pruritus"], "ache": ["ache"]},
        "schedules": {"itch": {"dose": 10, "unit": "mg", "planned_doses": [3], "source": "invented"}},
        "plausible_ages": {"itch": {"lower": 10, "upper": 70, "source": "invented"}},
        "usual_intervals": {"oldumab": {"every": 1, "unit": "mo", "source": "invented"}},
        "analytes": {
            "D-dimer": {"upper": 0.5, "unit": "mg/L FEU", "source": "invented"},
            "lymphocyte count": {"lower": 1.0, "unit": "10^9/L", "expected": "depletion", "source": "invented"},
            "neutrophil count": {"lower": 2.0, "unit": "10^9/L", "source": "invented"},
            "tryptase": {"upper": 11.4, "unit": "ug/L", "source": "invented"},
        },
    }
)  # fmt: skip


def tables(**rows: list[dict[str, str]]) -> dict[str, pd.DataFrame]:
    """Complete tables with the given rows; a source and a case `C1` unless others are given."""
    given = {"sources": [SOURCE], "cases": [CASE], "courses": [COURSE]} | rows
    return {table: _table(table, given[table]) if given.get(table) else _blank(table).copy() for table in TABLES}


@cache
def _blank(table: str) -> pd.DataFrame:
    return _table(table, [])


def _table(table_name: str, rows: list[dict[str, str]]) -> pd.DataFrame:
    columns = list(TABLES[table_name].columns)
    strange = {key for row in rows for key in row} - set(columns)
    assert not strange, f"{table_name}: {strange}"
    table = pd.DataFrame([{key: row.get(key, "") for key in columns} for row in rows], columns=columns, dtype=object)
    return table.assign(
        at_file=pd.Series(f"{table_name}.csv", index=table.index, dtype=object), at_row=range(2, len(rows) + 2)
    )


def found_by(given: dict[str, pd.DataFrame], *rules: str, profile: Profile | None = PROFILE) -> pd.DataFrame:
    """The findings of these rules; clinical rules that never speak of them are not asked, which takes most of the time."""
    asked = [rule for rule in validate.every_rule() if any(f'"{code}"' in inspect.getsource(rule) for code in rules)]
    with mock.patch.object(validate, "every_rule", return_value=asked):
        findings = validate.check(given, profile)
    return findings[findings["rule"].isin(rules)]
