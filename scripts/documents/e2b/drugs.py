"""Section G: drugs with their dosages.

Courses that the tables number as successive exposures of the patient to one drug are one entry with a dosage record
per dose; courses without such a number are entries of their own, as they came in a message.
"""

import re

from schemas.codes import codes, crosswalk
from schemas.fields import is_number
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.entries import Entry, entries
from scripts.documents.e2b.judgements import linked_cells
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    CATEGORY,
    COUNTRY,
    LISTS,
    SPACES,
    Node,
    add,
    aligned,
    amount,
    coded,
    flavour,
    link,
    observed,
    path,
    unit_of,
    value,
)
from scripts.documents.e2b.times import interval, single_doses
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.words.countries import alpha_2

AUTHORISATION = f"{SPACES}4"
"""The space of numbers of G.k.3.1."""
STRENGTH = re.compile(r"(?P<value>[\d.]+) (?P<unit>[^ ;]+?)(?:/(?P<per>[\d.]+) (?P<each>[^ ;]+))?")
CODED_NOTE = "G.k.10.r="


def drugs(role: Node, message: Message, linked: dict[str, str]) -> list[Entry]:
    """Fill organizer 4; gives the entries for the judgements."""
    known = entries(message)
    if known:
        organizer = path(add(role, "subjectOf2", typeCode="SBJ"), "organizer")
        add(organizer, "code", code="4", codeSystem=CATEGORY)
        for entry in known:
            _drug(add(organizer, "component", typeCode="COMP"), entry, message, linked)
    return known


def _drug(component: Node, entry: Entry, message: Message, linked: dict[str, str]) -> None:
    row = entry.first
    node = path(component, "substanceAdministration")
    link(node, entry.identifier)
    product = path(node, "consumable", "instanceOfKind", "kindOfProduct")
    drug_name = row["drug"] if has(row["drug"]) else row["substance"]
    if has(drug_name):
        add(product, "name", drug_name)
    else:
        message.leave_open("G.k.2.2", f"no name for the drug of course {row['course']}", "Fill in `drug`.")
    _authorisations(product, row, message)
    for substance, strength in aligned(row["substance"], row.get("strength", "")):
        if has(substance.strip()):
            _substance(path(product, "ingredient"), substance.strip(), strength)
    judged = linked_cells(entry, message, linked)
    for reaction, cells in judged.items():
        _intervals(node, linked[reaction], cells)
    for course in entry.courses:
        for dose in _doses(course, message):
            _dose(add(node, "outboundRelationship2", typeCode="COMP"), dose, course, entry, message)
    _cumulative(node, row)
    if row.get("gestation"):
        amount(observed(add(node, "outboundRelationship2", typeCode="PERT"), "16"), row["gestation"], "gestation_unit")
    for reaction, cells in judged.items():
        _recurrence(node, linked[reaction], cells)
    _notes(node, entry)
    for indication in aligned(row["indication"], row.get("indication_code", ""), row.get("indication_version", "")):
        _indication(node, indication, message)
    action = next((taken for course in entry.courses if (taken := _action(course))), "")
    if action:
        act = path(add(node, "inboundRelationship", typeCode="CAUS"), "act")
        add(act, "code", code=action, codeSystem=f"{LISTS}15")


def _substance(ingredient: Node, substance: str, strength: str) -> None:
    """G.k.2.3.r: the substance, and its strength where it is a number and a unit."""
    match = STRENGTH.fullmatch(strength)
    if match:
        quantity = add(ingredient, "quantity")
        add(quantity, "numerator", value=match["value"], unit=match["unit"])
        add(quantity, "denominator", value=match["per"] or "1", unit=match["each"] or "1")
    add(path(ingredient, "ingredientSubstance"), "name", substance)


def _authorisations(product: Node, row: Row, message: Message) -> None:
    """G.k.3: number, country and holder of each authorisation."""
    given = [row.get(column, "") for column in ("authorisation", "authorisation_country", "authorisation_holder")]
    for number, country, holder in aligned(*given):
        if not any(map(has, (number, country, holder))):
            continue
        approval = path(add(path(product, "asManufacturedProduct"), "subjectOf", typeCode="SBJ"), "approval")
        if has(number):
            add(approval, "id", extension=number, root=AUTHORISATION)
        if has(holder):
            add(path(add(path(approval, "holder"), "role", classCode="HLD"), "playingOrganization"), "name", holder)
        if alpha_2(country):
            place = path(approval, "author", "territorialAuthority", "territory")
            add(place, "code", code=alpha_2(country), codeSystem=COUNTRY)
        elif has(number):
            what = f"no country of the authorisation {number}"
            message.leave_open("G.k.3.2", what, "Ask the sender for the country.")


def _action(course: Row) -> str:
    """G.k.8 of the first course that states an action; an unstated one is left out."""
    return crosswalk("action_taken", "e2b_r3").get(course["action_taken"], "")


def _doses(course: Row, message: Message) -> list[Row]:
    """Doses that were given. A course with a start but without doses gives one record with its start."""
    given_doses = [
        row for row in message.case.rows("doses") if row["course"] == course["course"] and row["given"] != "no"
    ]
    start = course["start_date"]
    if not given_doses:
        blank = dict.fromkeys(DOSE, "") | {"time_date": start}
        return [blank] if has(start) else []
    first = given_doses[0]
    on_day_one = first["time_scale"] == "study_day" and first["time_lower"] == first["time_upper"] == "1"
    if has(start) and on_day_one and not has(first["time_date"]):
        given_doses = [first | {"time_date": start}, *given_doses[1:]]
    return given_doses


DOSE = (
    "dose", "time_date", "time_lower", "time_upper", "time_scale", "time_origin", "end_date", "amount", "unit",
    "per_interval", "interval", "interval_unit", "duration", "duration_scale", "form", "route", "parent_route", "lot",
    "dosage_text", "given",
)  # fmt: skip


def _dose(relation: Node, row: Row, course: Row, entry: Entry, message: Message) -> None:
    node = path(relation, "substanceAdministration")
    row = single_doses(row)
    text = _dosage_text(row, course, entry, message)
    if text:
        add(node, "text", text)
    interval(node, row, "time", "end", ("G.k.4.r.4", "G.k.4.r.5"))
    if has(row["route"]) or flavour("G.k.4.r.10.1", row["route"]):
        _words(add(node, "routeCode"), "G.k.4.r.10.1", row["route"])
    if _sendable(row["amount"], row["unit"]):
        add(node, "doseQuantity", value=row["amount"], unit=row["unit"])
    if has(row["lot"]) or has(row["form"]) or flavour("G.k.4.r.9.1", row["form"]):
        kind = path(node, "consumable", "instanceOfKind")
        if has(row["lot"]):
            add(path(kind, "productInstanceInstance"), "lotNumberText", row["lot"])
        if has(row["form"]) or flavour("G.k.4.r.9.1", row["form"]):
            _words(add(path(kind, "kindOfProduct"), "formCode"), "G.k.4.r.9.1", row["form"])
    _parent_route(node, row.get("parent_route", ""))


def _parent_route(node: Node, route: str) -> None:
    """G.k.4.r.11."""
    if has(route):
        note = observed(add(node, "inboundRelationship", typeCode="REFR"), "28")
        add(value(note, "CE", codeSystem=f"{LISTS}14"), "originalText", route)


def _words(node: Node, element: str, text: str) -> None:
    if has(text):
        add(node, "originalText", text)
    else:
        add(node, "originalText", nullFlavor=flavour(element, text))


def _sendable(amount: str, unit: str) -> bool:
    return is_number(amount) and unit in codes("dose_unit")


def _dosage_text(row: Row, course: Row, entry: Entry, message: Message) -> str:
    """G.k.4.r.8 as reported; else what the coded elements cannot say: which course and dose, its day, a part dose."""
    if has(row["dosage_text"]):
        return row["dosage_text"]
    day = phrases.when(row | {"time_date": ""}, "time", message.case, "doses") if has(row["time_upper"]) else ""
    course_no = f"course {course['course']}" if len(entry.courses) > 1 else ""
    dose_no = f"dose {row['dose']}" if (day or course_no) and row["dose"] else ""
    unsent = "" if _sendable(row["amount"], row["unit"]) else phrases.amount(row)
    partly = "begun or given in part" if row["given"] == "partial" else ""
    return joined([course_no, dose_no, day, unsent, partly], ", ")


def _cumulative(node: Node, row: Row) -> None:
    if is_number(row["cumulative_dose"]) and has(row["cumulative_unit"]):
        amount = observed(add(node, "outboundRelationship2", typeCode="SUMM"), "14")
        value(amount, "PQ", value=row["cumulative_dose"], unit=row["cumulative_unit"])


def _notes(node: Node, entry: Entry) -> None:
    """G.k.10.r as codes, G.k.11 as words, of every course of the entry; the words name their course where it has several."""
    words = []
    for course in entry.courses:
        told = [note for note in course["additional_information"].split("; ") if has(note)]
        for note in told:
            if note.startswith(CODED_NOTE):
                mark = observed(add(node, "outboundRelationship2", typeCode="REFR"), "9")
                value(mark, "CE", code=note.removeprefix(CODED_NOTE), codeSystem=f"{LISTS}17")
        remarks = joined(note for note in told if not note.startswith(CODED_NOTE))
        words.append(f"course {course['course']}: {remarks}" if remarks and len(entry.courses) > 1 else remarks)
    if any(words):
        value(observed(add(node, "outboundRelationship2", typeCode="REFR"), "2"), "ST", joined(words))


def _indication(node: Node, told: tuple[str, ...], message: Message) -> None:
    indication, code, version = told
    reason = flavour("G.k.7.r.1", indication)
    if not (has(indication) or reason):
        return
    note = observed(add(node, "inboundRelationship", typeCode="RSON"), "19")
    if reason:
        add(value(note, "CE"), "originalText", nullFlavor=reason)
    else:
        only_code = indication == code
        coded(note, message.code("G.k.7.r.2", indication, code, version), "" if only_code else indication)
    add(path(note, "performer", "assignedEntity"), "code", code="3", codeSystem=f"{LISTS}21")


def _intervals(node: Node, reaction: str, cells: Row) -> None:
    for kind, column in (("SAS", "start_to_onset"), ("SAE", "last_to_onset")):
        unit = unit_of(cells.get(f"{column}_scale", ""))
        if has(cells.get(column)) and unit:
            relation = add(node, "outboundRelationship1", typeCode=kind)
            add(relation, "pauseQuantity", value=cells[column], unit=unit)
            link(path(relation, "actReference"), reaction)


def _recurrence(node: Node, reaction: str, cells: Row) -> None:
    """G.k.9.i.4 as reported; absent where it was not reported."""
    code = crosswalk("rechallenge", "e2b_r3").get(cells.get("rechallenge", ""))
    if code:
        sign = observed(add(node, "outboundRelationship2", typeCode="PERT"), "31")
        value(sign, "CE", code=code, codeSystem=f"{LISTS}16")
        link(path(add(sign, "outboundRelationship1", typeCode="REFR"), "actReference"), reaction)
