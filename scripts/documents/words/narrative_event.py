"""Parts of a narrative about the event: signs, tests, other causes, outcome, de- and rechallenge, causality."""

from schemas.codes import SERIOUSNESS
from schemas.reported import TABLES
from scripts.documents.case_file import CaseFile, Row, has
from scripts.documents.words import in_time, phrases
from scripts.documents.words.phrases import joined
from scripts.records.drugs import other_drug
from scripts.words import given_again, wording
from scripts.words.patients_told import RELAPSED, possibly_continued, serious

CONTRADICTS_ITSELF = "Q23"
"""The rule of a remark on a text that contradicts itself."""
NOT_KNOWN = "not known whether it occurred"
CONTINUED = ("exposure_continued", "within_course")


def symptoms(case: CaseFile) -> str:
    """Signs of the index course in order of time, then those stated to be absent, those of which nobody says whether they
    occurred, and those of later courses."""
    present, absent, open_, later = [], [], [], []
    for row in in_time.signs(case, "reaction", case.rows("reactions")):
        phrase = phrases.reaction(row, case)
        if row["role"] == "event":
            continue
        if row["occurred"] == "no":
            absent.append(phrase)
        elif row["occurred"] != "yes":
            open_.append(phrase)
        elif row["course"] in ("", case.derived["course"]):
            present.append(phrase)
        else:
            later.append(phrase)
    denied, unknown = (f"stated absent: {sign}" for sign in absent), (f"{NOT_KNOWN}: {sign}" for sign in open_)
    return joined([*present, *denied, *unknown, *later])


def event(case: CaseFile) -> str:
    """The event as reported, in which course, and where it is stated not to have occurred."""
    told_events = []
    for row in in_time.signs(case, "reaction", case.rows("reactions")):
        if row["role"] == "event":
            no = {"yes": "", "no": "did not occur"}.get(row["occurred"], NOT_KNOWN)
            told_events.append(joined([phrases.reaction(row, case), no], ": "))
    return joined(told_events)


def certainty(case: CaseFile) -> str:
    return wording.coded("case_definition", case.derived["certainty"])


def tests(case: CaseFile) -> str:
    """In order of time; tests of which the same is said, without a time of their own, share it."""
    by_result: dict[str, list[str]] = {}
    for row in in_time.signs(case, "test", case.rows("tests")):
        told = phrases.test(row, case)
        test_name, result = row["test"], told.removeprefix(row["test"])
        by_result.setdefault(result if result.startswith(":") else told, []).append(test_name)
    return joined(", ".join(names) + told if told.startswith(":") else told for told, names in by_result.items())


def alternatives(case: CaseFile) -> str:
    return joined(phrases.alternative(row, case) for row in case.rows("alternatives"))


def treatment(case: CaseFile) -> str:
    """What was done, in order of time."""
    rows = [row for row in case.rows("managements") if row["detail"] not in ("not_stated", "not_seen")]
    return joined(_measure(case, row) for row in in_time.measures(rows))


def _measure(case: CaseFile, row: Row) -> str:
    time = phrases.marked(phrases.when(row, "time", case, "managements"), case.mark("managements", row, "time"))
    inside = joined([time, row["detail"] if has(row["detail"]) else ""])
    return row["measure"] + (f" ({inside})" if inside else "")


def action_taken(case: CaseFile) -> str:
    taken = case.course.get("action_taken", "")
    return (
        wording.coded("action_taken", taken) + phrases.mark_if_told(case, "courses", case.course, "action_taken")
        if taken
        else ""
    )


def seriousness(case: CaseFile) -> str:
    """Of the event, and of the report as a whole, which may concern another reaction; blank where nobody says."""
    denied = case.derived["not_serious"]
    event = serious(", ".join(criteria_met(case)), "the event" in denied, "")
    report = serious(case.derived["serious_report"].replace("; ", ", "), "the report" in denied, "")
    if not report:
        return event
    return f"{event or 'not stated'}; of the report as a whole, which may concern another reaction: {report}"


def criteria_met(case: CaseFile) -> list[str]:
    """The criteria that the event meets, each with the mark of its cell."""
    events = {row["reaction"]: row for row in case.events()}
    met = {criterion: row for row in events.values() for criterion in SERIOUSNESS if row[criterion] == "yes"}
    marks = {wording.name(criterion): case.mark("reactions", row, criterion) for criterion, row in met.items()}
    return [words + marks.get(words, "") for words in case.derived["serious"].split("; ") if words]


def outcome(case: CaseFile) -> str:
    """The outcome of the event, marked where the row that says so does not state it."""
    told = case.derived["outcome"]
    marks = dict.fromkeys(case.mark("reactions", row, "outcome") for row in case.events() if row["outcome"] == told)
    return wording.coded("outcome", told) + (next(iter(marks), "") if has(told) else "") if told else ""


def alive(case: CaseFile) -> str:
    vital, survived = case.derived["vital"], case.derived["survived_event"]
    return joined([wording.coded("vital", vital), f"survived the event: {wording.coded('known', survived)}"])


def resolution(case: CaseFile) -> str:
    """End of the event, by what it was seen, and what the time counts from; of a further episode so labelled; a relapse."""
    further = [(f"episode {episode['episode']}: ", case.reactions_of(episode)) for episode in case.further_episodes]
    endings = []
    for label, rows in [("", case.events()), *further]:
        for row in rows:
            end = phrases.when(row, "end", case, "reactions")
            mark = case.mark("reactions", row, "end", "end_origin") if end else ""
            lasted = phrases.lasted(row, case)
            if end or lasted:
                told = joined([f"{end}{mark}", lasted], ", ")
                endings.append(f"{label}{wording.coded('end_basis', row['end_basis'])}, {told}")
    return joined([*endings, RELAPSED.get(case.derived["relapsed"], "")])


def death(case: CaseFile) -> str:
    deaths = []
    for row in case.rows("deaths"):
        cause = f"cause {row['cause']}" if has(row["cause"]) else ""
        deaths.append(
            joined(
                [
                    phrases.marked(phrases.when(row, "time", case, "deaths"), case.mark("deaths", row, "time"))
                    or "time not known",
                    cause,
                    f"autopsy {wording.coded('yes_no', row['autopsy'])}",
                    wording.coded("relatedness", row["relatedness"])
                    + phrases.mark_if_told(case, "deaths", row, "relatedness"),
                ],
                ", ",
            )
        )
    return joined(deaths)


def dechallenge(case: CaseFile) -> str:
    """The class by its label, and what stands behind it where the label does not say so."""
    class_code, note = case.derived["dechallenge"], case.derived["dechallenge_note"]
    label, class_name = wording.coded("dechallenge_class", class_code), wording.name(class_code)
    class_words = label if label.startswith(class_name) else f"{class_name} ({label})"
    return joined([class_words, *(part for part in note.split("; ") if part not in class_words)])


def continued_exposure(case: CaseFile) -> str:
    surely = [row["why"] for row in case.rechallenges if row["kind"] in CONTINUED]
    return joined([*surely, possibly_continued(case.derived)])


def rechallenge(case: CaseFile) -> str:
    derived = case.derived
    classes = [
        f"{sign} {wording.coded('rechallenge_class', derived[f'rechallenge_{sign}'])}"
        for sign in ("event", "symptoms", "tests")
    ]
    reported = wording.coded("rechallenge_reported", derived["rechallenge_reported"])
    often = (
        f"negative in {wording.counted(derived['rechallenge_negative'], 're-exposure')}"
        if derived["rechallenge_negative"]
        else ""
    )
    again = [_again(row) for row in case.rechallenges if row["kind"] not in CONTINUED]
    return joined([f"event as reported: {reported}", f"strictly: {', '.join(classes)}", often, *again])


def _again(row: dict) -> str:
    mitigation = f"mitigation: {row['mitigation']}" if has(row["mitigation"]) else ""
    course = f"course {row['course']}" if row["course"] else ""
    return joined([course, given_again.reported(row["gap"]), mitigation, row["why"]], ", ")


def causality(case: CaseFile) -> str:
    judgements, terms = [], {row["reaction"]: row["term"] for row in case.rows("reactions")}
    for row in case.rows("assessments"):
        result = row["result"] if has(row["result"]) else ""
        code = wording.coded("rechallenge", row["rechallenge"]) if has(row["rechallenge"]) else ""
        code += case.mark("assessments", row, "rechallenge") if code else ""
        method = f"method {row['method']}" if has(row["method"]) else ""
        if result or code:
            judgements.append(
                f"{row['assessor']} on {terms.get(row['reaction']) or 'the event'}{_with_another_drug(case, row)}: "
                + joined([result, method, code], ", ")
            )
    return joined(judgements)


def _with_another_drug(case: CaseFile, row: Row) -> str:
    """The drug that is judged, where it is not that of the index course."""
    index_drugs = [case.derived["drug"], *(case.course.get(column, "") for column in ("drug", "substance"))]
    course = next((candidate for candidate in case.rows("courses") if candidate["course"] == row["course"]), None)
    other = other_drug(row["drug"], course, filter(None, index_drugs))
    return f" with {other}" if other else ""


def contradictions(case: CaseFile) -> str:
    """Statements of a source that another of its own does not bear out, with what was made of them."""
    return joined(
        f'"{row["words"]}" ({row["locator"]}): {row["why"]}; {row["decision"]}'
        for row in case.rows("remarks")
        if row["rule"] == CONTRADICTS_ITSELF
    )


def out_of_use(case: CaseFile) -> str:
    """What a check keeps out of use, as printed; times so kept stand where they belong."""
    cells = [
        f"{TABLES[table].columns[column].title or wording.name(column)} {wording.name(printed)}"
        for table, column, printed in case.out_of_use()
    ]
    return joined(dict.fromkeys(cells))
