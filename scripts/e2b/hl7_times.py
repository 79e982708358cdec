"""The date, interval and quantity shapes of E2B(R3) messages, as text (definitions: e2b-times).

Nothing is computed: a start with a width stays a start and a duration.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from lxml import etree

from schemas.codes import back
from scripts.e2b.translation import ours

HL7 = "{urn:hl7-org:v3}"
STAMP = re.compile(r"(\d{4})(?:(\d{2})(?:(\d{2})(\d[\d.]*)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?")
ZONE, HOURS = re.compile(r"(?:Z|([+-])(\d{2}):?(\d{2})?)$"), len("2022070409")
LOW, HIGH, WIDTH, PERIOD = (HL7 + tag for tag in ("low", "high", "width", "period"))


@lru_cache(1 << 14)
def edtf(stamp: str) -> str:
    """EDTF text of a stamp's own precision, to the day: 202207 is 2022-07; anything else as sent."""
    match = STAMP.fullmatch(stamp)
    return "-".join(filter(None, match.groups()[:3])) if match else stamp


def beyond_the_day(stamp: str) -> bool:
    """Whether a stamp says more than a date can hold: hours, a zone."""
    return len(stamp) > 8 and STAMP.fullmatch(stamp) is not None


def moment(stamp: str) -> str:
    """The digits of a stamp to the second, comparable with others: in UTC where it tells hours and a zone. A blank where it is none."""
    match, zone = STAMP.fullmatch(stamp), ZONE.search(stamp)
    if match is None:
        return ""
    digits = stamp.partition(".")[0] if zone is None else stamp[: zone.start()].partition(".")[0]
    if zone is None or len(digits) < HOURS:
        return digits
    try:
        local = datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S")
    except ValueError:
        return digits
    ahead = timedelta(hours=int(zone[2] or 0), minutes=int(zone[3] or 0))
    return (local - ahead if zone[1] == "+" else local + ahead).strftime("%Y%m%d%H%M%S")


def reason(flavour: str) -> str:
    """The reason for missing behind a nullFlavor; those that ICH does not allow say nothing we can use."""
    return back("missing", "e2b_r3").get(flavour, "no_information")


def sent(element: etree._Element | None, attribute: str = "value") -> str:
    """An attribute's value, or the reason for its absence, or a blank where there is nothing."""
    if element is None:
        return ""
    value = (element.get(attribute) or "").strip()
    flavour = element.get("nullFlavor")
    return value or (reason(flavour) if flavour else "")


@dataclass(frozen=True)
class Times:
    """What an effectiveTime says: time stamps or reasons as sent, width and period with their units."""

    low: str = ""
    high: str = ""
    width: str = ""
    width_unit: str = ""
    period: str = ""
    period_unit: str = ""

    def cells(self, start: str, end: str) -> dict[str, str]:
        """Date cells of the time groups `start` and `end`."""
        return {f"{start}_date": edtf(self.low), f"{end}_date": edtf(self.high)}

    def duration(self) -> dict[str, str]:
        """Cells of a duration with its scale."""
        return {"duration": self.width, "duration_scale": ours("scale", "e2b_r3", self.width_unit)}


def times(effective: etree._Element | None) -> Times:
    """Read any of the shapes; they may be spread over the components of an SXPR_TS.

    | shape                                        | low | high | width | period |
    |----------------------------------------------|-----|------|-------|--------|
    | value, or nullFlavor on the whole            | x   |      |       |        |
    | IVL_TS low / low,high / high                 | x   | x    |       |        |
    | IVL_TS low,width / width                     | x   |      | x     |        |
    | SXPR_TS comp PIVL_TS, comp IVL_TS, comp width| x   | x    | x     | x      |
    """
    if effective is None:
        return Times()
    low, high, width, period = (next(effective.iter(tag), None) for tag in (LOW, HIGH, WIDTH, PERIOD))
    start = sent(effective) if low is None else sent(low)
    return Times(start, sent(high), sent(width), _unit(width), sent(period), _unit(period))


def _unit(element: etree._Element | None) -> str:
    return "" if element is None else (element.get("unit") or "").strip()


def quantity(value: etree._Element | None) -> tuple[str, str]:
    """Value and unit of a PQ or IVL_PQ, open ends as signs: `<0.5`, `<=0.5`, `>90`, `>=90`, `4-11`."""
    if value is None:
        return "", ""
    low, high = value.find(LOW), value.find(HIGH)
    centre = value.find(HL7 + "center")
    if low is None and high is None:
        element = value if centre is None else centre
        return sent(element), _unit(element)
    unit = _unit(high) or _unit(low)
    lower, upper = _bound(low), _bound(high)
    if lower and upper:
        return f"{lower}-{upper}", unit
    if upper:
        return ("<" if _open(high) else "<=") + upper, unit
    return ((">" if _open(low) else ">=") + lower, unit) if lower else (sent(value), unit)


def _bound(end: etree._Element | None) -> str:
    return "" if end is None else (end.get("value") or "").strip()


def _open(end: etree._Element | None) -> bool:
    """HL7 ends are included unless they say otherwise."""
    return end is not None and end.get("inclusive") == "false"
