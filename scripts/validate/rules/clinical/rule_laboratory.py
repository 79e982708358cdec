"""Laboratory results as printed: Q01 unit incomplete, Q02 implausible as printed, Q06 implausible unless expected, or
against what is expected."""

from functools import cache

import numpy as np
import pandas as pd

from schemas.fields import filled
from schemas.profile import Profile
from scripts.validate.clock import before_origin, course_of, since_first_dose, starts
from scripts.validate.flags import NONE, flag, together, worded
from scripts.validate.rules.printed import factor, factors, printed
from scripts.words import quantities

MASSES = ("g", "mg", "ug", "ng", "pg")
OPPOSED = "Check the value, its unit and its time."
FAR = quantities.IMPLAUSIBLE_FOLD
OFF = 100.0
"""Q02: a printed range, or the step from the value's unit to the range's, that is off by more than this."""


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about tests whose value or unit cannot be taken as printed."""
    tests = printed(tables["tests"], profile)
    tests = tests[tests["number"].notna()]
    if not len(tests):
        return NONE
    literal = tests["number"] * tests["ratio"] / tests["upper"]
    return together(
        [
            _incomplete(tests),
            _beyond_usual(tests[literal > FAR]),
            _beyond_printed(tests[~(literal > FAR)]),
            _other_unit(tests[filled(tests["range_unit"]) & tests["unit_as_printed"].ne(tests["range_unit"])]),
            _strange_range(tests[tests["upper"].notna() & tests["high"].notna()]),
            _unexpected(tests),
            _opposed(tests, tables),
        ]
    )


def _incomplete(tests: pd.DataFrame) -> pd.DataFrame:
    """Q01: a unit without numerator, with the units that would fit the printed range."""
    rows = tests[
        tests["unit_as_printed"].isin([u for u in tests["unit_as_printed"].unique() if quantities.incomplete(u)])
    ]
    facts = rows[["unit_as_printed", "high", "upper", "usual_unit", "reference_as_printed"]]
    what = [_fitting(*row) for row in facts.itertuples(index=False)]
    return flag("tests", rows, "Q01", "unit_as_printed", pd.Series(what, index=rows.index, dtype=object))


@cache
def _fitting(unit: str, high: float, upper: float, usual: str, reference: str) -> str:
    """The mass units in which the printed upper limit is the usual one, within a factor of two."""
    start = "the unit has no numerator"
    if np.isnan(high) or np.isnan(upper):
        return start
    units = [quantities.with_numerator(unit, mass) for mass in MASSES]
    fitting = [each for each in units if 0.5 <= high * factor(each, usual) / upper <= 2]
    if not fitting:
        return f"{start}, and no mass unit fits the printed range {reference}"
    return f"{start}; of the mass units {' or '.join(fitting)} alone would fit the printed range {reference}"


def _beyond_usual(rows: pd.DataFrame) -> pd.DataFrame:
    """Q02: read literally, the value is out of reach of the analyte: its unit is wrong; with one that would not be."""
    facts = rows[["number", "unit_as_printed", "usual_unit", "upper"]]
    better = pd.Series([_better(*row) for row in facts.itertuples(index=False)], index=rows.index, dtype=object)
    limit = worded(rows["upper"], "{:g}".format) + " " + rows["usual_unit"]
    what = "more than 1000 times the usual upper limit of " + limit + " if read literally" + better
    return flag("tests", rows, "Q02", "unit_as_printed", what, value=rows["value"] + " " + rows["unit_as_printed"])


def _better(number: float, unit: str, usual: str, upper: float) -> str:
    for mass in MASSES if "/" in unit else ():
        other = mass + unit[unit.index("/") :]
        times = number * factor(other, usual) / upper
        if 1 / FAR <= times <= FAR:
            return f"; in {other} it would be {times:.1f} times"
    return ""


def _beyond_printed(rows: pd.DataFrame) -> pd.DataFrame:
    """Q02: the value is out of reach of its own printed limit, in the same unit or in one that is not printed."""
    same = (rows["range_unit"] == "") | (rows["range_unit"] == rows["unit_as_printed"])
    far = rows[same & (rows["high"] > 0) & (rows["number"] > FAR * rows["high"])]
    return flag("tests", far, "Q02", "value", "more than 1000 times its printed upper limit")


def _other_unit(rows: pd.DataFrame) -> pd.DataFrame:
    """Q02: value and range are printed in units so far apart that the multiple depends on which one is right."""
    step = factors(rows["unit_as_printed"], rows["range_unit"])
    moved = rows[(step > OFF) | (step < 1 / OFF)]
    what = "value and printed range are in units more than 100-fold apart"
    return flag("tests", moved, "Q02", "reference_as_printed", what)


def _strange_range(rows: pd.DataFrame) -> pd.DataFrame:
    """Q02: the printed range is not that of this analyte in this unit; where the value fits the range, it is the unit."""
    unit = rows["range_unit"].where(rows["range_unit"] != "", rows["unit_as_printed"])
    share = rows["high"] * factors(unit, rows["usual_unit"]) / rows["upper"]
    strange = (share > OFF) | (share < 1 / OFF)
    printed_share, usual = rows["number"] / rows["high"], rows["number"] * rows["ratio"] / rows["upper"]
    of_unit = strange & ~_far(printed_share) & _far(usual)
    what = "the printed range is off the usual limit more than 100-fold"
    both = "value and printed range agree with each other and are off the usual limit more than 100-fold: the unit"
    return together(
        [
            flag("tests", rows[strange & ~of_unit], "Q02", "reference_as_printed", what),
            flag("tests", rows[of_unit], "Q02", "unit_as_printed", both),
        ]
    )


def _far(share: pd.Series) -> pd.Series:
    return (share > OFF) | (share < 1 / OFF)


def _unexpected(tests: pd.DataFrame) -> pd.DataFrame:
    """Q06: below a tenth of the usual lower limit, unless the profile names a drug effect that explains it."""
    low = tests[(tests["expected"] == "") & (tests["number"] * tests["ratio"] < tests["lower"] / 10)]
    limit = worded(low["lower"], "{:g}".format) + " " + low["usual_unit"]
    return flag("tests", low, "Q06", "value", "less than a tenth of the usual lower limit of " + limit)


def _opposed(tests: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q06: ten times the usual lower limit or more, of an analyte that the drug is expected to lower, and not before it.

    The mirror of what the expected effect excuses; a result without a time may be one after the drug.
    """
    high = tests[(tests["expected"] != "") & (tests["number"] * tests["ratio"] >= tests["lower"] * 10)]
    if not len(high):
        return together([])
    rows = tables["tests"].loc[high.index]
    after = high[~before_origin(since_first_dose(rows, "time", course_of(rows, tables), starts(tables)))]
    limit = worded(after["lower"], "{:g}".format) + " " + after["usual_unit"]
    what = "ten times the usual lower limit of " + limit + " or more, and the profile expects: " + after["expected"]
    return flag("tests", after, "Q06", "value", what, cure=OPPOSED)
