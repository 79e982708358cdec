"""Sections G.k.1, G.k.9, H.3.r and H.4: roles, judgements of assessors and of the sender, and what is said of each drug with each
reaction."""

from schemas.codes import crosswalk
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.entries import Entry, entries
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import AUTHOR, LISTS, OBSERVATION, Node, add, aligned, coded, link, path, value
from scripts.records.drugs import SUSPECT
from scripts.records.terms import plain

ELEMENTS = {
    "rechallenge": "G.k.9.i.4",
    "start_to_onset": "G.k.9.i.3.1a",
    "last_to_onset": "G.k.9.i.3.2a",
}
SAID = (*ELEMENTS, "result")
"""What is sent of a drug and a reaction; without the reaction it cannot be."""
NO_METHOD = "none"
"""How people type that a judgement follows no method."""


def linked_cells(entry: Entry, message: Message, linked: dict[str, str]) -> dict[str, Row]:
    """What is said of this drug and each reaction: reported intervals and rechallenge, else derived ones.

    Of two assessors who report different codes the first is sent and the element is left open.
    """
    judged: dict[str, Row] = {reaction: {} for reaction in linked}
    for row in message.case.rows("assessments"):
        if row["reaction"] in judged and speaks_of(row, entry, message):
            cells = judged[row["reaction"]]
            for column, element in ELEMENTS.items():
                told = {column: row[column], f"{column}_scale": row.get(f"{column}_scale", "")}
                if has(row[column]) and not told.items() <= (told | cells).items():
                    what = f"assessors differ on the {column.replace('_', ' ')} of {row['reaction']}"
                    message.leave_open(element, what, "Decide.")
                elif has(row[column]):
                    cells |= told
    if not message.from_message:
        _days(entry, message, judged)
    return {reaction: cells for reaction, cells in judged.items() if cells}


def _days(entry: Entry, message: Message, judgements: dict[str, Row]) -> None:
    """Derived intervals, which count from the doses of the drug of the series: no other drug's entry has them."""
    if not message.case.of_the_drug(row["course"] for row in entry.courses):
        return
    for reaction, cells in judgements.items():
        sign = message.case.signs.get(("reaction", reaction), {})
        for column, derived in (("start_to_onset", "e2b_from_first"), ("last_to_onset", "e2b_from_last")):
            if sign.get(derived) and column not in cells:
                cells |= {column: sign[derived], f"{column}_scale": sign[f"{derived}_scale"]}


def speaks_of(row: Row, entry: Entry, message: Message) -> bool:
    """Whether an assessment speaks of this drug: by its course, else by name; without either, of a sole suspect."""
    if has(row["course"]):
        return any(row["course"] == course["course"] for course in entry.courses)
    if has(row["drug"]):
        return row["drug"].casefold() in entry.names()
    suspects = [suspect for suspect in entries(message) if suspect.first["role"] in SUSPECT]
    return [suspect.identifier for suspect in suspects] == [entry.identifier]


def judgements(assessment: Node, message: Message, known: list[Entry], linked: dict[str, str]) -> None:
    """G.k.1 of every drug, then every assessor's judgement (G.k.9.i.2)."""
    for entry in known:
        role = crosswalk("drug_role", "e2b_r3").get(entry.first["role"])
        if not role:
            message.leave_open("G.k.1", f"no role for course {entry.first['course']}", "Fill in `role`.")
            continue
        node = _judgement(assessment, "20")
        value(node, "CE", code=role, codeSystem=f"{LISTS}13")
        _about(node, "subject2", "productUseReference", entry.identifier)
    for row in message.case.rows("assessments"):
        drug_entry = next((candidate for candidate in known if speaks_of(row, candidate, message)), None)
        judged_columns = [column for column in SAID if has(row[column])]
        if judged_columns and not has(row["reaction"]) and linked:
            what = f"{', '.join(judged_columns).replace('_', ' ')} of {row['drug'] or 'a drug'} names no reaction"
            message.leave_open("G.k.9.i", what, "Say which reaction is meant.")
        if judged_columns and has(row["reaction"]) and row["reaction"] not in linked:
            what = f"{', '.join(judged_columns).replace('_', ' ')} of a reaction that did not occur: {row['reaction']}"
            message.leave_open("G.k.9.i", what, "Say it in the narrative.")
        if not drug_entry and row["reaction"] in linked:
            what = f"a judgement or interval of the reaction {row['reaction']} names no drug"
            message.leave_open("G.k.9.i", what, "Say which drug is meant.")
        if drug_entry and row["reaction"] in linked and (has(row["result"]) or _method(row)):
            _judged(_judgement(assessment, "39"), row, drug_entry, linked[row["reaction"]])


def _judgement(assessment: Node, code: str) -> Node:
    node = path(add(assessment, "component", typeCode="COMP"), "causalityAssessment")
    add(node, "code", code=code, codeSystem=OBSERVATION)
    return node


def _judged(node: Node, row: Row, entry: Entry, reaction: str) -> None:
    if has(row["result"]):
        value(node, "ST", row["result"])
    if method := _method(row):
        add(add(node, "methodCode"), "originalText", method)
    add(add(path(node, "author", "assignedEntity"), "code"), "originalText", row["assessor"].split(" #")[0])
    _about(node, "subject1", "adverseEffectReference", reaction)
    _about(node, "subject2", "productUseReference", entry.identifier)


def _method(row: Row) -> str:
    """The method of a judgement; a blank where it is said to have none."""
    return row["method"] if has(row["method"]) and plain(row["method"]) != NO_METHOD else ""


def _about(node: Node, relation: str, tag: str, identifier: str) -> None:
    link(path(add(node, relation, typeCode="SUBJ"), tag), identifier)


def diagnoses(assessment: Node, message: Message) -> None:
    """H.3.r: the sender's diagnoses as received."""
    report = message.case.report
    cells = [
        report.get(column, "") for column in ("sender_diagnosis", "sender_diagnosis_code", "sender_diagnosis_version")
    ]
    for words, code, version in aligned(*cells):
        if not has(words):
            continue
        note = path(add(assessment, "component1", typeCode="COMP"), "observationEvent")
        add(note, "code", code="15", codeSystem=OBSERVATION)
        coded(note, message.code("H.3.r.1", words, code, version), "" if words == code else words)
        add(path(note, "author", "assignedEntity"), "code", code="1", codeSystem=AUTHOR)


def comment(assessment: Node, message: Message) -> None:
    """H.4: that a patient counted inside a group is not an additional case."""
    if not message.case.inside:
        return
    note = path(add(assessment, "component1", typeCode="COMP"), "observationEvent")
    add(note, "code", code="10", codeSystem=OBSERVATION)
    value(note, "ED", f"Counted inside the group {message.case.aggregate} of this series; not an additional case.")
    add(path(note, "author", "assignedEntity"), "code", code="1", codeSystem=AUTHOR)
