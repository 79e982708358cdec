"""One case as an E2B(R3) message (section N: a batch of one), with the list of elements that stay open."""

from lxml import etree

from scripts.documents.e2b.drugs import drugs
from scripts.documents.e2b.judgements import comment, diagnoses, judgements
from scripts.documents.e2b.message import PLACEHOLDER, Message
from scripts.documents.e2b.nodes import HL7, LISTS, SPACES, XSI, Node, add, path
from scripts.documents.e2b.patient import patient
from scripts.documents.e2b.reactions import reactions
from scripts.documents.e2b.report import further, identification
from scripts.documents.e2b.rules.elements import faults
from scripts.documents.e2b.tests import tests

NOT_FOR_TRANSMISSION = (
    " CONFIDENTIAL, NOT TRANSMISSIBLE: draft for qualified review. Elements that ICH asks for are open; they are listed in "
    "open_elements.csv beside this file. "
)


def tree(message: Message) -> Node:
    """The message as a tree; `message.opens` then lists what stays open."""
    root, event = _wrapped(message)
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
    broken = [(fault.element, fault.what, fault.cure) for fault in faults(root)]
    known = {element for element, _, _ in message.opens}
    opens = list(dict.fromkeys([*message.opens, *(fault for fault in broken if fault[0] not in known)]))
    if opens:
        root.addprevious(etree.Comment(NOT_FOR_TRANSMISSION))
    made = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made, opens


def _wrapped(message: Message) -> tuple[Node, Node]:
    """The batch of one message; gives its root and the investigationEvent to fill."""
    sender, batch_receiver, receiver = _parties(message)
    root = etree.Element(f"{{{HL7}}}MCCI_IN200100UV01", {"ITSVersion": "XML_1.0"}, nsmap={None: HL7, "xsi": XSI})
    add(root, "id", extension=f"{message.identifier}-{message.data_lock}", root=f"{SPACES}22")
    add(root, "creationTime", value=message.time)
    add(root, "responseModeCode", code="D")
    add(root, "interactionId", extension="MCCI_IN200100UV01", root="2.16.840.1.113883.1.6")
    add(root, "name", code="1", codeSystem=f"{LISTS}1")
    event = _message(root, message, sender, receiver)
    for tag, kind, who, space in (("receiver", "RCV", batch_receiver, "14"), ("sender", "SND", sender, "13")):
        add(path(add(root, tag, typeCode=kind), "device"), "id", extension=who, root=SPACES + space)
    return root, event


def _parties(message: Message) -> tuple[str, str, str]:
    """Sender, receiver of the batch, receiver of the message."""
    if message.sender:
        return (
            message.sender.identifier,
            message.sender.batch_receiver or message.sender.receiver,
            message.sender.receiver,
        )
    message.leave_open("N.1.3", "no sender is configured", "Fill in documents.sender of the config.")
    for element in ("C.1.1", "C.1.8.1") if message.worldwide == message.identifier else ("C.1.1",):
        message.leave_open(element, "the identifier is a placeholder", "Fill in documents.sender of the config.")
    message.leave_open("N.1.4", "no receiver is configured", "Fill in documents.sender.receiver of the config.")
    return PLACEHOLDER, PLACEHOLDER, PLACEHOLDER


def _message(root: Node, message: Message, sender: str, receiver: str) -> Node:
    wrapper = add(root, "PORR_IN049016UV")
    add(wrapper, "id", extension=message.identifier, root=f"{SPACES}1")
    add(wrapper, "creationTime", value=message.time)
    add(wrapper, "interactionId", extension="PORR_IN049016UV", root="2.16.840.1.113883.1.6")
    add(wrapper, "processingCode", code="P")
    add(wrapper, "processingModeCode", code="T")
    add(wrapper, "acceptAckCode", code="AL")
    for tag, kind, who, space in (("receiver", "RCV", receiver, "12"), ("sender", "SND", sender, "11")):
        add(path(add(wrapper, tag, typeCode=kind), "device"), "id", extension=who, root=SPACES + space)
    act = add(wrapper, "controlActProcess", classCode="CACT", moodCode="EVN")
    add(act, "code", code="PORR_TE049016UV", codeSystem="2.16.840.1.113883.1.18")
    add(act, "effectiveTime", value=message.time)
    event = add(add(act, "subject", typeCode="SUBJ"), "investigationEvent", classCode="INVSTG", moodCode="EVN")
    add(event, "id", extension=message.identifier, root=f"{SPACES}1")
    add(event, "id", extension=message.worldwide, root=f"{SPACES}2")
    return event
