"""How much, how often: the amount of one dosage in words."""

from collections.abc import Mapping

from schemas.codes import labels
from schemas.fields import NO_VALUE
from scripts.words.wording import counted, span


def amount(row: Mapping[str, str]) -> str:
    """Amount and unit of a row of `doses`, with how often it is given; blank without an amount.

    | amount | per interval | interval      | in words              |
    |--------|--------------|---------------|-----------------------|
    | 5 mg   | blank or 1   | blank         | 5 mg                  |
    | 5 mg   | blank or 1   | 12 h          | 5 mg every 12 hours   |
    | 5 mg   | blank or 1   | {asnecessary} | 5 mg, as necessary    |
    | 5 mg   | 2            | 1 d           | 5 mg x 2 per day      |
    | 5 mg   | 3            | 2 wk          | 5 mg x 3 per 2 weeks  |
    | 5 mg   | 2            | blank         | 5 mg x 2              |
    """
    if row["amount"] in NO_VALUE:
        return ""
    told, joint = f"{row['amount']} {row['unit']}".strip(), "every"
    interval = _interval(row["interval"], row["interval_unit"])
    if row["per_interval"] not in NO_VALUE and row["per_interval"] != "1":
        told, joint = f"{told} x {row['per_interval']}", "per"
    return f"{told} {joint} {interval}" if interval else ", ".join(filter(None, (told, how_often(row))))


def how_often(row: Mapping[str, str]) -> str:
    """What an interval says that is no length of time: as necessary; without a number a code that no list knows (HS) as sent."""
    unit, known = row["interval_unit"], labels("interval_unit")
    if unit in known:
        return "" if known[unit].endswith("s") else known[unit]
    return unit if row["interval"] in NO_VALUE and unit not in NO_VALUE else ""


def doses(number: str, planned: str = "") -> str:
    """`1 dose`, `2 doses`, `2 to 3 doses`, `1 of 1 dose`, `1 of 5 doses`."""
    return counted(number if planned in NO_VALUE else f"{number} of {planned}", "dose")


def given(use: Mapping[str, str]) -> str:
    """How many doses of a course or an exposure were given, of how many planned.

    | given   | planned | in words                            |
    |---------|---------|-------------------------------------|
    | 3       | 5       | 3 of 5 doses given                  |
    | 2, 3    | blank   | 2 to 3 doses given                  |
    | unknown | 5       | 5 doses planned, given: not known   |
    | unknown | blank   | doses given: not known              |
    """
    number, planned = span(use["given_lower"], use["given_upper"]), use["planned_doses"]
    if {use["given_lower"], use["given_upper"]} - NO_VALUE:
        return f"{doses(number, planned)} given"
    return f"doses given: {number}" if planned in NO_VALUE else f"{doses(planned)} planned, given: {number}"


def _interval(number: str, unit: str) -> str:
    """`day`, `2 weeks`, in the words of the list `interval_unit`; blank where one of both is not known."""
    words = labels("interval_unit").get(unit, "")
    if number in NO_VALUE or not words.endswith("s"):
        return ""
    return words.removesuffix("s") if number == "1" else f"{number} {words}"
