"""A breach of a rule for messages, and how rules find the nodes that they judge."""

from dataclasses import dataclass
from functools import cache

from lxml import etree

from scripts.documents.e2b.nodes import HL7, Node

Nodes = dict[str, list[Node]]
"""Context -> its nodes (scripts.documents.e2b.rules.elements)."""


@dataclass(frozen=True)
class Fault:
    """`element` as ICH numbers it; `place` is the reaction, drug or part of the message."""

    element: str
    place: str
    what: str
    cure: str


def found(node: Node, path: str) -> list:
    """What stands on a path from a node; `h:` is the space of names of HL7."""
    return _compiled(path)(node)


@cache
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces={"h": HL7})
