"""Finding one's way in an E2B(R3) message: children by name, observations by code, coded cells."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from lxml import etree

from scripts.e2b.hl7_times import HL7, reason, sent
from scripts.e2b.translation import ours
from scripts.ingest.e2b.xml_stream import text
from scripts.ingest.reports import in_order

ICH_CODES = "2.16.840.1.113883.3.989.2.1.1."
OBSERVATION, CATEGORY, AUTHOR, RELATION, CHARACTERISTIC, DOCUMENT = (
    f"{ICH_CODES}{list_number}" for list_number in (19, 20, 21, 22, 23, 27)
)
MEDDRA = "2.16.840.1.113883.6.163"
SYSTEMS = (
    MEDDRA,
    *(f"2.16.840.1.113883.{number}" for number in ("3.989.", "1.18", "5.4", "5.111")),
    *("1.0.5218", "1.0.3166.", "1.0.639.", "0.4.0.127.0.16.1.1.2."),
)
"""The systems whose codes E2B uses, each by its beginning."""

Node: TypeAlias = etree._Element


TRUTHS = {"true": "true", "1": "true", "false": "false", "0": "false"}


def at(node: Node | None, *path: str) -> Node | None:
    """The first descendant along a path of child names."""
    for tag in path:
        if node is None:
            return None
        node = next(node.iterchildren(HL7 + tag), None)
    return node


def every(node: Node | None, *path: str) -> Iterator[Node]:
    """All descendants along a path of child names, in document order."""
    if node is None:
        return
    first, *rest = path
    for child in node.iterchildren(HL7 + first):
        if rest:
            yield from every(child, *rest)
        else:
            yield child


def code(node: Node | None, system: str) -> str:
    """The @code of a node's `code` child if it belongs to this code system (or names none)."""
    child = at(node, "code")
    if child is None or child.get("codeSystem", system).strip() != system:
        return ""
    return (child.get("code") or "").strip()


def by_code(nodes: Iterator[Node], system: str = OBSERVATION) -> dict[str, list[Node]]:
    """Nodes grouped by their code in a system."""
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        groups.setdefault(code(node, system), []).append(node)
    return groups


def value(node: Node | None) -> Node | None:
    """The `value` child."""
    return at(node, "value")


def first(groups: dict[str, list[Node]], number: str) -> Node | None:
    """The first observation with this code."""
    return next(iter(groups.get(number, ())), None)


def of_another_list(element: Node) -> bool:
    """Whether the code of a value belongs to a system that E2B does not use: it says something else than E2B's own."""
    return not (element.get("codeSystem") or MEDDRA).strip().startswith(SYSTEMS)


def coded(element: Node | None, codelist: str) -> str:
    """Our code for a CE value. The 2011 draft stylesheet writes @value for @code; that is tolerated. A code of another list is none."""
    if element is None or of_another_list(element):
        return ""
    sent_code = (element.get("code") or element.get("value") or "").strip()
    return ours(codelist, "e2b_r3", sent_code) if sent_code else _reason(element)


def truth(element: Node | None) -> str:
    """yes, no, or the reason for neither. NI on a seriousness criterion means not reported, never no. XML has 1 and 0 for true
    and false too, and some programs write either in capitals."""
    words = sent(element)
    return ours("yes_no", "e2b_r3", TRUTHS.get(words.lower(), words))


def words_or_reason(element: Node | None) -> str:
    """The text of an element, or the reason for its absence."""
    return text(element) or _reason(element)


def _reason(element: Node | None) -> str:
    flavour = None if element is None else element.get("nullFlavor")
    return reason(flavour) if flavour else ""


def term(element: Node | None) -> str:
    """The words of a coded value: as reported, else the display name sent with the code, else the reason."""
    if element is None:
        return ""
    shown = (element.get("displayName") or "").strip()
    return words_or_reason(at(element, "originalText")) or shown or _reason(element)


def term_code(element: Node | None) -> str:
    """The code of a coded value, passed through as sent."""
    return "" if element is None else (element.get("code") or "").strip()


def term_or_code(element: Node | None) -> str:
    """The words of a coded value, or its code where it has none; one of another list with the name of its list."""
    words = term(element) or term_code(element)
    if element is None or not words or words != term_code(element) or not of_another_list(element):
        return words
    return f"code {words} of {element.get('codeSystem')}"


def of_dictionary(element: Node | None) -> tuple[str, str]:
    """Code and version of a value in MedDRA, or in a system that is not named; no code of another list is taken for one."""
    if element is None or element.get("codeSystem", MEDDRA).strip() not in (MEDDRA, ""):
        return "", ""
    return term_code(element), version(element)


def version(element: Node | None) -> str:
    """The version of the list of a coded value, as sent."""
    return "" if element is None else (element.get("codeSystemVersion") or "").strip()


def amount(element: Node | None) -> str:
    """Number and unit as sent: `12 wk`, or the reason for none."""
    return f"{sent(element)} {'' if element is None else element.get('unit') or ''}".strip()


def beside(elements: Iterable[Node | None], column: str) -> dict[str, str]:
    """Cells `column_code` and `column_version` of the values whose words stand in the cell `column`, in their order."""
    every = list(map(of_dictionary, elements))
    return {
        f"{column}_code": in_order(code for code, _ in every),
        f"{column}_version": in_order(version for _, version in every),
    }


def link(node: Node | None) -> str:
    """The identifier a reference points at."""
    identifier = at(node, "id")
    return "" if identifier is None else identifier.get("root") or identifier.get("extension") or ""
