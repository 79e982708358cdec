"""The roles of the drugs of an E2B(R3) report (G.k.1), which stand apart from the drugs and point at them."""

from collections.abc import Iterable, Sequence

from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.reports import Report

GRAVEST = ("suspect", "interacting", "concomitant", "not_administered")
"""Which of several roles of one drug counts: a drug that anybody suspects is not left out."""


def of_drugs(judgements: Iterable[Node], drugs: Sequence[str], report: Report) -> dict[str, str]:
    """Identifier of a drug -> its role. What does not fit is a finding, and the report is read on.

    drugs  the identifiers of the drugs, in their order; of several roles of one the gravest counts
    """
    roles_by_drug: dict[str, list[str]] = {}
    for node in judgements:
        roles_by_drug.setdefault(drug_link(node), []).append(hl7.coded(hl7.value(node), "drug_role"))
    for identifier, roles in roles_by_drug.items():
        if identifier not in drugs:
            _note(
                report, roles[0], "a drug role points at no drug of this report", "Ask the sender which drug is meant."
            )
        elif len(set(roles)) > 1:
            what = f"one drug has {len(roles)} roles; read as {_gravest(roles)}"
            _note(report, "; ".join(roles), what, "Ask the sender for its role (G.k.1).")
    for identifier in dict.fromkeys(drug for drug in drugs if drug and drugs.count(drug) > 1):
        what = f"{drugs.count(identifier)} drugs share one identifier; each is read as a drug of its own"
        _note(report, identifier, what, "Ask the sender which of them the judgements mean.", "course")
    return {identifier: _gravest(roles) for identifier, roles in roles_by_drug.items()}


def _gravest(roles: Iterable[str]) -> str:
    return min(roles, key=lambda role: GRAVEST.index(role) if role in GRAVEST else len(GRAVEST))


def _note(report: Report, value: str, what: str, cure: str, column: str = "role") -> None:
    report.note("courses", column, value, what, cure)


def drug_link(node: Node) -> str:
    """The identifier of the drug that a judgement points at."""
    return hl7.link(hl7.at(node, "subject2", "productUseReference"))
