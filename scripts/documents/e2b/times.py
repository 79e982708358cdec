"""The effectiveTime of reactions, histories and dosages, in the shapes that the schema set accepts."""

from decimal import Decimal

from lxml import etree

from schemas.fields import is_number
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import HL7, TYPE, Node, add, flavour, stamp, unit_of
from scripts.documents.words import phrases


def interval(parent: Node, row: Row, start: str, end: str, elements: tuple[str, str], message: Message) -> None:
    """Start, end and duration of a row, if anything of them can be sent.

    | known                | shape                                               |
    |----------------------|-----------------------------------------------------|
    | start, end or either | IVL_TS(low, high)                                   |
    | start and duration   | IVL_TS(low, width)                                  |
    | all three            | SXPR_TS(IVL_TS(low, high), IVL_TS(width))           |
    | interval of dosing   | the same behind PIVL_TS(period)                     |
    """
    low, high = _end(row[f"{start}_date"], elements[0]), _end(row[f"{end}_date"], elements[1])
    message.leave_date_open(elements[0], row[f"{start}_date"])
    message.leave_date_open(elements[1], row[f"{end}_date"])
    width = _width(row)
    period = (row.get("interval", ""), row.get("interval_unit", ""))
    dates = {tag: attributes for tag, attributes in (("low", low), ("high", high)) if attributes}
    repeated = has(period[0]) and has(period[1])
    if not (dates or width or repeated):
        return
    if not repeated and (len(dates) < 2 or not width) and not ("high" in dates and width):
        _range(_node(parent, "effectiveTime", "IVL_TS"), dates, width)
    elif repeated and not dates and not width:
        _period(_node(parent, "effectiveTime", "PIVL_TS"), period)
    else:
        _sum(_node(parent, "effectiveTime", "SXPR_TS"), dates, width, period if repeated else None)


def without_unit(row: Row, number: str, unit: str, element: str, message: Message) -> None:
    """List a number of a row that is not sent for want of a unit; `number` and `unit` are its columns."""
    told = row.get(unit, "")
    if has(row.get(number)) and not has(unit_of(told) if unit.endswith("_scale") else told):
        message.leave_unit_open(element, f"the {number.replace('_', ' ')}", f"{row[number]} {told}".strip())


def _end(date: str, element: str) -> dict[str, str]:
    sent = stamp(date) if has(date) else ""
    if sent:
        return {"value": sent}
    reason = flavour(element, date)
    return {"nullFlavor": reason} if reason else {}


def _width(row: Row) -> dict[str, str]:
    unit = unit_of(row.get("duration_scale", ""))
    known = unit and has(row.get("duration"))
    return {"value": row["duration"], "unit": unit} if known else {}


def _node(parent: Node, tag: str, kind: str, **attributes: str) -> Node:
    node = etree.SubElement(parent, f"{{{HL7}}}{tag}", attributes)
    node.set(TYPE, kind)
    return node


def _range(node: Node, dates: dict[str, dict[str, str]], width: dict[str, str]) -> None:
    for tag, attributes in dates.items():
        add(node, tag, **attributes)
    if width:
        add(node, "width", **width)


def _period(node: Node, period: tuple[str, str]) -> None:
    add(node, "period", value=period[0], unit=period[1])


def _sum(node: Node, dates: dict, width: dict[str, str], period: tuple[str, str] | None) -> None:
    """An SXPR_TS; the components after the first are joined by intersection (operator A)."""
    parts = []
    if period:
        parts.append(("PIVL_TS", lambda component: _period(component, period)))
    if dates:
        parts.append(("IVL_TS", lambda component: _range(component, dates, {})))
    if width:
        parts.append(("IVL_TS", lambda component: _range(component, {}, width)))
    for place, (kind, fill) in enumerate(parts):
        fill(_node(node, "comp", kind, **({"operator": "A"} if place else {})))


HOURS = {"h": 1, "d": 24, "wk": 168}
"""Hours in a unit of the interval between doses."""


def single_doses(row: Row) -> Row:
    """A dosage with several doses in its interval as one dose in each part of it, since R3 has no count: 2 a day is every 12 h.

    Where that is no whole number of hours, the interval is left to the words of the dosage (G.k.4.r.8).
    """
    if not is_number(row["per_interval"]) or row["per_interval"] == "1":
        return row
    count, interval = Decimal(row["per_interval"]), row["interval"]
    hours = Decimal(interval) * HOURS.get(row["interval_unit"], 0) if is_number(interval) else Decimal(0)
    if count and hours and not hours % count:
        return row | {"per_interval": "", "interval": f"{hours / count:f}", "interval_unit": "h"}
    dosage_words = phrases.joined([phrases.amount(row), row["dosage_text"] if has(row["dosage_text"]) else ""], "; ")
    return row | {"interval": "", "interval_unit": "", "dosage_text": dosage_words}
