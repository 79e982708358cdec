"""Sections N, C and H: the wrappers, identification of the report, sources, sender and narrative."""

from lxml import etree

from schemas.codes import crosswalk
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import PLACEHOLDER, Message
from scripts.documents.e2b.nodes import (
    AUTHOR,
    CHARACTERISTIC,
    COUNTRY,
    HL7,
    LISTS,
    OBSERVATION,
    RELATION,
    SPACES,
    XSI,
    Node,
    add,
    aligned,
    coded,
    flavour,
    path,
    stamp,
    value,
)
from scripts.documents.words.narrative import story
from scripts.documents.words.references import LITERATURE, reference
from scripts.words.countries import alpha_2

RECEIVED = ("message", "database_listing")
"""Kinds of sources that another sender made."""
NOT_FOR_TRANSMISSION = (
    " NOT TRANSMISSIBLE: draft for qualified review. Elements that ICH asks for are open; they are listed in "
    "open_elements.csv beside this file. "
)


def batch(message: Message) -> tuple[Node, Node]:
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
    message.leave_open("C.1.1", "the identifier is a placeholder", "Fill in documents.sender of the config.")
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


def identification(event: Node, message: Message) -> None:
    """H.1 and C.1.4, C.1.5, C.1.6.1.r, C.4: what stands before the assessment."""
    report = message.case.report
    add(event, "code", code="PAT_ADV_EVNT", codeSystem="2.16.840.1.113883.5.4")
    add(event, "text", story(message.case))
    add(event, "statusCode", code="active")
    _day(add(event, "effectiveTime"), "low", "C.1.4", report.get("received", ""), message)
    _day(event, "availabilityTime", "C.1.5", report.get("latest_information", ""), message)
    for name in filter(has, report.get("documents", "").split("\n")):
        document = path(add(event, "reference", typeCode="REFR"), "document")
        add(document, "code", code="1", codeSystem=f"{LISTS}27")
        add(document, "title", name)
    for line in literature(message):
        document = path(add(event, "reference", typeCode="REFR"), "document")
        add(document, "code", code="2", codeSystem=f"{LISTS}27")
        add(document, "bibliographicDesignationText", line)


def _day(parent: Node, tag: str, element: str, date: str, message: Message) -> None:
    """A date that must be known to the day; a vaguer one is not made a day."""
    sent = stamp(date) if has(date) else ""
    if len(sent) == 8:
        add(parent, tag, value=sent)
        return
    known = f"known only as {date}" if sent else "not known"
    message.leave_open(element, f"the day is {known}", "Find the day; a part date is not allowed here.")
    if tag == "low":
        parent.getparent().remove(parent)


def literature(message: Message) -> list[str]:
    """C.4.r.1: references as received, else the citations of the case's papers."""
    received = message.case.report.get("literature", "")
    if has(received):
        return [line for line in received.split("\n") if line]
    return [reference(source) for source in message.case.sources if source["kind"] in LITERATURE]


def further(event: Node, message: Message) -> None:
    """C.1.6 to C.1.11, C.2 and C.3: what stands behind the assessment."""
    sender, report = message.sender, message.case.report
    _truth(event, message, "C.1.6.1", "1", None if sender is None else sender.documents_available)
    _truth(event, message, "C.1.7", "23", None if sender is None else sender.expedited)
    _first_sender(event, message)
    _linked_reports(event, report)
    _primary_source(event, report, message)
    _other_sources(event, report)
    _sender(event, message)
    _other_ids(event, report, message)
    _type(event, report, message)
    _characteristic_ids(event, report, message)
    _amendment(event, report, message)


def _truth(event: Node, message: Message, element: str, code: str, known: bool | None) -> None:
    if known is None:
        message.leave_open(element, "not configured", "Say yes or no in documents.sender of the config.")
        return
    note = path(add(event, "component", typeCode="COMP"), "observationEvent")
    add(note, "code", code=code, codeSystem=OBSERVATION)
    value(note, "BL", value="true" if known else "false")


def _first_sender(event: Node, message: Message) -> None:
    """C.1.8.2 as received; ourselves where the case starts with us."""
    ours = message.worldwide == message.identifier
    kind = message.case.report.get("first_sender", "")
    if not has(kind) and ours and message.sender is not None:
        kind = "regulator" if message.sender.kind == "regulator" else "other"
    code = crosswalk("first_sender", "e2b_r3").get(kind)
    if not code:
        what = "no sender is configured" if ours else "what was received does not say who sent the case first"
        message.leave_open("C.1.8.2", what, "Ask whether it was a regulator.")
        return
    first = path(add(event, "outboundRelationship", typeCode="SPRT"), "relatedInvestigation")
    add(first, "code", code="1", codeSystem=RELATION)
    who = path(add(first, "subjectOf2", typeCode="SUBJ"), "controlActEvent", "author", "assignedEntity")
    add(who, "code", code=code, codeSystem=f"{LISTS}3")


def _primary_source(event: Node, report: Row, message: Message) -> None:
    relation = add(event, "outboundRelationship", typeCode="SPRT")
    add(relation, "priorityNumber", value="1")
    source = path(relation, "relatedInvestigation")
    add(source, "code", code="2", codeSystem=RELATION)
    act = path(add(source, "subjectOf2", typeCode="SUBJ"), "controlActEvent", "author", "assignedEntity")
    person = path(act, "assignedPerson")
    qualification = crosswalk("qualification", "e2b_r3").get(report.get("reporter_qualification", ""))
    known = {"code": qualification, "codeSystem": f"{LISTS}6"} if qualification else {"nullFlavor": "UNK"}
    add(path(person, "asQualifiedEntity"), "code", **known)
    _country(person, report.get("country", ""), message)


def _linked_reports(event: Node, report: Row) -> None:
    """C.1.10.r."""
    for number in filter(has, report.get("linked_reports", "").split("; ")):
        related = path(add(event, "outboundRelationship", typeCode="SPRT"), "relatedInvestigation")
        add(related, "code", nullFlavor="NA")
        act = path(add(related, "subjectOf2", typeCode="SUBJ"), "controlActEvent")
        add(act, "id", extension=number, root=f"{SPACES}2")


def _other_sources(event: Node, report: Row) -> None:
    """Qualification and country of each further source (C.2.r), one in a line of the cell."""
    for line in filter(has, report.get("other_reporters", "").split("\n")):
        related = path(add(event, "outboundRelationship", typeCode="SPRT"), "relatedInvestigation")
        add(related, "code", code="2", codeSystem=RELATION)
        act = path(add(related, "subjectOf2", typeCode="SUBJ"), "controlActEvent", "author", "assignedEntity")
        person, told = path(act, "assignedPerson"), line.split(", ")
        qualification = next(filter(None, (crosswalk("qualification", "e2b_r3").get(one) for one in told)), "")
        known = {"code": qualification, "codeSystem": f"{LISTS}6"} if qualification else {"nullFlavor": "UNK"}
        add(path(person, "asQualifiedEntity"), "code", **known)
        country = next(filter(None, map(alpha_2, told)), "")
        if country:
            located = add(path(person, "asLocatedEntity"), "location", classCode="COUNTRY", determinerCode="INSTANCE")
            add(located, "code", code=country, codeSystem=COUNTRY)


def _country(person: Node, country: str, message: Message) -> None:
    """C.2.r.3: a code, or an allowed reason where the country of the reaction (E.i.9) is sent."""
    code = alpha_2(country) if has(country) else ""
    reason = flavour("C.2.r.3", country) if alpha_2(message.case.patient.get("country", "")) else ""
    if not (code or reason):
        message.leave_open("C.2.r.3", "no country code for the reporter", "Give the country of the primary source.")
        return
    located = add(path(person, "asLocatedEntity"), "location", classCode="COUNTRY", determinerCode="INSTANCE")
    add(located, "code", **({"code": code, "codeSystem": COUNTRY} if code else {"nullFlavor": reason}))


def _sender(event: Node, message: Message) -> None:
    """C.3: type and organisation of the configured sender; no person is named."""
    if message.sender is None:
        message.leave_open("C.3.1", "no sender is configured", "Fill in documents.sender of the config.")
        return
    who = path(add(event, "subjectOf1", typeCode="SUBJ"), "controlActEvent", "author", "assignedEntity")
    add(who, "code", code=crosswalk("sender_type", "e2b_r3")[message.sender.kind], codeSystem=f"{LISTS}7")
    outer = path(who, "representedOrganization")
    add(path(outer, "assignedEntity", "representedOrganization"), "name", message.sender.organisation)


def _ids(report: Row, message: Message) -> list[tuple[str, ...]]:
    """C.1.9.1.r.2 and .1: other identifiers, and the one that the case had from the sender we received it from, each with who
    gave it, as received: the former sender gave its own."""
    known = [one for one in aligned(report.get("other_ids", ""), report.get("other_id_sources", "")) if has(one[0])]
    before = report.get("sender_case_id", "")
    if has(before) and before not in (message.worldwide, message.identifier, *(number for number, _ in known)):
        known.append((before, report.get("sender", "")))
    return known


def _other_ids(event: Node, report: Row, message: Message) -> None:
    for one, source in _ids(report, message):
        act = path(add(event, "subjectOf1", typeCode="SUBJ"), "controlActEvent")
        named = {"assigningAuthorityName": source} if has(source) else {}
        add(act, "id", extension=one, root=f"{SPACES}3", **named)
        if not named:
            what = f"what was received does not say who gave the identifier {one}"
            message.leave_open("C.1.9.1.r.1", what, "Name who gave this identifier.")


def _characteristic_ids(event: Node, report: Row, message: Message) -> None:
    other = _feature(event, "2")
    value(other, "BL", **({"value": "true"} if _ids(report, message) else {"nullFlavor": "NI"}))


def _feature(event: Node, code: str) -> Node:
    node = path(add(event, "subjectOf2", typeCode="SUBJ"), "investigationCharacteristic")
    add(node, "code", code=code, codeSystem=CHARACTERISTIC)
    return node


def _type(event: Node, report: Row, message: Message) -> None:
    """C.1.3 as recorded; of a case received without it ICH's code for that, 4. Nobody can tell it from a paper."""
    received = any(source["kind"] in RECEIVED for source in message.case.sources)
    code = crosswalk("report_type", "e2b_r3").get(report.get("report_type") or ("not_available" if received else ""))
    if not code:
        cure = "Fill in `report_type` in reports: spontaneous, study, or other where the paper does not tell."
        message.leave_open("C.1.3", "the type of report is not recorded", cure)
        return
    value(_feature(event, "1"), "CE", code=code, codeSystem=f"{LISTS}2")


def _amendment(event: Node, report: Row, message: Message) -> None:
    code = crosswalk("nullification", "e2b_r3").get(report.get("nullification", ""))
    if not code:
        return
    value(_feature(event, "3"), "CE", code=code, codeSystem=f"{LISTS}5")
    reason = report.get("nullification_reason", "")
    if has(reason):
        add(value(_feature(event, "4"), "CE"), "originalText", reason)
    else:
        message.leave_open("C.1.11.2", "no reason for the amendment", "State the reason.")


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
    """H.4: that a patient counted inside an aggregate is not an additional case."""
    if not message.case.inside:
        return
    note = path(add(assessment, "component1", typeCode="COMP"), "observationEvent")
    add(note, "code", code="10", codeSystem=OBSERVATION)
    value(note, "ED", f"Counted inside aggregate {message.case.aggregate} of this series; not an additional case.")
    add(path(note, "author", "assignedEntity"), "code", code="1", codeSystem=AUTHOR)
