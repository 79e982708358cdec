"""How a fault is planted in a sound E2B(R3) message: what is set, taken out, doubled or put in."""

from collections.abc import Callable

from lxml import etree

from scripts.documents.e2b.nodes import HL7, XSI

NAMES = {"h": HL7}
REACTION = "//h:subjectOf2/h:observation[h:id]"
DRUG = "//h:organizer[h:code/@code='4']/h:component/h:substanceAdministration"
CASE = "//h:investigationEvent"


def part(code: str) -> str:
    return f"{REACTION}/h:outboundRelationship2[h:observation/h:code/@code='{code}']"


def attribute(path: str, attribute_name: str, value: str) -> Callable:
    """Set an attribute of the first node."""
    return lambda root: one(root, path).set(attribute_name, value)


def without(path: str) -> Callable:
    """Remove the first node."""

    def remove(root):
        node = one(root, path)
        node.getparent().remove(node)

    return remove


def reason(path: str, flavour: str) -> Callable:
    """Turn the first node's value into a nullFlavor."""

    def flavoured(root):
        node = one(root, path)
        for attribute_name in ("value", "code", "codeSystem"):
            node.attrib.pop(attribute_name, None)
        node.text = None
        node.set("nullFlavor", flavour)

    return flavoured


def text(path: str, words: str) -> Callable:
    def put(root):
        one(root, path).text = words

    return put


def twice(path: str) -> Callable:
    """Repeat the first node."""

    def repeat(root):
        node = one(root, path)
        node.addnext(etree.fromstring(etree.tostring(node)))

    return repeat


def one(root, path):
    return root.xpath(path, namespaces=NAMES)[0]


def bare(path: str, attribute_name: str) -> Callable:
    """Take an attribute from the first node."""
    return lambda root: one(root, path).attrib.pop(attribute_name)


def grown(path: str, inside: str, *, before: bool = False) -> Callable:
    """Put an element behind the first node, or before it."""

    def grow(root):
        node, new = one(root, path), etree.fromstring(f'<x xmlns="{HL7}" xmlns:xsi="{XSI}">{inside}</x>')[0]
        (node.addprevious if before else node.addnext)(new)

    return grow


def several(*plants: Callable) -> Callable:
    return lambda root: [plant(root) for plant in plants]
