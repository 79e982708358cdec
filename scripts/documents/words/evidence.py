"""Sentences of the signal summary: each holds numbers of the series or names its source, and is left out otherwise."""

from collections import Counter
from collections.abc import Iterator

from schemas.derived import WELL_DOCUMENTED
from scripts.documents import criteria
from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import statement, summary
from scripts.documents.words.phrases import joined
from scripts.documents.words.pneumotox import latency, resolution
from scripts.documents.words.texts import fill, texts
from scripts.words import wording

NAME = "prac_signal_summary"
OFFICIAL = ("label", "regulator_notice")
PRIMARY_FULL = "A"


def sentence(data: Dossier, template: str, **values: object) -> str:
    """A text of this document with numbers put in; the number of cases is {n} unless another is given."""
    everything = statement.values(data) | {"n": len(data.counted)} | values
    return fill(template, everything, f"{NAME}.yaml")


def awareness(data: Dossier) -> list[str]:
    """What labels and regulators say, each statement with its words, number and source."""
    wanted, official = texts(NAME)["awareness"], _statements(data, official=True)
    sources = len(data.bundle.series["sources"])
    if not official:
        return [sentence(data, wanted["none"], sources=sources)]
    return [sentence(data, wanted["lead"], n=len(official), sources=sources), *map(_said, official)]


def other_statements(data: Dossier) -> list[str]:
    """Statements of other sources about patients outside the series, never added to it."""
    inside = {case.aggregate for case in data.cases.values()} - {""}
    return [
        _said(row)
        for row in _statements(data, official=False)
        if row["aggregate_id"] not in inside and row["variable"] != "rechallenge"
    ]


def _statements(data: Dossier, *, official: bool) -> list[Row]:
    kinds = {row["source_id"]: row["kind"] for row in data.bundle.series["sources"].to_dict("records")}
    rows = data.bundle.series["statements"].to_dict("records")
    return [row for row in rows if (kinds.get(row["source_id"]) in OFFICIAL) == official]


def _said(row: Row) -> str:
    of = f" of {row['of']}" if has(row["of"]) else ""
    number = f"{row['n']}{of}" if has(row["n"]) else "no number given"
    bounds = (
        wording.span(row["lower"], row["upper"]) + f" {row['scale']}".replace("_", " ") if has(row["lower"]) else ""
    )
    group = row["group"] if has(row["group"]) else ""
    what = joined([wording.name(row["variable"]), group, bounds, row["words"]], ", ")
    whose = f"aggregate {row['aggregate_id']}" if has(row["aggregate_id"]) else ""
    return f"{what} ({joined([number, whose, row['source_id']])}, {row['locator']})"


def strength(data: Dossier) -> list[str]:
    """Supportive cases, onset and resolution."""
    wanted, cases = texts(NAME)["strength"], data.counted
    positive, assessable = summary.dechallenge(data)
    counts = {name: len(criteria.shown(cases, name)[0]) for name in ("timing", "exclusions", "pattern")}
    judged, _ = summary.causality(cases)
    supportive = sentence(
        data,
        wanted["supportive"],
        timing=counts["timing"],
        positive=positive,
        assessable=assessable,
        recurrence=summary.recurrence(data),
        excluded=counts["exclusions"],
        judged=judged,
        shown=counts["pattern"],
    )
    return [
        supportive,
        sentence(data, wanted["onset"], text=latency(data)),
        sentence(data, wanted["resolution"], text=resolution(data)),
    ]


def relevance(data: Dossier) -> list[str]:
    """Seriousness, outcome, groups and what was done on re-exposure."""
    wanted, cases = texts(NAME)["relevance"], data.counted
    criteria_met, of_report = _criteria(cases, "serious"), _criteria(cases, "serious_report")
    outcomes = Counter(wording.coded("outcome", case.derived["outcome"]) for case in cases)
    groups = Counter(case.derived["group"] for case in cases)
    silent = sum(not case.derived["serious"] for case in cases)
    said = [
        sentence(data, wanted["serious"], text=_counts(criteria_met) or "0 criteria", silent=silent),
        *([sentence(data, wanted["serious_report"], text=_counts(of_report))] if of_report else []),
        sentence(data, wanted["outcome"], text=_counts(outcomes), alive=summary.alive(data)),
        *([sentence(data, wanted["groups"], text=_counts(groups))] if len(groups) > 1 else []),
    ]
    again = [row for case in cases for row in case.rechallenges if row["kind"] == "re_exposure"]
    return said + [sentence(data, wanted["mitigation"], text=_again(row)) for row in again]


def _criteria(cases: list[CaseFile], level: str) -> Counter[str]:
    """How many cases meet each seriousness criterion, on one level: the event, or the report as a whole."""
    return Counter(one for case in cases for one in filter(None, case.derived[level].split("; ")))


def _again(row: dict) -> str:
    gap = f"after {row['gap']}" if row["gap"] else ""
    given = f"{row['doses_given']} doses given" if has(row["doses_given"]) else ""
    measures = f"measures: {row['mitigation']}" if has(row["mitigation"]) else "no measures stated"
    classes = ", ".join(f"{of} {wording.name(row[of])}" for of in ("event", "symptoms", "tests"))
    said = f"event as reported: {wording.coded('rechallenge_reported', row['reported'])}, strictly: {classes}"
    return joined([f"1 patient ({row['case_id']}), course {row['course']}", gap, given, measures, said], ", ")


def _counts(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counted.items())


def strengths(data: Dossier) -> list[str]:
    """What speaks for the series, each with its number."""
    wanted, cases = texts(NAME)["strengths"], data.counted
    entered = summary.records(data)
    median = summary.onset(data, "median_bounds")
    levels = Counter(wording.coded("case_definition", case.derived["certainty"]) for case in cases)
    said = [
        sentence(
            data, wanted["records"], entered=entered["entered"], inside=entered["counted_inside"], out=entered["out"]
        ),
        sentence(
            data,
            wanted["identified"],
            n_identified=sum(case.identified for case in cases),
            level_a=sum(case.derived["evidence_level"] == PRIMARY_FULL for case in cases),
        ),
    ]
    if median is not None:
        known = wording.count(median["n"])
        said.append(
            sentence(data, wanted["onset_known"], endpoint=wording.name(data.bundle.conventions.onset), known=known)
        )
    if summary.re_exposed(data):
        said.append(sentence(data, wanted["re_exposed"], text=summary.recurrence(data)))
    return [*said, sentence(data, wanted["certainty"], text=_counts(levels))]


def limits(data: Dossier) -> list[str]:
    """What speaks against reading much into the series; a limit that no case has is left out."""
    wanted = texts(NAME)["strengths"]
    counts = _limits(data)
    said = [sentence(data, wanted[name], **values) for name, (holds, values) in counts.items() if holds]
    said.append(sentence(data, wanted["exposure"]))
    said += [sentence(data, wanted["caution"], text=one.removesuffix(".")) for one in data.bundle.profile.cautions]
    return said + list(_npmle(data, wanted["npmle"]))


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
    errors, warnings = severity["error"], severity["warning"]
    return {
        "anonymous": (anonymous > 0, {"anonymous": anonymous}),
        "outcome_missing": (silent > 0, {"silent": silent}),
        "undocumented": (poor > 0, {"poor": poor, "threshold": WELL_DOCUMENTED}),
        "causes": (assessed < n, {"assessed": assessed}),
        "dose": (dose < n, {"dose": dose}),
        "dechallenge_unknown": (unknown + not_applicable > 0, {"unknown": unknown, "not_applicable": not_applicable}),
        "rechallenge_silent": (again > 0, {"silent_again": again}),
        "findings": (errors + warnings > 0, {"errors": errors, "warnings": warnings}),
    }


def _silent(case: CaseFile) -> bool:
    return case.derived["rechallenge_event"] == "not_stated"


def _npmle(data: Dossier, template: str) -> Iterator[str]:
    median = summary.onset(data, "npmle_median")
    if median is not None and median["note"]:
        yield sentence(data, template, text=median["note"])
