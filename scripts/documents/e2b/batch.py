"""One case as an E2B(R3) message (batch of one), with the list of elements that stay open."""

from lxml import etree

from scripts.documents.e2b.drugs import drugs
from scripts.documents.e2b.judgements import judgements
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import Node, add
from scripts.documents.e2b.patient import patient
from scripts.documents.e2b.reactions import reactions
from scripts.documents.e2b.report import NOT_FOR_TRANSMISSION, batch, comment, diagnoses, further, identification
from scripts.documents.e2b.rules import faults
from scripts.documents.e2b.tests import tests


def tree(message: Message) -> Node:
    """The message as a tree; `message.opens` then lists what stays open."""
    root, event = batch(message)
    identification(event, message)
    assessment = add(
        add(event, "component", typeCode="COMP"), "adverseEventAssessment", classCode="INVSTG", moodCode="EVN"
    )
    role = add(add(assessment, "subject1", typeCode="SBJ"), "primaryRole", classCode="INVSBJ")
    patient(role, message)
    linked = reactions(role, message)
    tests(role, message)
    known = drugs(role, message, linked)
    judgements(assessment, message, known, linked)
    diagnoses(assessment, message)
    comment(assessment, message)
    further(event, message)
    if len(message.versions) > 1:
        message.leave_open("E.i.2.1a", f"versions {', '.join(sorted(message.versions))}", "Use one version per report.")
    return root


def written(message: Message) -> tuple[bytes, list[tuple[str, str, str]]]:
    """The file, and open elements: those that the data lack, then those that break a rule."""
    root = tree(message)
    broken = [(one.element, one.what, one.cure) for one in faults(root)]
    known = {element for element, _, _ in message.opens}
    opens = list(dict.fromkeys([*message.opens, *(one for one in broken if one[0] not in known)]))
    if opens:
        root.addprevious(etree.Comment(NOT_FOR_TRANSMISSION))
    made = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made, opens
