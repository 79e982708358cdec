"""Patients on one page: each identified patient in a row, all members of an aggregate known only as a group in one.

For a paper's first table. What is told at length (history, tests as printed, causes) stands in the line listing.
"""

from collections import defaultdict

from schemas.endpoints import ONSETS
from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.records.events import shows_event
from scripts.tables.shown import Shown, shown
from scripts.words import dosing, patients_told, several
from scripts.words.times import of_case, onset_heading
from scripts.words.wording import NONE, NOTES, NOTHING, age, cell, coded, is_gap, name

TITLE = "Patients"
ONSET = "Onset"
COLUMNS = ["Patient", "Age, sex", "Indication", "Dose, doses given", ONSET, "Shown by", "Outcome",
           "Given again, as reported", "Certainty"]  # fmt: skip


def build(bundle: Bundle) -> Shown:
    """Patients of the series first, then those counted inside an aggregate, who are not added."""
    tests, facts = _tests(bundle), bundle.facts
    onset = onset_heading(ONSET, bundle.unit(facts.onset), facts.clock)
    columns = [onset if column == ONSET else column for column in COLUMNS]
    rows = []
    for cases in _lines(bundle):
        told = zip(*(_told(case, tests, bundle) for case in cases), strict=True)
        rows.append(dict(zip(columns, [_name_of(cases), *map(several.parts, told)], strict=True)))
    notes = (NOTES["missing"], NOTES["study_day"], NOTES["inside"], _groups())
    return shown(TITLE, rows or [{"Patient": NONE}], columns, wide=True, footnotes=notes)


def _groups() -> str:
    return "A number in brackets is the number of patients of whom this is said; of the others in the group nothing is said."


def _lines(bundle: Bundle) -> list[list[dict]]:
    cases_by_line: dict[str, list[dict]] = defaultdict(list)
    for case in plain_rows(bundle.cases.sort_values("counted", kind="stable")):
        alone = case["identity"] == "identified"
        cases_by_line[f"case\x1f{case['case_id']}" if alone else f"group\x1f{case['aggregate_id']}"].append(case)
    return list(cases_by_line.values())


def _name_of(cases: list[dict]) -> str:
    first = cases[0]
    if first["identity"] == "identified":
        return first["case_id"] + (" (counted inside a group)" if first["counted"] == "inside" else "")
    people = "patients" if len(cases) > 1 else "patient"
    return f"{len(cases)} {people} known only as a group ({first['aggregate_id'] or 'group not named'})"


def _told(case: dict, tests: dict, bundle: Bundle) -> list[list[str]]:
    """The columns after the first, each as parts in one order."""
    return [
        [_named("age", age(case)), _named("sex", coded("sex", case["sex"]))],
        [cell(case["indication"])],
        [f"dose: {cell(case['dose'])}", dosing.given(case)],
        _onset(case["case_id"], bundle),
        ["; ".join(tests[case["case_id"]]) or NOTHING],
        [coded("outcome", case["outcome"]), patients_told.life(case)],
        [coded("rechallenge_reported", case["rechallenge_reported"])],
        [coded("case_definition", case["certainty"])],
    ]


def _named(item: str, told: str) -> str:
    """A gap says of what it is one."""
    return f"{item} {told}" if is_gap(told) else told


def _onset(case: str, bundle: Bundle) -> list[str]:
    """Each moment that is known; the sentinel sign under its own name."""
    called = {"sentinel_sign": bundle.facts.sentinel}
    told = {endpoint: of_case(bundle.onsets.get((case, endpoint)), labelled=False) for endpoint in ONSETS}
    onset_words = [
        "" if words == NOTHING else f"{called.get(endpoint) or name(endpoint)} {words}"
        for endpoint, words in told.items()
    ]
    return [*onset_words, "" if any(onset_words) else "not known"]


def _tests(bundle: Bundle) -> dict[str, list[str]]:
    """The names of the tests that are read as showing the event."""
    tests_by_case: dict[str, list[str]] = defaultdict(list)
    test_rows = bundle.tests
    for row in plain_rows(test_rows[shows_event(test_rows)]):
        if row["test"] not in tests_by_case[row["case_id"]]:
            tests_by_case[row["case_id"]].append(row["test"])
    return tests_by_case
