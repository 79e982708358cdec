"""Onset: the cumulative share of reported cases by study day, with known/possible band, case lanes and table."""

import pandas as pd

from scripts.figures.cumulative import panel as cumulative_panel
from scripts.figures.cumulative import single
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page.standards import SINGLE, Page
from scripts.files.bundle import Bundle
from scripts.words import times

WIDTH = SINGLE
MOST_CASES = 200
WORDING = ("begun", "begun or not", "not begun", "", "not known")


def wanted(data: Bundle) -> str:
    """From the first known time, until there are too many cases for lanes; below 3 known times without a curve."""
    if len(data.counted) > MOST_CASES:
        return f"more than {MOST_CASES} cases: see latency"
    return cumulative_panel.timeless(data.main_times(data.facts.onset, data.facts.clock))


def rests_on(data: Bundle) -> pd.DataFrame:
    """The results shown: median, counts by each threshold, limits, the curve."""
    return cumulative_panel.shown_of(_results(data))


def draw(data: Bundle, page: Page) -> Drawing:
    """The primary onset on the primary clock, all cases of the main set."""
    shown, warning = panel(data)
    return single.drawing(page, shown, warning, _caption(data, shown, warning), _alt(data, shown))


def panel(data: Bundle) -> tuple[cumulative_panel.Panel, str]:
    """The primary onset of all cases, and the warning of its NPMLE."""
    facts = data.facts
    labels = {"analysis": "onset", "endpoint": facts.onset, "clock": facts.clock}
    return single.of_clock(data, data.main_times(facts.onset, facts.clock), _results(data), labels, WORDING)


def _results(data: Bundle) -> pd.DataFrame:
    facts = data.facts
    estimates = data.results_of("onset", set=data.main_set, endpoint=facts.onset, clock=facts.clock, group="all")
    return times.beside(estimates, data.unit(facts.onset))


def _caption(data: Bundle, panel: cumulative_panel.Panel, warning: str) -> str:
    facts, estimates = data.facts, _results(data)
    timed = panel.rows[panel.rows["state"] == "observed"]
    exact = int((timed["lower"] == timed["upper"]).sum())
    unused = cumulative_panel.unused(estimates)
    what = captions.endpoint(facts.onset, facts)
    told = single.median(estimates, data.unit(facts.onset))
    median = f"{told} {cumulative_panel.BOUNDS}" if told else "No median: no case has a known time"
    return captions.sentences(
        f"Time to onset ({what}) of {facts.event} after {facts.drug}, counted from {captions.point(facts.clock, facts)}",
        f"N = {len(panel.rows)} reported cases: {exact} with an exact time, {len(timed) - exact} with an interval, "
        f"{len(panel.rows) - len(timed) - unused} not known" + cumulative_panel.not_usable(unused),
        median,
        *cumulative_panel.told(estimates, limits=True),
        "Band: from the share in which onset had certainly occurred (solid) to the share in which it had possibly occurred (dashed), "
        "cases of unknown time included",
        "Rectangles: nonparametric maximum likelihood estimate (NPMLE, Turnbull); within a rectangle the curve is "
        "undefined"
        if len(panel.steps)
        else "No NPMLE: fewer than 3 cases with a known time",
        f"† Warning: {warning}" if warning else "",
        "Diamonds: cases whose possible days lie on both sides of a threshold" if len(panel.thresholds) else "",
        captions.NOT_A_RISK,
        captions.closing(data),
    )


def _alt(data: Bundle, panel: cumulative_panel.Panel) -> str:
    timed = int((panel.rows["state"] == "observed").sum())
    median = single.median(_results(data), data.unit(data.facts.onset)) or "No median"
    return captions.alt(
        f"Steps show the cumulative share of {len(panel.rows)} reported cases by time of "
        f"{captions.endpoint(data.facts.onset, data.facts)}; the time is known in {timed}",
        median,
        *panel.told,
    )
