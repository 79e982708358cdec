"""Rows of the results, found by what stands in their columns."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from schemas.endpoints import CLOCKS, MAIN_SET
from schemas.plain_rows import plain_rows
from scripts.words.wording import name

CODINGS = {"unknown": "taken as not known", "unresolved": "taken as not resolved"}
"""What a coding does with the unclear cases."""
ITEMS = {"age": "Age (years)", "ordinal": "Course of the drug (1 = first)", "dose": "Dose per administration",
         "planned_doses": "Doses planned", "given_upper": "Doses given, at most", "serious": "Seriousness",
         "serious_report": "Seriousness, the report", "vital": "Alive at last report",
         "evidence_level": "Evidence level"}  # fmt: skip
"""Characteristics whose codes are no words for readers."""
UNCLEAR = "cases for which the statement on their group does not say whether the time was later or is not known"


def taken(coding: str) -> str:
    """How a coding takes the unclear cases; blank where there are none."""
    return f"{UNCLEAR}: {CODINGS[coding]}" if coding else ""


def measure(level: str) -> tuple[str, str]:
    """What a re-exposed course had, as kind and what: `doses: fewer`; a level that is none has no kind."""
    kind, _, what = level.partition(": ")
    return kind, what


def warned(results: pd.DataFrame) -> pd.DataFrame:
    """The rows whose note is a warning: one case decides the estimated curve, or it is complete before all cases are."""
    return results[(results["statistic"] == "npmle_median") & (results["note"] != "")]


def lines_of(*rows: Mapping | pd.Series | None) -> str:
    """`211 212`: the lines of results.csv on which the rows stand, each once; blank for none."""
    return " ".join(dict.fromkeys(str(row["line"]) for row in rows if row is not None))


def result_rows(results: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """The rows with these values, in their order; `at=2` compares numbers."""
    keep = np.ones(len(results), bool)
    for column, value in wanted.items():
        keep &= results[column].to_numpy() == value
    return results[keep]


def result_row(results: pd.DataFrame, **wanted: object) -> pd.Series | None:
    """The first row with these values; None where there is none."""
    rows = result_rows(results, **wanted)
    return rows.iloc[0] if len(rows) else None


def known_elsewhere(results: pd.DataFrame, endpoint: str, clock: str, group: str) -> dict[str, int]:
    """The other points from which times of onset are told -> in how many patients; what is known there is not unknown."""
    medians = result_rows(
        results, analysis="onset", set=MAIN_SET, endpoint=endpoint, group=group, statistic="median_bounds"
    )
    return {row["clock"]: int(row["n"]) for row in plain_rows(medians) if row["clock"] in set(CLOCKS) - {clock}}


def needed_result(results: pd.DataFrame, **wanted: object) -> pd.Series:
    """The first row with these values; LookupError where there is none."""
    row = result_row(results, **wanted)
    if row is None:
        raise LookupError(f"no result for {wanted}")
    return row


def characteristic(variable: str) -> str:
    """The name of a characteristic for readers: given_upper -> Doses given, at most."""
    return ITEMS.get(variable) or name(variable).capitalize()
