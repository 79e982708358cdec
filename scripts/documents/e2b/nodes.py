"""Building blocks of an E2B(R3) message: nodes, coded values, dates and quantities (definitions: e2b-times)."""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from lxml import etree

from schemas.codes import crosswalk, rows
from schemas.fields import PART_DATE, is_number
from scripts.documents.case_file import has
from scripts.words.printable import printable

Node: TypeAlias = etree._Element
HL7, XSI = "urn:hl7-org:v3", "http://www.w3.org/2001/XMLSchema-instance"
TYPE = f"{{{XSI}}}type"
LISTS, SPACES = "2.16.840.1.113883.3.989.2.1.1.", "2.16.840.1.113883.3.989.2.1.3."
OBSERVATION, CATEGORY, AUTHOR, RELATION, CHARACTERISTIC = (f"{LISTS}{n}" for n in (19, 20, 21, 22, 23))
MEDDRA, SEX, COUNTRY = "2.16.840.1.113883.6.163", "1.0.5218", "1.0.3166.1.2.2"
UNIT = re.compile(r"[!-~]+")
"""A unit must be one word: a blank in a UCUM code is not allowed."""


@cache
def hl7_tag(tag: str) -> str:
    return f"{{{HL7}}}{tag}"


@cache
def flavours(element: str) -> frozenset[str]:
    """The nullFlavors an element allows."""
    return frozenset(next(row["null_flavours"] for row in rows("e2b_elements") if row["code"] == element).split())


@cache
def flavour(element: str, reason: str) -> str:
    """The nullFlavor for a reason for missing, where the element allows it; otherwise a blank: send nothing."""
    code = crosswalk("missing", "e2b_r3").get(reason, "")
    return code if code in flavours(element) else ""


def add(parent: Node, tag: str, text: str = "", /, **attributes: str) -> Node:
    """A child with attributes; text is put in as text."""
    child = etree.SubElement(parent, hl7_tag(tag), attributes)
    if text:
        child.text = printable(text)
    return child


def path(parent: Node, *tags: str) -> Node:
    """A chain of children with the class and mood that the standard fixes for them."""
    for tag in tags:
        parent = add(parent, tag, "", **FIXED.get(tag, {}))
    return parent


FIXED: dict[str, dict[str, str]] = {
    "observation": {"classCode": "OBS", "moodCode": "EVN"},
    "observationEvent": {"classCode": "OBS", "moodCode": "EVN"},
    "organizer": {"classCode": "CATEGORY", "moodCode": "EVN"},
    "substanceAdministration": {"classCode": "SBADM", "moodCode": "EVN"},
    "causalityAssessment": {"classCode": "OBS", "moodCode": "EVN"},
    "investigationCharacteristic": {"classCode": "OBS", "moodCode": "EVN"},
    "controlActEvent": {"classCode": "CACT", "moodCode": "EVN"},
    "relatedInvestigation": {"classCode": "INVSTG", "moodCode": "EVN"},
    "document": {"classCode": "DOC", "moodCode": "EVN"},
    "act": {"classCode": "ACT", "moodCode": "EVN"},
    "actReference": {"classCode": "ACT", "moodCode": "EVN"},
    "productUseReference": {"classCode": "SBADM", "moodCode": "EVN"},
    "adverseEffectReference": {"classCode": "OBS", "moodCode": "EVN"},
    "assignedEntity": {"classCode": "ASSIGNED"},
    "assignedPerson": {"classCode": "PSN", "determinerCode": "INSTANCE"},
    "asQualifiedEntity": {"classCode": "QUAL"},
    "asLocatedEntity": {"classCode": "LOCE"},
    "representedOrganization": {"classCode": "ORG", "determinerCode": "INSTANCE"},
    "author": {"typeCode": "AUT"},
    "consumable": {"typeCode": "CSM"},
    "asManufacturedProduct": {"classCode": "MANU"},
    "approval": {"classCode": "CNTRCT", "moodCode": "EVN"},
    "instanceOfKind": {"classCode": "INST"},
    "kindOfProduct": {"classCode": "MMAT", "determinerCode": "KIND"},
    "productInstanceInstance": {"classCode": "MMAT", "determinerCode": "INSTANCE"},
    "ingredient": {"classCode": "ACTI"},
    "ingredientSubstance": {"classCode": "MMAT", "determinerCode": "KIND"},
    "location": {"typeCode": "LOC"},
    "locatedEntity": {"classCode": "LOCE"},
    "associatedPerson": {"classCode": "PSN", "determinerCode": "INSTANCE"},
    "territorialAuthority": {"classCode": "TERR"},
    "territory": {"classCode": "NAT", "determinerCode": "INSTANCE"},
    "governingPlace": {"classCode": "COUNTRY", "determinerCode": "INSTANCE"},
    "holder": {"typeCode": "HLD"},
    "playingOrganization": {"classCode": "ORG", "determinerCode": "INSTANCE"},
    "researchStudy": {"classCode": "CLNTRL", "moodCode": "EVN"},
    "authorization": {"typeCode": "AUTH"},
    "studyRegistration": {"classCode": "ACT", "moodCode": "EVN"},
    "locatedPlace": {"classCode": "COUNTRY", "determinerCode": "INSTANCE"},
    "performer": {"typeCode": "PRF"},
    "device": {"classCode": "DEV", "determinerCode": "INSTANCE"},
    "referenceRange": {"typeCode": "REFV"},
    "observationRange": {"classCode": "OBS", "moodCode": "EVN.CRT"},
}


def value(parent: Node, kind: str, /, text: str = "", **attributes: str) -> Node:
    """A `value` of an HL7 data type: CE, BL, PQ, ED, ST."""
    child = add(parent, "value", text, **attributes)
    child.set(TYPE, kind)
    return child


def observed(parent: Node, code: str, system: str = OBSERVATION) -> Node:
    """An observation with its code."""
    node = path(parent, "observation")
    add(node, "code", code=code, codeSystem=system)
    return node


def coded(parent: Node, known: dict[str, str], words: str = "") -> Node:
    """A `value` from MedDRA: code and version where they are known, and the words."""
    node = value(parent, "CE", codeSystem=MEDDRA, **known)
    if words:
        add(node, "originalText", words)
    return node


def aligned(words: str, *beside: str) -> list[tuple[str, ...]]:
    """The values of a cell, each with what stands in its place in the cells beside it."""
    values = words.split("; ")
    lists = [cell.split("; ") if cell else [] for cell in beside]
    return [
        (cell_value, *(few[place] if len(few) == len(values) else "" for few in lists))
        for place, cell_value in enumerate(values)
    ]


def amount(parent: Callable[[], Node], sent: str, codelist: str) -> bool:
    """A quantity from `12 wk`, in the units of a list, in a node that is made only for one; whether there is one."""
    number, _, unit = sent.partition(" ")
    units = {
        spelling: given["e2b_r3"].split("|")[0]
        for given in rows(codelist)
        for spelling in (given["code"], *given["e2b_r3"].split("|"))
    }
    if not (is_number(number) and unit in units):
        return False
    value(parent(), "PQ", value=number, unit=units[unit])
    return True


def part(parent: Node, code: str) -> Node:
    """A dependent observation of a reaction, drug or test."""
    return observed(add(parent, "outboundRelationship2", typeCode="PERT"), code)


def stamp(date: str) -> str:
    """A date of its own precision: 2022-07-04 is 20220704, 2022-07 is 202207. Anything vaguer cannot be sent."""
    match = PART_DATE.fullmatch(date)
    return "" if match is None or date[-1] in "~?" else "".join(filter(None, match.groups()))


def moment(parent: Node, tag: str, element: str, date: str) -> None:
    """A date, or the nullFlavor of its reason for missing where that is allowed, or nothing."""
    sent = stamp(date) if has(date) else ""
    if sent:
        add(parent, tag, value=sent)
    elif flavour(element, date):
        add(parent, tag, nullFlavor=flavour(element, date))


def day_value(parent: Callable[[], Node], element: str, date: str) -> None:
    """A date as the value of an observation, which is made only where there is a date, or an allowed reason for none."""
    sent = stamp(date) if has(date) else ""
    reason = flavour(element, date)
    if sent or reason:
        value(parent(), "TS", **({"value": sent} if sent else {"nullFlavor": reason}))


def unit_of(scale: str) -> str:
    """The UCUM code of a unit of elapsed time. A study day counts as d: both count the first dosing day as 1."""
    return "d" if scale == "study_day" else crosswalk("scale", "e2b_r3").get(scale, "")


def is_unit(unit: str) -> bool:
    return bool(UNIT.fullmatch(unit))


def link(node: Node, identifier: str) -> None:
    add(node, "id", root=identifier)


def organizer_of(role: Node, code: str) -> Node:
    """A category of observations: history, past drugs, tests or drugs."""
    node = path(add(role, "subjectOf2", typeCode="SBJ"), "organizer")
    add(node, "code", code=code, codeSystem=CATEGORY)
    return node
