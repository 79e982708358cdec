"""A case told from its rows in order of time, the same for narratives, forms and messages; what is missing comes last."""

import math
from collections.abc import Callable, Sequence

from schemas.codes import SERIOUSNESS
from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import reference
from scripts.documents.words.texts import fill, texts
from scripts.words import several, times, wording

PLACE = "narrative.yaml"


def narrative(case: CaseFile) -> str:
    """The paragraphs of one case, each on a line. Parts without any information are named in the last one."""
    return "\n".join(_paragraphs([case]))


def of_group(cases: Sequence[CaseFile]) -> str:
    """Patients known only as a group in one paragraph, each part with the number of patients it is said of."""
    return " ".join(_paragraphs(cases))


def _paragraphs(cases: Sequence[CaseFile]) -> list[str]:
    wanted, first = texts("narrative"), cases[0]
    said, silent = [], []
    if first.inside or not first.identified:
        kind = "inside" if first.inside else "anonymous"
        said.append(fill(wanted[kind], {"aggregate": first.aggregate or "–"}, PLACE))
    for names in wanted["paragraphs"]:
        told = {name: several.part([PARTS[name](case).removesuffix(".") for case in cases]) for name in names}
        silent += [wording.name(name) for name in names if not told[name]]
        said.append(" ".join(fill(wanted["parts"][name], {"value": told[name]}, PLACE) for name in names if told[name]))
    if silent:
        said.append(fill(wanted["missing"], {"parts": ", ".join(silent)}, PLACE))
    return [one for one in said if one]


def opening(case: CaseFile) -> str:
    """Who was given what for what, and what happened."""
    row, wanted = case.patient, texts("narrative")["opening"]
    age = wording.span(row["age_lower"], row["age_upper"])
    known = has(row["age_lower"]) or has(row["age_upper"])
    sex = wording.coded("sex", row["sex"])
    values: dict[str, object] = {
        "who": fill(wanted["sex" if has(row["sex"]) else "no_sex"], {"sex": sex}, PLACE),
        "age": f"{age} years" if known else age,
        "country": wording.cell(row["country"]) + _if_told(case, "cases", row, "country"),
        "drug": case.derived["drug"],
        "indication": wording.cell(case.derived["indication"]),
        "event": joined(dict.fromkeys(one["term"] for one in case.events()), ", ") or wording.UNKNOWN,
    }
    return fill(wanted["text"], values, PLACE)


def _if_told(case: CaseFile, table: str, row: Row, column: str) -> str:
    """The mark of a cell that holds a value."""
    return case.mark(table, row, column) if has(row[column]) else ""


def source(case: CaseFile) -> str:
    """The references in full, each with its kind, and where in them the case stands."""
    named = [
        f"{reference(row).removesuffix('.')} ({wording.coded('source_kind', row['kind'])})" for row in case.sources
    ]
    return joined([joined(named), case.derived["locators"]])


def report(case: CaseFile) -> str:
    if not case.report:
        return ""
    row = case.report
    return joined(
        [
            f"type {wording.coded('report_type', row['report_type'])}{case.mark('reports', row, 'report_type')}",
            f"reporter {wording.coded('qualification', row['reporter_qualification'])}"
            + case.mark("reports", row, "reporter_qualification"),
            f"country of the reporter {wording.cell(row['country'])}" + _if_told(case, "reports", row, "country"),
            f"version {row['version']}" if has(row["version"]) else "",
        ],
        ", ",
    )


def weight_and_height(case: CaseFile) -> str:
    """Weight, height and age group, where they are told."""
    row = case.patient
    more = [f"{name} {row[name]} {unit}" for name, unit in (("weight", "kg"), ("height", "cm")) if has(row[name])]
    group = f"age group {wording.coded('age_group', row['age_group'])}" if has(row["age_group"]) else ""
    return joined([group, *more], ", ")


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
    start, gap = phrases.when(row, "start", case), after_previous(row)
    ordinal = f"exposure {row['ordinal']} of the patient" if has(row["ordinal"]) else ""
    role = wording.coded("drug_role", row["role"])
    head = f"{phrases.drug(row)}, course {row['course']} ({role})"
    more = phrases.notes(row)
    start, gap = start and f"start {start}", gap + (case.mark("courses", row, "gap") if gap else "")
    said = joined([head, ordinal, start, gap, phrases.doses(case, row)], ", ")
    return said + (f" ({more})" if more else "")


def after_previous(course: Row) -> str:
    """`6 to 18 months after the previous course`; blank where it is not told."""
    if not (has(course["gap_lower"]) or has(course["gap_upper"])):
        return ""
    unit = times.UNITS.get(course["gap_scale"], course["gap_scale"])
    return f"{wording.span(course['gap_lower'], course['gap_upper'])} {unit} after the previous course"


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
    start = phrases.marked(start, case.mark("courses", row, "start"))
    inside = joined([purpose, start and f"start {start}", given, phrases.notes(row)])
    return phrases.drug(row) + (f" ({inside})" if inside else "")


def in_time(case: CaseFile, kind: str, rows: Sequence[Row]) -> list[Row]:
    """Rows of reactions or tests by course and the time since its first dose; those without such a time after them."""
    key = {"reaction": "reaction", "test": "result"}[kind]
    order = {row["course"]: place for place, row in enumerate(case.rows("courses"))}

    def place(row: Row) -> tuple[int, bool, float, float]:
        time = case.signs.get((kind, row[key]), {})
        known = bool(time) and time["origin"] == "first_dose" and not math.isnan(time["lower"])
        course = order.get(row["course"], order.get(case.derived["course"], 0))
        return course, not known, *((time["lower"], time["upper"]) if known else (0.0, 0.0))

    return sorted(rows, key=place)


def symptoms(case: CaseFile) -> str:
    """Signs of the index course in order of time, then those stated to be absent, then those of later courses."""
    own, absent, later = [], [], []
    for row in in_time(case, "reaction", case.rows("reactions")):
        said = phrases.reaction(row, case)
        if row["role"] == "event":
            continue
        if row["occurred"] == "no":
            absent.append(said)
        elif row["course"] in ("", case.derived["course"]):
            own.append(said)
        else:
            later.append(said)
    return joined([*own, *(f"stated absent: {one}" for one in absent), *later])


def event(case: CaseFile) -> str:
    """The event as reported, in which course, and where it is stated not to have occurred."""
    said = []
    for row in case.rows("reactions"):
        if row["role"] == "event":
            no = "did not occur" if row["occurred"] == "no" else ""
            said.append(joined([phrases.reaction(row, case), no], ": "))
    return joined(said)


def certainty(case: CaseFile) -> str:
    return wording.coded("case_definition", case.derived["certainty"])


def tests(case: CaseFile) -> str:
    """In order of time; tests of which the same is said, without a time of their own, share it."""
    said: dict[str, list[str]] = {}
    for row in in_time(case, "test", case.rows("tests")):
        told = phrases.test(row, case)
        name, result = row["test"], told.removeprefix(row["test"])
        said.setdefault(result if result.startswith(":") else told, []).append(name)
    return joined(", ".join(names) + told if told.startswith(":") else told for told, names in said.items())


def alternatives(case: CaseFile) -> str:
    return joined(phrases.alternative(row) for row in case.rows("alternatives"))


def treatment(case: CaseFile) -> str:
    """What was done, in order of time; measures without a time after those with one, in the order of the rows."""
    rows = [row for row in case.rows("managements") if row["detail"] not in ("not_stated", "not_seen")]
    return joined(_measure(case, row) for row in sorted(rows, key=_place_in_time))


def _place_in_time(row: Row) -> tuple[bool, str, float]:
    timed = has(row["time_date"]) or has(row["time_lower"])
    lower = float(row["time_lower"]) if has(row["time_lower"]) else 0.0
    return not timed, row["time_date"] if has(row["time_date"]) else "", lower


def _measure(case: CaseFile, row: Row) -> str:
    time = phrases.marked(phrases.when(row, "time", case), case.mark("managements", row, "time"))
    inside = joined([time, row["detail"] if has(row["detail"]) else ""])
    return row["measure"] + (f" ({inside})" if inside else "")


def action_taken(case: CaseFile) -> str:
    taken = case.course.get("action_taken", "")
    return (
        wording.coded("action_taken", taken) + _if_told(case, "courses", case.course, "action_taken") if taken else ""
    )


def seriousness(case: CaseFile) -> str:
    """Criteria met by the event, and those of the report as a whole, which may concern another reaction."""
    derived = case.derived
    event, report = ", ".join(_criteria(case)), derived["serious_report"].replace("; ", ", ")
    of_report = f"of the report as a whole, which may concern another reaction: {report}" if report else ""
    denied = f"not serious as said of {derived['not_serious'].replace('; ', ' and ')}" if derived["not_serious"] else ""
    return joined([event, of_report, denied])


def _criteria(case: CaseFile) -> list[str]:
    """The criteria that the event meets, each with the mark of its cell."""
    events = {row["reaction"]: row for row in case.events()}
    met = {name: row for row in events.values() for name in SERIOUSNESS if row[name] == "yes"}
    said = {wording.name(name): case.mark("reactions", row, name) for name, row in met.items()}
    return [name + said.get(name, "") for name in case.derived["serious"].split("; ") if name]


def outcome(case: CaseFile) -> str:
    """The outcome of the event, marked where the row that says so does not state it."""
    told = case.derived["outcome"]
    marks = dict.fromkeys(case.mark("reactions", row, "outcome") for row in case.events() if row["outcome"] == told)
    return wording.coded("outcome", told) + (next(iter(marks), "") if has(told) else "") if told else ""


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
                mark = case.mark("reactions", row, "end", "end_origin")
                said.append(f"{label}{wording.coded('end_basis', row['end_basis'])}, {end}{mark}")
    return joined(said)


def death(case: CaseFile) -> str:
    said = []
    for row in case.rows("deaths"):
        cause = f"cause {row['cause']}" if has(row["cause"]) else ""
        said.append(
            joined(
                [
                    phrases.marked(phrases.when(row, "time", case), case.mark("deaths", row, "time"))
                    or "time not known",
                    cause,
                    f"autopsy {wording.coded('yes_no', row['autopsy'])}",
                    wording.coded("relatedness", row["relatedness"]) + _if_told(case, "deaths", row, "relatedness"),
                ],
                ", ",
            )
        )
    return joined(said)


def dechallenge(case: CaseFile) -> str:
    """The class by its label, and what stands behind it where the label does not say so."""
    own, note = case.derived["dechallenge"], case.derived["dechallenge_note"]
    label, name = wording.coded("dechallenge_class", own), wording.name(own)
    said = label if label.startswith(name) else f"{name} ({label})"
    return joined([said, *(part for part in note.split("; ") if part not in said)])


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
        code += case.mark("assessments", row, "rechallenge") if code else ""
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
        opening,
        source,
        report,
        weight_and_height,
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
