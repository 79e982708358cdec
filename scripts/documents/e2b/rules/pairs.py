"""A number is sent with its unit and a unit with its number (ICH, D.2.2a and every element of its kind)."""

from collections.abc import Iterator

from scripts.documents.e2b.nodes import Node
from scripts.documents.e2b.rules.fault import Fault, Nodes, found

PARENT = "h:player1/h:role/h:subjectOf2/h:observation"
RANGE = "h:referenceRange/h:observationRange[h:interpretationCode/@code='{}']/h:value"
PAIRS = (
    ("patient", "D.2.2a", "D.2.2b", "h:subjectOf2/h:observation[h:code/@code='3']/h:value"),
    ("patient", "D.2.2.1a", "D.2.2.1b", "h:subjectOf2/h:observation[h:code/@code='16']/h:value"),
    ("patient", "D.10.2.2a", "D.10.2.2b", f"{PARENT}[h:code/@code='3']/h:value"),
    ("reaction", "E.i.6a", "E.i.6b", "h:effectiveTime//h:width"),
    ("test", "F.r.3.2", "F.r.3.3", "h:value//*[self::h:center or self::h:low or self::h:high][not(@nullFlavor)]"),
    ("test", "F.r.4", "F.r.4", RANGE.format("L")),
    ("test", "F.r.5", "F.r.5", RANGE.format("H")),
    ("drug", "G.k.2.3.r.3a", "G.k.2.3.r.3b", "h:consumable//h:ingredient/h:quantity/h:numerator"),
    ("drug", "G.k.5a", "G.k.5b", "h:outboundRelationship2/h:observation[h:code/@code='14']/h:value"),
    ("drug", "G.k.6a", "G.k.6b", "h:outboundRelationship2/h:observation[h:code/@code='16']/h:value"),
    ("drug", "G.k.9.i.3.1a", "G.k.9.i.3.1b", "h:outboundRelationship1[@typeCode='SAS']/h:pauseQuantity"),
    ("drug", "G.k.9.i.3.2a", "G.k.9.i.3.2b", "h:outboundRelationship1[@typeCode='SAE']/h:pauseQuantity"),
    ("dosage", "G.k.4.r.1a", "G.k.4.r.1b", "h:doseQuantity"),
    ("dosage", "G.k.4.r.2", "G.k.4.r.3", "h:effectiveTime//h:period"),
    ("dosage", "G.k.4.r.6a", "G.k.4.r.6b", "h:effectiveTime//h:width"),
)
"""Where a pair stands, its two elements, and the path from there."""


def faults(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """A fault for each half of a pair."""
    for context, of_number, of_unit, path in PAIRS:
        for place, node in enumerate(nodes[context], start=1):
            for quantity in found(node, path):
                if quantity.get("value") and not quantity.get("unit"):
                    yield Fault(of_unit, f"{context} {place}", "a number without its unit", "Give the unit.")
                if quantity.get("unit") and not quantity.get("value"):
                    yield Fault(of_number, f"{context} {place}", "a unit without its number", "Give the number.")
