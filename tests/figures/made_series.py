"""A series of a few facts per case as all that figures read."""

from dataclasses import replace
from unittest import mock

import numpy as np
import pandas as pd

from schemas.config import Analysis, Settings
from schemas.derived import DERIVED
from schemas.derived_course import RECHALLENGES, TIMES
from schemas.derived_patients import PATIENTS, TEST_RESULTS
from schemas.findings import findings
from schemas.ledger import ledger
from schemas.profile import Profile
from schemas.reported import TABLES
from schemas.results import conventions
from scripts.analyse import run_all
from scripts.analyse.results import rows, timing
from scripts.files.bundle import Bundle
from scripts.files.tablefiles import empty

INF = float("inf")
SET = "series_plus_new"
PROFILE = Profile.model_validate(
    {
        "title": "Blue rash after examplumab",
        "drug": {"name": "examplumab", "substances": ["examplumab"]},
        "event": {
            "name": "blue rash",
            "abbreviation": "BR",
            "terms": ["blue rash"],
            "sentinel_signs": ["blueness"],
            "primary_resolution": "clinical_resolution",
            "poolable_origins": ["event", "not_stated"],
        },
        "groups": {"itch": ["itch"]},
    }
)
SETTINGS = Settings(analysis=Analysis(onset_days=[2, 4]), data_lock="2024-12-31")
MODIFIERS = (
    "premedication: corticosteroid; premedication: antihistamine; doses: fewer; setting: inpatient; measures: imaging",
    "premedication: not_stated; doses: as many or more; setting: not_seen; measures: no_information",
    "premedication: none; doses: no_information; setting: no_information; measures: anticoagulant; measures: other",
)
TEXTS = dict.fromkeys(PATIENTS.columns, "")
NOTHING_SAID = TEXTS | {
    "counted": "in",
    "identity": "identified",
    "group": "itch",
    "indication": "itch",
    "published": "2024",
    "source_ids": "S1",
    "course": "1",
    "outcome": "",
    "certainty": "possible",
    "dechallenge": "unknown",
    "vital": "unknown",
    "survived_event": "unknown",
    "stopped": "unknown",
    "re_exposed": "unknown",
    "rechallenge_reported": "not_stated",
    "other_cause": "not_assessed",
    "rechallenge_event": "not_stated",
    "rechallenge_symptoms": "not_stated",
    "rechallenge_tests": "not_stated",
}


SEEN_ALIVE = ("recovered", "recovering", "not_recovered", "recovered_with_sequelae")


def made(cases: list[dict]) -> Bundle:
    """A series of cases: `onset`, `resolution`, `died` are (lower, upper); `re_exposed` a dictionary of classes;
    `results` a list of (test, fold); every other key is a column of patients."""
    spine = pd.DataFrame([NOTHING_SAID | {"case_id": f"CASE-{n}"} | _columns(case) for n, case in enumerate(cases, 1)])
    spine = spine.reindex(columns=list(PATIENTS.columns)).astype(str)
    times = pd.concat([_times(case, row) for case, (_, row) in zip(cases, spine.iterrows(), strict=True)])
    again = [_again(case, row) for case, (_, row) in zip(cases, spine.iterrows(), strict=True) if "re_exposed" in case]
    tests = [line for case, (_, row) in zip(cases, spine.iterrows(), strict=True) for line in _tests(case, row)]
    derived = {
        **{table: _none_of(contract) for table, contract in DERIVED.items()},
        "patients": spine,
        "times": TIMES.validate(times.reset_index(drop=True)),
        "rechallenges": pd.DataFrame(again, columns=list(RECHALLENGES.columns)),
        "test_results": pd.DataFrame(tests, columns=list(TEST_RESULTS.columns)).astype({"value": float, "fold": float}),
    }
    lines = [{"stage": "series", "source": "S1", "record": case, "decision": "in"} for case in spine["case_id"]]
    return analysed(derived, {"ledger": ledger(lines), "findings": findings([])})


def _none_of(contract) -> pd.DataFrame:
    """A derived table without rows, with the kinds of its columns."""
    kinds = {column: float if str(kind.dtype) == "float64" else object for column, kind in contract.columns.items()}
    return pd.DataFrame(columns=list(kinds)).astype(kinds)


def analysed(derived: dict[str, pd.DataFrame], books: dict[str, pd.DataFrame]) -> Bundle:
    """The tables with their results, as the command line reads them.

    Bootstrap limits stand on 50 replicates: figures show them and do not ask how many there were.
    """
    series = {table: empty(table) for table in TABLES}
    bundle = Bundle(PROFILE, conventions(SETTINGS, PROFILE.event), derived, series, books)
    with mock.patch.object(timing, "REPLICATES", 50):
        raw_results, steps = run_all(bundle, bundle.conventions)
    results, _ = rows.table(raw_results)
    return replace(bundle, books=books | {"results": results, "curves": rows.curves(steps)})


def _columns(case: dict) -> dict:
    """The columns given, and what `derive` says of the patient from outcome, dechallenge and re-exposure."""
    given = {column: value for column, value in case.items() if column in PATIENTS.columns}
    return _decided(case) | {column: value for column, value in given.items() if column != "re_exposed"}


def _decided(case: dict) -> dict:
    ended = case.get("outcome", "") in ("recovered", "recovered_with_sequelae")
    fatal = case.get("outcome") == "fatal"
    decided = {"survived_event": "no" if fatal else "yes" if ended else "unknown",
            "vital": "died_of_event" if fatal else "alive" if case.get("outcome") in SEEN_ALIVE else "unknown",
            "stopped": "yes" if case.get("dechallenge") in ("positive", "negative") else "unknown"}  # fmt: skip
    if "re_exposed" not in case:
        return decided
    event = case["re_exposed"].get("event", "negative")
    again = {"not_done": "no", "exposure_continued": "continued"}.get(event, "yes")
    reported = {"positive": "recurred", "negative": "not_recurred"}.get(event, "unknown")
    return decided | {"re_exposed": again, "rechallenge_reported": reported,
                   "rechallenge_negative": "1 of 1" if event == "negative" else ""}  # fmt: skip


def _times(case: dict, row: pd.Series) -> pd.DataFrame:
    lines = []
    for endpoint in ("first_symptom", "sentinel_sign", "diagnosis"):
        bounds = case.get("onset") if endpoint == "first_symptom" else case.get(endpoint)
        for clock in ("first_dose", "last_dose", "first_exposure"):
            lines.append(_time(row, endpoint, clock, bounds if clock == "first_dose" else None, "observed"))
    for endpoint in ("radiological_resolution", "clinical_resolution"):
        bounds = case.get("resolution") if endpoint == "clinical_resolution" else None
        state = "not_resolved" if bounds and bounds[1] == INF else "observed"
        missing = "died" if "died" in case else "unknown"
        lines.append(_time(row, endpoint, "event" if bounds else "", bounds, state, missing))
    if "died" in case:
        lines.append(_time(row, "death", "first_dose", case["died"], "died"))
    return pd.DataFrame(lines)


def _time(row: pd.Series, endpoint: str, clock: str, bounds, state: str, missing: str = "unknown") -> dict:
    lower, upper = bounds or (0.0, INF)
    return {
        "set": SET, "of_index": "yes", "episode": "1", "case_id": row["case_id"], "group": row["group"], "endpoint": endpoint, "clock": clock,
        "lower": float(lower), "upper": float(upper), "state": state if bounds else missing, "origin": clock,
        "status": "stated", "approximate": "", "complement_lower": np.nan, "timed_lower": np.nan, "free_lower": np.nan, "source_id": "S1", "unit": "d" if bounds else "", "shown_in": "d", "as_reported": "", "unusable_because": "",
        "grain": "" if not bounds else "exact" if lower == upper else "day",
    }  # fmt: skip


def _again(case: dict, row: pd.Series) -> dict:
    blank = dict.fromkeys(RECHALLENGES.columns, "") | {"dose_fraction": np.nan}
    classes = {"event": "negative", "symptoms": "not_stated", "tests": "not_stated", "reported": "not_recurred"}
    return (
        blank
        | {"case_id": row["case_id"], "group": row["group"], "course": "2", "kind": "re_exposure", "doses_given": "3"}
        | classes
        | case["re_exposed"]
    )


def _tests(case: dict, row: pd.Series) -> list[dict]:
    blank = dict.fromkeys(TEST_RESULTS.columns, "") | {"value": np.nan, "fold": np.nan, "verdict": "as_printed"}
    return [
        blank
        | {
            "case_id": row["case_id"],
            "result": f"r{number}",
            "test": test,
            "course": "1",
            "as_printed": f"{value} U/L",
            "value": float(value),
            "fold": float(value) / 40,
        }
        for number, (test, value) in enumerate(case.get("results", []), 1)
    ]
