"""Contracts of what `derive` gives: one row per case, per time, per re-exposure and per test result."""

import pandera.pandas as pa

from schemas.codes import codes
from schemas.plain_text import Text


def _table(name: str, title: str, columns: dict[str, pa.Column]) -> pa.DataFrameSchema:
    for column_name, column in columns.items():
        column.name = column_name
    return pa.DataFrameSchema(columns, name=name, title=title, strict=True)


def _text(description: str) -> pa.Column:
    return pa.Column(Text, description=description)


def _code(codelist: str, description: str) -> pa.Column:
    return pa.Column(Text, pa.Check.isin(codes(codelist)), description=description, metadata={"codelist": codelist})


def _number(description: str) -> pa.Column:
    return pa.Column(float, nullable=True, description=description)


MAIN_SET = "series_plus_new"
POOLED, STATED = "pooled origins", "stated origin"
"""Clocks of resolution in the results: all origins that may be pooled; of these the cases whose source states one."""
"""The set every headline speaks of: anonymous rows of aggregates and every case outside them."""

ENDPOINTS = (
    "first_symptom", "sentinel_sign", "diagnosis", "radiological_resolution", "clinical_resolution", "death",
)  # fmt: skip
ONSETS = ENDPOINTS[:3]
RESOLUTIONS = ENDPOINTS[3:5]
WELL_DOCUMENTED = 0.8  # completeness above which a case counts as well documented (vigiGrade)
CLOCKS = ("first_dose", "last_dose", "first_exposure")
UNSTATED = "not_stated"
"""What a time is counted from, where its source does not say: a stratum of its own, never pooled in silence."""
WORSENED, MOTHERS = "first_dose_to_worsening", "mothers_first_dose"
"""Clocks of onsets that are told apart: of what was there before the drug and worsened; of a child exposed through its mother."""
THROUGH_MOTHER = ("transplacental", "transmammary", "intra-amniotic")
"""Routes of the code list `route` by which a child has what its mother was given."""
DOSE_CLOCKS = (*CLOCKS, WORSENED, MOTHERS)

OF_THE_COURSE = (
    "drug", "substance", "indication", "start_date", "planned_doses", "given_lower", "given_upper", "action_taken",
    "premedication", "mitigation", "setting", "gap_lower", "gap_upper", "gap_scale", "gap_origin",
)  # fmt: skip
"""Cells of `courses` that an exposure carries; of several lines the one thing they all say."""
RECHALLENGE_KINDS = ("re_exposure", "exposure_continued", "within_course", "not_assessable", "code_only")

PATIENTS = _table(
    "patients",
    "One row per patient; cells hold the value or the reason for having none",
    {
        "case_id": _text("case"),
        "counted": pa.Column(
            Text, pa.Check.isin(["in", "inside"]), description="in the series, or inside an aggregate"
        ),
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
        "exposures": _text("exposures to the drug that the record tells apart"),
        "exposure": _text("exposure of the index episode"),
        "course": _text("index course"),
        "ordinal": _text("which exposure the index course was"),
        "first_dose": _text("date of the first dose of the index course, as reported"),
        "dose": _text("amount and unit per administration"),
        "planned_doses": _text("of the index course"),
        "given_lower": _text("doses given, at least"),
        "given_upper": _text("doses given, at most"),
        "doses_before_onset": _text("doses with a known day at or before the first symptom: a number or a range"),
        "premedication": _text("as reported"),
        "symptoms": _text("signs and symptoms of the index course"),
        "investigations": _text("tests that show the event, and what the others say"),
        "lowest_saturation": _text("lowest oxygen saturation of the index course as printed, or the reason for none"),
        "ventilation": _text("measures of ventilation as reported, or the reason for none"),
        "alternatives_excluded": _text("other causes excluded"),
        "treatment": _text("treatments and measures"),
        "outcome": _text("E2B E.i.7 of the event"),
        "death": _text("death, with its time as reported"),
        "vital": _code("vital", "whether the patient is alive, at last report"),
        "vital_basis": _text("the cells it rests on"),
        "survived_event": _code("known", "whether the patient survived the index episode"),
        "survived_basis": _text("the cells it rests on"),
        "episodes": _text("episodes of the event that the record tells apart"),
        "relapsed": pa.Column(
            Text,
            pa.Check.isin(["yes", ""]),
            description="the event came back in the same exposure, without a dose between",
        ),
        "serious": _text("seriousness criteria met by the event"),
        "serious_report": _text("seriousness criteria of the report as a whole, which may concern another reaction"),
        "not_serious": _text("who says that it was not serious: the event, the report; blank where nobody does"),
        "certainty": _code("case_definition", "level of the profile's case definition"),
        "dechallenge": _code("dechallenge_class", "derived from action taken and outcome"),
        "dechallenge_note": _text("why, and the long-effect note"),
        "dechallenge_basis": _text("the cells it rests on"),
        "stopped": _code("known", "whether the drug is known to have been stopped"),
        "re_exposed": pa.Column(
            Text,
            pa.Check.isin(["yes", "no", "continued", "not_assessable", "unknown"]),
            description="whether the patient was exposed again after the first episode",
        ),
        "rechallenge_reported": _code("rechallenge_reported", "the event on re-exposure, as the source says it"),
        "rechallenge_event": _code("rechallenge_class", "strict class for the event"),
        "rechallenge_negative": _text("negative in k of m re-exposures; blank where the class is another"),
        "rechallenge_window": _text("not_stated where the strict class rests on an observation of unknown length"),
        "rechallenge_symptoms": _code("rechallenge_class", "strict class for event-like symptoms"),
        "rechallenge_tests": _code("rechallenge_class", "strict class for laboratory tests"),
        "e2b_literal": _text("E2B G.k.9.i.4 of the event as reported, 1-4; blank when nobody said"),
        "exposure_continued": _text("doses of the index course given after onset"),
        "other_cause": pa.Column(
            Text,
            pa.Check.isin(["yes", "no", "not_assessed"]),
            description="whether another cause may explain the event",
        ),
        "other_cause_basis": _text("what it rests on"),
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
        "episode": _text("episode of the event; blank where the case has none"),
        "of_index": pa.Column(Text, pa.Check.isin(["yes", "no"]), description="whether of the index episode"),
        "endpoint": pa.Column(Text, pa.Check.isin(ENDPOINTS), description="what happened"),
        "clock": _text("what the time is counted from"),
        "lower": _number("days, not included"),
        "upper": _number("days, included; inf open"),
        "state": _code("time_state", "what is known"),
        "grain": pa.Column(
            Text,
            pa.Check.isin(["day", "exact", ""]),
            description="counted in days by a calendar, or elapsed time as typed",
        ),
        "unit": _text("unit in which it is reported; d for study days and dates"),
        "shown_in": _text("unit in which every product shows this endpoint"),
        "origin": _text("origin as reported"),
        "status": _text("stated, derived or assumed"),
        "timed_lower": _number("`lower` by the signs that have a time, where one without a time opens it; else nan"),
        "free_lower": _number("`lower` without the assumption that it did not begin before the dose; else nan"),
        "complement_lower": _number("days by which an aggregate statement may mean it had not happened; else nan"),
        "source_id": _text("source of the time"),
    },
)

EXPOSURES = _table(
    "exposures",
    "A continuous use of the drug, in the order of time; lines of a record that are not proven two are one",
    {
        "case_id": _text("case"),
        "exposure": _text("1, 2, ... in the order of time"),
        "course": _text("the course, or the first of its lines"),
        "lines": _text("all courses of the record that are this exposure"),
        "ordinal": _text("which exposure of the patient, as reported"),
        "began_first": _number("earliest possible day of the first dose, days since 1970-01-01"),
        "began_last": _number("latest possible day of the first dose"),
        "ended_first": _number("earliest possible day of the last dose, days since 1970-01-01"),
        "ended_last": _number("latest possible day of the last dose"),
        "since_first_lower": _number("days from the first dose of exposure 1 to that of this one, not included"),
        "since_first_upper": _number("days, included; inf where nobody says"),
        "separate_because": _text("what makes it an exposure of its own; blank for the first"),
        "order_basis": _text("what the order rests on: typed, dates"),
        "not_one_because": _text("why its lines may be more than one exposure; blank where they are one"),
        "basis": _text("the cells it rests on"),
        **{name: _text(f"as reported: {name.replace('_', ' ')}") for name in OF_THE_COURSE},
    },
)

DOSE_DAYS = _table(
    "dose_days",
    "A dose given in an exposure, with its day as far as it is known",
    {
        "case_id": _text("case"),
        "exposure": _text("exposure"),
        "dose": pa.Column(int, description="1, 2, ... in the order of time, those without a day last"),
        "given": _text("yes or partial, as reported; blank where nobody says, or the record does not list the dose"),
        "day": _number("whole days since the first dose of the exposure, which is 0; nan unless one day is known"),
        "lower": _number("days since the first dose, not included unless exact; nan where nothing is known"),
        "upper": _number("days, included"),
        "complete": pa.Column(
            Text, pa.Check.isin(["yes", "no"]), description="whether every dose of the exposure has its day"
        ),
    },
)

SIGNS = _table(
    "signs",
    "A reaction, sign or test that speaks of the event, with its time as it can be used",
    {
        "case_id": _text("case"),
        "exposure": _text("the exposure it was in or after; blank where nobody says"),
        "kind": pa.Column(Text, pa.Check.isin(["reaction", "test"]), description="where it is reported"),
        "key": _text("its key in that table"),
        "term": _text("as reported"),
        "role": _text("event, sentinel_sign, symptom, other; of a test its reading"),
        "occurred": _text("yes, no or a reason; of a test yes"),
        "attribution": _text("whether it is judged part of the event"),
        "lower": _number("days after `origin`, not included unless exact"),
        "upper": _number("days, included; inf open; nan where no time is known"),
        "origin": _text("what the time is counted from"),
        "grain": pa.Column(Text, pa.Check.isin(["day", "exact", ""]), description="counted in days, or as typed"),
        "end_lower": _number("end: days after the origin of the onset"),
        "end_upper": _number("end: days, included"),
        "status": _text("stated, derived or assumed"),
        "e2b_from_first": _text(
            "E2B G.k.9.i.3.1: onset as day counted from the first dose as day 1; blank unless one day"
        ),
        "e2b_from_last": _text(
            "E2B G.k.9.i.3.2: onset as day counted from the last dose as day 1; blank unless one day"
        ),
    },
)

EPISODES = _table(
    "episodes",
    "One occurrence of the event in one exposure",
    {
        "case_id": _text("case"),
        "episode": _text("1, 2, ... in the order of time"),
        "exposure": _text("the exposure it was in"),
        "index": pa.Column(Text, pa.Check.isin(["yes", ""]), description="the episode that the case stands for"),
        "reactions": _text("its rows in `reactions`"),
        "terms": _text("event terms as reported"),
        "outcome": _text("as shown: the gravest of its terms"),
        "ended": _code("known", "whether it is known to have ended: every term recovered or with sequelae"),
        "abated": _code("known", "whether every term is known to have abated; no where one is known not to have"),
        "fatal": pa.Column(
            Text, pa.Check.isin(["yes", ""]), description="an event term is fatal or meets the criterion"
        ),
        "serious": _text("seriousness criteria of its terms"),
        "not_serious": pa.Column(
            Text, pa.Check.isin(["yes", ""]), description="every criterion of every term is denied"
        ),
        "onset_lower": _number("first symptom: days after the first dose of the exposure, not included unless exact"),
        "onset_upper": _number("days, included"),
        "end_lower": _number("end: days after the first dose of the exposure"),
        "end_upper": _number("days, included"),
        "end_first": _number("end: earliest possible day since 1970-01-01"),
        "end_last": _number("end: latest possible day"),
        "doses_before": _text("doses with a known day at or before onset: a number or a range"),
        "basis": _text("the cells it rests on"),
    },
)

RECHALLENGES = _table(
    "rechallenges",
    "One re-exposure in both readings, doses continued after onset, or a code alone",
    {
        "case_id": _text("case"),
        "group": _text("group"),
        "exposure": _text("the exposure; blank for a code alone"),
        "course": _text("its course in the record"),
        "kind": pa.Column(Text, pa.Check.isin(RECHALLENGE_KINDS), description="what it is"),
        "gap": _text("time since the previous course, as reported"),
        "doses_given": _text("number"),
        "dose_fraction": _number("doses given over doses of the first exposure with the event before its onset"),
        "premedication": _text("as reported"),
        "mitigation": _text("measures meant to prevent a recurrence, as reported"),
        "setting": _text("for example inpatient"),
        "modifiers": _text(
            "kinds of premedication, doses against the index course, setting, measures; each at least once"
        ),
        "e2b_literal": _text("G.k.9.i.4 of the event as reported, 1-4; blank when nobody said"),
        "reported": _code("rechallenge_reported", "as the source says it"),
        "event": _code("rechallenge_class", "strict class for the event"),
        "symptoms": _code("rechallenge_class", "strict class for event-like symptoms"),
        "tests": _code("rechallenge_class", "strict class for laboratory tests"),
        "tests_recurred": _text("which tests"),
        "tests_doubtful": _text("those of them whose values have a doubtful unit"),
        "window": pa.Column(
            Text,
            pa.Check.isin(["known", "too_short", "not_stated", ""]),
            description="for how long recurrence was looked for, against the risk window",
        ),
        "ended_by": _text("what says that the earlier episodes had ended: dates, outcome; blank where nothing does"),
        "why": _text("what the class rests on"),
        "basis": _text("the cells it rests on"),
    },
)

CAUSES = _table(
    "causes",
    "Another cause of the event, considered in the source or known to the profile",
    {
        "case_id": _text("case"),
        "cause": _text("as reported, or the kind of the profile"),
        "kind": _code("cause_kind", "whether it is excluded"),
        "of_profile": _text("kind of cause in the profile; blank where it is none"),
        "how": _text("as reported"),
        "basis": _text("the cells it rests on"),
    },
)

JUDGEMENTS = _table(
    "judgements",
    "Causality as one assessor judged it by one method",
    {
        "case_id": _text("case"),
        "assessor": _text("as reported"),
        "method": _text("as reported"),
        "drug": _text("as reported"),
        "reaction": _text("the reaction it speaks of, as reported"),
        "result": _text("as reported"),
        "answers": _text("answers to the questions of the method, as reported"),
        "reason": _text("of the assessor, as reported"),
        "basis": _text("the cells it rests on"),
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
