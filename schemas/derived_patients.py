"""Contracts of what `derive` concludes about the patient: the spine of every table, causes, judgements, tests."""

import pandera.pandas as pa

from schemas.codes import codes
from schemas.derived_columns import code, listed, number, table, text

PATIENTS = table(
    "patients",
    "One row per patient; cells hold the value or the reason for having none",
    {
        "case_id": text("case"),
        "counted": listed(["in", "inside"], "in the series, or inside an aggregate"),
        "identity": code("identity", "identified patient or anonymous member"),
        "aggregate_id": text("group of an anonymous member, or that the case is counted inside of"),
        "group": text("group of the profile by indication"),
        "indication": text("as reported"),
        "source_ids": text("source of the row in `cases`"),
        "locators": text("places in the sources of the row in `cases`"),
        "published": text("date of the source, or of the one it summarises"),
        "evidence_level": text("A to D, of the source"),
        "report_type": text("E2B C.1.3"),
        "reporter": text("E2B C.2.r.4"),
        "country": text("country of occurrence"),
        "sex": text("M, F or a reason for missing"),
        "age_lower": text("years"),
        "age_upper": text("years, included"),
        "age_approximate": listed(["yes", ""], "yes where the age as reported says about"),
        "history": text("conditions and past drugs"),
        "drug": text("as reported"),
        "other_suspects": text(
            "other drugs that the record gives as suspect or interacting; blank where there are none"
        ),
        "concomitants": text(
            "concomitant drugs, what was given with the drug among them, each with its start as reported"
        ),
        "exposures": text("exposures to the drug that the record tells apart"),
        "exposure": text("exposure of the index episode"),
        "course": text("index course"),
        "ordinal": text("which exposure the index course was"),
        "first_dose": text("day of the first dose of the index exposure, or the days between which it was, as EDTF"),
        "dose": text("amount and unit per administration"),
        "planned_doses": text("of the index course"),
        "given_lower": text("doses given, at least"),
        "given_upper": text("doses given, at most"),
        "doses_before_onset": text("doses with a known day at or before the first symptom: a number or a range"),
        "premedication": text("as reported"),
        "symptoms": text("signs and symptoms of the index course"),
        "investigations": text("tests that show the event, and what the others say"),
        "lowest_saturation": text("lowest oxygen saturation of the index course as printed, or the reason for none"),
        "ventilation": text("measures of ventilation as reported, or the reason for none"),
        "alternatives_excluded": text("other causes excluded"),
        "treatment": text("treatments and measures"),
        "outcome": text("E2B E.i.7 of the event"),
        "death": text("death, with its time as reported"),
        "vital": code("vital", "whether the patient is alive, at last report"),
        "vital_basis": text("the cells it rests on"),
        "alive_until": text(
            "latest day of the record on which the patient was alive, as EDTF; blank where none has a day"
        ),
        "survived_event": code("known", "whether the patient survived the index episode"),
        "survived_basis": text("the cells it rests on"),
        "episodes": text("episodes of the event that the record tells apart"),
        "relapsed": listed(
            ["yes", "unknown", ""],
            "the event came back in the same exposure, without a dose between; unknown where doses of it have no day",
        ),
        "serious": text("seriousness criteria met by the event"),
        "serious_report": text("seriousness criteria of the report as a whole, which may concern another reaction"),
        "not_serious": text("who says that it was not serious: the event, the report; blank where nobody does"),
        "certainty": code("case_definition", "level of the profile's case definition"),
        "dechallenge": code("dechallenge_class", "derived from action taken and outcome"),
        "dechallenge_note": text("why, and the long-effect note"),
        "dechallenge_basis": text("the cells it rests on"),
        "resolved_on_drug": listed(["yes", ""], "whether the event ended while the drug was continued"),
        "stopped": code("known", "whether the drug is known to have been stopped"),
        "re_exposed": listed(
            ["yes", "no", "continued", "not_assessable", "unknown"],
            "whether the patient was exposed again after the first episode",
        ),
        "rechallenge_reported": code("rechallenge_reported", "the event on re-exposure, as the source says it"),
        "rechallenge_event": code("rechallenge_class", "by the strict rules: the event"),
        "rechallenge_negative": text("negative in k of m re-exposures; blank where the class is another"),
        "rechallenge_window": text("not_stated where the strict result rests on an observation of unknown length"),
        "rechallenge_symptoms": code("rechallenge_class", "by the strict rules: event-like symptoms"),
        "rechallenge_tests": code("rechallenge_class", "by the strict rules: laboratory tests"),
        "e2b_literal": text("E2B G.k.9.i.4 of the event as reported, 1-4; blank when nobody said"),
        "e2b_coded": text(
            "E2B G.k.9.i.4 of the drug for every reaction that has one, as reported: `event: 2; cough: 1`"
        ),
        "exposure_continued": text("doses of the index course given after onset"),
        "class_member": listed(
            ["recurred", "unknown", "not_recurred", ""],
            "the event after another drug of the class, as the source says it; blank where none was given after the event",
        ),
        "possibly_continued": text(
            "doses of the index course of which it is not known whether the onset came before them"
        ),
        "other_cause": listed(["yes", "no", "not_assessed"], "whether another cause may explain the event"),
        "other_cause_basis": text("what it rests on"),
        "causality": text("reporters' assessments"),
        "completeness": text("vigiGrade-like score, three digits; dimensions in the table completeness"),
        "findings": text("ids of findings about the case"),
    },
)

NO_CONCLUSIONS = frozenset(
    [
        "case_id",
        "identity",
        "aggregate_id",
        "indication",
        "source_ids",
        "locators",
        "published",
        "evidence_level",
        "report_type",
        "reporter",
        "country",
        "sex",
        "age_lower",
        "age_upper",
        "age_approximate",
        "history",
        "drug",
        "other_suspects",
        "concomitants",
        "ordinal",
        "first_dose",
        "dose",
        "planned_doses",
        "given_lower",
        "given_upper",
        "premedication",
        "symptoms",
        "investigations",
        "lowest_saturation",
        "ventilation",
        "alternatives_excluded",
        "treatment",
        "death",
        "vital_basis",
        "survived_basis",
        "dechallenge_basis",
        "other_cause_basis",
        "findings",
    ]
)
"""Columns of `patients` that repeat reported cells, name grounds or number findings."""
CONCLUSIONS = tuple(column for column in PATIENTS.columns if column not in NO_CONCLUSIONS)
"""All others: what is concluded of a patient. A column that is added is a conclusion unless it is named above."""

CAUSES = table(
    "causes",
    "Another cause of the event, considered in the source or known to the profile",
    {
        "case_id": text("case"),
        "cause": text("as reported, or the kind of the profile"),
        "kind": code("cause_kind", "whether it is excluded"),
        "of_profile": text("kind of cause in the profile; blank where it is none"),
        "how": text("as reported"),
        "basis": text("the cells it rests on"),
    },
)

JUDGEMENTS = table(
    "judgements",
    "Causality as one assessor judged it by one method",
    {
        "case_id": text("case"),
        "assessor": text("as reported"),
        "method": text("as reported"),
        "drug": text("as reported"),
        "reaction": text("the reaction it speaks of, as reported"),
        "result": text("as reported"),
        "answers": text("answers to the questions of the method, as reported"),
        "reason": text("of the assessor, as reported"),
        "instrument": text("the method under one name, however it is spelled"),
        "judged_besides": text("another drug or reaction that it judges; blank: the drug of the series and the event"),
        "basis": text("the cells it rests on"),
    },
)

APPRAISALS = table(
    "appraisals",
    "One question of an instrument of appraisal that rows can decide, on one case",
    {
        "case_id": text("case"),
        "instrument": listed(
            ["naranjo", "murad", "camus"], "Naranjo, Murad, or the criteria of a drug-induced lung disease after Camus"
        ),
        "question": text("its number (code lists `naranjo`, `murad`); of Camus the name of the criterion"),
        "answer": listed((*codes("instrument_answer"), ""), "by the rows; blank where they leave it open"),
        "basis": text("what it rests on, or why it stays open"),
    },
)

TEST_RESULTS = table(
    "test_results",
    "One test result: as printed, with a verdict on its unit",
    {
        "case_id": text("case"),
        "result": text("result"),
        "test": text("as reported"),
        "course": text("course"),
        "as_printed": text("value and unit as printed"),
        "reference_as_printed": text("reference range as printed"),
        "value": number("number as printed; nan where there is none"),
        "verdict": code("unit_verdict", "can the unit be taken as printed"),
        "fold": number("value as a multiple of a printed upper limit"),
        "fold_condition": text("what the multiple presumes; blank when its own printed limit was used"),
        "reading": text("abnormal, normal, shows the event ..."),
        "finding": text("in words"),
        "expected": text("drug effect that makes the value plausible"),
        "findings": text("ids of findings about the result"),
    },
)

WELL_DOCUMENTED = 0.8
"""Score above which a case counts as well documented (vigiGrade)."""
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

COMPLETENESS = table(
    "completeness",
    "How well a case is documented: a vigiGrade-like score of our own, from multiplied penalties",
    {
        "case_id": text("case"),
        **{
            dimension: pa.Column(float, pa.Check.in_range(0, 1), description=f"penalty for the {words}, 0 none")
            for dimension, words in COMPLETENESS_DIMENSIONS.items()
        },
        "score": pa.Column(float, pa.Check.in_range(0, 1), description="product of (1 - penalty) over the dimensions"),
        "well_documented": pa.Column(bool, description="score above 0.8"),
    },
)
