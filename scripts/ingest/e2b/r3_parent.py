"""The parent of an E2B(R3) report (D.10).

A parent's conditions and drugs are one text of the case, a line each: no rule may take them for the patient's. Name and
birth date of the parent are personal data and are not looked at.
"""

from scripts.e2b.hl7_times import edtf, sent, times
from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b import r3_measures
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.e2b.xml_stream import text
from scripts.ingest.reports import Report, has_value, line_of


def cells(player: Node | None, report: Report) -> dict[str, str]:
    """Cells of `cases` on the parent, the only role that E2B gives a patient; none without one."""
    role = hl7.at(player, "role")
    if role is None:
        return {}
    observations = hl7.by_code(hl7.every(role, "subjectOf2", "observation"))
    organizers = hl7.by_code(hl7.every(role, "subjectOf2", "organizer"), hl7.CATEGORY)
    return {
        "parent_age": hl7.amount(hl7.value(hl7.first(observations, "3"))),
        "parent_sex": hl7.coded(hl7.at(role, "associatedPerson", "administrativeGenderCode"), "sex"),
        "parent_last_menstrual": edtf(sent(hl7.value(hl7.first(observations, "22")))),
        **r3_measures.cells(observations, report, {"parent_weight": "D.10.4", "parent_height": "D.10.5"}),
        "parent_history": "\n".join(filter(None, _history(organizers))),
    }


def _history(organizers: dict[str, list[Node]]) -> list[str]:
    """D.10.7.1, D.10.8 and D.10.7.2, a line each."""
    conditions = [node for group in organizers.get("1", ()) for node in hl7.every(group, "component", "observation")]
    drugs = [
        node for group in organizers.get("2", ()) for node in hl7.every(group, "component", "substanceAdministration")
    ]
    words = [text(hl7.value(node)) for node in conditions if hl7.code(node, hl7.OBSERVATION) == "18"]
    coded = [node for node in conditions if hl7.code(node, hl7.OBSERVATION) != "18"]
    return [*map(_condition, coded), *map(_drug, drugs), *words]


def _condition(node: Node) -> str:
    coded_term, when = hl7.at(node, "code"), times(hl7.at(node, "effectiveTime"))
    parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
    marks = hl7.by_code(hl7.every(node, "inboundRelationship", "observation"))
    code, version = hl7.of_dictionary(coded_term)
    return line_of(
        "condition",
        hl7.term_or_code(coded_term),
        code=code if hl7.term(coded_term) else "",
        version=version,
        **_dates(when.low, when.high),
        continuing=hl7.truth(hl7.value(hl7.first(marks, "13"))),
        comment=text(hl7.value(hl7.first(parts, "10"))),
    )


def _drug(node: Node) -> str:
    product, when = hl7.at(node, "consumable", "instanceOfKind", "kindOfProduct"), times(hl7.at(node, "effectiveTime"))
    parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
    told: dict[str, str] = {}
    for key, number in (("indication", "19"), ("reaction", "29")):
        value = hl7.value(hl7.first(parts, number))
        code, version = hl7.of_dictionary(value)
        told |= {key: hl7.term(value), f"{key}_code": code, f"{key}_version": version}
    identifier = hl7.at(product, "code")
    return line_of(
        "past drug",
        hl7.words_or_reason(hl7.at(product, "name")),
        identifier=hl7.term_code(identifier),
        identifier_version=hl7.version(identifier),
        **_dates(when.low, when.high),
        **told,
    )


def _dates(low: str, high: str) -> dict[str, str]:
    return {key: edtf(stamp) if has_value(stamp) else stamp for key, stamp in (("start", low), ("end", high))}
