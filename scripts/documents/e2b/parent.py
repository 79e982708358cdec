"""Section D.10: the parent of a child or foetus. Its conditions and drugs go as the words of D.10.7.2 in which our tables keep
them; names and birth dates of parents are never kept."""

from schemas.codes import crosswalk
from schemas.fields import is_number
from scripts.documents.case_file import has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import (
    CATEGORY,
    SEX,
    Node,
    add,
    amount,
    day_value,
    flavour,
    observed,
    path,
    value,
)

COLUMNS = ("parent_age", "parent_sex", "parent_last_menstrual", "parent_weight", "parent_height", "parent_history")


def parent(player: Node, message: Message) -> None:
    """The role of the parent behind the patient, where anything is known of one."""
    row = message.case.patient
    if not any(row.get(column) for column in COLUMNS):
        return
    role = add(player, "role", classCode="PRS")
    add(role, "code", code="PRN", codeSystem="2.16.840.1.113883.5.111")
    _person(path(role, "associatedPerson"), row["parent_sex"], message)
    if not amount(lambda: _subject(role, "3"), row["parent_age"], "age_unit") and has(row["parent_age"]):
        message.leave_unit_open("D.10.2.2b", "the age of the parent", row["parent_age"])
    day_value(lambda: _subject(role, "22"), "D.10.3", row["parent_last_menstrual"])
    for column, code, unit in (("parent_weight", "7", "kg"), ("parent_height", "17", "cm")):
        if is_number(row[column]):
            value(_subject(role, code), "PQ", value=row[column], unit=unit)
    if has(row["parent_history"]):
        group = path(add(role, "subjectOf2", typeCode="SBJ"), "organizer")
        add(group, "code", code="1", codeSystem=CATEGORY)
        value(observed(add(group, "component", typeCode="COMP"), "18"), "ED", row["parent_history"])


def _person(person: Node, sex: str, message: Message) -> None:
    """D.10.1, which is masked, and D.10.6, which any word on a parent makes mandatory."""
    add(person, "name", nullFlavor="MSK" if message.from_message else "UNK")
    code = crosswalk("sex", "e2b_r3").get(sex)
    if code:
        add(person, "administrativeGenderCode", code=code, codeSystem=SEX)
    elif flavour("D.10.6", sex):
        add(person, "administrativeGenderCode", nullFlavor=flavour("D.10.6", sex))
    else:
        message.leave_open("D.10.6", "the sex of the parent is not recorded", "Ask the sender for it.")


def _subject(role: Node, code: str) -> Node:
    return observed(add(role, "subjectOf2", typeCode="SBJ"), code)
