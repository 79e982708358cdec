"""How numbers and gaps read: rounding, symbols and footnotes live here and nowhere else.

Study days and elapsed days are always labelled; a share stands beside its count and alone nowhere; a missing
value shows its reason.
"""

import math

from schemas.codes import labels

UNKNOWN = "no information"
SHORT_REASONS = {"not_stated": "not stated", "not_seen": "text not seen", "no_information": UNKNOWN, "": UNKNOWN}


def number(value: float, digits: int = 3) -> str:
    """Up to `digits` decimals without trailing zeros; inf reads `not reached`, nan a dash."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "not reached"
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else f"{value:.0f}"


def count(value: float) -> str:
    """A whole number."""
    return "–" if math.isnan(value) else f"{value:.0f}"


def study_days(lower: float, upper: float) -> str:
    """(lower, upper] elapsed days as study days, first dose day = 1: (0, 4] -> 1 to 4; (3, 4] -> 4; (0, inf) -> –."""
    if math.isinf(upper):
        return "–" if lower <= 0 else f"after {number(lower, 1)}"
    first, last = math.floor(lower) + 1, math.ceil(upper)
    first, last = (first if first > 0 else first - 1), (last if last > 0 else last - 1)
    return str(last) if first >= last else f"{first} to {last}"


def elapsed_days(lower: float, upper: float) -> str:
    """Elapsed days in half-open form: (0, 16]; exact 7; (14, ...) where open; a dash where nothing is known."""
    if lower == upper:
        return number(lower, 2)
    if math.isinf(upper):
        return "–" if lower <= 0 else f"more than {number(lower, 2)}"
    return f"({number(lower, 2)}, {number(upper, 2)}]"


def limits(lower: float, upper: float) -> str:
    """Confidence limits of a share, three decimals."""
    return f"{number(lower)} to {number(upper)}"


def of(x: float, n: float) -> str:
    """`9 of 12 (75%)`; no percentage below a denominator of 10."""
    share = f" ({100 * x / n:.0f}%)" if n >= 10 else ""
    return f"{count(x)} of {count(n)}{share}"


def known_possible(known: float, possible: float, n: float) -> str:
    """`9 to 10 of 12`: known to possible."""
    return (
        f"{count(known)} of {count(n)}" if known == possible else f"{count(known)} to {count(possible)} of {count(n)}"
    )


def cell(text: str) -> str:
    """A reported cell: its value, or its reason for missing in words."""
    if text in SHORT_REASONS:
        return SHORT_REASONS[text]
    return labels("missing").get(text, text)


def coded(codelist: str, code: str) -> str:
    """The label of a code, or the reason for missing in words."""
    return labels(codelist).get(code) or cell(code)


def span(lower: str, upper: str) -> str:
    """Two reported cells that bound a value: 29, 25 to 36, or the reason for missing."""
    return cell(lower) if lower == upper or not upper else f"{cell(lower)} to {cell(upper)}"


def name(code: str) -> str:
    """A code as words: first_symptom -> first symptom."""
    return code.replace("_", " ")
