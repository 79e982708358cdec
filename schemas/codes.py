"""Code lists: one CSV each under schemas/codelists/, first column the code, second its label.

Further columns hold the numbers other formats use for the same meaning (E2B(R3), E2B(R2), FAERS ...). The column
`general_knowledge` names those of them whose codes in a row were read in no publisher's document or file.
"""

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "codelists"


@cache
def rows(codelist: str) -> tuple[dict[str, str], ...]:
    """All rows of the code list `codelist`, in file order. KeyError where there is no such list."""
    path = FOLDER / f"{codelist}.csv"
    if not path.exists():
        raise KeyError(f"no code list '{codelist}' under {FOLDER.name}/")
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle))


@cache
def codes(codelist: str) -> tuple[str, ...]:
    """The codes of a list, in file order."""
    return tuple(row["code"] for row in rows(codelist))


@cache
def labels(codelist: str) -> dict[str, str]:
    """code -> label for people."""
    return {row["code"]: row["label"] for row in rows(codelist)}


@cache
def crosswalk(codelist: str, column: str) -> dict[str, str]:
    """code -> the other format's code; codes the other format cannot say are left out."""
    return {row["code"]: row[column] for row in rows(codelist) if row.get(column)}


@cache
def back(codelist: str, column: str) -> dict[str, str]:
    """The other format's code -> ours; the first row wins where several share one foreign code."""
    our_codes: dict[str, str] = {}
    for row in rows(codelist):
        for code in filter(None, (row.get(column) or "").split("|")):
            our_codes.setdefault(code, row["code"])
    return our_codes


SERIOUSNESS = codes("seriousness")
"""The six criteria, in the order of E2B(R3) E.i.3.2a to f."""

DEAD = frozenset(crosswalk("vital", "died"))
"""Codes of `vital` that say that the patient died, of whatever cause."""

DOUBTFUL_UNITS = frozenset(crosswalk("unit_verdict", "doubtful"))
"""Codes of `unit_verdict` of a number whose unit is not known for sure."""

MISSING = codes("missing")
"""Reasons a cell may hold instead of a value. A blank cell means `no_information`."""


@cache
def days_per_unit() -> dict[str, float]:
    """Unit of time -> days: the one place that says how long a month is."""
    return {code: float(Fraction(days)) for code, days in crosswalk("scale", "days").items()}
