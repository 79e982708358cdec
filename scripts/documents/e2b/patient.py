"""Section D: the patient, history and death."""

import re

from schemas.codes import crosswalk, rows
from schemas.fields import is_number
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    LISTS,
    MEDDRA,
    SEX,
    Node,
    add,
    flavour,
    moment,
    observed,
    organizer_of,
    path,
    value,
)
from scripts.documents.e2b.times import interval
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined

AUTOPSY = " (autopsy)"


def patient(role: Node, message: Message) -> None:
    """Fill section D of the primaryRole."""
    _person(role, message)
    _measures(role, message)
    _history(role, message)
    _deaths(role, message)


def _person(role: Node, message: Message) -> None:
    """D.1, D.5, D.9.1. Names and initials are never kept: masked where a message held them, else unknown to us."""
    player = add(role, "player1", classCode="PSN", determinerCode="INSTANCE")
    add(player, "name", nullFlavor="MSK" if message.from_message else "UNK")
    sex = message.case.patient.get("sex", "")
    code = crosswalk("sex", "e2b_r3").get(sex)
    if code:
        add(player, "administrativeGenderCode", code=code, codeSystem=SEX)
    elif flavour("D.5", sex):
        add(player, "administrativeGenderCode", nullFlavor=flavour("D.5", sex))
    for row in message.case.rows("deaths"):
        moment(player, "deceasedTime", "D.9.1", row["time_date"])


def _subject(role: Node, code: str) -> Node:
    return observed(add(role, "subjectOf2", typeCode="SBJ"), code)


def _measures(role: Node, message: Message) -> None:
    row = message.case.patient
    number, unit = age(row)
    if number:
        value(_subject(role, "3"), "PQ", value=number, unit=unit)
    group = row.get("age_group", "")
    code = crosswalk("age_group", "e2b_r3").get(group)
    if code:
        value(_subject(role, "4"), "CE", code=code, codeSystem=f"{LISTS}9")
    elif group and flavour("D.2.3", group):
        value(_subject(role, "4"), "CE", nullFlavor=flavour("D.2.3", group))
    for name, code, unit in (("weight", "7", "kg"), ("height", "17", "cm")):
        if is_number(row.get(name, "")):
            value(_subject(role, code), "PQ", value=row[name], unit=unit)


def age(row: Row) -> tuple[str, str]:
    """D.2.2: number and unit as received, else whole years where one age is stated; a band is not a number."""
    number, _, unit = row.get("age_as_reported", "").partition(" ")
    units = {one: given["e2b_r3"].split("|")[0] for given in rows("age_unit") for one in given["e2b_r3"].split("|")}
    if is_number(number) and unit in units:
        return number, units[unit]
    low, high = row.get("age_lower", ""), row.get("age_upper", "")
    return (low, "a") if is_number(low) and low == high and len(low) <= 5 else ("", "")


def _history(role: Node, message: Message) -> None:
    """Coded conditions (D.7.1) and past drugs (D.8); what E2B has no words for goes into D.7.2."""
    drugs = [row for row in message.case.rows("history") if row["kind"] == "past_drug" and has(row["term"])]
    coded, words = [], []
    for row in message.case.rows("history"):
        code = row["term_code"] if has(row["term_code"]) else message.codes.code_of(row["term"])[0]
        if row["kind"] in ("condition", "family") and code:
            coded.append((row, code))
        elif _in_words(row, message):
            words.append(_in_words(row, message))
    organizer = organizer_of(role, "1")
    for row, code in coded:
        _condition(organizer, row, code, message)
    text = observed(add(organizer, "component", typeCode="COMP"), "18")
    if words:
        value(text, "ED", "; ".join(words))
    elif coded:
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
    more = joined([one for one in told if has(one) and not one.isdecimal()], ", ")
    if row["kind"] == "past_drug":
        return f"{row['term']}: {more}" if more else ""
    when = joined([phrases.when(row, "start", message.case), phrases.when(row, "end", message.case)], " until ")
    if not (has(row["term"]) or more):
        return ""
    kind = {"smoking": "smoking: ", "family": "family: "}.get(row["kind"], "")
    said = kind + (row["term"] if has(row["term"]) else "")
    return said + (f" ({joined([when, more], ', ')})" if said and (when or more) else more)


def _condition(organizer: Node, row: Row, code: str, message: Message) -> None:
    version = message.codes.code_of(row["term"])[1]
    node = path(add(organizer, "component", typeCode="COMP"), "observation")
    name = add(node, "code", code=code, codeSystem=MEDDRA, **({"codeSystemVersion": version} if version else {}))
    if has(row["term"]):
        add(name, "originalText", row["term"])
    interval(node, row, "start", "end", ("D.7.1.r.2", "D.7.1.r.4"))
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
    interval(node, row, "start", "end", ("D.8.r.4", "D.8.r.5"))
    add(path(node, "consumable", "instanceOfKind", "kindOfProduct"), "name", row["term"])
    for column, code, relation in (("indication", "19", "RSON"), ("reaction", "29", "CAUS")):
        known = row[column] if row[column].isdecimal() else message.codes.code_of(row[column])[0]
        if known:
            value(
                observed(add(node, "outboundRelationship2", typeCode=relation), code),
                "CE",
                code=known,
                codeSystem=MEDDRA,
            )


def _deaths(role: Node, message: Message) -> None:
    """D.9.2 to D.9.4; causes found at autopsy are marked so in the tables."""
    for row in message.case.rows("deaths"):
        causes = [one.strip() for one in row["cause"].split(";") if has(one.strip())]
        for cause in causes:
            if not cause.endswith(AUTOPSY):
                _cause(_subject(role, "32"), cause, message)
        known = crosswalk("yes_no", "e2b_r3").get(row["autopsy"])
        reason = flavour("D.9.3", row["autopsy"])
        found = [cause.removesuffix(AUTOPSY) for cause in causes if cause.endswith(AUTOPSY)]
        if known or reason or found:
            autopsy = _subject(role, "5")
            value(autopsy, "BL", **({"value": known or "true"} if known or found else {"nullFlavor": reason}))
            for cause in found:
                _cause(observed(add(autopsy, "outboundRelationship2", typeCode="PERT"), "8"), cause, message)


def _cause(node: Node, cause: str, message: Message) -> None:
    if re.fullmatch(r"\d{8}", cause):
        value(node, "CE", code=cause, codeSystem=MEDDRA)
    else:
        code, version = message.codes.code_of(cause)
        known = {"code": code, "codeSystemVersion": version} if code else {}
        add(value(node, "CE", codeSystem=MEDDRA, **known), "originalText", cause)
