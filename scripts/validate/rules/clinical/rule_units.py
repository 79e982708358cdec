"""Units and separators: Q03 FEU or DDU, Q04 two units in one patient, Q05 separators, Q07 no unit where two are in use."""

import re

import pandas as pd

from schemas.codes import rows as listed
from schemas.contract import IN_COLUMN
from schemas.fields import NO_VALUE
from schemas.profile import Profile
from scripts.validate.flags import NONE, as_severe, flag, matching, together, worded
from scripts.validate.rules.printed import printed
from scripts.words import quantities

COMMA = "the comma may separate thousands or decimals; read as thousands before three digits"
OTHER_CELLS = "other numbers of the file have decimal commas: thousands or decimals is not known"
ASK = "Type the number as the other cells of the file have it, or without a separator."
DECIMAL_COMMA = re.compile(r"(?<![\d.,])(?:\d+,(?:\d{1,2}|\d{4,})|0\d*,\d+)(?![\d.,])")
"""A comma that cannot separate thousands: other than three digits after it, or a nought before it."""
POINT = "the point may separate decimals or thousands; read as decimals"


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about units that must not be mixed up."""
    tests = printed(tables["tests"], profile)
    tests = tests[tests["number"].notna()]
    if not len(tests):
        return NONE
    return together([_component(tests), _two_units(tests), _separator(tests), _dual(tests)])


def _component(tests: pd.DataFrame) -> pd.DataFrame:
    """Q03: the analyte is reported as FEU or DDU, and this result does not say which, or says the other."""
    meant = worded(tests["usual_unit"], quantities.component)
    printed_component = worded(tests["unit_as_printed"], quantities.component)
    printed_component = printed_component.where(
        printed_component != "", worded(tests["range_unit"], quantities.component)
    )
    other = tests[(meant != "") & (printed_component != meant)]
    what = worded(
        printed_component[other.index],
        lambda kind: f"in {kind}, not" if kind else "does not say whether FEU or DDU, against",
    )
    return flag("tests", other, "Q03", "unit_as_printed", what + " " + other["usual_unit"] + " of the profile")


def _two_units(tests: pd.DataFrame) -> pd.DataFrame:
    """Q04: one patient, one analyte, another unit or range than in the first result."""
    analyte = worded(tests["test"], quantities.analyte)
    parts = []
    spelt = {"unit_as_printed": quantities.same_unit, "reference_as_printed": lambda text: "".join(text.split())}
    for column, words in (("unit_as_printed", "unit"), ("reference_as_printed", "reference range")):
        told = tests[~tests[column].isin(NO_VALUE)]
        plain_spelling = worded(told[column], spelt[column])
        of_patient = [told["case_id"], analyte[told.index]]
        first = told.groupby(of_patient, sort=False)[column].transform("first")
        other = told[plain_spelling != plain_spelling.groupby(of_patient, sort=False).transform("first")]
        what = f"another {words} than in the first result of this patient: " + first[other.index]
        parts.append(flag("tests", other, "Q04", column, what))
    return together(parts)


def _separator(tests: pd.DataFrame) -> pd.DataFrame:
    """Q05: one comma or point before three digits may separate thousands or decimals, in a value or in its range.

    Where other cells of the same file settle that the comma is decimal, the doubtful number is withheld, not guessed.
    """
    comma_decides = _file(tests).isin(_with_decimal_commas(tests))
    parts = []
    for column, either in (("value", "ambiguous"), ("reference_as_printed", "ambiguous_range")):
        rows = tests[tests[either] & ~comma_decides]
        what = worded(rows[column], lambda text: COMMA if "," in text else POINT)
        asked = flag("tests", tests[tests[either] & comma_decides], "Q05", column, OTHER_CELLS, cure=ASK)
        parts += [flag("tests", rows, "Q05", column, what), as_severe(asked, "error")]
    return together(parts)


def _with_decimal_commas(tests: pd.DataFrame) -> set[str]:
    """Files with a result or a range whose comma can only be a decimal one: 0-5,0 or 0,286."""
    sure = tests[["value", "reference_as_printed"]].apply(lambda column: matching(column, DECIMAL_COMMA.search))
    return set(_file(tests[sure.any(axis=1)]))


def _file(tests: pd.DataFrame) -> pd.Series:
    """The file alone, without the column that a place may name."""
    return worded(tests["at_file"], lambda place: place.partition(IN_COLUMN)[0])


def _dual(tests: pd.DataFrame) -> pd.DataFrame:
    """Q07: no unit, and a number that is possible in both units of the analyte: it means two different things."""
    dual = {analyte: row for row in listed("dual_units") for analyte in row["names"].split("|")}
    analyte = worded(tests["test"], quantities.analyte)
    bare = tests[tests["unit_as_printed"].isin(NO_VALUE) & (tests["range_unit"] == "") & analyte.isin(dual)]
    facts = [(number, dual[test]) for number, test in zip(bare["number"], analyte[bare.index], strict=True)]
    words = [_both(*fact) if _possible_in_both(*fact) else "" for fact in facts]
    what = pd.Series(words, index=bare.index, dtype=object)
    bare, what = bare[what != ""], what[what != ""]
    return flag("tests", bare, "Q07", "unit_as_printed", what, value=bare["value"])


def _possible_in_both(number: float, row: dict[str, str]) -> bool:
    lowest, highest, factor = (float(row[column]) for column in ("lowest", "highest", "factor"))
    return max(lowest, lowest * factor) <= number <= min(highest, highest * factor)


def _both(number: float, row: dict[str, str]) -> str:
    in_first = number / float(row["factor"])
    return (
        f"no unit: {number:g} {row['unit']}, or {number:g} {row['other_unit']}, which is {in_first:.3g} {row['unit']}"
    )
