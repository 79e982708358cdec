"""Onset on re-exposure: the numbers of the first onset, and how each patient's two compare (definitions:
onset-on-re-exposure)."""

import pandas as pd

from schemas.derived_course import COMPARED
from schemas.endpoints import ONSET_AGAIN
from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.analyse.results.timing import times_of_one
from scripts.files.bundle import Bundle


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Of the patients with an episode on re-exposure, of several episodes the first, each from the first dose of that exposure."""
    pairs = derived.onset_pairs.drop_duplicates(["set", "case_id"])
    pairs = pairs.assign(endpoint=ONSET_AGAIN, clock="first_dose")
    results: list[dict] = []
    steps: list[dict] = []
    for labels, part in rows.strata(pairs, ["set", "endpoint", "clock"]):
        more, curve = times_of_one(part, labels, conventions.onset_thresholds, conventions)
        results, steps = results + more + _compared(part, labels), steps + curve
    return results, steps


def _compared(times: pd.DataFrame, labels: dict) -> list[dict]:
    """How many have it earlier, the same day or later than in the first episode, of those of whom both are known."""
    both = times.loc[times["compared"] != "", "case_id"]
    return [
        rows.row(
            "against_first",
            times["case_id"],
            known=both,
            counted=times.loc[times["compared"] == level, "case_id"],
            level=level,
            method="count; earlier and later where the two intervals have no time in common",
            **labels,
        )
        for level in COMPARED
    ]
