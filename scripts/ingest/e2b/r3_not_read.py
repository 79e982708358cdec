"""Elements of E2B(R3) that no reader reads: where they stand in a message, and which of them a report holds."""

from functools import cache

from lxml import etree

from schemas.codes import crosswalk
from scripts.ingest.e2b.hl7_nodes import Node

PREFIX = {"h": "urn:hl7-org:v3"}


@cache
def _paths() -> dict[str, etree.XPath]:
    return {number: etree.XPath(where, namespaces=PREFIX) for number, where in crosswalk("not_read", "e2b_r3").items()}


def in_report(message: Node) -> frozenset[str]:
    """The elements, by their numbers, that stand in a message and are not read."""
    return frozenset(number for number, path in _paths().items() if path(message))
