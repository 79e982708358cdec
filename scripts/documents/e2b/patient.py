"""Section D: the patient, history and death."""

from schemas.codes import crosswalk, rows
from schemas.fields import is_number
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.deaths import deaths, died
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    LISTS,
    MEDDRA,
    SEX,
    Node,
    add,
    amount,
    coded,
    day_value,
    flavour,
    observed,
    organizer_of,
    path,
    value,
)
from scripts.documents.e2b.parent import parent
from scripts.documents.e2b.study import study
from scripts.documents.e2b.times import interval
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined

LONGEST_AGE, MONTH = 5, 0.01
"""Signs that the number of an age may have, and how far from a whole month years with four decimals may be."""
CONDITIONS = ("condition", "family")


def patient(role: Node, message: Message) -> None:
    """Fill section D of the primaryRole."""
    parent(_person(role, message), message)
    study(role, message)
    _measures(role, message)
    _history(role, message)
    deaths(role, message)


def _person(role: Node, message: Message) -> Node:
    """D.1, D.5, D.9.1. Names and initials are never kept: masked where a message held them, else unknown to us."""
    player = add(role, "player1", classCode="PSN", determinerCode="INSTANCE")
    add(player, "name", nullFlavor="MSK" if message.from_message else "UNK")
    sex = message.case.patient.get("sex", "")
    code = crosswalk("sex", "e2b_r3").get(sex)
    if code:
        add(player, "administrativeGenderCode", code=code, codeSystem=SEX)
    elif flavour("D.5", sex):
        add(player, "administrativeGenderCode", nullFlavor=flavour("D.5", sex))
    died(player, message)
    return player


def _subject(role: Node, code: str) -> Node:
    return observed(add(role, "subjectOf2", typeCode="SBJ"), code)


def _measures(role: Node, message: Message) -> None:
    row = message.case.patient
    number, unit = age(row)
    low, high = row.get("age_lower", ""), row.get("age_upper", "")
    if number:
        value(_subject(role, "3"), "PQ", value=number, unit=unit)
    elif (has(low) or has(high)) and not has(row.get("age_group", "")):
        what = f"the age is known only as {low or '0'} to {high or 'any'} years"
        message.leave_open("D.2.2a", what, "Find the age; a band cannot be sent.")
    gestation = row.get("gestation", "")
    if not amount(lambda: _subject(role, "16"), gestation, "gestation_unit") and has(gestation):
        message.leave_unit_open("D.2.2.1b", "the gestation", gestation)
    day_value(lambda: _subject(role, "22"), "D.6", row.get("last_menstrual", ""))
    group = row.get("age_group", "")
    code = crosswalk("age_group", "e2b_r3").get(group)
    if code:
        value(_subject(role, "4"), "CE", code=code, codeSystem=f"{LISTS}9")
    elif group and flavour("D.2.3", group):
        value(_subject(role, "4"), "CE", nullFlavor=flavour("D.2.3", group))
    for column, code, unit in (("weight", "7", "kg"), ("height", "17", "cm")):
        if is_number(row.get(column, "")):
            value(_subject(role, code), "PQ", value=row[column], unit=unit)


def age(row: Row) -> tuple[str, str]:
    """D.2.2: number and unit as received, else the years or months of one age, or a decade of life; another band is not a number."""
    number, _, unit = row.get("age_as_reported", "").partition(" ")
    units = {
        spelling: given["e2b_r3"].split("|")[0]
        for given in rows("age_unit")
        for column in ("code", "e2b_r3", "faers")
        for spelling in given[column].split("|")
    }
    if is_number(number) and unit in units:
        return number, units[unit]
    low, high = row.get("age_lower", ""), row.get("age_upper", "")
    if not (is_number(low) and is_number(high)):
        return "", ""
    decade, months = float(low) / 10, float(low) * 12
    if float(high) == float(low) + 9 and decade.is_integer():
        return f"{decade:.0f}", "10.a"
    if low != high:
        return "", ""
    return (
        (low, "a")
        if len(low) <= LONGEST_AGE
        else (f"{months:.0f}", "mo")
        if abs(months - round(months)) < MONTH
        else ("", "")
    )


def _history(role: Node, message: Message) -> None:
    """Coded conditions (D.7.1) and past drugs (D.8); what E2B has no words for goes into D.7.2."""
    drugs = [row for row in message.case.rows("history") if row["kind"] == "past_drug" and has(row["term"])]
    conditions, words = [], []
    for row in message.case.rows("history"):
        known = (
            message.code("D.7.1.r.1", row["term"], row["term_code"], row.get("term_version", ""))
            if row["kind"] in CONDITIONS
            else {}
        )
        if known:
            conditions.append((row, known))
        elif _in_words(row, message):
            words.append(_in_words(row, message))
    organizer = organizer_of(role, "1")
    for row, known in conditions:
        _condition(organizer, row, known, message)
    text = observed(add(organizer, "component", typeCode="COMP"), "18")
    if words:
        value(text, "ED", "; ".join(words))
    elif conditions:
        organizer.remove(text.getparent())
    else:
        value(text, "ED", nullFlavor="UNK")
    if drugs:
        organizer = organizer_of(role, "2")
        for row in drugs:
            _past_drug(organizer, row, message)


def _in_words(row: Row, message: Message) -> str:
    """A condition without code, smoking, or what D.8 cannot say of a past drug."""
    told = [row["indication"], row["reaction"], row["detail"]]
    more = joined([cell for cell in told if has(cell) and not cell.isdecimal()], ", ")
    if row["kind"] == "past_drug":
        return f"{row['term']}: {more}" if more else ""
    when = joined(
        [phrases.when(row, "start", message.case, "history"), phrases.when(row, "end", message.case, "history")],
        " until ",
    )
    going = {"yes": "continuing", "no": "not continuing"}.get(row["continuing"], "")
    if not (has(row["term"]) or more):
        return ""
    kind = {"smoking": "smoking: ", "family": "family: "}.get(row["kind"], "")
    condition = kind + (row["term"] if has(row["term"]) else "")
    about = joined([when, going, more], ", ")
    return condition + (f" ({about})" if condition and about else more)


def _condition(organizer: Node, row: Row, known: dict[str, str], message: Message) -> None:
    node = path(add(organizer, "component", typeCode="COMP"), "observation")
    code_node = add(node, "code", codeSystem=MEDDRA, **known)
    if has(row["term"]) and row["term"] != row["term_code"]:
        add(code_node, "originalText", row["term"])
    interval(node, row, "start", "end", ("D.7.1.r.2", "D.7.1.r.4"), message)
    if has(row["detail"]):
        value(observed(add(node, "outboundRelationship2", typeCode="COMP"), "10"), "ED", row["detail"])
    if row["kind"] == "family":
        value(observed(add(node, "outboundRelationship2", typeCode="EXPL"), "38"), "BL", value="true")
    going = crosswalk("yes_no", "e2b_r3").get(row["continuing"])
    reason = flavour("D.7.1.r.3", row["continuing"])
    if going or reason:
        mark = observed(add(node, "inboundRelationship", typeCode="REFR"), "13")
        value(mark, "BL", **({"value": going} if going else {"nullFlavor": reason}))


def _past_drug(organizer: Node, row: Row, message: Message) -> None:
    node = path(add(organizer, "component", typeCode="COMP"), "substanceAdministration")
    interval(node, row, "start", "end", ("D.8.r.4", "D.8.r.5"), message)
    add(path(node, "consumable", "instanceOfKind", "kindOfProduct"), "name", row["term"])
    for column, code, relation, element in (
        ("indication", "19", "RSON", "D.8.r.6"),
        ("reaction", "29", "CAUS", "D.8.r.7"),
    ):
        received_code = row[column] if row[column].isdecimal() else row.get(f"{column}_code", "")
        known = message.code(element, row[column], received_code, row.get(f"{column}_version", ""))
        if known:
            coded(observed(add(node, "outboundRelationship2", typeCode=relation), code), known)
