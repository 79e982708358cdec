"""A series of literal rows, so that a test shows everything its table is made from."""

import math

import pandas as pd

from schemas.books import CONFLICTS, CORRECTIONS_APPLIED, WITHHELD
from schemas.derived import DERIVED
from schemas.derived_course import RECHALLENGES, TIMES
from schemas.derived_patients import PATIENTS, TEST_RESULTS
from schemas.endpoints import MAIN_SET
from schemas.findings import findings
from schemas.ledger import ledger
from schemas.profile import Profile
from schemas.reported import TABLES
from schemas.results import RESULTS, TEXT_COLUMNS, Conventions
from scripts.files.bundle import Bundle

NUMBERS = [name for name in RESULTS.columns if name not in TEXT_COLUMNS]
SILENT = {"counted": "in", "identity": "identified", "certainty": "possible", "dechallenge": "unknown",
          "vital": "unknown", "survived_event": "unknown", "stopped": "unknown", "re_exposed": "unknown", "rechallenge_reported": "not_stated", "other_cause": "not_assessed", "rechallenge_event": "not_stated", "rechallenge_symptoms": "not_stated",
          "rechallenge_tests": "not_stated"}  # fmt: skip


def profile(**event: object) -> Profile:
    """A drug and an event of no interest."""
    return Profile.model_validate(
        {"title": "Drug and event", "drug": {"name": "drug", "substances": ["drug"]},
         "event": {"name": "event", "terms": ["event"], "sentinel_signs": ["sign"], **event},
         "groups": {"first": ["one"], "second": ["two"]}}
    )  # fmt: skip


def case(case_id: str, **cells: str) -> dict[str, str]:
    """A case that says nothing but what is given."""
    return dict.fromkeys(PATIENTS.columns, "") | SILENT | {"case_id": case_id} | cells


def time(case_id: str, endpoint: str, lower: float, upper: float, **cells: object) -> dict:
    """An observed time on the first-dose clock."""
    shared = dict.fromkeys(TIMES.columns, "") | {
        "set": MAIN_SET,
        "of_index": "yes",
        "clock": "first_dose",
        "state": "observed",
        "grain": "exact" if lower == upper else "day",
        "unit": "d",
        "shown_in": "d",
    }
    return (
        shared
        | {"case_id": case_id, "endpoint": endpoint, "lower": lower, "upper": upper, "complement_lower": float("nan")}
        | cells
    )


def finding_of_test(case_id: str, test: str, **cells: object) -> dict:
    """A test without a number."""
    shared = dict.fromkeys(TEST_RESULTS.columns, "") | {"value": float("nan"), "fold": float("nan")}
    return shared | {"case_id": case_id, "test": test} | cells


def again(case_id: str, **cells: object) -> dict:
    """A re-exposure of which nothing is known."""
    shared = dict.fromkeys(RECHALLENGES.columns, "") | {
        "dose_fraction": float("nan"),
        "kind": "re_exposure",
        "reported": "not_stated",
    }
    return shared | {"case_id": case_id} | cells


def result(analysis: str, statistic: str, **cells: object) -> dict:
    """A row of results; numbers not given are nan, texts blank."""
    blank = dict.fromkeys(RESULTS.columns, "") | dict.fromkeys(NUMBERS, float("nan"))
    kind = "day" if analysis == "onset" else "open"
    unit = {"at_unit": "study_day" if analysis == "onset" else "d"} if "at" in cells else {}
    ends = {"lower_is": kind, "upper_is": kind} if "lower" in cells else {}
    return blank | {"analysis": analysis, "statistic": statistic} | unit | ends | cells


def bundle(
    cases=(),
    times=(),
    tests=(),
    rechallenges=(),
    results=(),
    books=(),
    found=(),
    withheld=(),
    repairs=(),
    differing=(),
    reported=None,
    derived=None,
    **more: object,
) -> Bundle:
    """All inputs of a table from lists of rows. `reported`, `derived`: rows of reported and of further derived tables by name."""
    series = {table: pd.DataFrame(columns=list(schema.columns), dtype=str) for table, schema in TABLES.items()}
    for table, rows in (reported or {}).items():
        columns = [*TABLES[table].columns, "at_file", "at_row"]
        series[table] = pd.DataFrame([dict.fromkeys(columns, "") | row for row in rows], columns=columns)
    kinds = dict.fromkeys(NUMBERS, float)
    declared = {"data_lock": "2025-12-31"} | {option: more.pop(option) for option in set(more) - {"profile"}}
    return Bundle(
        profile=more.pop("profile", None) or profile(),  # type: ignore[arg-type]
        declared=Conventions.model_validate(declared),
        derived={
            **{table: _derived(table, (derived or {}).get(table, [])) for table in DERIVED},
            "patients": _frame(cases, PATIENTS.columns),
            "times": _frame(times, TIMES.columns).astype({"lower": float, "upper": float}),
            "rechallenges": _frame(rechallenges, RECHALLENGES.columns),
            "test_results": _frame(tests, TEST_RESULTS.columns).astype({"value": float, "fold": float}),
        },
        series=series,
        books={
            "results": _frame(results, RESULTS.columns).astype(kinds),
            "ledger": ledger(list(books)),
            "findings": findings(list(found)),
            "withheld": _frame(withheld, WITHHELD.columns),
            "corrections_applied": _frame(repairs, CORRECTIONS_APPLIED.columns),
            "conflicts": _frame(differing, CONFLICTS.columns),
        },
    )


def _derived(table: str, rows: list[dict]) -> pd.DataFrame:
    """Rows of a derived table: numbers not given are nan, texts blank."""
    blank = {column: "" if str(kind.dtype) == "str" else math.nan for column, kind in DERIVED[table].columns.items()}
    return pd.DataFrame([blank | row for row in rows], columns=list(blank))


def _frame(rows, columns) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns))
