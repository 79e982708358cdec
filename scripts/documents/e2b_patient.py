"""Sections D, E and F: the patient, history, death, reactions and tests."""

import re
import unicodedata

from schemas.codes import crosswalk, rows
from schemas.fields import is_number
from schemas.reported import SERIOUSNESS
from scripts import wording
from scripts.documents import phrases
from scripts.documents.case_file import Row, has
from scripts.documents.countries import alpha_2
from scripts.documents.e2b_message import Message
from scripts.documents.e2b_nodes import (
    CATEGORY,
    COUNTRY,
    LISTS,
    MEDDRA,
    OBSERVATION,
    SEX,
    Node,
    add,
    flavour,
    is_unit,
    link,
    moment,
    observed,
    part,
    path,
    stamp,
    value,
)
from scripts.documents.e2b_times import interval
from scripts.documents.phrases import joined
from scripts.quantities import printed_range

CRITERIA = {row["code"]: row["e2b_r3"] for row in rows("seriousness")}
QUALIFIED = re.compile(r"\s*(<=|>=|<|>)?\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*")
AUTOPSY = " (autopsy)"


def patient(role: Node, message: Message) -> dict[str, str]:
    """Fill the primaryRole; gives the reactions' identifiers by their key."""
    _person(role, message)
    _measures(role, message)
    _history(role, message)
    _deaths(role, message)
    linked = {row["reaction"]: _reaction(role, row, message) for row in occurred(message)}
    if message.case.rows("tests"):
        organizer = _organizer(role, "3")
        for row in message.case.rows("tests"):
            _test(organizer, row, message)
    return linked


def occurred(message: Message) -> list[Row]:
    """The reactions that E2B can carry: those that occurred. Stated absences stay in the narrative."""
    return [row for row in message.case.rows("reactions") if row["occurred"] == "yes"]


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


def _organizer(role: Node, code: str) -> Node:
    node = path(add(role, "subjectOf2", typeCode="SBJ"), "organizer")
    add(node, "code", code=code, codeSystem=CATEGORY)
    return node


def _history(role: Node, message: Message) -> None:
    """Coded conditions (D.7.1) and past drugs (D.8); what E2B has no words for goes into D.7.2."""
    drugs = [row for row in message.case.rows("history") if row["kind"] == "past_drug" and has(row["term"])]
    coded, words = [], []
    for row in message.case.rows("history"):
        code = row["term_code"] if has(row["term_code"]) else message.codes.of(row["term"])[0]
        if row["kind"] in ("condition", "family") and code:
            coded.append((row, code))
        elif _in_words(row, message):
            words.append(_in_words(row, message))
    organizer = _organizer(role, "1")
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
        organizer = _organizer(role, "2")
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
    version = message.codes.of(row["term"])[1]
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
        known = row[column] if row[column].isdecimal() else message.codes.of(row[column])[0]
        if known:
            value(observed(add(node, "outboundRelationship2", typeCode=relation), code), "CE", code=known,
                  codeSystem=MEDDRA)  # fmt: skip


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
        code, version = message.codes.of(cause)
        known = {"code": code, "codeSystemVersion": version} if code else {}
        add(value(node, "CE", codeSystem=MEDDRA, **known), "originalText", cause)


def _reaction(role: Node, row: Row, message: Message) -> str:
    """E.i; gives the identifier that links point at."""
    identifier = message.uuid("reaction", row["reaction"])
    node = path(add(role, "subjectOf2", typeCode="SBJ"), "observation")
    link(node, identifier)
    add(node, "code", code="29", codeSystem=OBSERVATION)
    interval(node, row, "onset", "end", ("E.i.4", "E.i.5"))
    native, english = _terms(row)
    code, version = message.code("E.i.2.1b", row["term"], row["term_code"], row["term_version"])
    known = {"code": code} if code else {}
    known |= {"codeSystemVersion": version} if version else {}
    said = value(node, "CE", **known, codeSystem=MEDDRA)
    if native:
        add(said, "originalText", native)
        message.leave_open("E.i.1.1b", f"language of the term '{native}'", "State the language (ISO 639-2).")
    country = message.case.patient.get("country", "")
    if has(country) and alpha_2(country):
        place = path(node, "location", "locatedEntity", "locatedPlace")
        add(place, "code", code=alpha_2(country), codeSystem=COUNTRY)
    if english:
        value(part(node, "30"), "ED", english)
    for name in SERIOUSNESS:
        met = {"value": "true"} if row[name] == "yes" else {"nullFlavor": "NI"}
        value(part(node, CRITERIA[name]), "BL", **met)
    outcome = crosswalk("outcome", "e2b_r3").get(row["outcome"], "0")
    value(part(node, "27"), "CE", code=outcome, codeSystem=f"{LISTS}11")
    return identifier


def _terms(row: Row) -> tuple[str, str]:
    """The term in the reporter's own language, and in English; a term in Latin letters without both is English."""
    if has(row["term_translated"]):
        return row["term"], row["term_translated"]
    latin = all(unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in row["term"] if letter.isalpha())
    return ("", row["term"]) if latin else (row["term"], "")


def _test(organizer: Node, row: Row, message: Message) -> None:
    """F.r: a plain number with a whole unit as a quantity; anything else as printed, in words."""
    node = path(add(organizer, "component", typeCode="COMP"), "observation")
    code = row["test_code"] if has(row["test_code"]) else message.codes.of(row["test"])[0]
    name = add(node, "code", **({"code": code, "codeSystem": MEDDRA} if code else {}))
    if has(row["test"]):
        add(name, "originalText", row["test"])
    date = stamp(row["time_date"]) if has(row["time_date"]) else ""
    add(node, "effectiveTime", **({"value": date} if date else {"nullFlavor": "UNK"}))
    sign, number = _plain(row, message)
    if number:
        _quantity(node, sign, number, row["unit_as_printed"])
    said = result_in_words(row, message, bool(number))
    if said:
        value(node, "ED", said)
    result = crosswalk("test_result", "e2b_r3").get(row["coded_result"])
    if result:
        add(node, "interpretationCode", code=result, codeSystem=f"{LISTS}12")
    if number:
        _range(node, row)


def _plain(row: Row, message: Message) -> tuple[str, str]:
    """Qualifier and number of a result whose number and unit can be taken as printed; blanks otherwise."""
    match = QUALIFIED.fullmatch(row["value"]) if has(row["value"]) else None
    verdict = message.case.tests.get(row["result"], {}).get("verdict", "as_printed")
    usable = match and has(row["unit_as_printed"]) and is_unit(row["unit_as_printed"])
    return (match[1] or "", match[2]) if match and usable and verdict == "as_printed" else ("", "")


def _quantity(node: Node, sign: str, number: str, unit: str) -> None:
    """IVL_PQ: exact in the centre; < and > with an infinite other end."""
    amount = value(node, "IVL_PQ")
    exact = {"value": number, "unit": unit}
    inclusive = {"inclusive": "true" if sign.endswith("=") else "false"}
    if not sign:
        add(amount, "center", **exact)
    elif sign.startswith("<"):
        add(amount, "low", nullFlavor="NINF")
        add(amount, "high", **exact, **inclusive)
    else:
        add(amount, "low", **exact, **inclusive)
        add(amount, "high", nullFlavor="PINF")


def result_in_words(row: Row, message: Message, sent_as_number: bool) -> str:
    """F.r.3.4: the finding; and the value, unit and range as printed where they are not sent as numbers."""
    parts = []
    if not sent_as_number:
        parts = [joined([row[name] if has(row[name]) else "" for name in ("value", "unit_as_printed")], " ")]
        if has(row["reference_as_printed"]):
            parts.append(f"reference {row['reference_as_printed']}")
    time = phrases.when(row, "time", message.case) if not has(row["time_date"]) else ""
    reading = wording.coded("reading", row["reading"]) if has(row["reading"]) else ""
    finding = row["finding"] if has(row["finding"]) else ""
    return joined([*parts, finding or reading, time])


def _range(node: Node, row: Row) -> None:
    """F.r.4 and F.r.5 with the unit of the range, else of the result."""
    limits = printed_range(row["reference_as_printed"]) if has(row["reference_as_printed"]) else None
    if limits is None:
        return
    unit = limits.unit or row["unit_as_printed"]
    for mark, number in (("L", limits.low), ("H", limits.high)):
        if number is not None and is_unit(unit):
            band = path(node, "referenceRange", "observationRange")
            value(band, "PQ", value=f"{number:.12g}", unit=unit)
            add(band, "interpretationCode", code=mark, codeSystem="2.16.840.1.113883.5.83")
