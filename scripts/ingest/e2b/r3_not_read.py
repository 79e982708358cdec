"""What an E2B(R3) report holds that no reader reads (r3_places.yaml): elements that the code list `not_read` names, elements of
which nobody knows, as those of a region or a vendor, and what stands once more where one is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import yaml

from scripts.e2b.hl7_times import HIGH, HL7, LOW, PERIOD, WIDTH
from scripts.ingest.e2b.hl7_nodes import ICH_CODES, MEDDRA, Node, of_another_list
from scripts.ingest.not_read import AGAIN, CODE_OF

ENVELOPE = "N.1"
"""What stands around the reports of a batch."""
IDS = "2.16.840.1.113883.3.989.2.1.3."
FDA = ("2.16.840.1.113883.3.26.1.1", "2.16.840.1.113883.3.989.5.1.2.")
ID, CODE = f"{HL7}id", f"{HL7}code"
TIME, PARTS_OF_TIME = f"{HL7}effectiveTime", (LOW, HIGH, WIDTH, PERIOD)
OWN_CODES = (f"{HL7}kindOfProduct", f"{HL7}observationRange")
"""Elements whose codes are of any list: identifiers of products, and the marks of low and high."""
CODED = {
    f"{HL7}{tag}": f"{ICH_CODES}{number}"
    for tag, number in (("observation", 19), ("observationEvent", 19), ("causalityAssessment", 19), ("organizer", 20),
                        ("relatedInvestigation", 22), ("investigationCharacteristic", 23), ("document", 27))
}  # fmt: skip
"""Elements of which their code says what they are, and the list that it stands in."""
NUMBERED = CODED.keys() | {ID}
TYPED = frozenset((f"{HL7}outboundRelationship1", f"{HL7}inboundRelationship"))
"""Elements that join two others in a way that their type says."""
JOINING = TYPED | {
    f"{HL7}{tag}"
    for tag in ("component", "component1", "subject", "subject1", "subject2", "subjectOf", "subjectOf1", "subjectOf2",
                "outboundRelationship", "outboundRelationship2", "reference", "referenceRange", "consumable")
}  # fmt: skip
SAYING = ("code", "extension", "unit", "displayName")
"""Attributes that say something of a case, beside a value."""
BESIDE_WORDS = "@code"
SHORT_CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}", re.ASCII)
"""What may stand in the name of an element: words of a sender stay out of it."""


@dataclass
class Place:
    """An element that may stand somewhere: whether several may; what it is called where it is not read; what may stand inside,
    None for anything."""

    several: bool = False
    unread: str = ""
    inside: dict[str, "Place"] | None = None


@cache
def _places() -> dict[str, Place]:
    text = Path(__file__).with_name("r3_places.yaml").read_text(encoding="utf-8")
    return _of_mapping(yaml.load(text, Loader=yaml.CSafeLoader))


def _of_mapping(given: dict) -> dict[str, Place]:
    places = {}
    for names, inside in given.items():
        joined, _, last = names.rpartition("/")
        for each in last.split("|"):
            key = f"{joined}/{each}" if joined else each
            unread, within = (inside, None) if isinstance(inside, str) else ("", inside and _of_mapping(inside))
            places[key.removesuffix("*")] = Place(key.endswith("*"), unread, within)
    return places


def in_report(message: Node) -> frozenset[str]:
    """The names of the elements that say something in a report and are not read."""
    around = {ENVELOPE} if message.getparent() is not None else set()
    return frozenset(name for name, _ in elements(message)) | around


def elements(message: Node) -> Iterator[tuple[str, Node]]:
    """Name and node of each element that says something and is not read."""
    waiting = [(message, _places(), "")]
    while waiting:
        node, places, within = waiting.pop()
        met: dict[str, Node] = {}
        for key, child in _inside(node):
            place = places.get(key)
            again = key in met and place is not None and not place.several
            if place is None or place.unread or again:
                if _says(child) and not (again and _words(child) == _words(met[key])):
                    unread = f"{within}{key.rpartition('/')[2]}{AGAIN if again else ''}"
                    yield (place.unread if place and place.unread and not again else unread), child
            elif child.get("code") and of_another_list(child) and node.tag not in OWN_CODES:
                yield f"{within}{key.rpartition('/')[2]}{CODE_OF}{_in_short(child.get('codeSystem') or '')}", child
            elif child.tag == TIME:
                yield from ((f"{within}effectiveTime/{part}{AGAIN}", child) for part in _told_twice(child))
            elif place.inside is not None:
                if BESIDE_WORDS in place.inside and child.get("code") and len(child):
                    yield place.inside[BESIDE_WORDS].unread, child
                name = f"{key.rpartition('/')[2]}/" if child.tag in CODED else ""
                waiting.append((child, place.inside, within + name))
            met.setdefault(key, child)


def _told_twice(time: Node) -> set[str]:
    """Parts of a time that stand in it twice and not alike: a second rhythm of dosing, for which no table has a place."""
    told: dict[str, tuple] = {}
    parts = [(_local(part.tag), (part.get("value"), part.get("unit"))) for part in time.iter(*PARTS_OF_TIME)]
    return {part for part, words in parts if told.setdefault(part, words) != words}


def _inside(node: Node) -> Iterator[tuple[str, Node]]:
    """Key and node of what stands inside; what only joins two elements stands in the key of the second."""
    told_by_code = node.tag in CODED and _number(node)
    for child in node.iterchildren("*"):
        tag = child.tag
        if tag in JOINING and len(child):
            joined = _local(tag) + (f" {child.get('typeCode')}/" if tag in TYPED else "/")
            for inner in child.iterchildren("*"):
                yield f"{joined}{_local(inner.tag)}{_number(inner) if inner.tag in NUMBERED else ''}", inner
        elif tag in NUMBERED:
            yield _local(tag) + _number(child), child
        elif not (told_by_code and tag == CODE):
            yield _local(tag), child


@cache
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _number(node: Node) -> str:
    """What tells an element from others of its name: ` 29`, ` FDA`, ` J2 of 1.2.3`; a blank where nothing does."""
    if node.tag == ID:
        space = node.get("root") or ""
        return f" {space.removeprefix(IDS)}" if space.startswith(IDS) else ""
    code = next(node.iterchildren(CODE), None)
    return (
        ""
        if code is None
        else _told((code.get("code") or "").strip(), (code.get("codeSystem") or "").strip(), CODED[node.tag])
    )


@lru_cache(1 << 12)
def _told(sent: str, system: str, of_ich: str) -> str:
    if not sent or system == MEDDRA or (not system and len(sent) > 2):
        return ""
    if system.startswith(FDA):
        return " FDA"
    code, space = map(_in_short, (sent, system or of_ich))
    return f" {code}" if system in ("", of_ich) else f" {code} of {space}"


def _in_short(sent: str) -> str:
    return sent if SHORT_CODE.fullmatch(sent) else "(in words)"


def _words(node: Node) -> list[tuple]:
    """All that an element says: its second occurrence with the same words loses nothing."""
    return [(each.tag, dict(each.attrib), (each.text or "").strip()) for each in node.iter("*")]


def _says(node: Node) -> bool:
    """Whether anything is said in an element or inside it."""
    return any(
        each.get("value") not in (None, "", "false")
        or any(each.get(attribute) for attribute in SAYING)
        or (each.text and each.text.strip())
        for each in node.iter("*")
    )
