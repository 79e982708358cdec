"""Rules that join elements of a message: required pairs, links, order of dates, what a valid case needs."""

from collections.abc import Iterator

from scripts.documents.e2b.nodes import (
    CATEGORY,
    CHARACTERISTIC,
    LISTS,
    MEDDRA,
    OBSERVATION,
    RELATION,
    SPACES,
    Node,
)
from scripts.documents.e2b.rules.fault import Fault, Nodes, found

PARTS = {"reaction": "E.i", "test": "F.r", "drug": "G.k", "judgement": "G.k.9.i", "patient": "D", "case": "C"}
"""Parts of a message, the inner ones first."""
LISTED = {
    "observation": (OBSERVATION, MEDDRA),
    "observationEvent": (OBSERVATION,),
    "causalityAssessment": (OBSERVATION,),
    "organizer": (CATEGORY,),
    "investigationCharacteristic": (CHARACTERISTIC,),
    "relatedInvestigation": (RELATION,),
    "document": (f"{LISTS}27",),
}
ENDS = (("reaction", "E.i.5"), ("dosage", "G.k.4.r.5"), ("condition", "D.7.1.r.4"), ("past drug", "D.8.r.5"))
"""Parts with a start and an end, and the element of the end."""
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
        _history,
        _order,
    ):
        yield from rule(root, nodes)


def _same_identifiers(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """N.2.r.1 is C.1.1, and N.2.r.4 is C.1.2."""
    for message in nodes["message"]:
        case = found(message, f"h:controlActProcess/h:subject/h:investigationEvent/h:id[@root='{SPACES}1']/@extension")
        if found(message, "h:id/@extension") != case:
            yield Fault("N.2.r.1", "message", "the message identifier is not C.1.1", "Use the case identifier.")
        if found(message, "h:creationTime/@value") != found(message, "h:controlActProcess/h:effectiveTime/@value"):
            yield Fault("N.2.r.4", "message", "the message time is not C.1.2", "Use one time for both.")


def _one_identifier(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if len(found(case, f"h:id[@root='{SPACES}2']")) != 1:
            yield Fault("C.1.8.1", "case", "not exactly one worldwide identifier", "Keep the one first given.")


def _valid_case(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """An identifiable reporter and patient, a suspect product and a reaction."""
    for part, element in (("source", "C.2.r"), ("patient", "D"), ("reaction", "E.i"), ("drug", "G.k")):
        if not nodes[part]:
            yield Fault(element, "case", f"no {part}: not a valid case", "A report needs all four parts.")


def _primary_source(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        first = found(case, "h:outboundRelationship[h:relatedInvestigation/h:code/@code='2']/h:priorityNumber/@value")
        if first.count("1") != 1:
            yield Fault("C.2.r.5", "case", "not exactly one primary source", "Mark one source as primary.")


def _roles(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """G.k.1 of every drug, from the list, and at least one drug under suspicion."""
    given: dict[str, list[Node]] = {}
    for case in nodes["case"]:
        for node in found(
            case, "h:component/h:adverseEventAssessment/h:component/h:causalityAssessment[h:code/@code='20']"
        ):
            target = found(node, "h:subject2/h:productUseReference/h:id/@root")
            given.setdefault(target[0] if target else "", []).extend(found(node, "h:value"))
    for number, drug in enumerate(nodes["drug"], start=1):
        roles = given.get("".join(found(drug, "h:id/@root")), [])
        if len(roles) != 1:
            what = "the drug has several roles" if roles else "the drug has no role"
            yield Fault("G.k.1", f"drug {number}", what, "Give its role.")
        for role in roles:
            if role.get("code") not in ("1", "2", "3", "4") or role.get("codeSystem") != f"{LISTS}13":
                what = f"role '{role.get('code')}' is not a code of the list"
                yield Fault("G.k.1", f"drug {number}", what, f"Use 1 to 4 of {LISTS}13.")
    if nodes["drug"] and not SUSPECT & {role.get("code") for roles in given.values() for role in roles}:
        yield Fault("G.k.1", "case", "no drug is suspect, interacting or not administered", "Name the suspect drug.")


def _links(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Every judgement and interval points at a reaction, or a drug, of this report."""
    of_reactions, of_drugs = (
        [i for node in nodes[part] for i in found(node, "h:id/@root")] for part in ("reaction", "drug")
    )
    for element, ids in (("E.i", of_reactions), ("G.k", of_drugs)):
        if len(ids) > len(set(ids)):
            yield Fault(element, "case", "two of them share one identifier", "Give each its own.")
    reactions, drugs = set(of_reactions), set(of_drugs)
    for number, drug in enumerate(nodes["drug"], start=1):
        judged: list[str] = []
        for sign in found(drug, "h:outboundRelationship2/h:observation[h:code/@code='31']"):
            targets = found(sign, "h:outboundRelationship1/h:actReference/h:id/@root")
            judged += targets
            if not targets or not set(targets) <= reactions:
                yield Fault("G.k.9.i.4", f"drug {number}", "rechallenge points at no reaction", "Link it (G.k.9.i.1).")
        if len(judged) > len(set(judged)):
            what = "several answers on one reaction"
            yield Fault("G.k.9.i.4", f"drug {number}", what, "Keep one.")
        for kind, element in (("SAS", "G.k.9.i.3.1a"), ("SAE", "G.k.9.i.3.2a")):
            ends = found(drug, f"h:outboundRelationship1[@typeCode='{kind}']/h:actReference/h:id/@root")
            if len(ends) > len(set(ends)):
                yield Fault(element, f"drug {number}", "several intervals to one reaction", "Keep one.")
        for pause in found(drug, "h:outboundRelationship1[h:pauseQuantity]"):
            if not set(found(pause, "h:actReference/h:id/@root")) <= reactions:
                yield Fault("G.k.9.i.3", f"drug {number}", "an interval points at no reaction", "Link it (G.k.9.i.1).")
    for node in nodes["judgement"]:
        to = set(found(node, "h:subject1/h:adverseEffectReference/h:id/@root"))
        drug_ids = set(found(node, "h:subject2/h:productUseReference/h:id/@root"))
        if not to or not to <= reactions or not drug_ids or not drug_ids <= drugs:
            yield Fault("G.k.9.i.2", "judgement", "points at no drug or no reaction", "Link both (G.k.9.i.1).")


def _code_systems(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """What an observation or another coded part is stands in a list of ICH, and a code of another list says something else."""
    judged: set[Node] = set()
    for context, element in PARTS.items():
        for number, part in enumerate(nodes[context], start=1):
            for coded, lists in LISTED.items():
                for code in found(part, f"descendant-or-self::h:{coded}/h:code[@code]"):
                    if code not in judged and code.get("codeSystem") not in lists:
                        what = f"{coded} {code.get('code')}: code system {code.get('codeSystem') or '(none)'}"
                        yield Fault(element, f"{context} {number}", what, f"Use {lists[0]}.")
                    judged.add(code)


def _features(case: Node, code: str) -> list[Node]:
    return found(case, f"h:subjectOf2/h:investigationCharacteristic[h:code/@code='{code}']/h:value")


def _study(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if any(node.get("code") == "2" for node in _features(case, "1")) and not found(
            case, f".//h:researchStudy/h:code[@codeSystem='{LISTS}8']"
        ):
            yield Fault("C.5.4", "case", "a report from a study without a study type", "State the study type.")


def _amendment(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if _features(case, "3") and not _features(case, "4"):
            yield Fault("C.1.11.2", "case", "a nullification or amendment without reason", "State the reason.")
        if _features(case, "4") and not _features(case, "3"):
            yield Fault(
                "C.1.11.1", "case", "a reason for a nullification or amendment that is none", "Say which it is."
            )


def _other_ids(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """C.1.9.1 is true exactly where other identifiers are sent, each with its source."""
    for case in nodes["case"]:
        ids = found(case, f"h:subjectOf1/h:controlActEvent/h:id[@root='{SPACES}3']")
        is_flagged = any(node.get("value") == "true" for node in _features(case, "2"))
        if is_flagged != bool(ids):
            yield Fault("C.1.9.1", "case", "other identifiers and their flag do not agree", "Send both or neither.")
        if any(not identifier.get("assigningAuthorityName") for identifier in ids):
            yield Fault("C.1.9.1.r.1", "case", "an identifier without its source", "Name who gave it.")


def _native_terms(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for number, node in enumerate(nodes["reaction"], start=1):
        if found(node, "h:value/h:originalText[not(@language)]"):
            yield Fault("E.i.1.1b", f"reaction {number}", "a term without its language", "State it (ISO 639-2).")


def _versions(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        used = set(found(case, f".//*[@codeSystem='{MEDDRA}']/@codeSystemVersion"))
        if len(used) > 1:
            yield Fault("E.i.2.1a", "case", f"dictionary versions {', '.join(sorted(used))}", "Use one per report.")


def _tests(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """A test needs a name, a date or its reason, and some result."""
    for number, node in enumerate(nodes["test"], start=1):
        if not found(node, "h:code/h:originalText | h:code[@code]"):
            yield Fault("F.r.2.1", f"test {number}", "a test without a name", "Name the test.")
        if not found(node, "h:effectiveTime"):
            yield Fault("F.r.1", f"test {number}", "neither a date nor a reason", "Give the date, or UNK.")
        if not found(node, "h:value | h:interpretationCode"):
            yield Fault("F.r.3.4", f"test {number}", "a test without a result", "Give a value, code or words.")


def _history(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """D.7.2 in words, or its reason, where no condition is coded."""
    for patient in nodes["patient"]:
        text = "h:subjectOf2/h:organizer[h:code/@code='1']/h:component/h:observation[h:code/@code='18']/h:value"
        if not nodes["condition"] and not found(patient, text):
            yield Fault("D.7.2", "patient", "no history and no reason for none", "Give words, or UNK.")


def _order(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """An end does not come before its start, as far as both are known, nor the latest information before the first."""
    for case in nodes["case"]:
        first, latest = found(case, "h:effectiveTime/h:low/@value"), found(case, "h:availabilityTime/@value")
        if first and latest and latest[0][:8] < first[0][:8]:
            yield Fault("C.1.5", "case", f"{latest[0]} comes before the first receipt, {first[0]}", "Correct a date.")
    for context, element in ENDS:
        for number, node in enumerate(nodes[context], start=1):
            low, high = (found(node, f"h:effectiveTime//h:{end}/@value")[:1] for end in ("low", "high"))
            if low and high:
                digits = min(len(low[0]), len(high[0]), 8)
                if high[0][:digits] < low[0][:digits]:
                    yield Fault(element, f"{context} {number}", f"ends {high[0]} before {low[0]}", "Correct a date.")
