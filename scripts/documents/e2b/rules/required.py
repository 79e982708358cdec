"""Rules for elements that another element asks for, as ICH and the FDA publish them in their lists of core data elements
(definitions: e2b-rules); each has a planted fault in the tests.

| rule                                                         | published by                                       |
|--------------------------------------------------------------|----------------------------------------------------|
| a dictionary code with its version, a version with its code  | ICH, D.7.1.r.1a and every element of its kind      |
| C.1.6.1.r.1 where C.1.6.1 is true, and not where it is false | ICH, C.1.6.1.r.1                                   |
| D.9.3 where D.9.1 is given                                   | ICH, D.9.3                                         |
| D.10.6 where anything of D.10 is given                       | ICH, D.10.6                                        |
| G.k.3.2 where G.k.3.1 is given                               | ICH, G.k.3.2                                       |
| C.2.r.3 and C.2.r.4 of the primary source                    | ICH, C.2.r.3 and C.2.r.4                           |
| C.3.2 unless the sender is a patient                         | ICH, C.3.2                                         |
| D.9.2.r.2, D.9.4.r.2 where the cause is coded                | ICH, D.9.2.r.2 and D.9.4.r.2                       |
| no E.i.8 where a health professional reports                 | ICH, E.i.8                                         |
| D.8.r.1 of a past drug of which anything is told             | ICH, D.8.r.1                                       |
| F.r.4 not above F.r.5 in the same unit                       | ours: the low end of a range is the lower one      |
| C.1.10.r is another report                                   | ours: a report is not linked to itself             |
| E.i.3.2a where E.i.7 is fatal                                | ours: a fatal reaction meets the criterion death   |
| no D.9.4 where D.9.3 is false                                | ours: there was nothing to find a cause in         |
"""

from collections.abc import Iterator

from schemas.fields import is_number
from scripts.documents.e2b.nodes import MEDDRA, Node
from scripts.documents.e2b.rules.fault import Fault, Nodes, found

PROFESSIONALS, PATIENT = frozenset("123"), "7"
"""Qualifications of health professionals (C.2.r.4), and the type of a sender who is a patient (C.3.1)."""
AUTOPSY = "h:subjectOf2/h:observation[h:code/@code='5']"
CAUSE = "h:subjectOf2/h:observation[h:code/@code='32']/h:value"
CAUSE_AT_AUTOPSY = f"{AUTOPSY}/h:outboundRelationship2/h:observation[h:code/@code='8']/h:value"
VERSIONED = {
    "D.7.1.r.1": ("condition", "h:code"),
    "D.8.r.6": ("past drug", "h:outboundRelationship2/h:observation[h:code/@code='19']/h:value"),
    "D.8.r.7": ("past drug", "h:outboundRelationship2/h:observation[h:code/@code='29']/h:value"),
    "D.9.2.r.1": ("patient", CAUSE),
    "D.9.4.r.1": ("patient", CAUSE_AT_AUTOPSY),
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
    for rule in (
        _versioned,
        _documents,
        _autopsy,
        _causes,
        _parent,
        _authorisations,
        _reporter,
        _sender,
        _fatal,
        _past_drugs,
        _ranges,
        _linked,
    ):
        yield from rule(root, nodes)


def _versioned(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for element, (context, path) in VERSIONED.items():
        for number, node in enumerate(nodes[context], start=1):
            for code_node in found(node, f"{path}[@codeSystem='{MEDDRA}']"):
                code, version = code_node.get("code"), code_node.get("codeSystemVersion")
                if code and not version:
                    yield Fault(f"{element}a", f"{context} {number}", f"no version for {code}", "Give the version.")
                if version and not code:
                    yield Fault(f"{element}b", f"{context} {number}", "a version without a code", "Give the code.")


def _documents(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        flags = found(case, "h:component/h:observationEvent[h:code/@code='1']/h:value/@value")
        named = found(case, "h:reference/h:document[h:code/@code='1']/h:title")
        if "true" in flags and not named:
            yield Fault("C.1.6.1.r.1", "case", "documents are said to be held, and none is named", "Name them.")
        if "false" in flags and named:
            yield Fault("C.1.6.1", "case", "documents are named, and none is said to be held", "Correct one of them.")


def _autopsy(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for patient in nodes["patient"]:
        if found(patient, "h:player1/h:deceasedTime[@value]") and not found(patient, f"{AUTOPSY}/h:value"):
            yield Fault("D.9.3", "patient", "a date of death, and no word on an autopsy", "Say yes, no, or why not.")


def _parent(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for patient in nodes["patient"]:
        for role in found(patient, "h:player1/h:role"):
            if not found(role, "h:associatedPerson/h:administrativeGenderCode"):
                yield Fault("D.10.6", "patient", "a parent without a sex", "Give it, or the reason for none.")


def _authorisations(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, drug in enumerate(nodes["drug"], start=1):
        for approval in found(drug, ".//h:approval[h:id]"):
            if not found(approval, "h:author/h:territorialAuthority/h:territory/h:code"):
                yield Fault("G.k.3.2", f"drug {number}", "an authorisation without its country", "Give the country.")


def _reporter(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Country and qualification of the primary source; whether a reaction is medically confirmed, only where it is not one."""
    first = "h:outboundRelationship[h:priorityNumber/@value='1']//h:assignedPerson"
    for case in nodes["case"]:
        for person in found(case, first):
            if not found(person, "h:asLocatedEntity/h:location/h:code"):
                yield Fault("C.2.r.3", "source", "no country of the primary source", "Give it, or the reason for none.")
            if not found(person, "h:asQualifiedEntity/h:code"):
                yield Fault("C.2.r.4", "source", "no qualification of the primary source", "Give it, or UNK.")
        qualified = set(found(case, f"{first}/h:asQualifiedEntity/h:code/@code")) & PROFESSIONALS
        if qualified and found(case, ".//h:observation[h:id]/h:outboundRelationship2/h:observation[h:code/@code='24']"):
            what = "medical confirmation is not sent where a health professional reports"
            yield Fault("E.i.8", "reaction", what, "Leave it out, or correct the qualification (C.2.r.4).")


def _sender(root: Node, nodes: Nodes) -> Iterator[Fault]:
    who = "h:subjectOf1/h:controlActEvent/h:author/h:assignedEntity"
    for case in nodes["case"]:
        for sender in found(case, who):
            name = "h:representedOrganization/h:assignedEntity/h:representedOrganization/h:name"
            if not found(sender, f"h:code[@code='{PATIENT}']") and not found(sender, f"{name}/text()"):
                yield Fault("C.3.2", "case", "a sender without its organisation", "Name it.")


def _causes(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """A coded cause of death has its words, and one found at autopsy an autopsy."""
    for patient in nodes["patient"]:
        for element, path in (("D.9.2.r.2", CAUSE), ("D.9.4.r.2", CAUSE_AT_AUTOPSY)):
            if found(patient, f"{path}[@code][not(h:originalText/text())]"):
                yield Fault(element, "patient", "a coded cause of death without its words", "Give the words.")
        if found(patient, f"{AUTOPSY}[h:value/@value='false']/h:outboundRelationship2"):
            yield Fault("D.9.3", "patient", "a cause found at an autopsy that was not done", "Correct one of them.")


def _fatal(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, node in enumerate(nodes["reaction"], start=1):
        fatal = found(node, "h:outboundRelationship2/h:observation[h:code/@code='27']/h:value[@code='5']")
        death = found(node, "h:outboundRelationship2/h:observation[h:code/@code='34']/h:value[@value='true']")
        if fatal and not death:
            yield Fault("E.i.3.2a", f"reaction {number}", "a fatal outcome without the criterion death", "State it.")


def _past_drugs(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, node in enumerate(nodes["past drug"], start=1):
        name = "h:consumable/h:instanceOfKind/h:kindOfProduct/h:name[text() or @nullFlavor]"
        if not found(node, name):
            yield Fault("D.8.r.1", f"past drug {number}", "a past drug without its name", "Name it, or give UNK.")


def _ranges(root: Node, nodes: Nodes) -> Iterator[Fault]:
    limit = "h:referenceRange/h:observationRange[h:interpretationCode/@code='{}']/h:value[@value]"
    for number, node in enumerate(nodes["test"], start=1):
        low, high = (found(node, limit.format(mark))[:1] for mark in "LH")
        if low and high and low[0].get("unit") == high[0].get("unit"):
            ends = [end[0].get("value", "") for end in (low, high)]
            if all(map(is_number, ends)) and float(ends[0]) > float(ends[1]):
                what = f"the range begins at {ends[0]} and ends at {ends[1]}"
                yield Fault("F.r.4", f"test {number}", what, "Correct one of them.")


def _linked(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        own = found(case, "h:id/@extension")
        if set(own) & set(
            found(case, "h:outboundRelationship/h:relatedInvestigation//h:controlActEvent/h:id/@extension")
        ):
            yield Fault("C.1.10.r", "case", "the report is linked to itself", "Link it to another, or leave it out.")
