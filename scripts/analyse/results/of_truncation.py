"""Right truncation by the data lock point, and why groups are not compared (definitions:
right-truncation, comparing-groups)."""

import pandas as pd

from schemas.results import Conventions
from scripts.analyse.estimators.comparison import reasons_against
from scripts.analyse.estimators.right_truncation import truncation
from scripts.analyse.results import rows
from scripts.clock.intervals import calendar, date_bounds
from scripts.files.bundle import Bundle

METHOD = "time from first dose to data lock against the longest onset"


def analyse(derived: Bundle, conventions: Conventions) -> tuple[list[dict], list[dict]]:
    """One row on truncation for the primary onset, and one refusal of group tests in words."""
    cases = derived.cases[derived.cases["counted"] == "in"]
    return [_truncation(cases, derived.times, conventions), *_comparison(cases)], []


def _truncation(cases: pd.DataFrame, times: pd.DataFrame, conventions: Conventions) -> dict:
    """Uses the latest possible first dose and the longest possible onset; needs dated first doses."""
    lock = date_bounds(conventions.data_lock)[1]
    until_lock = lock - calendar(cases["first_dose"])["last"]
    onset = times[(times["endpoint"] == conventions.onset) & (times["clock"] == conventions.clock)]
    longest = onset[onset["state"] == "observed"].groupby("case_id")["upper"].max()
    both = pd.DataFrame({"x": cases["case_id"].map(longest), "v": until_lock})
    dated = both.dropna()
    labels = {"endpoint": conventions.onset, "clock": conventions.clock, "method": METHOD}
    members = list(cases["case_id"])
    usable = dated[(dated["x"] <= dated["v"]) & (dated["x"] >= 0)]
    if not len(usable):
        note = "cannot be judged: no case has both a dated first dose and a time before the data lock point"
        return rows.row("truncation", members, known=[], note=note, **labels)
    found = truncation(usable["x"], usable["v"])
    undated = len(cases) - len(usable)
    note = f"{'negligible' if found.negligible else 'not negligible'}: {found.reason} days"
    note += f"; {undated} cases without a dated first dose cannot be judged" if undated else ""
    return rows.row(
        "truncation",
        members,
        known=cases.loc[usable.index, "case_id"],
        value=found.shortest_observation,
        upper=found.longest_time,
        note=note,
        **labels,
    )


def _comparison(cases: pd.DataFrame) -> list[dict]:
    sizes = cases["group"].value_counts(sort=False).to_dict()
    if len(sizes) < 2:
        return []
    differ = [name for name, column in (("dose", "dose"), ("source", "source_ids")) if _by_construction(cases, column)]
    reasons = reasons_against(sizes, differ)
    return [rows.row("groups_not_tested", list(cases["case_id"]), method="no test", note="; ".join(reasons))]


def _by_construction(cases: pd.DataFrame, column: str) -> bool:
    """Groups share no value of the column."""
    values = [set(part[column]) for _, part in cases.groupby("group")]
    return len(set.union(*values)) > 1 and not set.intersection(*values)
