"""Onset: the cumulative share of reported cases by study day, with known/possible band, case lanes and table."""

import pandas as pd

from schemas.endpoints import DOSE_CLOCKS
from scripts.figures.cumulative import curve
from scripts.figures.cumulative import panel as cumulative_panel
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page.standards import SINGLE, Page
from scripts.files.bundle import Bundle
from scripts.words import times, wording
from scripts.words.results import result_rows

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
    return Drawing(
        curve.alone(page, shown, bool(warning)),
        _caption(data, shown, warning),
        _alt(data, shown),
        cumulative_panel.plotted(shown),
    )


def panel(data: Bundle) -> tuple[cumulative_panel.Panel, str]:
    """The primary onset of all cases, and the warning of its NPMLE."""
    facts = data.facts
    wanted_rows = _wanted_rows(data)
    rows = data.main_times(facts.onset, facts.clock)
    identity = data.cases.set_index("case_id")["identity"]
    rows = rows.assign(identity=rows["case_id"].map(identity))
    found = _results(data)
    curves = result_rows(data.books["curves"], analysis="onset", **wanted_rows)
    shown = cumulative_panel.panel(
        rows[["case_id", "lower", "upper", "state", "identity"]],
        curves,
        found,
        data.unit(facts.onset),
        wording=WORDING,
        x_label=_x_label(data),
        zero="start" if data.unit(facts.onset) not in times.FINER else "0",
    )
    return shown, cumulative_panel.warning(found)


def _wanted_rows(data: Bundle) -> dict[str, str]:
    return {"set": data.main_set, "endpoint": data.facts.onset, "clock": data.facts.clock, "group": "all"}


def _results(data: Bundle) -> pd.DataFrame:
    return times.beside(data.results_of("onset", **_wanted_rows(data)), data.unit(data.facts.onset))


def _x_label(data: Bundle) -> str:
    clock, unit = data.facts.clock, data.unit(data.facts.onset)
    if unit == "d" and clock in DOSE_CLOCKS:
        return f"End of study day (day of {wording.day_1(clock)} = 1)"
    return f"{times.UNITS[unit].capitalize()} from {captions.point(clock, data.facts)}"


def _caption(data: Bundle, panel: cumulative_panel.Panel, warning: str) -> str:
    facts, found = data.facts, _results(data)
    timed = panel.rows[panel.rows["state"] == "observed"]
    exact = int((timed["lower"] == timed["upper"]).sum())
    unused = cumulative_panel.unused(found)
    what = captions.endpoint(facts.onset, facts)
    median = (
        f"{_median(data, found)} (median of the lower to median of the upper ends)"
        if panel.median
        else "No median: no case has a known time"
    )
    return captions.sentences(
        f"Time to onset ({what}) of {facts.event} after {facts.drug}, counted from {captions.point(facts.clock, facts)}",
        f"N = {len(panel.rows)} reported cases: {exact} with an exact time, {len(timed) - exact} with an interval, "
        f"{len(panel.rows) - len(timed) - unused} not known" + cumulative_panel.not_usable(unused),
        median,
        *cumulative_panel.told(found, limits=True),
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


def _median(data: Bundle, estimates: pd.DataFrame) -> str:
    row = estimates[estimates["statistic"] == "median_bounds"].iloc[0].to_dict()
    return f"Median {times.of_result(row, data.unit(data.facts.onset))}"


def _alt(data: Bundle, panel: cumulative_panel.Panel) -> str:
    timed = int((panel.rows["state"] == "observed").sum())
    median = _median(data, _results(data)) if panel.median else "No median"
    return captions.alt(
        f"Step chart, cumulative share of {len(panel.rows)} reported cases by time of "
        f"{captions.endpoint(data.facts.onset, data.facts)}; {timed} with a known time",
        median,
        *panel.told,
    )
