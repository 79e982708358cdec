"""Test results: the printed string, a verdict on its unit, and the multiple of a printed upper limit."""

from dataclasses import replace

import numpy as np
import pandas as pd

from schemas.codes import DOUBTFUL_UNITS
from schemas.fields import NO_VALUE
from schemas.plain_rows import plain_rows
from schemas.profile import Analyte
from scripts.words import quantities

COLUMNS = (
    "case_id", "result", "test", "course", "as_printed", "reference_as_printed", "value", "verdict", "fold",
    "fold_condition", "reading", "finding", "expected",
)  # fmt: skip


def results_of_tests(tests: pd.DataFrame, analytes: dict[str, Analyte]) -> pd.DataFrame:
    """One row per result of `tests`; a value whose unit is incomplete or implausible is never converted.

    Where a result has no printed range, the multiple borrows that of the same patient's first result of the same
    test, and says so: the presumption is that its unit is the one of that first range.
    """
    known = {quantities.analyte(analyte_name): analyte for analyte_name, analyte in analytes.items()}
    ranges: dict[tuple[str, str], quantities.Range] = {}
    rows = []
    for row in plain_rows(tests):
        key = (row["case_id"], quantities.analyte(row["test"]))
        printed_range = quantities.printed_range(row["reference_as_printed"])
        if printed_range.high is not None:
            ranges.setdefault(key, replace(printed_range, unit=printed_range.unit or row["unit_as_printed"]))
        rows.append(_result(row, known.get(key[1]), printed_range, ranges.get(key)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"value": float, "fold": float})


def _result(row: dict, analyte: Analyte | None, given: quantities.Range, borrowed: quantities.Range | None) -> dict:
    number = quantities.printed_number(row["value"]).value
    verdict = _verdict(row, number, analyte)
    limit, condition = given, ""
    if given.high is None and borrowed is not None and (verdict in DOUBTFUL_UNITS or borrowed.unit):
        limit = borrowed
        condition = "if the unit is that of the first range" if verdict in DOUBTFUL_UNITS else "by the first range"
    fold = quantities.fold(_in_unit_of(limit, number, row["unit_as_printed"], verdict), limit.high)
    return {
        "case_id": row["case_id"],
        "result": row["result"],
        "test": row["test"],
        "course": row["course"],
        "as_printed": _as_printed(row),
        "reference_as_printed": row["reference_as_printed"],
        "value": np.nan if number is None else number,
        "verdict": verdict,
        "fold": np.nan if fold is None else fold,
        "fold_condition": condition if fold is not None else "",
        "reading": row["reading"],
        "finding": row["finding"],
        "expected": analyte.expected if analyte else "",
    }


def _in_unit_of(limit: quantities.Range, number: float | None, unit: str, verdict: str) -> float | None:
    """The number in the unit of the range; None where the two units cannot be compared.

    A range without a unit, or a unit in doubt, is taken for the unit of the other.
    """
    if number is None or not limit.unit or unit == limit.unit or verdict in DOUBTFUL_UNITS:
        return number
    factor = quantities.factor(unit, limit.unit)
    return None if factor is None else number * factor


def _as_printed(row: dict) -> str:
    value, unit = row["value"], row["unit_as_printed"]
    return value if value in NO_VALUE or unit in NO_VALUE else f"{value} {unit}"


def _verdict(row: dict, number: float | None, analyte: Analyte | None) -> str:
    """A number that has no unit says so (`not_applicable`); any other reason for naming none leaves it in doubt."""
    unit = row["unit_as_printed"]
    if number is None:
        return "not_numeric"
    if quantities.incomplete(unit):
        return "incomplete"
    if analyte and quantities.implausible(number, unit, analyte.upper, analyte.unit):
        return "implausible"
    return "no_unit" if unit in NO_VALUE and unit != "not_applicable" else "as_printed"
