"""Section F: test results; a plain number with a whole unit as a quantity, anything else in words as printed."""

import re

from schemas.codes import crosswalk
from scripts.documents.case_file import Row, has
from scripts.documents.e2b.message import Message
from scripts.documents.e2b.nodes import LISTS, MEDDRA, Node, add, is_unit, organizer_of, path, stamp, value
from scripts.documents.words import phrases
from scripts.documents.words.phrases import joined
from scripts.words import wording
from scripts.words.quantities import Range, printed_range

QUALIFIED = re.compile(r"\s*(<=|>=|<|>)?\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*")


def tests(role: Node, message: Message) -> None:
    """Fill section F."""
    if message.case.rows("tests"):
        organizer = organizer_of(role, "3")
        for row in message.case.rows("tests"):
            _test(organizer, row, message)


def _test(organizer: Node, row: Row, message: Message) -> None:
    """F.r: a plain number with a whole unit as a quantity; anything else as printed, in words."""
    node = path(add(organizer, "component", typeCode="COMP"), "observation")
    known = message.code("F.r.2.2", row["test"], row["test_code"], row.get("test_version", ""))
    code_node = add(node, "code", **(known | {"codeSystem": MEDDRA} if known else {}))
    if has(row["test"]) and row["test"] != row["test_code"]:
        add(code_node, "originalText", row["test"])
    date = stamp(row["time_date"]) if has(row["time_date"]) else ""
    message.leave_date_open("F.r.1", row["time_date"])
    add(node, "effectiveTime", **({"value": date} if date else {"nullFlavor": "UNK"}))
    sign, number = _plain(row, message)
    if number:
        _quantity(node, sign, number, row["unit_as_printed"])
    limits = _limits(row) if number else []
    result_words = result_in_words(row, message, bool(number), bool(limits))
    if result_words:
        value(node, "ED", result_words)
    result = crosswalk("test_result", "e2b_r3").get(row["coded_result"])
    if result:
        add(node, "interpretationCode", code=result, codeSystem=f"{LISTS}12")
    for mark, limit, unit in limits:
        band = path(node, "referenceRange", "observationRange")
        value(band, "PQ", value=limit, unit=unit)
        add(band, "interpretationCode", code=mark, codeSystem="2.16.840.1.113883.5.83")


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


def result_in_words(row: Row, message: Message, number_sent: bool, range_sent: bool) -> str:
    """F.r.3.4: the finding, and of which other course it is; the value, unit and range as printed where they are not sent as numbers."""
    parts = []
    if not number_sent:
        parts = [joined([row[column] if has(row[column]) else "" for column in ("value", "unit_as_printed")], " ")]
    if not range_sent and has(row["reference_as_printed"]):
        parts.append(f"reference {row['reference_as_printed']}")
    time = phrases.when(row, "time", message.case, "tests") if not has(row["time_date"]) else ""
    reading = wording.coded("reading", row["reading"]) if has(row["reading"]) else ""
    finding = row["finding"] if has(row["finding"]) else ""
    return joined([*parts, finding or reading, phrases.of_course(row, message.case), time])


def _limits(row: Row) -> list[tuple[str, str, str]]:
    """F.r.4 and F.r.5, each with its mark and with the unit of the range, else of the result; none where it has no usable unit."""
    limits = printed_range(row["reference_as_printed"]) if has(row["reference_as_printed"]) else Range()
    unit = limits.unit or row["unit_as_printed"]
    ends = (("L", limits.low), ("H", limits.high)) if is_unit(unit) else ()
    return [(mark, f"{number:.12g}", unit) for mark, number in ends if number is not None]
