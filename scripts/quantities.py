"""Laboratory values as printed: number, unit, reference range, and how far they can be trusted.

Nothing is converted silently: a verdict names what is wrong, the printed string stays.
"""

import re
from dataclasses import dataclass
from functools import cache

THOUSANDS = re.compile(r"[1-9]\d{0,2}([,  ']\d{3})+(\.\d+)?")
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
EITHER = re.compile(r"[1-9]\d{0,2}[,.]\d{3}")
REFERENCE = re.compile(
    r"(?P<low>\d[\d.,]*)\s*(?:-|–|to)\s*(?P<high>\d[\d.,]*)\s*(?P<unit>.*)"
    r"|(?:<|<=|≤|up to)\s*(?P<top>\d[\d.,]*)\s*(?P<top_unit>.*)"
)
QUALIFIER = re.compile(r"^\s*(<=|>=|<|>|≤|≥)\s*")
COMPONENT = re.compile(r"\b(FEU|DDU)\b", re.IGNORECASE)
UNIT = re.compile(r"[\w\s%°/.*^×()µμ-]{1,40}")
TOWER = re.compile(r"(\^|\*\*)\s*[-+]?\d+\s*(\^|\*\*)|(\^|\*\*)\s*[-+]?\d{3,}|\d{7,}")
IMPLAUSIBLE_FOLD = 1000.0
"""Q02: a value more than 10^3 times the usual limit is taken for a unit error."""


@dataclass(frozen=True)
class Printed:
    """A printed number. `ambiguous`: its only comma or point may separate thousands or decimals (Q05)."""

    value: float | None
    qualifier: str = ""
    ambiguous: bool = False


def printed_number(text: str) -> Printed:
    """Read a printed number: 0.5, 18,752 or 18.752 (ambiguous: a comma before three digits is read as thousands, a point as decimals), < 0.27. No number: value None."""
    match = QUALIFIER.match(text)
    qualifier = match[1] if match else ""
    digits = QUALIFIER.sub("", text).strip()
    if THOUSANDS.fullmatch(digits):
        return Printed(float(re.sub("[,  ']", "", digits)), qualifier, bool(EITHER.fullmatch(digits)))
    if PLAIN.fullmatch(digits):
        return Printed(float(digits.replace(",", ".")), qualifier, bool(EITHER.fullmatch(digits)))
    return Printed(None)


@dataclass(frozen=True)
class Range:
    """A printed reference range; None where a side is not printed."""

    low: float | None = None
    high: float | None = None
    unit: str = ""


def printed_range(text: str) -> Range:
    """Read `0-500`, `0 - 500 ng/mL` or `< 500 ng/mL`; anything else gives an empty range."""
    match = REFERENCE.fullmatch(text.strip())
    if not match:
        return Range()
    if match["top"]:
        return Range(None, printed_number(match["top"]).value, match["top_unit"].strip())
    return Range(printed_number(match["low"]).value, printed_number(match["high"]).value, match["unit"].strip())


def incomplete(unit: str) -> bool:
    """Q01: a unit with a denominator and no numerator, as in `/L FEU`."""
    return unit.strip().startswith("/")


def component(unit: str) -> str:
    """FEU or DDU, or blank: quantities of the two kinds are not comparable (Q03)."""
    found = COMPONENT.search(unit)
    return found[1].upper() if found else ""


@cache
def factor(unit: str, other: str) -> float | None:
    """How many `other` make one `unit`; None where the two cannot be compared."""
    if _plain(unit) == _plain(other):
        return 1.0
    if component(unit) != component(other) or not all(map(_readable, (unit, other))):
        return None
    import pint

    registry = _registry()
    try:
        ratio = registry.Quantity(1, _plain(unit)).to(_plain(other))
    except (pint.PintError, AttributeError, ValueError, TypeError):
        return None
    return float(ratio.magnitude)


def _readable(unit: str) -> bool:
    """Short, of letters and powers, and no power of a power: what users type is not evaluated without end."""
    return bool(UNIT.fullmatch(unit)) and not TOWER.search(unit)


@cache
def _registry():
    import pint

    return pint.UnitRegistry()


def _plain(unit: str) -> str:
    """A unit without component names, with the mass prefixes of laboratories in ASCII."""
    text = COMPONENT.sub("", unit).strip().replace("µ", "u").replace("μ", "u").replace("mcg", "ug")
    return re.sub(r"^[x×]\s*", "", text)


def fold(value: float | None, upper: float | None) -> float | None:
    """Value as a multiple of an upper limit; None where either is unknown or the limit is not positive."""
    return value / upper if value is not None and upper and upper > 0 else None


def implausible(value: float | None, unit: str, usual_upper: float | None, usual_unit: str) -> bool:
    """Q02: read literally, the value is more than 10^3 times the usual upper limit of the analyte."""
    if value is None or not usual_upper or not unit or incomplete(unit):
        return False
    ratio = factor(unit, usual_unit)
    return ratio is not None and value * ratio > IMPLAUSIBLE_FOLD * usual_upper
