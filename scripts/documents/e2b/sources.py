"""Sections C.2, C.3 and C.4: primary sources, the sender, and the literature."""

import re

from schemas.codes import crosswalk
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    COUNTRY,
    LISTS,
    RELATION,
    Node,
    add,
    flavour,
    path,
)
from scripts.documents.words.references import LITERATURE
from scripts.words.countries import alpha_2
from scripts.words.references import reference

IDENTIFIER = re.compile(r"(?:doi:?\s*|https?://\S+|pmid:?\s*|pmc:?\s*)?(?:10\.\d{4,}/\S+|\d*)\.?", re.IGNORECASE)
"""A line that is only a DOI, a number of PubMed or an address."""


def primary(event: Node, report: Row, message: Message) -> None:
    """The source that the report is from (C.2.r), with its country or why there is none."""
    relation = add(event, "outboundRelationship", typeCode="SPRT")
    add(relation, "priorityNumber", value="1")
    told = report.get("reporter_qualification", "")
    person = _person(relation, [told])
    if has(told) and told not in crosswalk("qualification", "e2b_r3"):
        what = f"'{told.replace('_', ' ')}' is known of the reporter, and none of the codes says just that"
        message.leave_open("C.2.r.4", what, "Ask for the profession.")
    _country(person, report.get("country", ""), message)


def _person(relation: Node, told: list[str]) -> Node:
    """A source of this relation with the first qualification that is told of it."""
    source = path(relation, "relatedInvestigation")
    add(source, "code", code="2", codeSystem=RELATION)
    act = path(add(source, "subjectOf2", typeCode="SUBJ"), "controlActEvent", "author", "assignedEntity")
    person = path(act, "assignedPerson")
    qualification = next(filter(None, map(crosswalk("qualification", "e2b_r3").get, told)), "")
    known = {"code": qualification, "codeSystem": f"{LISTS}6"} if qualification else {"nullFlavor": "UNK"}
    add(path(person, "asQualifiedEntity"), "code", **known)
    return person


def _located(person: Node, **code: str) -> None:
    located = add(path(person, "asLocatedEntity"), "location", classCode="COUNTRY", determinerCode="INSTANCE")
    add(located, "code", **code)


def others(event: Node, report: Row) -> None:
    """Qualification and country of each further source (C.2.r), one in a line of the cell."""
    for line in filter(has, report.get("other_reporters", "").split("\n")):
        told = line.split(", ")
        person = _person(add(event, "outboundRelationship", typeCode="SPRT"), told)
        if country := next(filter(None, map(alpha_2, told)), ""):
            _located(person, code=country, codeSystem=COUNTRY)


def _country(person: Node, country: str, message: Message) -> None:
    """C.2.r.3: a code, or an allowed reason where the country of the reaction (E.i.9) is sent."""
    code = alpha_2(country) if has(country) else ""
    reason = flavour("C.2.r.3", country) if alpha_2(message.case.patient.get("country", "")) else ""
    if not (code or reason):
        message.leave_open("C.2.r.3", "no country code for the reporter", "Give the country of the primary source.")
        return
    _located(person, **({"code": code, "codeSystem": COUNTRY} if code else {"nullFlavor": reason}))


def sender(event: Node, message: Message) -> None:
    """C.3: type and organisation of the configured sender; no person is named."""
    if message.sender is None:
        message.leave_open("C.3.1", "no sender is configured", "Fill in documents.sender of the config.")
        return
    who = path(add(event, "subjectOf1", typeCode="SUBJ"), "controlActEvent", "author", "assignedEntity")
    add(who, "code", code=crosswalk("sender_type", "e2b_r3")[message.sender.kind], codeSystem=f"{LISTS}7")
    outer = path(who, "representedOrganization")
    add(path(outer, "assignedEntity", "representedOrganization"), "name", message.sender.organisation)


def literature(message: Message) -> list[str]:
    """C.4.r.1: references as received, else the citations of the case's papers."""
    received = message.case.report.get("literature", "")
    if has(received):
        return _references(received.split("\n"), message.from_message)
    return [reference(source) for source in message.case.sources if source["kind"] in LITERATURE]


def _references(lines: list[str], received: bool) -> list[str]:
    """One in a line; of typed ones an identifier in a line of its own belongs to the reference above it."""
    references: list[str] = []
    for line in filter(None, (line.strip() for line in lines)):
        if references and not received and IDENTIFIER.fullmatch(line):
            references[-1] += f" {line}"
        else:
            references.append(line)
    return references
