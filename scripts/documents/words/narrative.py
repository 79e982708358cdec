"""A case as one paragraph, assembled from its rows in a fixed order; missing items are named as missing."""

from collections.abc import Callable

from scripts.documents.case_file import CaseFile, has
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.documents.words.texts import fill, texts
from scripts.words import times, wording

PLACE = "narrative.yaml"


def narrative(case: CaseFile) -> str:
    """The paragraph. Parts without any information are named at its end; no part is left out in silence."""
    wanted = texts("narrative")
    said, silent = [], []
    if case.inside or not case.identified:
        kind = "inside" if case.inside else "anonymous"
        said.append(fill(wanted[kind], {"aggregate": case.aggregate or "–"}, PLACE))
    for name, template in wanted["parts"].items():
        value = PARTS[name](case)
        if value:
            said.append(fill(template, {"value": value.removesuffix(".")}, PLACE))
        else:
            silent.append(wording.name(name))
    if silent:
        said.append(fill(wanted["missing"], {"parts": ", ".join(silent)}, PLACE))
    return " ".join(said)


def source(case: CaseFile) -> str:
    names = [f"{row['source_id']}, {wording.coded('source_kind', row['kind'])}" for row in case.sources]
    return joined([joined(names), case.derived["locators"]])


def report(case: CaseFile) -> str:
    if not case.report:
        return ""
    row = case.report
    return joined(
        [
            wording.coded("report_type", row["report_type"]),
            f"reporter {wording.coded('qualification', row['reporter_qualification'])}",
            f"country of the reporter {wording.cell(row['country'])}",
            f"version {row['version']}" if has(row["version"]) else "",
        ],
        ", ",
    )


def patient(case: CaseFile) -> str:
    row = case.patient
    age = wording.span(row["age_lower"], row["age_upper"])
    known = has(row["age_lower"]) or has(row["age_upper"])
    more = [f"{name} {row[name]} {unit}" for name, unit in (("weight", "kg"), ("height", "cm")) if has(row[name])]
    return joined(
        [
            f"sex {wording.coded('sex', row['sex'])}",
            f"age {age} years" if known else f"age {age}",
            f"age group {wording.coded('age_group', row['age_group'])}" if has(row["age_group"]) else "",
            f"country {wording.cell(row['country'])}",
            *more,
        ],
        ", ",
    )


def indication(case: CaseFile) -> str:
    return wording.cell(case.derived["indication"]) if case.derived["indication"] else ""


def history(case: CaseFile) -> str:
    return joined(_history(row) for row in case.rows("history"))


def _history(row: dict[str, str]) -> str:
    kind = {"condition": "", "past_drug": "past drug ", "smoking": "smoking: ", "family": "family: "}.get(
        row["kind"], ""
    )
    more = joined([row[name] if has(row[name]) else "" for name in ("reaction", "detail")], ", ")
    term = wording.cell(row["term"]) if row["term"] or not more else ""
    return f"{kind}{term}" + (f" ({more})" if term and more else more)


def exposure(case: CaseFile) -> str:
    """Courses of suspect and interacting drugs in order of time."""
    return joined(_course(case, row) for row in case.rows("courses") if row["role"] != "concomitant")


def _course(case: CaseFile, row: dict[str, str]) -> str:
    start, gap = phrases.when(row, "start", case), ""
    if has(row["gap_lower"]) or has(row["gap_upper"]):
        unit = times.UNITS.get(row["gap_scale"], row["gap_scale"])
        gap = f"{wording.span(row['gap_lower'], row['gap_upper'])} {unit} after the previous course"
    ordinal = f"exposure {row['ordinal']} of the patient" if has(row["ordinal"]) else ""
    role = wording.coded("drug_role", row["role"])
    head = f"{phrases.drug(row)}, course {row['course']} ({role})"
    more = phrases.notes(row)
    said = joined([head, ordinal, start and f"start {start}", gap, phrases.doses(case, row)], ", ")
    return said + (f" ({more})" if more else "")


def dose(case: CaseFile) -> str:
    return wording.cell(case.derived["dose"]) if case.derived["dose"] else ""


def premedication(case: CaseFile) -> str:
    return wording.cell(case.derived["premedication"]) if case.derived["premedication"] else ""


def other_drugs(case: CaseFile) -> str:
    """Concomitant drugs, each with its indication, its start and what else is told of it."""
    return joined(_other_drug(case, row) for row in case.rows("courses") if row["role"] == "concomitant")


def _other_drug(case: CaseFile, row: dict[str, str]) -> str:
    purpose = f"for {row['indication']}" if has(row["indication"]) else ""
    start = phrases.when(row, "start", case)
    own = [dose for dose in case.rows("doses") if dose["course"] == row["course"]]
    given = joined((phrases.dose(one, case) for one in own), ", ")
    inside = joined([purpose, start and f"start {start}", given, phrases.notes(row)])
    return phrases.drug(row) + (f" ({inside})" if inside else "")


def symptoms(case: CaseFile) -> str:
    """Signs of the index course with their times, then those stated to be absent, then those of later courses."""
    own, absent, later = [], [], []
    for row in case.rows("reactions"):
        said = phrases.reaction(row, case)
        if row["role"] == "event":
            continue
        if row["occurred"] == "no":
            absent.append(said)
        elif row["course"] in ("", case.derived["course"]):
            own.append(said)
        else:
            later.append(f"{said} in course {row['course']}")
    return joined([*own, *(f"stated absent: {one}" for one in absent), *later])


def event(case: CaseFile) -> str:
    """The event as reported, in which course, and where it is stated not to have occurred."""
    said = []
    for row in case.rows("reactions"):
        if row["role"] == "event":
            again = f" in course {row['course']}" if has(row["course"]) else ""
            no = "did not occur" if row["occurred"] == "no" else ""
            said.append(joined([phrases.reaction(row, case) + again, no], ": "))
    return joined(said)


def certainty(case: CaseFile) -> str:
    return wording.coded("case_definition", case.derived["certainty"])


def tests(case: CaseFile) -> str:
    return joined(phrases.test(row, case) for row in case.rows("tests"))


def alternatives(case: CaseFile) -> str:
    return joined(phrases.alternative(row) for row in case.rows("alternatives"))


def treatment(case: CaseFile) -> str:
    return case.derived["treatment"]


def action_taken(case: CaseFile) -> str:
    taken = case.course.get("action_taken", "")
    return wording.coded("action_taken", taken) if taken else ""


def seriousness(case: CaseFile) -> str:
    """Criteria met by the event, and those of the report as a whole, which may concern another reaction."""
    derived = case.derived
    event, report = derived["serious"].replace("; ", ", "), derived["serious_report"].replace("; ", ", ")
    of_report = f"of the report as a whole, which may concern another reaction: {report}" if report else ""
    denied = f"not serious as said of {derived['not_serious'].replace('; ', ' and ')}" if derived["not_serious"] else ""
    return joined([event, of_report, denied])


def outcome(case: CaseFile) -> str:
    return wording.coded("outcome", case.derived["outcome"]) if case.derived["outcome"] else ""


def alive(case: CaseFile) -> str:
    vital, survived = case.derived["vital"], case.derived["survived_event"]
    return joined([wording.coded("vital", vital), f"survived the event: {wording.coded('known', survived)}"])


def resolution(case: CaseFile) -> str:
    """End of the event, by what it was seen, and what the time counts from; of a further episode so labelled."""
    further = [(f"episode {one['episode']}: ", case.reactions_of(one)) for one in case.further_episodes]
    said = []
    for label, rows in [("", case.events()), *further]:
        for row in rows:
            end = phrases.when(row, "end", case)
            if end:
                said.append(f"{label}{wording.coded('end_basis', row['end_basis'])}, {end}")
    return joined(said)


def death(case: CaseFile) -> str:
    said = []
    for row in case.rows("deaths"):
        cause = f"cause {row['cause']}" if has(row["cause"]) else ""
        said.append(
            joined(
                [
                    phrases.when(row, "time", case) or "time not known",
                    cause,
                    f"autopsy {wording.coded('yes_no', row['autopsy'])}",
                    wording.coded("relatedness", row["relatedness"]),
                ],
                ", ",
            )
        )
    return joined(said)


def dechallenge(case: CaseFile) -> str:
    label = wording.coded("dechallenge_class", case.derived["dechallenge"])
    return joined([f"{wording.name(case.derived['dechallenge'])} ({label})", case.derived["dechallenge_note"]])


CONTINUED = ("exposure_continued", "within_course")


def continued_exposure(case: CaseFile) -> str:
    return joined(row["why"] for row in case.rechallenges if row["kind"] in CONTINUED)


def rechallenge(case: CaseFile) -> str:
    derived = case.derived
    classes = [
        f"{of} {wording.coded('rechallenge_class', derived[f'rechallenge_{of}'])}"
        for of in ("event", "symptoms", "tests")
    ]
    reported = wording.coded("rechallenge_reported", derived["rechallenge_reported"])
    often = f"negative in {derived['rechallenge_negative']} re-exposures" if derived["rechallenge_negative"] else ""
    again = [_again(row) for row in case.rechallenges if row["kind"] not in CONTINUED]
    return joined([f"event as reported: {reported}", f"strictly: {', '.join(classes)}", often, *again])


def _again(row: dict) -> str:
    gap = f"gap {row['gap']}" if row["gap"] else ""
    mitigation = f"mitigation: {row['mitigation']}" if has(row["mitigation"]) else ""
    return joined([f"course {row['course']}", gap, mitigation, row["why"]], ", ")


def causality(case: CaseFile) -> str:
    said, terms = [], {row["reaction"]: row["term"] for row in case.rows("reactions")}
    for row in case.rows("assessments"):
        result = row["result"] if has(row["result"]) else ""
        code = wording.coded("rechallenge", row["rechallenge"]) if has(row["rechallenge"]) else ""
        method = f"method {row['method']}" if has(row["method"]) else ""
        if result or code:
            said.append(
                f"{row['assessor']} on {terms.get(row['reaction']) or 'the event'}: "
                + joined([result, method, code], ", ")
            )
    return joined(said)


PARTS: dict[str, Callable[[CaseFile], str]] = {
    part.__name__: part
    for part in (
        source,
        report,
        patient,
        indication,
        history,
        exposure,
        dose,
        premedication,
        other_drugs,
        symptoms,
        event,
        certainty,
        tests,
        alternatives,
        treatment,
        action_taken,
        seriousness,
        outcome,
        alive,
        resolution,
        death,
        dechallenge,
        continued_exposure,
        rechallenge,
        causality,
    )
}
"""The parts that `texts/narrative.yaml` may name."""
