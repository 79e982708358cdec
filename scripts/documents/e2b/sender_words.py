"""Sections H.3.r and H.4: what the sender says of the case."""

from scripts.documents.case_file import has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    AUTHOR,
    OBSERVATION,
    Node,
    add,
    aligned,
    coded,
    path,
    value,
)


def diagnoses(assessment: Node, message: Message) -> None:
    """H.3.r: the sender's diagnoses as received."""
    report = message.case.report
    cells = [report.get(name, "") for name in ("sender_diagnosis", "sender_diagnosis_code", "sender_diagnosis_version")]
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
