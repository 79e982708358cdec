"""Onset and death: one panel of times that are all counted from one clock, with what the results say of them."""

import pandas as pd

from schemas.endpoints import DOSE_CLOCKS
from schemas.plain_rows import plain_rows
from scripts.figures.cumulative import curve
from scripts.figures.cumulative.panel import Panel, cases, panel, plotted, warning
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page.standards import Page
from scripts.files.bundle import Bundle
from scripts.words import wording
from scripts.words.results import result_rows
from scripts.words.times import FINER, UNITS, of_result
from scripts.words.wording import NOTHING


def drawing(page: Page, shown: Panel, warned: str, caption: str, alt: str) -> Drawing:
    """A figure of this panel alone."""
    return Drawing(curve.alone(page, shown, bool(warned)), caption, alt, plotted(shown))


def of_clock(
    data: Bundle, rows: pd.DataFrame, estimates: pd.DataFrame, labels: dict[str, str], words: tuple[str, ...]
) -> tuple[Panel, str]:
    """The panel of these times, and the warning of its NPMLE.

    rows: of `times`. estimates: the results on them. labels: analysis, endpoint and clock. words: names of the rows of the table.
    """
    endpoint, clock = labels["endpoint"], labels["clock"]
    unit = data.unit(endpoint)
    steps = result_rows(data.books["curves"], set=data.main_set, group="all", **labels)
    zero = "start" if clock in DOSE_CLOCKS and unit not in FINER else "0"
    label = _x_label(data, clock, unit)
    return panel(cases(data, rows), steps, estimates, unit, wording=words, x_label=label, zero=zero), warning(estimates)


def _x_label(data: Bundle, clock: str, unit: str) -> str:
    if unit == "d" and clock in DOSE_CLOCKS:
        return f"End of study day (day of {wording.day_1(clock)} = 1)"
    return f"{UNITS[unit].capitalize()} from {captions.point(clock, data.facts)}"


def median(estimates: pd.DataFrame, unit: str) -> str:
    """`Median study day 1 to 4`; blank where no time is known."""
    rows = plain_rows(estimates[estimates["statistic"] == "median_bounds"])
    told = of_result(rows[0], unit) if rows else NOTHING
    return "" if told == NOTHING else f"Median {told}"
