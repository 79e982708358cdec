"""Rechallenge: what happened when the drug was given again (definitions: rechallenge).

A later course is a re-exposure, unless it began with the index course or before the event: then it is a second record of
the first exposure. Doses of the same course after onset are `exposure_continued`, not rechallenge.
An absent code is never "not rechallenged". Event, symptoms and tests are classed separately.
"""

import numpy as np
import pandas as pd

from schemas.codes import crosswalk
from scripts.clock.intervals import between_dates, calendar, numbers
from scripts.derive.exposure import of_index
from scripts.derive.mitigation import FIELDS, modifiers
from scripts.words.quantities import analyte

LEAST_FRACTION = 0.5  # of the index doses before onset, without event: less exposure than this tells nothing
RESOLVED = ("recovered", "recovering", "recovered_with_sequelae")  # resolution or stabilisation of the index event


def rechallenges(
    tables: dict[str, pd.DataFrame],
    own: pd.DataFrame,
    index: pd.DataFrame,
    outcome: pd.Series,
    first_symptom: pd.DataFrame,
    days: dict[str, list[int]],
    expected: set[str],
    start: pd.DataFrame,
) -> pd.DataFrame:
    """The rows of the table `rechallenges`.

    own: all courses of the drug. outcome: of the index event by case. first_symptom: lower, upper by case, first-dose
    clock. days: dose days by case. expected: tests that the drug itself changes, which do not count as recurrence.
    start: first and last possible date of the first dose by case.
    """
    literal = event_codes(tables, index)
    rows = [
        _re_exposure(course, tables, index, outcome, literal, expected, days, first_symptom)
        for course in _later(own, index, start, first_symptom).to_dict("records")
    ]
    rows += _continued(index, days, first_symptom)
    described = {row["case_id"] for row in rows if row["kind"] == "re_exposure"}
    rows += [_code_only(case, code) for case, code in literal.items() if code and case not in described]
    table = pd.DataFrame(rows, columns=[*COLUMNS]).fillna(dict.fromkeys(TEXTS, "")).astype({"dose_fraction": float})
    groups = index.set_index("case_id")["group"]
    return table.assign(group=table["case_id"].map(groups)).sort_values(["case_id", "course"], kind="stable")


COLUMNS = (
    "case_id", "group", "course", "kind", "gap", "doses_given", "dose_fraction", "premedication", "mitigation",
    "setting", "modifiers", "e2b_literal", "event", "symptoms", "tests", "tests_recurred", "why",
)  # fmt: skip
TEXTS = tuple(name for name in COLUMNS if name != "dose_fraction")


def event_codes(tables: dict[str, pd.DataFrame], index: pd.DataFrame) -> dict[str, str]:
    """case -> G.k.9.i.4 of the index event as reported, as its E2B number; cases without one are left out."""
    reactions = of_index(tables["reactions"], index)
    event = reactions[reactions["role"] == "event"][["case_id", "reaction"]]
    said = tables["assessments"].merge(event, on=["case_id", "reaction"])
    numbers_of = crosswalk("rechallenge", "e2b_r3")
    codes = said["rechallenge"].map(numbers_of).dropna()
    return dict(zip(said.loc[codes.index, "case_id"], codes, strict=True))


def _later(own: pd.DataFrame, index: pd.DataFrame, start: pd.DataFrame, first_symptom: pd.DataFrame) -> pd.DataFrame:
    """Courses of the drug after the index course in which at least one dose was given, but not beside it.

    A course is beside the index course when by its date it began on the same day, or surely before the first symptom.
    Messages send one exposure so, as two forms or two doses of a drug. A course without a date is taken at its number.
    """
    order = numbers(own["course"])
    first = numbers(own["case_id"].map(index.set_index("case_id")["course"]))
    given = numbers(own["given_upper"]).fillna(1) > 0
    since = between_dates(start.reindex(own["case_id"]).set_axis(own.index), calendar(own["start_date"]))
    same_day = (since["lower"] == 0) & (since["upper"] == 1)
    onset = own["case_id"].map(first_symptom["lower"])
    return own[(order > first) & given & ~same_day & ~(since["upper"] <= onset)]


def _re_exposure(course, tables, index, outcome, literal, expected, days, first_symptom) -> dict:
    case, name = course["case_id"], course["course"]
    reactions = _rows(tables["reactions"], case, name)
    tests = _rows(tables["tests"], case, name)
    fraction = _fraction(course, index, days, first_symptom)
    event, why = _event(reactions, tests, outcome.get(case, ""), fraction, literal.get(case, ""))
    recurred, tests_class = _tests(_rows(tables["tests"], case, _index_course(index, case)), tests, expected)
    return {
        "case_id": case,
        "course": name,
        "kind": "re_exposure",
        "gap": _gap(course),
        "doses_given": _given(course),
        "dose_fraction": fraction,
        **{field: course[field] for field in FIELDS},
        "modifiers": modifiers(course, fraction),
        "e2b_literal": literal.get(case, ""),
        "event": event,
        "symptoms": _symptoms(reactions),
        "tests": tests_class,
        "tests_recurred": recurred,
        "why": why,
    }


def _rows(table: pd.DataFrame, case: str, course: str) -> pd.DataFrame:
    return table[(table["case_id"] == case) & (table["course"] == course)]


def _index_course(index: pd.DataFrame, case: str) -> str:
    return index.loc[index["case_id"] == case, "course"].iloc[0]


def _event(reactions: pd.DataFrame, tests: pd.DataFrame, outcome: str, fraction: float, code: str) -> tuple[str, str]:
    """Strict class of the event and what it rests on."""
    event = reactions[reactions["role"] == "event"]
    if outcome not in RESOLVED:
        return "inconclusive", "the index event is not known to have resolved before re-exposure"
    if (event["occurred"] == "yes").any() or (tests["reading"] == "shows_event").any():
        return "positive", "the event met the case definition again"
    denied = (event["occurred"] == "no").any() or code == "2"
    looked = tests.loc[tests["reading"] == "shows_no_event", "test"]
    if not denied or not len(looked):
        return "inconclusive", "no event stated, but no adequate assessment is described"
    if fraction < LEAST_FRACTION:
        return "inconclusive", "less than half of the index doses was given"
    return "negative", f"no event; looked for by {', '.join(dict.fromkeys(looked))}"


def _symptoms(reactions: pd.DataFrame) -> str:
    part = reactions[reactions["role"].isin(["symptom", "sentinel_sign"]) & (reactions["attribution"] != "unlikely")]
    if (part["occurred"] == "yes").any():
        return "positive"
    return "negative" if (part["occurred"] == "no").any() else "not_stated"


def _tests(before: pd.DataFrame, after: pd.DataFrame, expected: set[str]) -> tuple[str, str]:
    """Tests abnormal in the index course and again in the re-exposure; those the drug itself changes do not count."""
    abnormal = before.loc[before["reading"] == "abnormal", "test"].map(analyte)
    names = after["test"].map(analyte)
    again = after[names.isin(abnormal) & ~names.isin(expected)]
    recurred = list(dict.fromkeys(again.loc[again["reading"] == "abnormal", "test"]))
    if recurred:
        return ", ".join(recurred), "positive"
    return "", "negative" if (again["reading"] == "normal").any() else "not_stated"


def _fraction(course: dict, index: pd.DataFrame, days: dict[str, list[int]], first_symptom: pd.DataFrame) -> float:
    """Doses given now over doses of the index course before onset; over all of them where their days are unknown."""
    case = course["case_id"]
    before = doses_before(days.get(case, []), *first_symptom.loc[case, ["lower", "upper"]])
    reference = before[1] or numbers(index.loc[index["case_id"] == case, "given_upper"]).iloc[0]
    given = numbers(pd.Series([course["given_lower"]])).iloc[0]
    return float(given / reference) if reference and reference > 0 else np.nan


def doses_before(days: list[int], lower: float, upper: float) -> tuple[int, int]:
    """Least and greatest number of doses at or before an onset in (lower, upper]; (0, 0) without dose days."""
    return sum(day <= lower for day in days), sum(day < upper for day in days)


def _gap(course: dict) -> str:
    low, high, unit = course["gap_lower"], course["gap_upper"], course["gap_scale"]
    if not numbers(pd.Series([low])).notna().iloc[0]:
        return low
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def _given(course: dict) -> str:
    low, high = course["given_lower"], course["given_upper"]
    return low if low == high else f"{low} to {high}"


def _continued(index: pd.DataFrame, days: dict[str, list[int]], first_symptom: pd.DataFrame) -> list[dict]:
    """Cases whose first symptom surely precedes a later dose of the same course."""
    rows = []
    for case, course in zip(index["case_id"], index["course"], strict=True):
        after = [
            str(position)
            for position, day in enumerate(days.get(case, []), start=1)
            if day >= first_symptom.loc[case, "upper"]
        ]
        if after:
            named = ", ".join(after)
            continued = dict.fromkeys(("kind", "event", "symptoms", "tests"), "exposure_continued")
            rows.append(
                continued
                | {
                    "case_id": case,
                    "course": course,
                    "doses_given": named,
                    "why": f"dose {named} of the course followed the first symptom: not a rechallenge",
                }
            )
    return rows


def _code_only(case: str, code: str) -> dict:
    """A code without a described re-exposure: not done if it says so, else inconclusive."""
    name = "not_done" if code == "4" else "inconclusive"
    unsaid = modifiers(dict.fromkeys(FIELDS, ""), np.nan)
    return {"case_id": case, "course": "", "kind": "code_only", "modifiers": unsaid, "e2b_literal": code, "event": name,
            "symptoms": "not_stated", "tests": "not_stated", "why": "only a code is reported"}  # fmt: skip
