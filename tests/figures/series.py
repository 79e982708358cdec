"""Small series made for the figures, analysed as real ones are: one dictionary per case, the rest as nothing said.

Each is made once and shared: a test that wants it otherwise makes a copy (`dataclasses.replace`, `DataFrame.assign`).
"""

import random
from dataclasses import replace
from functools import cache
from unittest import mock

import numpy as np
import pandas as pd

from schemas.config import Settings
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
SETTINGS = Settings(data_lock="2024-12-31")
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
        **{name: _none_of(contract) for name, contract in DERIVED.items()},
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
    series = {name: empty(name) for name in TABLES}
    bundle = Bundle(PROFILE, conventions(SETTINGS, PROFILE.event), derived, series, books)
    with mock.patch.object(timing, "REPLICATES", 50):
        found, steps = run_all(bundle, bundle.conventions)
    results, _ = rows.table(found)
    return replace(bundle, books=books | {"results": results, "curves": rows.curves(steps)})


def _columns(case: dict) -> dict:
    """The columns given, and what `derive` says of the patient from outcome, dechallenge and re-exposure."""
    given = {name: value for name, value in case.items() if name in PATIENTS.columns}
    return _decided(case) | {name: value for name, value in given.items() if name != "re_exposed"}


def _decided(case: dict) -> dict:
    ended = case.get("outcome", "") in ("recovered", "recovered_with_sequelae")
    fatal = case.get("outcome") == "fatal"
    said = {"survived_event": "no" if fatal else "yes" if ended else "unknown",
            "vital": "died_of_event" if fatal else "alive" if case.get("outcome") in SEEN_ALIVE else "unknown",
            "stopped": "yes" if case.get("dechallenge") in ("positive", "negative") else "unknown"}  # fmt: skip
    if "re_exposed" not in case:
        return said
    event = case["re_exposed"].get("event", "negative")
    again = {"not_done": "no", "exposure_continued": "continued"}.get(event, "yes")
    reported = {"positive": "recurred", "negative": "not_recurred"}.get(event, "unknown")
    return said | {"re_exposed": again, "rechallenge_reported": reported,
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
        "status": "stated", "approximate": "", "complement_lower": np.nan, "timed_lower": np.nan, "free_lower": np.nan, "source_id": "S1", "unit": "d" if bounds else "", "shown_in": "d",
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


@cache
def one() -> Bundle:
    """One case."""
    return made([{"onset": (2, 3), "resolution": (0, 5), "symptoms": "itch; cough"}])


@cache
def none_known() -> Bundle:
    """Six cases of which nothing is known but that they are."""
    return made([{}] * 6)


@cache
def alike() -> Bundle:
    """Ten identical rows."""
    return made([{"onset": (0, 4), "resolution": (0, 14), "symptoms": "itch"}] * 10)


@cache
def mixed(cases: int = 50, seed: int = 7) -> Bundle:
    """Many cases of every kind: exact and interval times, deaths, open ends, re-exposures, tests, symptoms."""
    chance = random.Random(seed)
    signs = ["itch", "cough", "wheeze", "fever", "chest pain", "dyspnoea"]
    return made([_random(chance, signs, number) for number in range(cases)])


def _random(chance: random.Random, signs: list[str], number: int) -> dict:
    start = chance.choice([0, 1, 2, 3, 5, 9])
    case: dict = {"onset": (start, start + chance.choice([0.5, 1, 1, 2, 7]))} if chance.random() < 0.85 else {}
    case |= {
        "group": chance.choice(["itch", "sneezing"]),
        "published": str(2010 + number % 9),
        "symptoms": "; ".join(chance.sample(signs, chance.randint(0, 4))),
        "country": chance.choice(["Norway", "not_stated", "not_seen", "masked", ""]),
        "sex": chance.choice(["F", "M", "asked_unknown", "not_asked"]),
        "dose": chance.choice(["12 mg", "unknown"]),
        "premedication": chance.choice(["none", "not_done", "not_applicable"]),
        "given_upper": "3",
        "planned_doses": "5",
    }
    fate = chance.random()
    if fate < 0.1:
        case |= {"died": (start + 4, start + 5), "outcome": "fatal"}
    elif fate < 0.6:
        case |= {"resolution": (chance.choice([0, 3]), chance.choice([8, 14, 16])), "outcome": "recovered"}
    elif fate < 0.75:
        case |= {"resolution": (7, INF), "outcome": "not_recovered"}
    case |= {"dechallenge": chance.choice(["positive", "positive", "negative", "not_applicable", "unknown"])}
    if fate >= 0.1 and chance.random() < 0.3:
        found, signs_again = (chance.choice(["positive", "negative", "inconclusive"]) for _ in range(2))
        case |= {
            "rechallenge_symptoms": signs_again,
            "re_exposed": {
                "event": found,
                "symptoms": signs_again,
                "gap": "30 d",
                "modifiers": chance.choice(MODIFIERS),
            },
            "rechallenge_event": found,
        }
    if chance.random() < 0.4:
        case["results"] = [("ALT", chance.choice([30, 80, 400])), ("ALT", 55)]
    if chance.random() < 0.3:
        case |= {"identity": "anonymous", "aggregate_id": "AGG"}
    return case


@cache
def long_labels() -> Bundle:
    """Names far wider than any column, with words that cannot be broken, and characters that mean something to TeX."""
    long = "Hypersensitivitätspneumonitis$\\alpha$_mit_sehr_langem_Namen_und_ohne_Leerzeichen " * 3
    return replace(
        made(
            [
                {
                    "case_id": f"{number}-{long}".strip(),
                    "group": long,
                    "symptoms": f"{long}; itch",
                    "onset": (0, 2),
                    "published": "2020",
                    "resolution": (1, 9),
                    "results": [(long, 50), (long, 70)],
                    "re_exposed": {"event": "positive", "gap": "about a year later, as the authors say"},
                }
                for number in range(7)
            ]
        ),
        profile=PROFILE.model_copy(
            update={
                "drug": PROFILE.drug.model_copy(update={"name": long}),
                "event": PROFILE.event.model_copy(update={"name": long, "abbreviation": ""}),
            }
        ),
    )


@cache
def other_scripts() -> Bundle:
    """Greek, Cyrillic and Arabic are in the typeface; Chinese and Devanagari are not."""
    names = ["Ασθενής", "Пациент", "مريض", "患者", "रोगी", "Bjørg Łuć"]
    return made(
        [
            {"case_id": f"{name}-{number}", "group": name, "onset": (0, 1 + number), "symptoms": "κνησμός; かゆみ"}
            for number, name in enumerate(names)
        ]
    )


ALL = {"one": one, "none known": none_known, "alike": alike, "fifty": mixed, "long labels": long_labels,
       "other scripts": other_scripts}  # fmt: skip
