"""Drugs, dosages and drug-reaction judgements of an E2B(R3) report (section G).

| message        | table                                                                            |
|----------------|----------------------------------------------------------------------------------|
| G.k            | one row of `courses`, numbered k by its place, whatever its identifier             |
| G.k.4.r        | one row of `doses`; several records of one drug stay one course, as they are sent |
| G.k.9.i.3, .4  | one row of `assessments` by the assessor `report`, for each linked reaction       |
| G.k.9.i.2.r    | one row of `assessments` for each assessor                                        |
"""

from collections.abc import Iterator

from scripts.e2b.hl7_times import edtf, quantity, sent, times
from scripts.e2b.translation import ours
from scripts.ingest.e2b import hl7_nodes as hl7
from scripts.ingest.e2b import r3_roles
from scripts.ingest.e2b.hl7_nodes import Node
from scripts.ingest.e2b.xml_stream import text
from scripts.ingest.reports import Report, has_value, in_order, listed

Names = dict[str, str]
REPORT = "report"
NOT_TOLD_APART: Names = {"course": "", "drug": ""}
"""What a judgement names that points at an identifier which two drugs share."""
GROUP = f"{hl7.ICH_CODES}20"
INTERVALS = {"SAS": "start_to_onset", "SAE": "last_to_onset"}


def read(assessment: Node | None, report: Report, reactions: Names) -> None:
    """Add courses, doses and assessments; `reactions` are the reactions by the id that links point at."""
    role = hl7.at(assessment, "subject1", "primaryRole")
    judgements = hl7.by_code(hl7.every(assessment, "component", "causalityAssessment"))
    groups = [group for group in hl7.every(role, "subjectOf2", "organizer") if hl7.code(group, GROUP) == "4"]
    nodes = [node for group in groups for node in hl7.every(group, "component", "substanceAdministration")]
    ids = [hl7.link(node) for node in nodes]
    roles = r3_roles.of_drugs(judgements.get("20", ()), ids, report)
    drugs: dict[str, Names] = {}
    for number, (node, identifier) in enumerate(zip(nodes, ids, strict=True), start=1):
        names = _drug(node, str(number), roles.get(identifier, ""), report)
        _linked(node, names, report, reactions)
        drugs[identifier] = names if identifier and ids.count(identifier) == 1 else NOT_TOLD_APART
    for node in judgements.get("39", ()):
        _causality(node, drugs, report, reactions)


def _drug(node: Node, number: str, role: str, report: Report) -> dict[str, str]:
    """Add one course with its doses; gives the cells by which assessments name it."""
    product = hl7.at(node, "consumable", "instanceOfKind", "kindOfProduct")
    parts = hl7.by_code(hl7.every(node, "outboundRelationship2", "observation"))
    substances = [hl7.words_or_reason(term) for term in hl7.every(product, "ingredient", "ingredientSubstance", "name")]
    dosages = [_dose(dose, number, place, report) for place, dose in enumerate(_dosages(node), start=1)]
    starts = sorted(filter(has_value, dosages))
    cumulative, indications = hl7.value(hl7.first(parts, "14")), list(_indications(node))
    drug, substance = hl7.words_or_reason(hl7.at(product, "name")), "; ".join(filter(None, substances))
    report.add(
        "courses",
        f"G.k.{number}",
        course=number,
        drug=drug,
        substance=substance,
        strength=_strengths(product),
        **_authorisations(product),
        role=role,
        indication=listed(hl7.term_or_code(indication) for indication in indications),
        **hl7.beside(indications, "indication"),
        gestation=hl7.amount(hl7.value(hl7.first(parts, "16"))),
        start_date=next(iter(starts or dosages), ""),
        action_taken=next(filter(None, (_action(relation) for relation in hl7.every(node, "inboundRelationship"))), ""),
        cumulative_dose=sent(cumulative),
        cumulative_unit="" if cumulative is None else cumulative.get("unit") or "",
        additional_information="; ".join(_additional(parts)),
    )
    return {"course": number, "drug": substance if has_value(substance) else drug}


def _authorisations(product: Node | None) -> dict[str, str]:
    """G.k.3: number, country and holder of each authorisation."""
    approvals = list(hl7.every(product, "asManufacturedProduct", "subjectOf", "approval"))
    places = (hl7.at(approval, "author", "territorialAuthority", "territory", "code") for approval in approvals)
    return {
        "authorisation": in_order(sent(hl7.at(approval, "id"), "extension") for approval in approvals),
        "authorisation_country": in_order(sent(place, "code") for place in places),
        "authorisation_holder": in_order(
            text(hl7.at(approval, "holder", "role", "playingOrganization", "name")) for approval in approvals
        ),
    }


def _strengths(product: Node | None) -> str:
    """G.k.2.3.r.3 of each substance as sent, `12 mg` or `5 mg/2 mL`, in the order of the substances."""
    amounts = [
        (hl7.at(ingredient, "quantity", "numerator"), hl7.at(ingredient, "quantity", "denominator"))
        for ingredient in hl7.every(product, "ingredient")
    ]
    return in_order(_strength(numerator, per) for numerator, per in amounts)


def _strength(product: Node | None, per: Node | None) -> str:
    value, unit = quantity(product)
    number, each = quantity(per)
    below = "" if (number or "1", each or "1") == ("1", "1") else f"/{number} {each}".rstrip()
    return f"{value} {unit}{below}".strip() if has_value(value) else ""


def _dosages(node: Node) -> list[Node]:
    return list(hl7.every(node, "outboundRelationship2", "substanceAdministration"))


def _dose(node: Node, course: str, number: int, report: Report) -> str:
    """Add one dosage record; gives its start."""
    when, amount = times(hl7.at(node, "effectiveTime")), hl7.at(node, "doseQuantity")
    lot = hl7.at(node, "consumable", "instanceOfKind", "productInstanceInstance", "lotNumberText")
    form = hl7.at(node, "consumable", "instanceOfKind", "kindOfProduct", "formCode")
    route = hl7.at(node, "routeCode")
    beside = hl7.by_code(hl7.every(node, "inboundRelationship", "observation"))
    parent = hl7.value(hl7.first(beside, "28"))
    report.add(
        "doses",
        f"G.k.{course}.4.{number}",
        course=course,
        dose=str(number),
        amount=sent(amount),
        unit="" if amount is None else amount.get("unit") or "",
        interval=when.period,
        interval_unit=when.period_unit,
        form=hl7.term_or_code(form),
        route=hl7.term_or_code(route),
        parent_route=hl7.term_or_code(parent),
        lot=hl7.words_or_reason(lot),
        dosage_text=text(hl7.at(node, "text")),
        **when.cells("time", "end"),
        **when.duration(),
    )
    for column, stamp in (("time", when.low), ("end", when.high)):
        report.keep_hours("doses", f"{course};{number}", column, f"G.k.{course}.4.{number}", stamp)
    return edtf(when.low)


def _indications(node: Node) -> Iterator[Node]:
    """G.k.7.r, those that say something."""
    for relation in hl7.every(node, "inboundRelationship"):
        indication = hl7.value(hl7.at(relation, "observation"))
        if indication is not None and relation.get("typeCode") == "RSON" and hl7.term_or_code(indication):
            yield indication


def _action(relation: Node) -> str:
    return hl7.coded(hl7.at(relation, "act", "code"), "action_taken") if relation.get("typeCode") == "CAUS" else ""


def _additional(parts: dict[str, list[Node]]) -> list[str]:
    """The codes of G.k.10 as sent, then the text of G.k.11."""
    codes = filter(None, (hl7.term_code(hl7.value(node)) for node in parts.get("9", ())))
    return [f"G.k.10.r={code}" for code in codes] + [
        words for node in parts.get("2", ()) if (words := text(hl7.value(node)))
    ]


def _linked(node: Node, drug: Names, report: Report, reactions: Names) -> None:
    """Intervals and rechallenge of one drug, per reaction, in the order of the reactions; what is told twice and not alike stands
    in rows of its own."""
    told: dict[str, list[Names]] = {}
    for target, column, cells in _linked_cells(node):
        rows = told.setdefault(target, [])
        row = next((row for row in rows if column not in row or cells.items() <= row.items()), None)
        if row is None:
            rows.append(row := {})
        row |= cells
    for target in sorted(told, key=lambda link: int(reactions.get(link) or 0)):
        reaction = _reaction(target, reactions, report)
        locator = f"G.k.{drug['course']}.9.{reaction or '?'}"
        for number, row in enumerate(told[target], start=1):
            assessor = REPORT if number == 1 else f"{REPORT} #{number}"
            report.add("assessments", locator, assessor=assessor, reaction=reaction, **drug, **row)


def _linked_cells(node: Node) -> Iterator[tuple[str, str, Names]]:
    """Identifier of a reaction, the column that is told of it, and its cells."""
    for relation in hl7.every(node, "outboundRelationship1"):
        column, pause = INTERVALS.get(relation.get("typeCode") or ""), hl7.at(relation, "pauseQuantity")
        if column and pause is not None:
            cells = {column: sent(pause), f"{column}_scale": ours("scale", "e2b_r3", pause.get("unit") or "")}
            yield hl7.link(hl7.at(relation, "actReference")), column, cells
    for sign in hl7.every(node, "outboundRelationship2", "observation"):
        if hl7.code(sign, f"{hl7.ICH_CODES}19") == "31":
            target = hl7.link(hl7.at(sign, "outboundRelationship1", "actReference"))
            yield target, "rechallenge", {"rechallenge": hl7.coded(hl7.value(sign), "rechallenge")}


def _reaction(target: str, reactions: dict[str, str], report: Report) -> str:
    """The reaction a link points at; a link to nothing is a finding and the reaction stays blank."""
    if target not in reactions:
        what = "a drug-reaction judgement points at no reaction of this report"
        report.note("assessments", "reaction", "", what, "Ask the sender which reaction is meant (G.k.9.i.1).")
    return reactions.get(target, "")


def _causality(node: Node, drugs: dict[str, Names], report: Report, reactions: Names) -> None:
    """One assessor's judgement; all are kept, and of one assessor who speaks twice the second is numbered."""
    drug = drugs.get(r3_roles.drug_link(node))
    if drug is None:
        what = "a causality assessment points at no drug of this report"
        report.note("assessments", "course", "", what, "Ask the sender which drug is meant.")
    drug = drug or NOT_TOLD_APART
    reaction = _reaction(hl7.link(hl7.at(node, "subject1", "adverseEffectReference")), reactions, report)
    method = hl7.at(node, "methodCode")
    cells = {
        **drug,
        "reaction": reaction,
        "method": hl7.term_or_code(method),
        "result": text(hl7.value(node)) or hl7.term_or_code(hl7.value(node)),
    }
    author = hl7.at(node, "author", "assignedEntity", "code")
    assessor = next(filter(has_value, (hl7.term(author), hl7.term_code(author))), "not named")
    cells["assessor"] = report.distinct(assessor, cells)
    if cells["assessor"]:
        report.add("assessments", f"G.k.{drug['course'] or '?'}.9.{reaction or '?'}.2", **cells)
