"""Rules that join elements of a message: required pairs, links, order of dates, what a valid case needs."""

from collections.abc import Iterator
from functools import cache

from lxml import etree

from scripts.documents.e2b.fault import Fault
from scripts.documents.e2b.nodes import HL7, LISTS, MEDDRA, OBSERVATION, SPACES, Node

Nodes = dict[str, list[Node]]
NAMES = {"h": HL7}
SUSPECT = frozenset("134")
"""Roles of which a report needs at least one: suspect, interacting, not administered."""


def faults(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Faults of all rules, in the order of this file."""
    for rule in (
        _same_identifiers,
        _one_identifier,
        _valid_case,
        _primary_source,
        _roles,
        _links,
        _code_systems,
        _study,
        _amendment,
        _other_ids,
        _native_terms,
        _versions,
        _tests,
        _pairs,
        _history,
        _order,
    ):
        yield from rule(root, nodes)


@cache
def _path(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces=NAMES)


def _all(node: Node, path: str) -> list:
    return _path(path)(node)


def _same_identifiers(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """N.2.r.1 is C.1.1, and N.2.r.4 is C.1.2."""
    for message in nodes["message"]:
        case = _all(message, f"h:controlActProcess/h:subject/h:investigationEvent/h:id[@root='{SPACES}1']/@extension")
        if _all(message, "h:id/@extension") != case:
            yield Fault("N.2.r.1", "message", "the message identifier is not C.1.1", "Use the case identifier.")
        if _all(message, "h:creationTime/@value") != _all(message, "h:controlActProcess/h:effectiveTime/@value"):
            yield Fault("N.2.r.4", "message", "the message time is not C.1.2", "Use one time for both.")


def _one_identifier(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if len(_all(case, f"h:id[@root='{SPACES}2']")) != 1:
            yield Fault("C.1.8.1", "case", "not exactly one worldwide identifier", "Keep the one first given.")


def _valid_case(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """An identifiable reporter and patient, a suspect product and a reaction."""
    for part, element in (("source", "C.2.r"), ("patient", "D"), ("reaction", "E.i"), ("drug", "G.k")):
        if not nodes[part]:
            yield Fault(element, "case", f"no {part}: not a valid case", "A report needs all four parts.")


def _primary_source(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        first = _all(case, "h:outboundRelationship[h:relatedInvestigation/h:code/@code='2']/h:priorityNumber/@value")
        if first.count("1") != 1:
            yield Fault("C.2.r.5", "case", "not exactly one primary source", "Mark one source as primary.")


def _roles(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """G.k.1 of every drug, from the list, and at least one drug under suspicion."""
    given: dict[str, str] = {}
    for case in nodes["case"]:
        for node in _all(
            case, "h:component/h:adverseEventAssessment/h:component/h:causalityAssessment[h:code/@code='20']"
        ):
            target = _all(node, "h:subject2/h:productUseReference/h:id/@root")
            given[target[0] if target else ""] = "".join(_all(node, "h:value/@code"))
    for number, drug in enumerate(nodes["drug"], start=1):
        role = given.get("".join(_all(drug, "h:id/@root")))
        if role is None:
            yield Fault("G.k.1", f"drug {number}", "the drug has no role", "Give its role.")
        elif role not in ("1", "2", "3", "4"):
            yield Fault("G.k.1", f"drug {number}", f"role '{role}' is not a code of the list", "Use 1 to 4.")
    if nodes["drug"] and not SUSPECT & set(given.values()):
        yield Fault("G.k.1", "case", "no drug is suspect, interacting or not administered", "Name the suspect drug.")


def _links(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Every judgement and interval points at a reaction, or a drug, of this report."""
    reactions = {identifier for node in nodes["reaction"] for identifier in _all(node, "h:id/@root")}
    drugs = {identifier for node in nodes["drug"] for identifier in _all(node, "h:id/@root")}
    for number, drug in enumerate(nodes["drug"], start=1):
        for sign in _all(drug, "h:outboundRelationship2/h:observation[h:code/@code='31']"):
            targets = _all(sign, "h:outboundRelationship1/h:actReference/h:id/@root")
            if not targets or not set(targets) <= reactions:
                yield Fault("G.k.9.i.4", f"drug {number}", "rechallenge points at no reaction", "Link it (G.k.9.i.1).")
        for pause in _all(drug, "h:outboundRelationship1[h:pauseQuantity]"):
            if not set(_all(pause, "h:actReference/h:id/@root")) <= reactions:
                yield Fault("G.k.9.i.3", f"drug {number}", "an interval points at no reaction", "Link it (G.k.9.i.1).")
    for node in nodes["judgement"]:
        to = set(_all(node, "h:subject1/h:adverseEffectReference/h:id/@root"))
        drug_ids = set(_all(node, "h:subject2/h:productUseReference/h:id/@root"))
        if not to or not to <= reactions or not drug_ids or not drug_ids <= drugs:
            yield Fault("G.k.9.i.2", "judgement", "points at no drug or no reaction", "Link both (G.k.9.i.1).")


def _code_systems(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Rechallenge stands in the list 16; the lists 16 and 17 are confused in public code."""
    for number, drug in enumerate(nodes["drug"], start=1):
        for code, element, system in (("31", "G.k.9.i.4", "16"), ("9", "G.k.10.r", "17")):
            for used in _all(drug, f"h:outboundRelationship2/h:observation[h:code/@code='{code}']/h:value/@codeSystem"):
                if used != LISTS + system:
                    yield Fault(element, f"drug {number}", f"code system {used}", f"Use {LISTS}{system}.")
    for node in nodes["reaction"]:
        if set(_all(node, "h:code/@codeSystem")) - {OBSERVATION} or set(_all(node, "h:value/@codeSystem")) - {MEDDRA}:
            yield Fault("E.i.2.1b", "reaction", "wrong code system", f"Use {MEDDRA}.")


def _features(case: Node, code: str) -> list[Node]:
    return _all(case, f"h:subjectOf2/h:investigationCharacteristic[h:code/@code='{code}']/h:value")


def _study(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if any(node.get("code") == "2" for node in _features(case, "1")) and not _all(
            case, f".//h:researchStudy/h:code[@codeSystem='{LISTS}8']"
        ):
            yield Fault("C.5.4", "case", "a report from a study without a study type", "State the study type.")


def _amendment(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if _features(case, "3") and not _features(case, "4"):
            yield Fault("C.1.11.2", "case", "a nullification or amendment without reason", "State the reason.")


def _other_ids(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """C.1.9.1 is true exactly where other identifiers are sent, each with its source."""
    for case in nodes["case"]:
        ids = _all(case, f"h:subjectOf1/h:controlActEvent/h:id[@root='{SPACES}3']")
        is_flagged = any(node.get("value") == "true" for node in _features(case, "2"))
        if is_flagged != bool(ids):
            yield Fault("C.1.9.1", "case", "other identifiers and their flag do not agree", "Send both or neither.")
        if any(not identifier.get("assigningAuthorityName") for identifier in ids):
            yield Fault("C.1.9.1.r.1", "case", "an identifier without its source", "Name who gave it.")


def _native_terms(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, node in enumerate(nodes["reaction"], start=1):
        if _all(node, "h:value/h:originalText[not(@language)]"):
            yield Fault("E.i.1.1b", f"reaction {number}", "a term without its language", "State it (ISO 639-2).")


def _versions(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        used = set(_all(case, f".//*[@codeSystem='{MEDDRA}']/@codeSystemVersion"))
        if len(used) > 1:
            yield Fault("E.i.2.1a", "case", f"dictionary versions {', '.join(sorted(used))}", "Use one per report.")


def _tests(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """A test needs a name, a date or its reason, and some result."""
    for number, node in enumerate(nodes["test"], start=1):
        if not _all(node, "h:code/h:originalText | h:code[@code]"):
            yield Fault("F.r.2.1", f"test {number}", "a test without a name", "Name the test.")
        if not _all(node, "h:effectiveTime"):
            yield Fault("F.r.1", f"test {number}", "neither a date nor a reason", "Give the date, or UNK.")
        if not _all(node, "h:value | h:interpretationCode"):
            yield Fault("F.r.3.4", f"test {number}", "a test without a result", "Give a value, code or words.")


def _pairs(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """A number needs its unit."""
    wanted = (
        ("patient", "D.2.2b", "h:subjectOf2/h:observation[h:code/@code='3']/h:value[@value and not(@unit)]"),
        ("patient", "D.2.2.1b", "h:subjectOf2/h:observation[h:code/@code='16']/h:value[@value and not(@unit)]"),
        (
            "patient",
            "D.10.2.2b",
            "h:player1/h:role/h:subjectOf2/h:observation[h:code/@code='3']/h:value[@value and not(@unit)]",
        ),
        ("drug", "G.k.5b", "h:outboundRelationship2/h:observation[h:code/@code='14']/h:value[@value and not(@unit)]"),
        ("drug", "G.k.6b", "h:outboundRelationship2/h:observation[h:code/@code='16']/h:value[@value and not(@unit)]"),
        ("reaction", "E.i.6b", "h:effectiveTime//h:width[@value and not(@unit)]"),
        ("test", "F.r.3.3", "h:value//h:center[@value and not(@unit)]"),
        ("dosage", "G.k.4.r.1b", "h:doseQuantity[@value and not(@unit)]"),
        ("dosage", "G.k.4.r.3", "h:effectiveTime//h:period[@value and not(@unit)]"),
        ("drug", "G.k.9.i.3.1b", "h:outboundRelationship1/h:pauseQuantity[@value and not(@unit)]"),
    )
    for context, element, path in wanted:
        for node in nodes[context]:
            if _all(node, path):
                yield Fault(element, context, "a number without its unit", "Give the unit.")


def _history(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """D.7.2 in words, or its reason, where no condition is coded."""
    for patient in nodes["patient"]:
        text = "h:subjectOf2/h:organizer[h:code/@code='1']/h:component/h:observation[h:code/@code='18']/h:value"
        if not nodes["condition"] and not _all(patient, text):
            yield Fault("D.7.2", "patient", "no history and no reason for none", "Give words, or UNK.")


def _order(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """An end does not come before its start, as far as both are known."""
    for context, element in (("reaction", "E.i.5"), ("dosage", "G.k.4.r.5"), ("condition", "D.7.1.r.4")):
        for number, node in enumerate(nodes[context], start=1):
            low, high = (_all(node, f"h:effectiveTime//h:{end}/@value")[:1] for end in ("low", "high"))
            if low and high:
                digits = min(len(low[0]), len(high[0]), 8)
                if high[0][:digits] < low[0][:digits]:
                    yield Fault(element, f"{context} {number}", f"ends {high[0]} before {low[0]}", "Correct a date.")
