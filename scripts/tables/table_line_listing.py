"""T1: one line per case, members counted inside an aggregate below, every gap with its reason."""

import math

import pandas as pd

from scripts.displays import Displays
from scripts.tables.shown import Shown, shown
from scripts.wording import cell, coded, elapsed_days, name, number, span, study_days

TITLE = "Line listing"
COLUMNS = [
    "Case", "Source", "Evidence", "Country", "Age (years)", "Sex", "Indication", "Course", "Dose", "Doses given",
    "Doses before onset", "First symptom (study day)", "Sentinel sign (study day)", "Diagnosis (study day)",
    "Signs and symptoms", "Investigations", "Laboratory as printed", "Alternatives excluded", "Treatment", "Outcome",
    "Resolution (days after)", "Dechallenge", "Rechallenge as coded (E2B)", "Rechallenge, strict", "Certainty",
    "Causality", "Flags",
]  # fmt: skip


def build(displays: Displays) -> Shown:
    """One row per case; study days count the first dose day as 1."""
    every = displays.times.drop_duplicates(["case_id", "endpoint", "clock"])
    resolution = displays.profile.event.primary_resolution
    order = displays.cases.sort_values("counted", kind="stable")
    rows = [_line(case, every[every["case_id"] == case["case_id"]], displays.tests, resolution)
            for case in order.to_dict("records")]  # fmt: skip
    return shown(TITLE, rows, COLUMNS, footnotes=_footnotes(displays), wide=True)


def _line(case: dict, times: pd.DataFrame, tests: pd.DataFrame, resolution: str) -> dict:
    inside = f" (counted inside {_aggregate(case)})" if case["counted"] == "inside" else ""
    dechallenge = coded("dechallenge_class", case["dechallenge"])
    note = f" ({case['dechallenge_note']})" if case["dechallenge_note"] else ""
    return {
        "Case": case["case_id"] + inside, "Source": f"{case['source_ids']}, {case['locators']}",
        "Evidence": case["evidence_level"], "Country": cell(case["country"]),
        "Age (years)": span(case["age_lower"], case["age_upper"]), "Sex": cell(case["sex"]),
        "Indication": cell(case["indication"]), "Course": cell(case["ordinal"]), "Dose": cell(case["dose"]),
        "Doses given": _given(case), "Doses before onset": case["doses_before_onset"] or "–",
        "First symptom (study day)": _onset(times, "first_symptom"),
        "Sentinel sign (study day)": _onset(times, "sentinel_sign"),
        "Diagnosis (study day)": _onset(times, "diagnosis"),
        "Signs and symptoms": cell(case["symptoms"]), "Investigations": cell(case["investigations"]),
        "Laboratory as printed": _laboratory(tests[tests["case_id"] == case["case_id"]]),
        "Alternatives excluded": cell(case["alternatives_excluded"]), "Treatment": cell(case["treatment"]),
        "Outcome": _outcome(case), "Resolution (days after)": _resolution(times, resolution),
        "Dechallenge": dechallenge + note, "Rechallenge as coded (E2B)": case["e2b_literal"] or "absent",
        "Rechallenge, strict": _rechallenge(case), "Certainty": case["certainty"],
        "Causality": cell(case["causality"]), "Flags": case["findings"] or "–",
    }  # fmt: skip


def _aggregate(case: dict) -> str:
    return case["aggregate_id"] or "an aggregate"


def _given(case: dict) -> str:
    return f"{span(case['given_lower'], case['given_upper'])} of {cell(case['planned_doses'])}"


def _onset(times: pd.DataFrame, endpoint: str) -> str:
    row = times[(times["endpoint"] == endpoint) & (times["clock"] == "first_dose")]
    return study_days(*row.iloc[0][["lower", "upper"]]) if len(row) else "–"


def _resolution(times: pd.DataFrame, endpoint: str) -> str:
    row = times[(times["endpoint"] == endpoint)]
    if not len(row) or row.iloc[0]["state"] == "unknown":
        return "–"
    if row.iloc[0]["state"] == "died":
        return "died"
    return f"{elapsed_days(*row.iloc[0][['lower', 'upper']])} {name(row.iloc[0]['clock'])}"


def _outcome(case: dict) -> str:
    died = f"; {case['death']}" if case["death"] else ""
    return coded("outcome", case["outcome"]) + died


def _laboratory(tests: pd.DataFrame) -> str:
    lines = []
    for row in tests[tests["value"].notna()].to_dict("records"):
        printed = f"{row['test']} {row['as_printed']}"
        if not math.isnan(row["fold"]):
            condition = f" {row['fold_condition']}" if row["fold_condition"] else ""
            printed += f" = {number(row['fold'], 1)} x the printed upper limit{condition}"
        flags = f" [{row['findings']}]" if row["findings"] else ""
        lines.append(printed + flags)
    return "; ".join(lines) or "–"


def _rechallenge(case: dict) -> str:
    classes = (("event", "event"), ("symptoms", "symptoms"), ("tests", "tests"))
    words = "; ".join(f"{label} {name(case[f'rechallenge_{key}'])}" for key, label in classes)
    continued = (
        f"; dose {case['exposure_continued']} of the course followed onset" if case["exposure_continued"] else ""
    )
    return ("not stated" if case["rechallenge_event"] == "not_stated" else words) + continued


def _footnotes(displays: Displays) -> tuple[str, ...]:
    sign = ", ".join(displays.profile.event.sentinel_signs[:1]) or "none declared"
    return (
        "Study day: first dose day of the index course = 1, no day 0; `1 to 4` is an interval, not a range of patients.",
        f"Sentinel sign: {sign}. Resolution: {name(displays.profile.event.primary_resolution)}, days after the "
        "origin the source names, (0, 16] = not known to be later than 16.",
        "Rechallenge as coded: E2B G.k.9.i.4 (1 recurred, 2 did not recur, 3 outcome unknown, 4 not rechallenged); "
        "absent means nobody said, never 4.",
        f"Certainty: {displays.profile.event.certainty.source or 'as reported'}",
        "Cases counted inside an aggregate are listed and not added. Flags refer to the data-quality table.",
    )
