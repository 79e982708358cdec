"""Caption and alternative text of the swimmer."""

import numpy as np
import pandas as pd

from schemas.endpoints import DOSE_CLOCKS
from scripts.figures.page import captions
from scripts.figures.swimmer import lanes
from scripts.files.bundle import Bundle
from scripts.words import times, wording


def caption(data: Bundle, rows: pd.DataFrame, index: pd.DataFrame, ends: pd.DataFrame, again: pd.DataFrame) -> str:
    facts = data.facts
    anonymous = int(rows["identity"].eq("anonymous").sum())
    inside = int(data.cases["counted"].eq("inside").sum())
    timed = ends[(ends["lower"] > 0) | np.isfinite(ends["upper"])]
    onset = int(index.loc[index["what"] == facts.onset, "case_id"].nunique())
    return captions.sentences(
        f"Course of {len(rows)} reported cases of {facts.event} after {facts.drug}, one row each, ordered by the latest "
        f"possible day of {captions.endpoint(facts.onset, facts)}",
        f"{captions.count(anonymous, 'row')} of anonymous members of a group" if anonymous else "",
        f"{captions.count(inside, 'identified case')} counted inside a group and not shown again" if inside else "",
        _panel_a(data, exact=bool((index["upper"] - index["lower"] < 1).any())),
        f"{captions.endpoint(facts.onset, facts)} known in {onset} of {len(rows)}",
        "Panel b: days from the starting point named at the right; times with different starting points are not comparable",
        f"Times of resolution or death known in {timed['case_id'].nunique()} of {len(rows)}",
        f"Panel c: {captions.count(len(again), 're-exposure')}, filled circle recurred, open circle did not recur, dash "
        "not known"
        if len(again)
        else "Panel c: no re-exposure is described, which is not the same as not re-exposed",
        "Doses of plan: doses of the index course given and planned; ?, not known",
        captions.closing(data),
    )


def _axis(data: Bundle) -> str:
    unit = data.unit(data.facts.onset)
    return times.UNITS[unit] if unit in times.FINER else "study day"


def days_of(data: Bundle) -> str:
    """What stands on the axis of index courses: study day (first dose = day 1), minutes from the last dose ..."""
    unit, clock = data.unit(data.facts.onset), lanes.clock(data)
    if unit not in times.FINER and clock in DOSE_CLOCKS:
        return f"study day ({wording.day_1(clock)} = day 1)"
    return f"{times.UNITS[unit]} from {'the first dose' if clock == times.FIRST else captions.point(clock, data.facts)}"


def _panel_a(data: Bundle, *, exact: bool) -> str:
    bars = "bars span all possible {0} and carry an open mark on the last; dotted arrows mean that no time is known"
    first = lanes.clock(data) == times.FIRST
    alone = "" if first else "; doses are not drawn"
    if data.unit(data.facts.onset) in times.FINER:
        at_0 = " of the index course; a dose on that day is drawn at 0" if first else alone
        return f"Panel a: {days_of(data)}{at_0}. Filled marks are exact; " + bars.format("times")
    middle = "elapsed times are counted from the middle of day 1; " if exact else ""
    return f"Panel a: index course, {days_of(data)}{alone}. Filled marks are known to the day; {middle}{bars.format('days')}"


def alt(data: Bundle, rows: pd.DataFrame, again: pd.DataFrame) -> str:
    panel = f"{captions.count(len(again), 're-exposure')} below"
    return captions.alt(
        f"A swimmer plot shows {len(rows)} cases, one row each: doses and onset by {_axis(data)}, then resolution or death by "
        f"days from its own starting point. Uncertain times are bars or arrows; {panel}"
    )
