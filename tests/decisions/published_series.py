"""Published series as reported rows, many of them as the groups of one series, and a row of their results."""

from unittest import mock

import numpy as np

from scripts import analyse
from scripts.analyse.results import timing
from tests.decisions.line import CASE, COURSE, EVENT, Told, through
from tests.validate.build import PROFILE

PER_MONTH = 30.4375
EXACT = {"whole_days": "exact"}
Rows = list[dict[str, str]]


def grouped(analyses: list[str], series: dict[str, Rows], *, start: list[str] | None = None, **more) -> Told:
    """A case per event row and a group per series; only these analyses, whose numbers are looked at.

    Bootstrap limits stand on few replicates: nothing here asks for them.
    """
    groups = [group for group, rows in series.items() for _ in rows]
    rows = [row for part in series.values() for row in part]
    names = [f"C{number}" for number, _ in enumerate(rows)]
    courses = zip(names, start or [""] * len(rows), groups, strict=True)
    told = through(
        profile=PROFILE.model_copy(update={"groups": {group: [group] for group in series}}),
        cases=[CASE | {"case_id": case} for case in names],
        courses=[COURSE | {"case_id": case, "start_date": date, "indication": group} for case, date, group in courses],
        reactions=[EVENT | row | {"case_id": case} for case, row in zip(names, rows, strict=True)],
        **more,
    )
    with (
        mock.patch.object(analyse, "analyses", return_value=analyses),
        mock.patch.object(timing, "REPLICATES", 10),
    ):
        assert len(told.results)
    return told


def text(bound: float) -> str:
    return f"{bound:g}" if np.isfinite(bound) else ""


def resolved(lower, upper=None, scale: str = "d") -> Rows:
    """Ends counted from the event; right-censored ones are not recovered at the last look."""
    return [
        {"end_lower": text(low), "end_upper": text(high), "end_scale": scale, "end_origin": "event",
         "outcome": "recovered" if np.isfinite(high) else "not_recovered"}
        for low, high in zip(lower, lower if upper is None else upper, strict=True)
    ]  # fmt: skip


def begun(lower, upper=None, scale: str = "d") -> Rows:
    """Onsets counted from the first dose; open where the upper end is."""
    return [
        {"onset_lower": text(low), "onset_upper": text(high), "onset_scale": scale, "onset_origin": "first_dose"}
        for low, high in zip(lower, lower if upper is None else upper, strict=True)
    ]


def result(told: Told, analysis: str, statistic: str, group: str = "all", **wanted):
    """The row of the results on the primary onset from the first dose, or on clinical resolution."""
    results = told.results
    keep = (results["analysis"] == analysis) & (results["statistic"] == statistic) & (results["group"] == group)
    keep &= results["endpoint"].isin(["first_symptom", "clinical_resolution"]) & results["clock"].isin(
        ["first_dose", "pooled origins"]
    )
    for column, value in wanted.items():
        keep &= results[column] == value
    (row,) = results[keep].drop_duplicates(["endpoint", "clock", "lower", "upper", "value"]).to_dict("records")
    return row
