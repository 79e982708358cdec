"""Sections C.1 and H.1: identification of the report, and its narrative."""

from schemas.codes import crosswalk
from scripts.documents.case_file import Row, has
from scripts.documents.e2b import sources
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    CHARACTERISTIC,
    LISTS,
    OBSERVATION,
    RELATION,
    SPACES,
    Node,
    add,
    aligned,
    path,
    stamp,
    value,
)
from scripts.documents.words.narrative import story, without_element


def identification(event: Node, message: Message) -> None:
    """H.1 and C.1.4, C.1.5, C.1.6.1.r, C.4: what stands before the assessment."""
    report = message.case.report
    add(event, "code", code="PAT_ADV_EVNT", codeSystem="2.16.840.1.113883.5.4")
    _narrative(event, message)
    add(event, "statusCode", code="active")
    _day(add(event, "effectiveTime"), "low", "C.1.4", report.get("received", ""), message)
    _day(event, "availabilityTime", "C.1.5", report.get("latest_information", ""), message)
    for document_title in filter(has, report.get("documents", "").split("\n")):
        document = path(add(event, "reference", typeCode="REFR"), "document")
        add(document, "code", code="1", codeSystem=f"{LISTS}27")
        add(document, "title", document_title)
    for line in sources.literature(message):
        document = path(add(event, "reference", typeCode="REFR"), "document")
        add(document, "code", code="2", codeSystem=f"{LISTS}27")
        add(document, "bibliographicDesignationText", line)


def _narrative(event: Node, message: Message) -> None:
    """H.1: as reported, else as assembled from the rows, which tells of what no other element can."""
    add(event, "text", story(message.case))
    told = without_element(message.case) if has(message.case.report.get("narrative", "")) else []
    if told:
        what = f"{', '.join(told)}: no other element holds it, and the narrative is sent as it was given"
        message.leave_open("H.1", what, "See that the narrative tells of it.")


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


def further(event: Node, message: Message) -> None:
    """C.1.6 to C.1.11, C.2 and C.3: what stands behind the assessment."""
    sender, report = message.sender, message.case.report
    _truth(event, message, "C.1.6.1", "1", None if sender is None else sender.documents_available)
    _truth(event, message, "C.1.7", "23", None if sender is None else sender.expedited)
    _first_sender(event, message)
    _linked_reports(event, report)
    sources.primary(event, report, message)
    sources.others(event, report)
    sources.sender(event, message)
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
    """C.1.8.2 as received; ourselves where the case starts with us, which one that was received does not."""
    ours = message.worldwide == message.identifier and not message.received
    if message.received and not has(message.case.report.get("worldwide_case_id")):
        what = "what was received does not say the worldwide number of the case; our own stands in its place"
        message.leave_open("C.1.8.1", what, "Ask for the number that the first sender gave.")
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


def _linked_reports(event: Node, report: Row) -> None:
    """C.1.10.r."""
    for number in filter(has, report.get("linked_reports", "").split("; ")):
        related = path(add(event, "outboundRelationship", typeCode="SPRT"), "relatedInvestigation")
        add(related, "code", nullFlavor="NA")
        act = path(add(related, "subjectOf2", typeCode="SUBJ"), "controlActEvent")
        add(act, "id", extension=number, root=f"{SPACES}2")


def _ids(report: Row, message: Message) -> list[tuple[str, ...]]:
    """C.1.9.1.r.2 and .1: other identifiers, and the one that the case had from the sender we received it from, each with who
    gave it, as received: the former sender gave its own."""
    known = [
        known_id
        for known_id in aligned(report.get("other_ids", ""), report.get("other_id_sources", ""))
        if has(known_id[0])
    ]
    before = report.get("sender_case_id", "")
    if has(before) and before not in (message.worldwide, message.identifier, *(number for number, _ in known)):
        known.append((before, report.get("sender", "")))
    return known


def _other_ids(event: Node, report: Row, message: Message) -> None:
    for identifier, source in _ids(report, message):
        act = path(add(event, "subjectOf1", typeCode="SUBJ"), "controlActEvent")
        named = {"assigningAuthorityName": source} if has(source) else {}
        add(act, "id", extension=identifier, root=f"{SPACES}3", **named)
        if not named:
            what = f"what was received does not say who gave the identifier {identifier}"
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
    code = crosswalk("report_type", "e2b_r3").get(
        report.get("report_type") or ("not_available" if message.received else "")
    )
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
