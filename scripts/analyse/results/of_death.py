"""Death: how many are known alive, died or not known, and death as an endpoint (definitions: whether-alive).

Times to death have the same machinery as onset: bounds, order-statistic limits, known and possible by a day.
"""

import pandas as pd

from schemas.codes import codes
from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.analyse.results.timing import times_of_one
from scripts.files.bundle import Bundle


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts of `vital` and of survival, for all cases and each group; times to death per clock."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    results = []
    for group, members in rows.groups(cases):
        patients = cases[cases["case_id"].isin(members)]
        for statistic, column, levels in (
            ("vital", "vital", codes("vital")),
            ("survived", "survived_event", codes("known")),
        ):
            for level in levels:
                counted = patients.loc[patients[column] == level, "case_id"]
                results.append(rows.row(statistic, members, group=group, level=level, counted=counted, method="count"))
    inside = list(derived.cases.loc[derived.cases["counted"] == "inside", "case_id"])
    results.append(rows.row("died_inside", inside, group="all", counted=derived.died_inside, method="count"))
    times, steps = _times(derived, cases, conventions)
    return results + times, steps


def _times(derived: Bundle, cases: pd.DataFrame, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Of those who died, on every clock on which one of them has a time; n_total are the deaths."""
    times = derived.times[(derived.times["endpoint"] == "death") & derived.times["case_id"].isin(cases["case_id"])]
    times = times.assign(state=times["state"].replace("died", "observed"))
    results: list[dict] = []
    steps: list[dict] = []
    for labels, part in rows.strata(times, ["set", "endpoint", "clock"]):
        if (part["state"] == "observed").any():
            more, curve = times_of_one(part, labels, conventions.resolution_thresholds, conventions)
            results, steps = results + more, steps + curve
    return results, steps
