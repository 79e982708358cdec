"""One line per case, members counted inside an aggregate below, every gap with its reason.

Order of columns: identity, patient, exposure, timing, event, alternatives, outcome, de- and rechallenge, causality
(what a PRAC reader expects of a case series).
"""

import math
from collections import defaultdict

from schemas.codes import crosswalk
from schemas.fields import NO_VALUE
from scripts.files.bundle import Bundle
from scripts.tables.marks import Marks, marks
from scripts.tables.shown import Shown, shown
from scripts.words.times import elapsed, since_dose
from scripts.words.wording import (
    NONE,
    NOTES,
    NOTHING,
    cell,
    coded,
    is_gap,
    name,
    number,
    span,
)

TITLE = "Line listing"
STACKS = {
    "Source": {"Source": "", "Evidence": "evidence", "Country": "country", "Reporter": "reporter"},
    "Patient": {"Age (years)": "age", "Sex": "sex", "Indication": "indication", "History": "history"},
    "Exposure": {"Drug": "drug", "Course": "course", "Dose": "dose", "Doses given": "doses given",
                 "Doses before onset": "doses before onset", "Premedication": "premedication"},
    "Onset (study day)": {"First symptom (study day)": "first symptom", "Sentinel sign (study day)": "sentinel sign",
                          "Diagnosis (study day)": "diagnosis"},
    "Event": {"Signs and symptoms": "signs", "Investigations": "investigations", "Laboratory as printed": "laboratory",
              "Lowest oxygen saturation": "lowest saturation", "Ventilation": "ventilation",
              "Certainty": "certainty", "Serious": "serious"},
    "Alternatives": {"Alternatives excluded": "excluded causes"},
    "Treatment and outcome": {"Treatment": "treatment", "Outcome": "outcome", "Resolution (days after)": "resolution"},
    "De- and rechallenge": {"Dechallenge": "dechallenge", "Rechallenge as coded (E2B)": "coded (E2B)",
                            "Rechallenge, strict": "strict"},
    "Causality": {"Causality": "causality", "Completeness": "completeness", "Flags": "flags"},
}  # fmt: skip
COLUMNS = ["Case", *(column for parts in STACKS.values() for column in parts)]
ONSETS = {"first_symptom": "First symptom (study day)", "sentinel_sign": "Sentinel sign (study day)",
          "diagnosis": "Diagnosis (study day)"}  # fmt: skip
CLASSES = ("event", "symptoms", "tests")


def build(bundle: Bundle) -> Shown:
    """One row per case; study days count the first dose day as 1."""
    facts = _Facts(bundle)
    order = bundle.cases.sort_values("counted", kind="stable").to_dict("records")
    rows = [_marked(_line(case, facts), facts.marks, case["case_id"]) for case in order]
    return shown(
        TITLE, rows or [{"Case": NONE}], COLUMNS, footnotes=_footnotes(bundle), wide=True, stacks=STACKS, alike="Case"
    )


class _Facts:
    """Rows of every case, looked up once."""

    def __init__(self, bundle: Bundle):
        self.marks = marks(bundle)
        self.resolution = bundle.profile.event.primary_resolution
        times = bundle.times.drop_duplicates(["case_id", "endpoint", "clock"])
        self.onsets = {
            (row["case_id"], row["endpoint"]): row
            for row in times.to_dict("records")
            if row["clock"] == "first_dose" and row["endpoint"] in ONSETS
        }
        ends = times[times["endpoint"] == self.resolution].drop_duplicates("case_id")
        self.ends = {row["case_id"]: row for row in ends.to_dict("records")}
        self.tests = _by_case(bundle.tests.to_dict("records"))
        self.terms = _terms(bundle)
        said = bundle.series.get("assessments")
        self.assessments = _by_case([] if said is None else said.to_dict("records"))


def _by_case(rows: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        found[row["case_id"]].append(row)
    return found


def _terms(bundle: Bundle) -> dict[tuple[str, str], str]:
    reactions = bundle.series.get("reactions")
    if reactions is None:
        return {}
    return {(row["case_id"], row["reaction"]): row["term"] for row in reactions.to_dict("records")}


def _marked(line: dict, made: Marks, case: str) -> dict:
    return {column: made.on(case, column, text, is_gap(text)) for column, text in line.items()}


def _line(case: dict, facts: _Facts) -> dict[str, str]:
    key = case["case_id"]
    return {
        "Case": key + _inside(case),
        "Source": f"{case['source_ids']}, {case['locators']}",
        "Evidence": cell(case["evidence_level"]),
        "Country": cell(case["country"]),
        "Reporter": coded("qualification", case["reporter"]),
        "Age (years)": span(case["age_lower"], case["age_upper"]),
        "Sex": cell(case["sex"]),
        "Indication": cell(case["indication"]),
        "History": cell(case["history"]),
        "Drug": cell(case["drug"]),
        "Course": cell(case["ordinal"]),
        "Dose": cell(case["dose"]),
        "Doses given": _given(case),
        "Doses before onset": case["doses_before_onset"] or "not known",
        "Premedication": cell(case["premedication"]),
        **{column: _onset(facts.onsets.get((key, endpoint))) for endpoint, column in ONSETS.items()},
        "Signs and symptoms": cell(case["symptoms"]),
        **_tests(facts.tests.get(key, []), case["course"]),
        "Lowest oxygen saturation": cell(case["lowest_saturation"]),
        "Ventilation": cell(case["ventilation"]),
        "Certainty": coded("case_definition", case["certainty"]),
        "Serious": cell(case["serious"]),
        "Alternatives excluded": cell(case["alternatives_excluded"]),
        "Treatment": cell(case["treatment"]),
        "Outcome": _outcome(case),
        "Resolution (days after)": _resolution(facts.ends.get(key)),
        "Dechallenge": _dechallenge(case),
        "Rechallenge as coded (E2B)": _literal(case, facts),
        "Rechallenge, strict": _rechallenge(case),
        "Causality": _causality(case, facts.assessments.get(key, [])),
        "Completeness": case["completeness"],
        "Flags": case["findings"] or NONE,
    }


def _inside(case: dict) -> str:
    return f" (counted inside {case['aggregate_id'] or 'an aggregate'})" if case["counted"] == "inside" else ""


def _given(case: dict) -> str:
    given, planned = span(case["given_lower"], case["given_upper"]), cell(case["planned_doses"])
    if is_gap(given) and given == planned:
        return given
    return f"{given} of {planned}" if not is_gap(planned) else f"{given} (planned: {planned})"


def _onset(time: dict | None) -> str:
    shown_days = since_dose(time["lower"], time["upper"], labelled=False) if time else NOTHING
    return "not known" if shown_days == NOTHING else shown_days


def _resolution(time: dict | None) -> str:
    if time is None or time["state"] == "unknown":
        return "not known"
    if time["state"] == "died":
        return "died"
    ended = elapsed(time["lower"], time["upper"], labelled=False)
    if ended == NOTHING:
        return coded("time_state", time["state"])
    origin = "origin not stated" if time["clock"] in ("not_stated", "") else f"after {name(time['clock'])}"
    return f"{ended} {origin}"


def _outcome(case: dict) -> str:
    died = f"; {case['death']}" if case["death"] else ""
    return coded("outcome", case["outcome"]) + died


def _dechallenge(case: dict) -> str:
    note = f" ({case['dechallenge_note']})" if case["dechallenge_note"] else ""
    return coded("dechallenge_class", case["dechallenge"]) + note


def _tests(tests: list[dict], index_course: str) -> dict[str, str]:
    """Laboratory values as printed, and all other investigations; those of another course say so."""
    numeric = [_in_course(row, index_course, _value(row)) for row in tests if not math.isnan(row["value"])]
    others = [_in_course(row, index_course, _reading(row)) for row in tests if math.isnan(row["value"])]
    return {"Investigations": "; ".join(others) or cell(""), "Laboratory as printed": "; ".join(numeric) or cell("")}


def _in_course(row: dict, index_course: str, words: str) -> str:
    flags = f" [{row['findings']}]" if row["findings"] else ""
    other = f"course {row['course']}: " if row["course"] not in ("", index_course) else ""
    return other + words + flags


def _value(row: dict) -> str:
    if math.isnan(row["fold"]):
        return f"{row['test']} {row['as_printed']}"
    condition = f" {row['fold_condition']}" if row["fold_condition"] else ""
    return f"{row['test']} {row['as_printed']} = {number(row['fold'], 1)} x the printed upper limit{condition}"


def _reading(row: dict) -> str:
    printed = "" if row["as_printed"] in NO_VALUE else row["as_printed"]
    said = "" if row["finding"] in NO_VALUE else row["finding"]
    words = said or printed or coded("reading", row["reading"])
    return f"{row['test']}: {words}"


def _literal(case: dict, facts: _Facts) -> str:
    """Every reaction with a code, in words with the E2B number; `absent` where the source gives none."""
    numbers = crosswalk("rechallenge", "e2b_r3")
    said = [
        f"{facts.terms.get((row['case_id'], row['reaction']), row['reaction'])}: {numbers[row['rechallenge']]}"
        for row in facts.assessments.get(case["case_id"], [])
        if row["rechallenge"] in numbers
    ]
    return "; ".join(dict.fromkeys(said)) or case["e2b_literal"] or "absent"


def _rechallenge(case: dict) -> str:
    words = "; ".join(f"{key} {name(case[f'rechallenge_{key}'])}" for key in CLASSES)
    again = f"dose {case['exposure_continued']} of the course followed onset" if case["exposure_continued"] else ""
    silent = all(case[f"rechallenge_{key}"] == "not_stated" for key in CLASSES)
    return "; ".join(filter(None, [cell("not_stated") if silent else words, again]))


def _causality(case: dict, assessments: list[dict]) -> str:
    """Result with method per assessor; quality appraisals have a table of their own."""
    said = [
        f"{row['assessor']}: {row['result']} (method: {cell(row['method'])})"
        for row in assessments
        if row["result"] not in NO_VALUE and "murad" not in row["method"].casefold()
    ]
    return "; ".join(dict.fromkeys(said)) or cell(case["causality"])


def _footnotes(bundle: Bundle) -> tuple[str, ...]:
    sign = ", ".join(bundle.profile.event.sentinel_signs[:1]) or "none declared"
    return (
        NOTES["missing"],
        NOTES["study_day"],
        NOTES["elapsed"],
        f"Sentinel sign: {sign}. Resolution: {name(bundle.profile.event.primary_resolution)}.",
        NOTES["rechallenge_code"],
        NOTES["strict"],
        f"Certainty: {bundle.profile.event.certainty.source or 'as reported'}",
        "Evidence: A full primary report read, B part of it, C abstract only, D second hand.",
        NOTES["inside"],
        NOTES["flags"],
        *_sources(bundle),
    )


def _sources(bundle: Bundle) -> list[str]:
    listed = bundle.series.get("sources")
    if listed is None:
        return []
    quoted = {source for text in bundle.cases["source_ids"] for source in text.split("; ")}
    own = listed[listed["source_id"].isin(quoted)]
    return [f"{row['source_id']}: {row['citation'] or cell('')}{_doi(row)}" for row in own.to_dict("records")]


def _doi(row: dict) -> str:
    return f" doi {row['doi']}." if row["doi"] not in NO_VALUE else ""
