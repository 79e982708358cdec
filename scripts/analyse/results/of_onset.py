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
    found: list[dict] = []
    steps: list[dict] = []
    times = derived.times[derived.times["endpoint"].isin(ONSETS)]
    for (name, endpoint, clock), part in times.groupby(["set", "endpoint", "clock"], sort=False):
        labels = {"set": name, "endpoint": endpoint, "clock": clock}
        for group, cases in rows.groups(part):
            own = part[part["case_id"].isin(cases)]
            more, curve = times_of_one(own, {**labels, "group": group}, conventions.onset_thresholds, conventions)
            found, steps = found + more, steps + curve
    return found, steps
