"""Rules of the FDA for messages to it, as published in its list of core and regional data elements (definitions: e2b-rules).

| rule                                          | published at                                                            |
|-----------------------------------------------|-------------------------------------------------------------------------|
| N.2.r.3 is CDER where N.1.4 is ZZFDA          | N.2.r.3                                                                 |
| no NI for C.1.7                               | C.1.7                                                                   |
| the first drug is suspect or interacting      | G.k.1                                                                   |
| what the region asks for                      | each element of ASKED; none is written here, so that each is open       |
"""

from collections.abc import Iterator

from scripts.documents.e2b.nodes import SPACES, Node
from scripts.documents.e2b.rules.fault import Fault, Nodes, found

BATCH, MESSAGE = "ZZFDA", "CDER"
SENDER = "//h:investigationEvent/h:subjectOf1/h:controlActEvent/h:author/h:assignedEntity"
ASKED = {
    "FDA.C.1.7.1": ("the kind of report", "//*[h:code/@code='C54588']"),
    "FDA.C.1.12": ("a word on whether it is of a combination product", "//*[h:code/@code='C156384']"),
    "FDA.C.2.r.2.8": (
        "an e-mail address of the reporter, or the reason for none",
        "//h:relatedInvestigation//h:assignedEntity/h:telecom",
    ),
    "C.3.3": ("the person who sends it", f"{SENDER}/h:assignedPerson/h:name"),
    "C.3.4": ("the address of the sender", f"{SENDER}/h:addr"),
    "FDA.D.11.r.1": ("the race of the patient, or the reason for none", "//*[h:code/@code='C17049']"),
    "FDA.D.12": ("the ethnic group of the patient, or the reason for none", "//*[h:code/@code='C16564']"),
    "FDA.E.i.3.2h": (
        "a word on whether an intervention was required",
        "//h:observation/h:code[@code='7'][starts-with(@codeSystem, '2.16.840.1.113883.3.989.5.1.2.')]",
    ),
}
"""Elements that the FDA requires of every report after marketing: what each says, and where it stands."""


def faults(root: Node, nodes: Nodes) -> Iterator[Fault]:
    """Faults of all rules; none in a message to anybody else."""
    if found(root, f"h:receiver/h:device/h:id[@root='{SPACES}14']/@extension") == [BATCH]:
        for rule in (_receivers, _expedited, _first_drug, _regional):
            yield from rule(root, nodes)


def _receivers(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for message in nodes["message"]:
        if found(message, f"h:receiver/h:device/h:id[@root='{SPACES}12']/@extension") != [MESSAGE]:
            what = f"a batch to {BATCH} with another receiver of its message"
            yield Fault("N.2.r.3", "message", what, f"Give {MESSAGE} as the receiver of the message.")


def _expedited(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for case in nodes["case"]:
        if found(case, "h:component/h:observationEvent[h:code/@code='23']/h:value/@nullFlavor"):
            yield Fault("C.1.7", "case", "the FDA takes no report without a yes or no here", "Say true or false.")


def _first_drug(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for drug in nodes["drug"][:1]:
        role = f"//h:causalityAssessment[h:code/@code='20'][h:subject2//h:id/@root='{found(drug, 'h:id/@root')[0]}']"
        if set(found(root, f"{role}/h:value/@code")) - {"1", "3"}:
            yield Fault("G.k.1", "drug 1", "the first drug is not under suspicion", "Put a suspect drug first.")


def _regional(root: Node, nodes: Nodes) -> Iterator[Fault]:
    for element, (what, path) in ASKED.items():
        if not found(root, path):
            cure = "Complete the message with a program for submissions to the FDA."
            yield Fault(element, "case", f"the FDA asks for {what}, which is not written here", cure)
