"""Sentences of the signal summary: each holds numbers of the series or names its source, and is left out otherwise."""

from collections import Counter

from schemas.derived_patients import WELL_DOCUMENTED
from schemas.plain_rows import plain_rows
from scripts.documents import criteria
from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import given_again, groups, judged, narrative_event, statement, summary
from scripts.documents.words.claims import at_the_top, claim
from scripts.documents.words.key_table import NAME, counted, outcomes
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import Citations
from scripts.documents.words.texts import fill, texts
from scripts.words import dosing, patients_told, wording

OFFICIAL = ("label", "regulator_notice")
PRIMARY_FULL = "A"
OTHER = "other"

Topic = tuple[str, list[str]]
"""A heading, and the statements under it."""


def sentence(data: Dossier, template: str, **values: object) -> str:
    """A text of this document with numbers put in; the number of cases is {n} unless another is given."""
    everything = statement.values(data) | {"n": len(data.counted)} | values
    return fill(template, everything, f"{NAME}.yaml")


def awareness(data: Dossier, citations: Citations) -> tuple[str, list[Topic]]:
    """What labels and regulators say, by topic."""
    wanted, official = texts(NAME)["awareness"], _statements(data, official=True)
    sources = len(data.bundle.series["sources"])
    if not official:
        return sentence(data, wanted["none"], sources=sources), []
    lead = sentence(data, wanted["lead"], n=len(official), sources=sources)
    return lead, _topics(official, wanted["topics"], citations)


def other_statements(data: Dossier, citations: Citations) -> list[Topic]:
    """Statements of other sources about patients outside the series, never added to it, by topic."""
    inside = {case.aggregate for case in data.cases.values()} - {""}
    rows = [
        row
        for row in _statements(data, official=False)
        if row["aggregate_id"] not in inside and wording.name(row["variable"]) not in at_the_top()
    ]
    return _topics(rows, texts(NAME)["further"]["topics"], citations)


def _statements(data: Dossier, *, official: bool) -> list[Row]:
    kinds = {row["source_id"]: row["kind"] for row in plain_rows(data.bundle.series["sources"])}
    rows = plain_rows(data.bundle.series["statements"])
    return [row for row in rows if (kinds.get(row["source_id"]) in OFFICIAL) == official]


def _topics(rows: list[Row], topics: dict[str, dict], citations: Citations) -> list[Topic]:
    """The topics in the order of the texts; a variable that no topic names goes to the last."""
    named = {variable: topic_name for topic_name, topic in topics.items() for variable in topic["variables"]}
    told_topics = []
    for topic_name, topic in topics.items():
        topic_rows = [row for row in rows if named.get(wording.name(row["variable"]), OTHER) == topic_name]
        if topic_rows:
            told_topics.append((topic["heading"], _by_variable(topic_rows, citations)))
    return told_topics


def _by_variable(rows: list[Row], citations: Citations) -> list[str]:
    """`onset: words [1, para 2]; words [3, table 1]`: what is said of one thing stands together."""
    variable_claims: dict[str, list[str]] = {}
    for row in rows:
        variable_claims.setdefault(wording.name(row["variable"]), []).append(claim(row, citations))
    return [f"{variable}: {'; '.join(claims)}" for variable, claims in variable_claims.items()]


def strength(data: Dossier) -> list[str]:
    """Supportive cases; and the counts of re-exposure as every product has them."""
    wanted, cases = texts(NAME)["strength"], data.counted
    positive, assessable = summary.dechallenge(data)
    counts = {what: len(ids) for what, ids in criteria.shown(cases, ("timing", "exclusions", "pattern")).items()}
    supported, on_scale = judged.supporting(cases)
    supportive = sentence(
        data,
        wanted["supportive"],
        timing=counts["timing"],
        positive=positive,
        assessable=assessable,
        excluded=counts["exclusions"],
        supported=supported,
        on_scale=on_scale,
        judged=judged.tally(cases)[0],
        shown=counts["pattern"],
    )
    return [supportive, sentence(data, wanted["again"], text=patients_told.recurrence(data.bundle.results, []))]


def relevance(data: Dossier) -> list[str]:
    """Seriousness, outcome, groups and what was done on re-exposure."""
    wanted, cases = texts(NAME)["relevance"], data.counted
    met = Counter(criterion for case in cases for criterion in narrative_event.criteria_met(case))
    of_report = Counter(
        criterion for case in cases for criterion in filter(None, case.derived["serious_report"].split("; "))
    )
    by_group = Counter(data.bundle.groups)
    silent = sum(not case.derived["serious"] for case in cases)
    sentences = [
        sentence(data, wanted["serious"], text=f"{_in_each(met)}; " if met else "", silent=silent),
        *([sentence(data, wanted["serious_report"], text=_in_each(of_report))] if of_report else []),
        sentence(data, wanted["outcome"], text=outcomes(cases)),
        *([sentence(data, wanted["groups"], text=counted(by_group))] if by_group else []),
    ]
    again = [(case, row) for case in cases for row in case.rechallenges if row["kind"] == "re_exposure"]
    if len(again) > groups.MOST_TOLD:
        return [*sentences, sentence(data, wanted["many_again"], number=len(again))]
    return sentences + [sentence(data, wanted["mitigation"], text=_again(*re_exposure)) for re_exposure in again]


def _in_each(criteria: Counter[str]) -> str:
    """`death in 5, hospitalisation in 6`."""
    return ", ".join(f"{criterion} in {number}" for criterion, number in criteria.items())


def _again(case: CaseFile, row: dict) -> str:
    """Who was given the drug again, when, how, and what was seen then."""
    gap = f"after {row['gap']}" if has(row["gap"]) else ""
    given = f"{dosing.doses(row['doses_given'])} given" if has(row["doses_given"]) else ""
    measures = f"measures: {row['mitigation']}" if has(row["mitigation"]) else "no measures stated"
    head = joined([f"1 patient ({row['case_id']}), course {row['course']}", gap, given, measures], ", ")
    seen = given_again.seen(case, row["exposure"])
    result = f"the event: {wording.coded('rechallenge_reported', row['reported'])}"
    return joined([head, result, f"in this course: {seen}" if seen else ""])


def _read_in_full(case: CaseFile) -> bool:
    """A primary report of the case was read in full: by its evidence level, or where none is given by what was read of it."""
    level = case.derived["evidence_level"]
    full = any(source["kind"] == "article" and source["extent_read"] == "full_text" for source in case.sources)
    return level == PRIMARY_FULL or (not has(level) and case.identified and full)


def strengths(data: Dossier) -> list[str]:
    """What speaks for the series, each with its number."""
    wanted, cases = texts(NAME)["strengths"], data.counted
    median = summary.onset(data, "median_bounds")
    sentences = [
        sentence(
            data,
            wanted["identified"],
            n_identified=sum(case.identified for case in cases),
            level_a=sum(map(_read_in_full, cases)),
        )
    ]
    if median is not None:
        onset, known = summary.called(data, data.bundle.conventions.onset), wording.count(median["n"])
        sentences.append(sentence(data, wanted["onset_known"], endpoint=onset, known=known))
    return sentences


def limits(data: Dossier) -> list[str]:
    """What speaks against reading much into the series; a limit that no case has is left out."""
    wanted = texts(NAME)["strengths"]
    sentences = [sentence(data, wanted[limit], **values) for limit, (holds, values) in _limits(data).items() if holds]
    sentences.append(sentence(data, wanted["exposure"]))
    return sentences + [
        sentence(data, wanted["caution"], text=caution.removesuffix(".")) for caution in data.bundle.profile.cautions
    ]


def _limits(data: Dossier) -> dict[str, tuple[bool, dict[str, object]]]:
    """Limit -> whether it holds, and its numbers."""
    cases, n = data.counted, len(data.counted)
    classes = Counter(case.derived["dechallenge"] for case in cases)
    severity = Counter(data.bundle.findings["severity"])
    silent = summary.unstated_outcomes(cases)
    anonymous = sum(not case.identified for case in cases)
    poor = n - summary.well_documented(data)
    assessed = n - summary.confounders(cases)["not_assessed"]
    dose = sum(has(case.derived["dose"]) for case in cases)
    unknown, not_applicable = classes["unknown"], classes["not_applicable"]
    again = sum(_silent(case) for case in cases)
    severities: dict[str, object] = {
        "errors": severity["error"],
        "warnings": severity["warning"],
        "information": severity["information"],
    }
    decisive, suspects = _decisive(data), sum(bool(case.derived["other_suspects"]) for case in cases)
    return {
        "anonymous": (anonymous > 0, {"anonymous": anonymous}),
        "outcome_missing": (silent > 0, {"silent": silent}),
        "undocumented": (poor > 0, {"poor": poor, "threshold": WELL_DOCUMENTED}),
        "suspects": (suspects > 0, {"number": suspects}),
        "causes": (assessed < n, {"assessed": assessed}),
        "dose": (dose < n, {"dose": dose}),
        "dechallenge_unknown": (unknown + not_applicable > 0, {"unknown": unknown, "not_applicable": not_applicable}),
        "rechallenge_silent": (again > 0, {"silent_again": again}),
        "findings": (severity.total() > 0, {"findings": severity.total()} | severities),
        "decisive": (bool(decisive), {"text": decisive}),
    }


def _silent(case: CaseFile) -> bool:
    return case.derived["rechallenge_event"] == "not_stated"


def _decisive(data: Dossier) -> str:
    """The note on the estimated curve of onset, where one case decides it."""
    median = summary.onset(data, "npmle_median")
    return "" if median is None else str(median["note"])
