"""One line per episode, members counted inside an aggregate below, every gap with its reason; counts are of patients.

The line of a case is that of its index episode; a further episode has a line of its own after it.

Order of columns: identity, patient, exposure, timing, event, alternatives, outcome, de- and rechallenge, causality
(what a PRAC reader expects of a case series).
"""

import math
from collections import defaultdict

from schemas.codes import crosswalk
from schemas.fields import NO_VALUE
from scripts.files.bundle import Bundle
from scripts.tables.further_episodes import Further, further
from scripts.tables.marks import Marks, marks
from scripts.tables.shown import Shown, shown
from scripts.words.drugs import drug
from scripts.words.times import of_case, reported
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
                 "Doses before onset": "doses before onset", "Premedication": "premedication", "Other drugs": "other drugs"},
    "Onset (study day)": {"First symptom (study day)": "first symptom", "Sentinel sign (study day)": "sentinel sign",
                          "Diagnosis (study day)": "diagnosis"},
    "Event": {"Signs and symptoms": "signs", "Investigations": "investigations", "Laboratory as printed": "laboratory",
              "Lowest oxygen saturation": "lowest saturation", "Ventilation": "ventilation",
              "Certainty": "certainty", "Serious": "serious, the event", "Serious, the report": "serious, the report"},
    "Alternatives": {"Alternatives excluded": "excluded causes", "Another cause": "another cause"},
    "Treatment and outcome": {"Treatment": "treatment", "Outcome": "outcome", "Resolution (days after)": "resolution",
                              "Alive at last report": "alive at last report"},
    "De- and rechallenge": {"Dechallenge": "dechallenge", "Rechallenge as coded (E2B)": "coded (E2B)",
                            "Rechallenge, as reported": "as reported", "Rechallenge, strict": "strict"},
    "Causality": {"Causality": "causality", "Completeness": "completeness", "Flags": "flags"},
}  # fmt: skip
COLUMNS = ["Case", *(column for parts in STACKS.values() for column in parts)]
ONSETS = {"first_symptom": "First symptom (study day)", "sentinel_sign": "Sentinel sign (study day)",
          "diagnosis": "Diagnosis (study day)"}  # fmt: skip
CLASSES = ("event", "symptoms", "tests")
OF_INDEX = ("Lowest oxygen saturation", "Ventilation", "Certainty", "Alternatives excluded", "Another cause", "Treatment",
            "Dechallenge", "Rechallenge as coded (E2B)", "Rechallenge, as reported", "Rechallenge, strict", "Causality",
            "Completeness", "Flags", "Other drugs")  # fmt: skip
"""Told once, on the line of the index episode: of the patient, or decided of that episode only."""
SEE_INDEX = "see the index episode"
RELAPSED = {"yes": "; came back later without re-exposure"}
ANOTHER_CAUSE = {"yes": "may explain the event", "no": "every kind named in the profile excluded"}


def build(bundle: Bundle) -> Shown:
    """One row per episode, that of the index first; study days count the first dose day of its exposure as 1."""
    facts = _Facts(bundle)
    order = bundle.cases.sort_values("counted", kind="stable").to_dict("records")
    rows = [line for case in order for line in _lines(case, facts)]
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
        self.further = further(bundle)
        self.others = _others(bundle)
        said = bundle.series.get("assessments")
        self.assessments = _by_case([] if said is None else said.to_dict("records"))
        self.judgements = _by_case(bundle.derived["judgements"].to_dict("records"))

    def tests_of(self, case: str) -> list[dict]:
        """The tests of a case, apart from those of the exposure of a further episode."""
        elsewhere = {key for one in self.further.get(case, []) for key in one.tests}
        return [row for row in self.tests.get(case, []) if row["result"] not in elsewhere]


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


def _others(bundle: Bundle) -> dict[str, list[str]]:
    """Concomitant drugs by case, what was given with the drug among them, each with its start as reported."""
    courses = bundle.series.get("courses")
    found: dict[str, list[str]] = defaultdict(list)
    for row in [] if courses is None else courses[courses["role"] == "concomitant"].to_dict("records"):
        start = _start(row)
        found[row["case_id"]].append(drug(row) + (f" ({start})" if start else ""))
    return found


def _start(row: dict) -> str:
    if row["start_date"] not in NO_VALUE:
        return row["start_date"]
    low, high = ("" if row[f"start_{end}"] in NO_VALUE else row[f"start_{end}"] for end in ("lower", "upper"))
    return reported(low, high, row["start_scale"], coded("origin", row["start_origin"])) if low or high else ""


def _lines(case: dict, facts: _Facts) -> list[dict[str, str]]:
    """The line of the index episode with its marks, then those of further episodes."""
    line = _line(case, facts)
    more = [line | _further_line(case, one, facts) for one in facts.further.get(case["case_id"], [])]
    return [_marked(line, facts.marks, case["case_id"]), *more]


def _further_line(case: dict, one: Further, facts: _Facts) -> dict[str, str]:
    episode, use = one.episode, one.exposure
    tests = [row for row in facts.tests.get(case["case_id"], []) if row["result"] in one.tests]
    return {
        **dict.fromkeys(OF_INDEX, SEE_INDEX),
        "Case": f"{case['case_id']}, episode {episode['episode']} of {one.of}{_inside(case)}",
        "Indication": cell(use["indication"]),
        "Drug": cell(use["drug"]),
        "Course": cell(use["ordinal"]),
        "Dose": cell("; ".join(one.doses)),
        "Doses given": _given(use),
        "Doses before onset": episode["doses_before"] or "not known",
        "Premedication": cell(use["premedication"]),
        **{column: _onset(one.times.get(endpoint)) for endpoint, column in ONSETS.items()},
        "Signs and symptoms": cell("; ".join(one.signs)) if one.alone else "not told apart in this exposure",
        **_tests(tests, use["course"]),
        "Serious": _serious(episode["serious"], episode["not_serious"] == "yes"),
        "Outcome": coded("outcome", episode["outcome"]),
        "Resolution (days after)": _resolution(one.times.get(facts.resolution)) + RELAPSED.get(case["relapsed"], ""),
    }


def _serious(met: str, denied: bool) -> str:
    """Criteria met; said not to be serious; or no information: never not serious by silence."""
    return "stated not to be serious" if denied and not met else cell(met)


def _another_cause(case: dict) -> str:
    basis = f" ({case['other_cause_basis']})" if case["other_cause_basis"] else ""
    return ANOTHER_CAUSE.get(case["other_cause"], "not assessed") + basis


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
        "Other drugs": cell("; ".join(facts.others.get(key, []))),
        **{column: _onset(facts.onsets.get((key, endpoint))) for endpoint, column in ONSETS.items()},
        "Signs and symptoms": cell(case["symptoms"]),
        **_tests(facts.tests_of(key), case["course"]),
        "Lowest oxygen saturation": cell(case["lowest_saturation"]),
        "Ventilation": cell(case["ventilation"]),
        "Certainty": coded("case_definition", case["certainty"]),
        "Serious": _serious(case["serious"], "the event" in case["not_serious"]),
        "Serious, the report": _serious(case["serious_report"], "the report" in case["not_serious"]),
        "Alternatives excluded": cell(case["alternatives_excluded"]),
        "Another cause": _another_cause(case),
        "Treatment": cell(case["treatment"]),
        "Outcome": _outcome(case),
        "Resolution (days after)": _resolution(facts.ends.get(key)),
        "Alive at last report": coded("vital", case["vital"]),
        "Dechallenge": _dechallenge(case),
        "Rechallenge as coded (E2B)": _literal(case, facts),
        "Rechallenge, as reported": coded("rechallenge_reported", case["rechallenge_reported"]),
        "Rechallenge, strict": _rechallenge(case),
        "Causality": _causality(case, facts.judgements.get(key, [])),
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
    told = of_case(time, labelled=False)
    return "not known" if told == NOTHING else told


def _resolution(time: dict | None) -> str:
    if time is None or time["state"] == "unknown":
        return "not known"
    if time["state"] == "died":
        return "died"
    ended = of_case(time, labelled=False)
    if ended == NOTHING:
        return coded("time_state", time["state"])
    origin = "origin not stated" if time["clock"] in ("not_stated", "") else f"after {name(time['clock'])}"
    sequelae = ", with sequelae" if time["state"] == "sequelae" else ""
    return f"{ended} {origin}{sequelae}"


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


def _causality(case: dict, judgements: list[dict]) -> str:
    """Result with method per assessor; quality appraisals have a table of their own."""
    said = [
        f"{row['assessor']}: {row['result']} (method: {cell(row['method'])})"
        for row in judgements
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
        NOTES["episodes"],
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
