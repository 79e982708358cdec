"""Section G: drugs with their dosages.

Courses that the tables number as successive exposures of the patient to one drug are one entry with a dosage record
per dose; courses without such a number are entries of their own, as they came in a message.
"""

from functools import partial

from schemas.codes import codes, crosswalk
from schemas.fields import is_number
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.entries import Entry, entries
from scripts.documents.e2b.judgements import linked_cells
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    CATEGORY,
    LISTS,
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
from scripts.documents.e2b.products import product
from scripts.documents.e2b.times import interval, single_doses, without_unit
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.words import dosing

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
    product(node, row, message)
    judged = linked_cells(entry, message, linked)
    for reaction, cells in judged.items():
        _intervals(node, linked[reaction], cells, message)
    for course in entry.courses:
        for dose in _doses(course, message):
            _dose(add(node, "outboundRelationship2", typeCode="COMP"), dose, course, entry, message)
    _cumulative(node, row, message)
    _gestation(node, row.get("gestation", ""), message)
    for reaction, cells in judged.items():
        _recurrence(node, linked[reaction], cells)
    _notes(node, entry)
    for indication in aligned(row["indication"], row.get("indication_code", ""), row.get("indication_version", "")):
        _indication(node, indication, message)
    action = next((taken for course in entry.courses if (taken := _action(course))), "")
    if action:
        act = path(add(node, "inboundRelationship", typeCode="CAUS"), "act")
        add(act, "code", code=action, codeSystem=f"{LISTS}15")


def _gestation(node: Node, gestation: str, message: Message) -> None:
    """G.k.6: at exposure."""
    at_exposure = partial(_observed, node, "16")
    if not amount(at_exposure, gestation, "gestation_unit") and has(gestation):
        message.leave_unit_open("G.k.6b", "the gestation at exposure", gestation)


def _observed(node: Node, code: str) -> Node:
    return observed(add(node, "outboundRelationship2", typeCode="PERT"), code)


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


DOSE_UNITS = (("interval", "interval_unit", "G.k.4.r.3"), ("duration", "duration_scale", "G.k.4.r.6b"))


def _dose(relation: Node, row: Row, course: Row, entry: Entry, message: Message) -> None:
    node = path(relation, "substanceAdministration")
    row = single_doses(row)
    for number, unit, of_unit in DOSE_UNITS:
        without_unit(row, number, unit, of_unit, message)
    text = _dosage_text(row, course, entry, message)
    if text:
        add(node, "text", text)
    interval(node, row, "time", "end", ("G.k.4.r.4", "G.k.4.r.5"), message)
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
    unsent = "" if _sendable(row["amount"], row["unit"]) else phrases.amount(row)
    unsent = unsent or dosing.how_often(row)
    if has(row["dosage_text"]):
        return joined([unsent if unsent not in row["dosage_text"] else "", row["dosage_text"]], "; ")
    day = phrases.when(row | {"time_date": ""}, "time", message.case, "doses") if has(row["time_upper"]) else ""
    course_no = f"course {course['course']}" if len(entry.courses) > 1 else ""
    dose_no = f"dose {row['dose']}" if (day or course_no) and row["dose"] else ""
    partly = "begun or given in part" if row["given"] == "partial" else ""
    return joined([course_no, dose_no, day, unsent, partly], ", ")


def _cumulative(node: Node, row: Row, message: Message) -> None:
    if is_number(row["cumulative_dose"]) and has(row["cumulative_unit"]):
        amount = observed(add(node, "outboundRelationship2", typeCode="SUMM"), "14")
        value(amount, "PQ", value=row["cumulative_dose"], unit=row["cumulative_unit"])
    elif has(row["cumulative_dose"]):
        message.leave_unit_open("G.k.5b", "the cumulative dose", row["cumulative_dose"])


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


PAUSES = (("SAS", "start_to_onset", "G.k.9.i.3.1b"), ("SAE", "last_to_onset", "G.k.9.i.3.2b"))


def _intervals(node: Node, reaction: str, cells: Row, message: Message) -> None:
    for kind, column, of_unit in PAUSES:
        without_unit(cells, column, f"{column}_scale", of_unit, message)
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
