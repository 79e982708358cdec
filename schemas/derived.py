"""Contracts of what `derive` gives: one row per case, per time, per re-exposure and per test result."""

import pandera.pandas as pa

from schemas.codes import codes


def _table(name: str, title: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    for column_name, column in columns.items():
        column.name = column_name
    return pa.DataFrameSchema(columns, name=name, title=title, strict=True)


def _text(description: str) -> pa.Column:
    return pa.Column(str, description=description)


def _code(codelist: str, description: str) -> pa.Column:
    return pa.Column(str, pa.Check.isin(codes(codelist)), description=description, metadata={"codelist": codelist})


def _number(description: str) -> pa.Column:
    return pa.Column(float, nullable=True, description=description)


MAIN_SET = "series_plus_new"
"""The set every headline speaks of: anonymous rows of aggregates and every case outside them."""

ENDPOINTS = (
    "first_symptom", "sentinel_sign", "diagnosis", "radiological_resolution", "clinical_resolution", "death",
)  # fmt: skip
ONSETS = ENDPOINTS[:3]
RESOLUTIONS = ENDPOINTS[3:5]
WELL_DOCUMENTED = 0.8  # completeness above which a case counts as well documented (vigiGrade)
CLOCKS = ("first_dose", "last_dose", "first_exposure")

PATIENTS = _table(
    "patients",
    "One row per patient; cells hold the value or the reason for having none",
    {
        "case_id": _text("case"),
        "counted": pa.Column(str, pa.Check.isin(["in", "inside"]), description="in the series, or inside an aggregate"),
        "identity": _code("identity", "identified patient or anonymous member"),
        "aggregate_id": _text("aggregate of an anonymous member"),
        "group": _text("group of the profile by indication"),
        "indication": _text("as reported"),
        "source_ids": _text("sources, separated by semicolons"),
        "locators": _text("places in the sources of the row in `cases`"),
        "published": _text("earliest publication date of its sources"),
        "evidence_level": _text("A to D, the best of its sources"),
        "report_type": _text("E2B C.1.3"),
        "reporter": _text("E2B C.2.r.4"),
        "country": _text("country of occurrence"),
        "sex": _text("M, F or a reason for missing"),
        "age_lower": _text("years"),
        "age_upper": _text("years, included"),
        "history": _text("conditions and past drugs"),
        "drug": _text("as reported"),
        "course": _text("index course"),
        "ordinal": _text("which exposure the index course was"),
        "first_dose": _text("date of the first dose of the index course, as reported"),
        "dose": _text("amount and unit per administration"),
        "planned_doses": _text("of the index course"),
        "given_lower": _text("doses given, at least"),
        "given_upper": _text("doses given, at most"),
        "doses_before_onset": _text("doses with a known day at or before the primary onset: a number or a range"),
        "premedication": _text("as reported"),
        "symptoms": _text("signs and symptoms of the index course"),
        "investigations": _text("tests that show the event, and what the others say"),
        "lowest_saturation": _text("lowest oxygen saturation of the index course as printed, or the reason for none"),
        "ventilation": _text("measures of ventilation as reported, or the reason for none"),
        "alternatives_excluded": _text("other causes excluded"),
        "treatment": _text("treatments and measures"),
        "outcome": _text("E2B E.i.7 of the event"),
        "death": _text("death, with its time as reported"),
        "serious": _text("seriousness criteria met"),
        "certainty": _code("case_definition", "level of the profile's case definition"),
        "dechallenge": _code("dechallenge_class", "derived from action taken and outcome"),
        "dechallenge_note": _text("why, and the long-effect note"),
        "rechallenge_event": _code("rechallenge_class", "strict class for the event"),
        "rechallenge_symptoms": _code("rechallenge_class", "strict class for event-like symptoms"),
        "rechallenge_tests": _code("rechallenge_class", "strict class for laboratory tests"),
        "e2b_literal": _text("E2B G.k.9.i.4 of the event as reported, 1-4; blank when nobody said"),
        "exposure_continued": _text("doses of the index course given after onset"),
        "causality": _text("reporters' assessments"),
        "completeness": _text("vigiGrade-like score, three digits; dimensions in the table completeness"),
        "findings": _text("ids of findings about the case"),
    },
)

TIMES = _table(
    "times",
    "One time: (lower, upper] days after `clock`; exact where equal, unknown (0, inf)",
    {
        "set": _text("membership set"),
        "case_id": _text("case"),
        "group": _text("group"),
        "endpoint": pa.Column(str, pa.Check.isin(ENDPOINTS), description="what happened"),
        "clock": _text("what the time is counted from"),
        "lower": _number("days, not included"),
        "upper": _number("days, included; inf open"),
        "state": _code("time_state", "what is known"),
        "origin": _text("origin as reported"),
        "status": _text("stated, derived or assumed"),
        "complement_lower": _number("days by which an aggregate statement may mean it had not happened; else nan"),
        "source_id": _text("source of the time"),
    },
)

RECHALLENGES = _table(
    "rechallenges",
    "One re-exposure: a later course of the drug, or doses continued in the same course after onset",
    {
        "case_id": _text("case"),
        "group": _text("group"),
        "course": _text("the re-exposure"),
        "kind": pa.Column(str, pa.Check.isin(["re_exposure", "exposure_continued", "code_only"]), description="kind"),
        "gap": _text("time since the previous course, as reported"),
        "doses_given": _text("number"),
        "dose_fraction": _number("doses given over doses of the index course before onset"),
        "premedication": _text("as reported"),
        "mitigation": _text("measures meant to prevent a recurrence, as reported"),
        "setting": _text("for example inpatient"),
        "modifiers": _text(
            "kinds of premedication, doses against the index course, setting, measures; each at least once"
        ),
        "e2b_literal": _text("G.k.9.i.4 of the event as reported, 1-4; blank when nobody said"),
        "event": _code("rechallenge_class", "strict class for the event"),
        "symptoms": _code("rechallenge_class", "strict class for event-like symptoms"),
        "tests": _code("rechallenge_class", "strict class for laboratory tests"),
        "tests_recurred": _text("which tests"),
        "why": _text("what the class rests on"),
    },
)

TEST_RESULTS = _table(
    "test_results",
    "One test result: as printed, with a verdict on its unit",
    {
        "case_id": _text("case"),
        "result": _text("result"),
        "test": _text("as reported"),
        "course": _text("course"),
        "as_printed": _text("value and unit as printed"),
        "reference_as_printed": _text("reference range as printed"),
        "value": _number("number as printed; nan where there is none"),
        "verdict": _code("unit_verdict", "can the unit be taken as printed"),
        "fold": _number("value as a multiple of a printed upper limit"),
        "fold_condition": _text("what the multiple presumes; blank when its own printed limit was used"),
        "reading": _text("abnormal, normal, shows the event ..."),
        "finding": _text("in words"),
        "expected": _text("drug effect that makes the value plausible"),
        "findings": _text("ids of findings about the result"),
    },
)

COMPLETENESS_DIMENSIONS = {
    "time_to_onset": "time to onset",
    "indication": "indication",
    "outcome": "outcome",
    "sex": "sex",
    "age": "age",
    "dose": "dose",
    "country": "country",
    "reporter": "primary reporter",
    "report_type": "report type",
    "comments": "narrative or summary",
}

COMPLETENESS = _table(
    "completeness",
    "How well a case is documented: a vigiGrade-like score of our own, from multiplied penalties",
    {
        "case_id": _text("case"),
        **{
            name: pa.Column(float, pa.Check.in_range(0, 1), description=f"penalty for the {words}, 0 none")
            for name, words in COMPLETENESS_DIMENSIONS.items()
        },
        "score": pa.Column(float, pa.Check.in_range(0, 1), description="product of (1 - penalty) over the dimensions"),
        "well_documented": pa.Column(bool, description="score above 0.8"),
    },
)
