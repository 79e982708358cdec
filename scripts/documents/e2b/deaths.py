"""Section D.9: the death. What stands once in a message is sent once: where sources differ, the first is sent and it is open."""

import re

from schemas.codes import crosswalk
from scripts.documents.case_file import has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import Node, add, aligned, coded, flavour, moment, observed, stamp, value

AUTOPSY = " (autopsy)"


def died(player: Node, message: Message) -> None:
    """D.9.1."""
    for date in _one_of("time_date", "D.9.1", "the date of the death", message):
        moment(player, "deceasedTime", "D.9.1", date)
        message.leave_date_open("D.9.1", date)


def deaths(role: Node, message: Message) -> None:
    """D.9.2 to D.9.4; causes found at autopsy are marked so in the tables."""
    rows = message.case.rows("deaths")
    if not rows:
        return
    cells = ((row["cause"], row.get("cause_code", ""), row.get("cause_version", "")) for row in rows)
    causes = list(dict.fromkeys(cause for few in cells for cause in aligned(*few) if has(cause[0])))
    for cause in causes:
        if not cause[0].endswith(AUTOPSY):
            _cause(_subject(role, "32"), "D.9.2.r.1", cause, message)
    found = [(words.removesuffix(AUTOPSY), *beside) for words, *beside in causes if words.endswith(AUTOPSY)]
    was_examined = _autopsy(role, found, message)
    dates = [row["time_date"] for row in rows]
    if any(map(has, dates)) and not was_examined:
        message.leave_open("D.9.3", "nothing says whether there was an autopsy", "Fill in `autopsy` in deaths.")
    if not (causes or was_examined or any(stamp(date) or flavour("D.9.1", date) for date in dates)):
        what = "the patient died, and no date, cause or autopsy can be sent that says so"
        message.leave_open("D.9.1", what, "Find the date of the death, or state the reason for none.")


def _autopsy(role: Node, found: list[tuple[str, ...]], message: Message) -> bool:
    """D.9.3 and D.9.4; whether anything of them is sent."""
    told = "".join(_one_of("autopsy", "D.9.3", "an autopsy", message))
    known, reason = crosswalk("yes_no", "e2b_r3").get(told), flavour("D.9.3", told)
    if not (known or reason or found):
        return False
    autopsy = _subject(role, "5")
    value(autopsy, "BL", **({"value": known or "true"} if known or found else {"nullFlavor": reason}))
    for cause in found:
        _cause(observed(add(autopsy, "outboundRelationship2", typeCode="PERT"), "8"), "D.9.4.r.1", cause, message)
    return True


def _one_of(column: str, element: str, of_what: str, message: Message) -> list[str]:
    """The first value of a column of `deaths`, else the first reason for none; nothing where no row says anything."""
    told = list(dict.fromkeys(row[column] for row in message.case.rows("deaths") if row[column]))
    values = list(filter(has, told))
    if len(values) > 1:
        message.leave_open(element, f"sources differ on {of_what}: {', '.join(values)}", "Decide.")
    return (values or told)[:1]


def _subject(role: Node, code: str) -> Node:
    return observed(add(role, "subjectOf2", typeCode="SBJ"), code)


def _cause(node: Node, element: str, cause: tuple[str, ...], message: Message) -> None:
    words, code, version = cause
    is_code = bool(re.fullmatch(r"\d{8}", words))
    coded(node, message.code(element, words, words if is_code else code, version), "" if is_code else words)
