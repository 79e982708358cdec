"""One line per episode, members counted inside an aggregate below, every gap with its reason; counts are of patients.

The line of a case is that of its index episode; a further episode has a line of its own after it.

Order of columns: identity, patient, exposure, timing, event, alternatives, outcome, de- and rechallenge, causality
(what a PRAC reader expects of a case series).
"""

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.tables.listing.cells import (
    another_cause,
    causality,
    coded_rechallenge,
    columns_of_tests,
    counted_inside,
    dechallenge,
    doses_given,
    onset,
    other_drugs,
    outcome,
    relapse,
    resolution,
    strict_rechallenge,
)
from scripts.tables.listing.further_episodes import Further
from scripts.tables.listing.known import Known
from scripts.tables.marks import Marks
from scripts.tables.shown import Shown, shown
from scripts.words.patients_told import serious
from scripts.words.times import onset_heading
from scripts.words.wording import NONE, NOTES, age, cell, coded, is_gap, name

TITLE = "Line listing"
STUDY_DAY = " (study day)"
ONSET_COLUMNS = {"first_symptom": "First symptom (study day)", "sentinel_sign": "Characteristic sign (study day)",
          "diagnosis": "Diagnosis (study day)"}  # fmt: skip
RESOLUTION = "Resolution (days after)"
STACKS = {
    "Source": {"Source": "", "Evidence": "evidence", "Country": "country", "Reporter": "reporter"},
    "Patient": {"Age (years)": "age", "Sex": "sex", "Indication": "indication", "History": "history"},
    "Exposure": {"Drug": "drug", "Course": "course", "Dose": "dose", "Doses given": "doses given",
                 "Doses before onset": "doses before onset", "Premedication": "premedication", "Other drugs": "other drugs"},
    "Onset (study day)": {"First symptom (study day)": "first symptom", "Characteristic sign (study day)": "characteristic sign",
                          "Diagnosis (study day)": "diagnosis"},
    "Event": {"Signs and symptoms": "signs", "Investigations": "investigations", "Laboratory as printed": "laboratory",
              "Lowest oxygen saturation": "lowest saturation", "Ventilation": "ventilation",
              "Certainty": "certainty", "Serious": "serious, the event", "Serious, the report": "serious, the report"},
    "Alternatives": {"Alternatives excluded": "excluded causes", "Another cause": "another cause"},
    "Treatment and outcome": {"Treatment": "treatment", "Outcome": "outcome", RESOLUTION: "resolution",
                              "Alive at last report": "alive at last report"},
    "De- and rechallenge": {"Dechallenge": "dechallenge", "Rechallenge as coded (E2B)": "coded (E2B)",
                            "Rechallenge, as reported": "as reported", "Rechallenge, strict": "strict"},
    "Causality": {"Causality": "causality", "Completeness": "completeness", "Flags": "flags"},
}  # fmt: skip
COLUMNS = ["Case", *(column for parts in STACKS.values() for column in parts)]
OF_INDEX = ("Lowest oxygen saturation", "Ventilation", "Certainty", "Alternatives excluded", "Another cause", "Treatment",
            "Dechallenge", "Rechallenge as coded (E2B)", "Rechallenge, as reported", "Rechallenge, strict", "Causality",
            "Completeness", "Flags", "Other drugs")  # fmt: skip
"""Told once, on the line of the index episode: of the patient, or decided of that episode only."""
SEE_INDEX = "see the index episode"


def build(bundle: Bundle) -> Shown:
    """One row per episode, that of the index first; study days count the first dose day of its exposure as 1."""
    known = Known(bundle)
    order = plain_rows(bundle.cases.sort_values("counted", kind="stable"))
    named = _headings(bundle)
    rows = [
        {named.get(column, column): text for column, text in line.items()}
        for case in order
        for line in _lines(case, known)
    ]
    stacks = {
        named.get(heading, heading): {named.get(column, column): part for column, part in parts.items()}
        for heading, parts in STACKS.items()
    }
    columns = [named.get(column, column) for column in COLUMNS]
    return shown(
        TITLE, rows or [{"Case": NONE}], columns, footnotes=_footnotes(bundle), wide=True, stacks=stacks, alike="Case"
    )


def _headings(bundle: Bundle) -> dict[str, str]:
    """The headings of times that are counted from another point or shown in other units, which name themselves: of an onset in
    hours or minutes without a study day, of a resolution without days."""
    short = {column: column.removesuffix(STUDY_DAY) for column in (*ONSET_COLUMNS.values(), f"Onset{STUDY_DAY}")}
    units = {column: bundle.unit(endpoint) for endpoint, column in ONSET_COLUMNS.items()}
    units[f"Onset{STUDY_DAY}"] = bundle.unit(bundle.facts.onset)
    named = {column: onset_heading(short[column], unit, bundle.facts.clock) for column, unit in units.items()}
    in_days = bundle.unit(bundle.profile.event.primary_resolution) == "d"
    return named | ({} if in_days else {RESOLUTION: "Resolution"})


def _lines(case: dict, known: Known) -> list[dict[str, str]]:
    """The line of the index episode with its marks, then those of further episodes."""
    line = _line(case, known)
    more = [line | _further_line(case, episode, known) for episode in known.further.get(case["case_id"], [])]
    return [_marked(line, known.marks, case["case_id"]), *more]


def _further_line(case: dict, further: Further, known: Known) -> dict[str, str]:
    episode, use = further.episode, further.exposure
    tests = [row for row in known.tests.get(case["case_id"], []) if row["result"] in further.tests]
    return {
        **dict.fromkeys(OF_INDEX, SEE_INDEX),
        "Case": f"{case['case_id']}, episode {episode['episode']} of {further.episodes}{counted_inside(case)}",
        "Indication": cell(use["indication"]),
        "Drug": cell(use["drug"]),
        "Course": cell(use["ordinal"]),
        "Dose": cell(use["dose"]),
        "Doses given": doses_given(use),
        "Doses before onset": episode["doses_before"] or "not known",
        "Premedication": cell(use["premedication"]),
        **{column: onset(further.times.get(endpoint)) for endpoint, column in ONSET_COLUMNS.items()},
        "Signs and symptoms": cell("; ".join(further.signs))
        if further.alone
        else "not distinguished within this exposure",
        **columns_of_tests(tests, use["course"]),
        "Serious": serious(episode["serious"], episode["not_serious"] == "yes", cell("")),
        "Outcome": coded("outcome", episode["outcome"]),
        RESOLUTION: resolution(further.times.get(known.resolution)),
    }


def _marked(line: dict, made: Marks, case: str) -> dict:
    return {column: made.on(case, column, text, is_gap(text)) for column, text in line.items()}


def _line(case: dict, known: Known) -> dict[str, str]:
    key = case["case_id"]
    return {
        "Case": key + counted_inside(case),
        "Source": ", ".join(filter(None, (case["source_ids"], case["locators"]))),
        "Evidence": cell(case["evidence_level"]),
        "Country": cell(case["country"]),
        "Reporter": coded("qualification", case["reporter"]),
        "Age (years)": age(case),
        "Sex": cell(case["sex"]),
        "Indication": cell(case["indication"]),
        "History": cell(case["history"]),
        "Drug": cell(case["drug"]),
        "Course": cell(case["ordinal"]),
        "Dose": cell(case["dose"]),
        "Doses given": doses_given(case),
        "Doses before onset": case["doses_before_onset"] or "not known",
        "Premedication": cell(case["premedication"]),
        "Other drugs": other_drugs(case),
        **{column: onset(known.onsets.get((key, endpoint))) for endpoint, column in ONSET_COLUMNS.items()},
        "Signs and symptoms": cell(case["symptoms"]),
        **columns_of_tests(known.tests_of(key), case["course"]),
        "Lowest oxygen saturation": cell(case["lowest_saturation"]),
        "Ventilation": cell(case["ventilation"]),
        "Certainty": coded("case_definition", case["certainty"]),
        "Serious": serious(case["serious"], "the event" in case["not_serious"], cell("")),
        "Serious, the report": serious(case["serious_report"], "the report" in case["not_serious"], cell("")),
        "Alternatives excluded": cell(case["alternatives_excluded"]),
        "Another cause": another_cause(case),
        "Treatment": cell(case["treatment"]),
        "Outcome": outcome(case),
        RESOLUTION: resolution(known.ends.get(key)) + relapse(case),
        "Alive at last report": coded("vital", case["vital"]),
        "Dechallenge": dechallenge(case),
        "Rechallenge as coded (E2B)": coded_rechallenge(case),
        "Rechallenge, as reported": coded("rechallenge_reported", case["rechallenge_reported"]),
        "Rechallenge, strict": strict_rechallenge(case),
        "Causality": causality(case, known.judgements.get(key, [])),
        "Completeness": case["completeness"],
        "Flags": case["findings"] or NONE,
    }


def _footnotes(bundle: Bundle) -> tuple[str, ...]:
    sign = ", ".join(bundle.profile.event.sentinel_signs[:1]) or "none declared"
    return (
        NOTES["missing"],
        NOTES["study_day"],
        NOTES["elapsed"],
        f"Characteristic sign: {sign}. Resolution: {name(bundle.profile.event.primary_resolution)}.",
        NOTES["rechallenge_code"],
        NOTES["strict"],
        NOTES["episodes"],
        f"Certainty: {bundle.profile.event.certainty.source or 'as reported'}",
        NOTES["levels"],
        NOTES["inside"],
        NOTES["flags"],
        *(f"{row['source_id']}: {row['cited']}" for row in plain_rows(bundle.derived["references"])),
    )
