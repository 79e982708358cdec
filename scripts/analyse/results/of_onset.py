"""Onset: bounds first, then the NPMLE with its warning, on every endpoint x clock x set x group."""

from schemas.endpoints import ONSETS
from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.analyse.results.timing import times_of_one
from scripts.files.bundle import Bundle


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Per endpoint and clock: range, median bounds, limits, known and possible by study day, NPMLE.

    Cases without a known onset stay in n_total and count as possible at any day.
    """
    results: list[dict] = []
    steps: list[dict] = []
    times = derived.times[derived.times["endpoint"].isin(ONSETS)]
    for labels, part in rows.strata(times, ["set", "endpoint", "clock"]):
        more, curve = times_of_one(part, labels, conventions.onset_thresholds, conventions)
        results, steps = results + more, steps + curve
    return results, steps
