"""Laboratory results as printed: Q01 unit incomplete, Q02 implausible as printed, Q05 separator, Q06 expected."""

import pandas as pd

from schemas.profile import Analyte, Profile
from scripts import quantities
from scripts.validate import place


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> list[dict]:
    """Findings about tests whose value or unit cannot be taken as printed."""
    tests = tables.get("tests")
    if tests is None or not len(tests):
        return []
    analytes = {name.casefold(): analyte for name, analyte in profile.analytes.items()}
    found = []
    for _, row in tests[tests["value"].ne("")].iterrows():
        found += _judge(row, analytes.get(row["test"].casefold()))
    return found


def _judge(row: pd.Series, analyte: Analyte | None) -> list[dict]:
    number = quantities.printed_number(row["value"])
    if number.value is None:
        return []
    found, unit = [], row["unit_as_printed"]
    if quantities.incomplete(unit):
        cure = "Keep it as printed; compare only as a multiple of the printed upper limit, or ask the authors."
        found.append(_finding(row, "Q01", "error", "unit_as_printed", unit, "the unit has no numerator", cure))
    if analyte and quantities.implausible(number.value, unit, analyte.upper, analyte.unit):
        what = f"more than 1000 times the usual upper limit of {analyte.upper:g} {analyte.unit} if read literally"
        cure = "Keep it as printed; the unit is probably another one. Ask the authors."
        found.append(_finding(row, "Q02", "error", "value", f"{row['value']} {unit}", what, cure))
    if number.ambiguous:
        what = "the comma may separate thousands or decimals; read as thousands before three digits"
        cure = "Type the number without separators if you know which it is."
        found.append(_finding(row, "Q05", "warning", "value", row["value"], what, cure))
    if analyte and analyte.lower and not analyte.expected and _below(number.value, unit, analyte):
        what = f"less than a tenth of the usual lower limit of {analyte.lower:g} {analyte.unit}"
        found.append(_finding(row, "Q06", "information", "value", row["value"], what, "Check the value and its unit."))
    return found


def _below(value: float, unit: str, analyte: Analyte) -> bool:
    ratio = quantities.factor(unit, analyte.unit)
    return ratio is not None and value * ratio < (analyte.lower or 0) / 10


def _finding(row: pd.Series, rule: str, severity: str, column: str, value: str, what: str, cure: str) -> dict:
    return {"rule": rule, "severity": severity, "table": "tests", "column": column, "value": value, "what": what,
            "cure": cure} | place(row)  # fmt: skip
