"""Laboratory values as printed: number, unit, reference range, and how far they can be trusted.

Nothing is converted silently: a verdict names what is wrong, the printed string stays.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}([, ']\d{3})+(\.\d+)?")
POINTS = re.compile(r"[+-]?[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,})")
"""Points between thousands, told by a comma behind them or by there being two: 1.234,5 and 1.234.567."""
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[,.]\d{3}")
REFERENCE = re.compile(
    r"(?P<low>\d[\d.,]*)\s*(?:-|–|to)\s*(?P<high>\d[\d.,]*)\s*(?P<unit>.*)"
    r"|(?:<|<=|≤|up to)\s*(?P<top>\d[\d.,]*)\s*(?P<top_unit>.*)"
    r"|(?:>|>=|≥|at least)\s*(?P<bottom>\d[\d.,]*)\s*(?P<bottom_unit>.*)"
)
HEADING = re.compile(r"^(normal|ref\.?|reference)?(\s*(range|values?))?\s*:?\s*", re.IGNORECASE)
QUALIFIER = re.compile(r"^\s*(<=|>=|<|>|≤|≥)\s*")
COMPONENT = re.compile(r"\(?\b(FEU|fibrinogen[ -]equivalent units?|DDU|D[ -]?dimer units?)\b\)?", re.IGNORECASE)
UNIT = re.compile(r"[\w\s%°/.*^×()-]{1,40}")
SPELLINGS = (
    (re.compile("[µμ]"), "u"),
    (re.compile(r"\bmcg\b"), "ug"),
    (re.compile("[−–]"), "-"),
    (re.compile("·"), "."),
    (re.compile(r"^[x×]\s*(?=10)"), ""),
    (re.compile(r"(?<=\b10)[*(eE]\s*(\d+)\)?"), r"^\1"),
    (re.compile(r"\b(mm|cm|dm|m)3\b"), r"\1^3"),
    (re.compile(r"\b([munpdc]?)l\b"), r"\1L"),
    (re.compile(r"[\s.*]*\b([A-Za-z]+)\s*\^?-\s*1\b"), r"/\1"),
)
"""Other spellings of units -> the one that compares: L-1 as /L, ml as mL, 10*9 (UCUM) and 10e9 as 10^9, mm3 as mm^3."""
CAPITALS = re.compile(r"[^a-z]*\b(MC?G|[UNP]G|[MU]MOL|[MD]L)\b[^a-z]*")
"""A unit all in capitals, as laboratories and databases send it: MG/DL; G/L alone could be thousands of millions."""
RAISED = re.compile("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
AS_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
COUNTED = frozenset(
    {
        "/uL",
        "/mm^3",
        "/100 WBC",
        "/100WBC",
        "/cmm",
        "/hpf",
        "/HPF",
        "/lpf",
        "/LPF",
        "/min",
        "/s",
    }
)
"""Units that need no numerator: cells in a microlitre or a field of the microscope, beats and breaths in a minute."""
USUAL_WORDS = re.compile(r"\b(serum|plasma|blood|whole|levels?|concentration|counts?|absolute|total)\b")
PLURAL = re.compile(r"(?<=\w{4})(?<![suia])s\b")
NAMED = re.compile(r"[^\W\d_]|[%°]")
"""A number alone is no unit."""
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
    """Read a printed number: 0.5, -1, 1.234,5, < 0.27, 18,752 or 18.752; no number: value None.

    The last two are ambiguous: one comma before three digits is read as thousands, one point as decimals.
    """
    match = QUALIFIER.match(text)
    qualifier = match[1] if match else ""
    digits = re.sub("[−–]", "-", re.sub(r"\s", " ", QUALIFIER.sub("", text).strip()))
    if THOUSANDS.fullmatch(digits):
        return Printed(float(re.sub("[, ']", "", digits)), qualifier, bool(EITHER.fullmatch(digits)))
    if POINTS.fullmatch(digits):
        return Printed(float(digits.replace(".", "").replace(",", ".")), qualifier)
    if PLAIN.fullmatch(digits):
        return Printed(float(digits.replace(",", ".")), qualifier, bool(EITHER.fullmatch(digits)))
    return Printed(None)


@dataclass(frozen=True)
class Range:
    """A printed reference range; None where a side is not printed. `ambiguous`: as of a printed number."""

    low: float | None = None
    high: float | None = None
    unit: str = ""
    ambiguous: bool = False


def printed_range(text: str) -> Range:
    """Read `0-500`, `(0 - 500 ng/mL)`, `ref. < 500 ng/mL` or `>= 4`; anything else gives an empty range."""
    match = REFERENCE.fullmatch(HEADING.sub("", text.strip().strip("()[]")))
    if not match:
        return Range()
    high, low = (
        printed_number(match["top"] or match["high"] or ""),
        printed_number(match["low"] or match["bottom"] or ""),
    )
    unit = match["top_unit"] or match["bottom_unit"] or match["unit"] or ""
    return Range(low.value, high.value, unit.strip(), low.ambiguous or high.ambiguous)


def incomplete(unit: str) -> bool:
    """Q01: a unit that names no quantity: a denominator alone, as in `/L FEU` or `L-1`, or a bare `FEU`.

    Counts need no numerator: 250 /µL are cells, 90 /min are beats.
    """
    plain = _plain(unit)
    return (
        bool(component(unit))
        if not plain
        else plain.startswith("/") and (bool(component(unit)) or plain not in COUNTED)
    )


def with_numerator(unit: str, numerator: str) -> str:
    """The incomplete unit completed: `ug/L FEU` from `/L FEU`."""
    return f"{numerator}{_plain(unit)} {component(unit)}".strip()


def same_unit(unit: str) -> str:
    """One spelling of a unit, so that µg/L, μg/L and mcg/L are one."""
    return f"{_plain(unit)} {component(unit)}".strip()


def analyte(test: str) -> str:
    """A test's name without regard to case, hyphens, number and usual words: `Serum D-Dimers` is `d dimer`.

    Where it was taken or when tells two tests apart: arterial and venous, fasting and random.
    """
    words = USUAL_WORDS.sub(" ", re.sub(r"[-‐‑–_,()]", " ", test.casefold()))
    return PLURAL.sub("", " ".join(words.split())) or test.casefold()


def component(unit: str) -> str:
    """FEU or DDU, or blank: quantities of the two kinds are not comparable (Q03)."""
    match = COMPONENT.search(unit)
    return ("FEU" if match[1][0] in "Ff" else "DDU") if match else ""


@cache
def factor(unit: str, other: str) -> float | None:
    """How many `other` make one `unit`; None where the two cannot be compared, as FEU with DDU.

    A unit that does not say FEU or DDU is compared as it stands: Q03 warns of it.
    """
    if {component(unit), component(other)} == {"FEU", "DDU"}:
        return None
    if _plain(unit) == _plain(other):
        return 1.0
    texts = [re.sub(r"^(cells?\s*)?(?=/)", "1", _plain(text)) for text in (unit, other)]
    if not all(map(_readable, texts)):
        return None
    try:
        quantity, another = map(_registry().parse_expression, texts)
        times = float((quantity / another).m_as("dimensionless"))
        return times if times >= 0 else None  # `-1E0` is a number, and no unit is less than nothing
    except Exception:  # whatever pint stumbles over in what people type; it has no one class for it
        return None


def _readable(unit: str) -> bool:
    """Short, of letters and powers, and no power of a power: what users type is not evaluated without end."""
    return bool(UNIT.fullmatch(unit) and NAMED.search(unit)) and not TOWER.search(unit)


@cache
def _registry():
    import pint

    return pint.UnitRegistry()


@lru_cache(maxsize=10_000)
def _plain(unit: str) -> str:
    """A unit in one spelling, in ASCII, without the component's name."""
    text = COMPONENT.sub("", unit).strip()
    text = text.lower() if CAPITALS.fullmatch(text) else text
    text = RAISED.sub(lambda match: "^" + match[0].translate(AS_DIGITS), text)
    for other, usual in SPELLINGS:
        text = other.sub(usual, text)
    return text.strip()


def fold(value: float | None, upper: float | None) -> float | None:
    """Value as a multiple of an upper limit; None where either is unknown or the limit is not positive."""
    return value / upper if value is not None and upper and upper > 0 else None


def implausible(value: float | None, unit: str, usual_upper: float | None, usual_unit: str) -> bool:
    """Q02: read literally, the value is more than 10^3 times the usual upper limit of the analyte."""
    if value is None or not usual_upper or not unit or incomplete(unit):
        return False
    ratio = factor(unit, usual_unit)
    return ratio is not None and value * ratio > IMPLAUSIBLE_FOLD * usual_upper
