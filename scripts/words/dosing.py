"""How much, how often: the amount of one dosage in words."""

from collections.abc import Mapping

from schemas.codes import labels
from schemas.fields import NO_VALUE
from scripts.words.wording import counted, span


def amount(row: Mapping[str, str]) -> str:
    """Amount and unit of a row of `doses`, with how many of them each interval holds; blank without an amount.

    | amount | per interval | interval | in words              |
    |--------|--------------|----------|-----------------------|
    | 5 mg   | blank or 1   | any      | 5 mg                  |
    | 5 mg   | 2            | 1 d      | 5 mg x 2 per day      |
    | 5 mg   | 3            | 2 wk     | 5 mg x 3 per 2 weeks  |
    | 5 mg   | 2            | blank    | 5 mg x 2              |
    """
    if row["amount"] in NO_VALUE:
        return ""
    once = f"{row['amount']} {row['unit']}".strip()
    if row["per_interval"] in NO_VALUE or row["per_interval"] == "1":
        return once
    return f"{once} x {row['per_interval']}{_each(row['interval'], row['interval_unit'])}"


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


def _each(number: str, unit: str) -> str:
    """` per day`, ` per 2 weeks`, in the words of the list `interval_unit`; blank where one of both is not known."""
    words = labels("interval_unit").get(unit, "")
    if number in NO_VALUE or not words.endswith("s"):
        return ""
    return f" per {words.removesuffix('s')}" if number == "1" else f" per {number} {words}"
