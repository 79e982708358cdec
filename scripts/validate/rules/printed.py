"""Test results as printed, read column by column: number, range, and what the series profile knows of the analyte."""

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.validate.flags import narrow
from scripts.words import quantities


def printed(tests: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Tests with a printed value, and beside it, nan or blank where unknown:

    number, ambiguous                   of the value (scripts.words.quantities.printed_number)
    high, range_unit, ambiguous_range   of the printed range
    usual_unit, upper, lower, expected   of the analyte in the profile
    ratio               how many of the usual unit make one printed unit
    """
    tests = narrow(tests, "test", "value", "unit_as_printed", "reference_as_printed")
    tests = tests[filled(tests["value"])]
    numbers = {text: quantities.printed_number(text) for text in tests["value"].unique()}
    ranges = {text: quantities.printed_range(text) for text in tests["reference_as_printed"].unique()}
    value, reference = tests["value"], tests["reference_as_printed"]
    read = tests.assign(
        number=value.map({text: number.value for text, number in numbers.items()}).astype(float),
        ambiguous=value.map({text: number.ambiguous for text, number in numbers.items()}).astype(bool),
        high=reference.map({text: limits.high for text, limits in ranges.items()}).astype(float),
        range_unit=reference.map({text: limits.unit for text, limits in ranges.items()}).astype(object),
        ambiguous_range=reference.map({text: limits.ambiguous for text, limits in ranges.items()}).astype(bool),
        **_analytes(tests["test"], profile),
    )
    return read.assign(ratio=factors(read["unit_as_printed"], read["usual_unit"]))


def _analytes(test: pd.Series, profile: Profile) -> dict[str, pd.Series]:
    """Facts of the profile by test, whatever the spelling of its name (scripts.words.quantities.analyte)."""
    known = {quantities.analyte(analyte_name): analyte for analyte_name, analyte in profile.analytes.items()}
    names = {text: quantities.analyte(text) for text in test.unique()}
    analyte_of_text = {text: known[analyte_name] for text, analyte_name in names.items() if analyte_name in known}
    return {
        "upper": test.map({text: analyte.upper for text, analyte in analyte_of_text.items()}).astype(float),
        "lower": test.map({text: analyte.lower for text, analyte in analyte_of_text.items()}).astype(float),
        "usual_unit": test.map({text: analyte.unit for text, analyte in analyte_of_text.items()})
        .astype(object)
        .fillna(""),
        "expected": test.map({text: analyte.expected for text, analyte in analyte_of_text.items()})
        .astype(object)
        .fillna(""),
    }


def factors(units: pd.Series, others: pd.Series) -> pd.Series:
    """How many `others` make one of `units`, row by row; nan where the two cannot be compared."""
    both = (units != "") & (others != "")
    pairs = set(zip(units[both], others[both], strict=True))
    known = {pair: factor(*pair) for pair in pairs}
    ratios = [known.get(pair, np.nan) for pair in zip(units, others, strict=True)] if known else np.nan
    return pd.Series(ratios, index=units.index, dtype=float)


def factor(unit: str, other: str) -> float:
    """How many `other` make one `unit`; nan where the two cannot be compared."""
    ratio = quantities.factor(unit, other) if unit and other else None
    return np.nan if ratio is None else ratio
