"""Death: how many are known alive, died or not known, and death as an endpoint (definitions: whether-alive).

Times to death have the same machinery as onset: bounds, order-statistic limits, known and possible by a day.
"""

import pandas as pd

from schemas.codes import codes
from schemas.results import Conventions
from scripts.analyse.results import rows
from scripts.analyse.results.timing import by_time, medians, spread
from scripts.files.bundle import Bundle


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """Counts of `vital` and of survival, for all cases and each group; times to death per clock."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    found = []
    for group, members in rows.groups(cases):
        own = cases[cases["case_id"].isin(members)]
        for statistic, column, levels in (
            ("vital", "vital", codes("vital")),
            ("survived", "survived_event", codes("known")),
        ):
            for level in levels:
                counted = own.loc[own[column] == level, "case_id"]
                found.append(rows.row(statistic, members, group=group, level=level, counted=counted, method="count"))
    inside = derived.cases[derived.cases["counted"] == "inside"]
    dead = inside.loc[inside["vital"].str.startswith("died"), "case_id"]
    found.append(rows.row("died_inside", list(inside["case_id"]), group="all", counted=dead, method="count"))
    return found + _times(derived, cases, conventions), []


def _times(derived: Bundle, cases: pd.DataFrame, conventions: Conventions) -> list[dict]:
    """Of the deaths with a time, on each clock their sources name."""
    times = derived.times[(derived.times["endpoint"] == "death") & derived.times["case_id"].isin(cases["case_id"])]
    found = []
    for (name, clock), own in times.groupby(["set", "clock"], sort=False):
        known = own[own["lower"].notna() & (own["upper"] < float("inf"))].assign(state="observed")
        if not len(known):
            continue
        labels = {"set": name, "endpoint": "death", "clock": clock, "group": "all"}
        found += spread(known, known, labels) + medians(known, known, labels, conventions)
        for asked in conventions.resolution_thresholds:
            found += by_time(known, asked, labels, conventions.level)
    return found
