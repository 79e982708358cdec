"""Rules for elements that another element asks for, as ICH and the FDA publish them in their lists of core data elements
(definitions: e2b-rules); each has a planted fault in the tests.

| rule                                                         | published by                                       |
|--------------------------------------------------------------|----------------------------------------------------|
| a dictionary code with its version, a version with its code  | ICH, D.7.1.r.1a and every element of its kind      |
| C.1.6.1.r.1 where C.1.6.1 is true, and not where it is false | ICH, C.1.6.1.r.1                                   |
| D.9.3 where D.9.1 is given                                   | ICH, D.9.3                                         |
| D.10.6 where anything of D.10 is given                       | ICH, D.10.6                                        |
| G.k.3.2 where G.k.3.1 is given                               | ICH, G.k.3.2                                       |
| N.2.r.3 is CDER where N.1.4 is ZZFDA                         | FDA, N.2.r.3                                       |
| the first drug is suspect or interacting, to the FDA         | FDA, G.k.1                                         |
| E.i.3.2a where E.i.7 is fatal                                | ours: a fatal reaction meets the criterion death   |
"""

from collections.abc import Iterator
from functools import cache

from lxml import etree

from scripts.documents.e2b.fault import Fault
from scripts.documents.e2b.nodes import HL7, MEDDRA, SPACES, Node

Nodes = dict[str, list[Node]]
FDA_BATCH, FDA_MESSAGE = "ZZFDA", "CDER"
VERSIONED = {
    "D.7.1.r.1": ("condition", "h:code"),
    "D.8.r.6": ("past drug", "h:outboundRelationship2/h:observation[h:code/@code='19']/h:value"),
    "D.8.r.7": ("past drug", "h:outboundRelationship2/h:observation[h:code/@code='29']/h:value"),
    "D.9.2.r.1": ("patient", "h:subjectOf2/h:observation[h:code/@code='32']/h:value"),
    "D.9.4.r.1": (
        "patient",
        "h:subjectOf2/h:observation[h:code/@code='5']/h:outboundRelationship2/h:observation[h:code/@code='8']/h:value",
    ),
    "E.i.2.1": ("reaction", "h:value"),
    "F.r.2.2": ("test", "h:code"),
    "G.k.7.r.2": ("drug", "h:inboundRelationship/h:observation[h:code/@code='19']/h:value"),
    "H.3.r.1": (
        "case",
        "h:component/h:adverseEventAssessment/h:component1/h:observationEvent[h:code/@code='15']/h:value",
    ),
}
"""Where the codes of MedDRA stand: element without its letter -> context and path."""


def faults(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Faults of all rules, in the order of this file."""
    for rule in (_versioned, _documents, _autopsy, _parent, _authorisations, _receivers, _first_drug, _fatal):
        yield from rule(root, nodes)


@cache
def _path(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces={"h": HL7})


def _all(node: Node, path: str) -> list:
    return _path(path)(node)


def _versioned(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for element, (context, path) in VERSIONED.items():
        for number, node in enumerate(nodes[context], start=1):
            for code_node in _all(node, f"{path}[@codeSystem='{MEDDRA}']"):
                code, version = code_node.get("code"), code_node.get("codeSystemVersion")
                if code and not version:
                    yield Fault(f"{element}a", f"{context} {number}", f"no version for {code}", "Give the version.")
                if version and not code:
                    yield Fault(f"{element}b", f"{context} {number}", "a version without a code", "Give the code.")


def _documents(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        flags = _all(case, "h:component/h:observationEvent[h:code/@code='1']/h:value/@value")
        named = _all(case, "h:reference/h:document[h:code/@code='1']/h:title")
        if "true" in flags and not named:
            yield Fault("C.1.6.1.r.1", "case", "documents are said to be held, and none is named", "Name them.")
        if "false" in flags and named:
            yield Fault("C.1.6.1", "case", "documents are named, and none is said to be held", "Correct one of them.")


def _autopsy(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for patient in nodes["patient"]:
        done = "h:subjectOf2/h:observation[h:code/@code='5']/h:value"
        if _all(patient, "h:player1/h:deceasedTime[@value]") and not _all(patient, done):
            yield Fault("D.9.3", "patient", "a date of death, and no word on an autopsy", "Say yes, no, or why not.")


def _parent(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for patient in nodes["patient"]:
        for role in _all(patient, "h:player1/h:role"):
            if not _all(role, "h:associatedPerson/h:administrativeGenderCode"):
                yield Fault("D.10.6", "patient", "a parent without a sex", "Give it, or the reason for none.")


def _authorisations(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, drug in enumerate(nodes["drug"], start=1):
        for approval in _all(drug, ".//h:approval[h:id]"):
            if not _all(approval, "h:author/h:territorialAuthority/h:territory/h:code"):
                yield Fault("G.k.3.2", f"drug {number}", "an authorisation without its country", "Give the country.")


def _receivers(root: Node, nodes: Nodes) -> Iterator[Fault]:
    if _to_fda(root):
        for message in nodes["message"]:
            if _all(message, f"h:receiver/h:device/h:id[@root='{SPACES}12']/@extension") != [FDA_MESSAGE]:
                what = f"a batch to {FDA_BATCH} with another receiver of its message"
                yield Fault("N.2.r.3", "message", what, f"Give {FDA_MESSAGE} as the receiver of the message.")


def _first_drug(root: Node, nodes: Nodes) -> Iterator[Fault]:
    if not _to_fda(root):
        return
    for drug in nodes["drug"][:1]:
        role = f"//h:causalityAssessment[h:code/@code='20'][h:subject2//h:id/@root='{_all(drug, 'h:id/@root')[0]}']"
        if set(root.xpath(f"{role}/h:value/@code", namespaces={"h": HL7})) - {"1", "3"}:
            yield Fault("G.k.1", "drug 1", "the first drug is not under suspicion", "Put a suspect drug first.")


def _to_fda(root: Node) -> bool:
    return _all(root, f"h:receiver/h:device/h:id[@root='{SPACES}14']/@extension") == [FDA_BATCH]


def _fatal(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, node in enumerate(nodes["reaction"], start=1):
        fatal = _all(node, "h:outboundRelationship2/h:observation[h:code/@code='27']/h:value[@code='5']")
        death = _all(node, "h:outboundRelationship2/h:observation[h:code/@code='34']/h:value[@value='true']")
        if fatal and not death:
            yield Fault("E.i.3.2a", f"reaction {number}", "a fatal outcome without the criterion death", "State it.")
