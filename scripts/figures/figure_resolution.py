"""Resolution: the cumulative share of reported cases resolved, death as its own state, one panel per coding.

Where an aggregate statement leaves open whether its other cases resolved later or are not known, the two codings
stand side by side: the same text gives two curves.
"""

import pandas as pd

from schemas.endpoints import POOLED, STATED
from scripts.figures.cumulative import curve, looks, single
from scripts.figures.cumulative import panel as cumulative_panel
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page.standards import DOUBLE, Page
from scripts.files.bundle import Bundle
from scripts.words import times
from scripts.words.results import result_rows, taken

WIDTH = DOUBLE
MOST_CASES = 200
WORDING = ("resolved", "resolved or not", "not resolved", "died without", "not known")
HEADINGS = {
    "unknown": "cases left open by the source: not known",
    "unresolved": "the same cases: not resolved by then",
    "": "",
}
NARROWEST_PANEL = 75.0


def wanted(data: Bundle) -> str:
    """From the first known time, until there are too many cases for lanes; not where all died without it."""
    if len(data.counted) > MOST_CASES:
        return f"more than {MOST_CASES} cases"
    rows = data.main_times(data.facts.resolution)
    if len(rows) and rows["state"].eq("died").all():
        return f"{len(rows)} of {len(rows)} died unresolved: see death"
    return cumulative_panel.timeless(rows)


def rests_on(data: Bundle) -> pd.DataFrame:
    """The results shown: median, counts by each threshold, limits, the curve."""
    return cumulative_panel.shown_of(pd.concat([_results(data), _stated_results(data)]))


def draw(data: Bundle, page: Page) -> Drawing:
    """The primary resolution, all cases of the main set; panels below one another where the page is narrow."""
    panels, warning = _panels(data)
    left, right = 23.0, 3.0
    keys = looks.keys(panels, bool(warning))
    key_height = legend.height(page, keys, page.width - 4)
    tall = max(curve.height(panel, page.line, page.small_line) for panel in panels)
    beside = len(panels) if page.width / len(panels) >= NARROWEST_PANEL else 1
    lines = -(-len(panels) // beside)
    sheet = page.sheet(2 + key_height + lines * (tall + 3) + 1)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 2
    width = page.width / beside
    for place, panel in enumerate(panels):
        edge, y = (place % beside) * width, top + (place // beside) * (tall + 3)
        curve.draw(sheet, panel, edge + left, y, width - left - right, edge + 2)
    plotted = pd.concat([cumulative_panel.plotted(panel) for panel in panels], ignore_index=True)
    return Drawing(sheet.figure, _caption(data, panels, warning), _alt(data, panels), plotted)


def _panels(data: Bundle) -> tuple[list[cumulative_panel.Panel], str]:
    """One panel per coding of the results; one without curve where nothing was analysed."""
    estimates = _results(data)
    codings = list(dict.fromkeys(estimates["coding"])) or [""]
    lettered = [
        f"{letter}  {HEADINGS.get(coding, coding)}" if len(codings) > 1 else HEADINGS.get(coding, coding)
        for letter, coding in zip("abcdef", codings, strict=False)
    ]
    panels = [_panel(data, coding, heading) for coding, heading in zip(codings, lettered, strict=False)]
    return panels, cumulative_panel.warning(estimates)


def _results(data: Bundle) -> pd.DataFrame:
    return data.results_of("resolution", set=data.main_set, endpoint=data.facts.resolution, clock=POOLED, group="all")


def _panel(data: Bundle, coding: str, heading: str) -> cumulative_panel.Panel:
    estimates = _results(data)
    estimates = estimates[estimates["coding"] == coding]
    wanted_rows = {"set": data.main_set, "endpoint": data.facts.resolution, "clock": POOLED, "group": "all"}
    curves = result_rows(data.books["curves"], analysis="resolution", coding=coding, **wanted_rows)
    unit = data.unit(data.facts.resolution)
    return cumulative_panel.panel(
        _rows(data, coding),
        curves,
        estimates,
        unit,
        wording=WORDING,
        x_label=f"{times.UNITS[unit].capitalize()} from the origin of the reported time",
        heading=heading,
    )


def _rows(data: Bundle, coding: str) -> pd.DataFrame:
    """The cases as this coding takes them."""
    return cumulative_panel.cases(data, data.pooled_times(data.facts.resolution, coding))


def _origins(data: Bundle) -> str:
    counted = data.origins(data.facts.resolution)
    return ", ".join(f"{captions.clock(clock, data.facts)} in {number}" for clock, number in counted.items())


def _caption(data: Bundle, panels: list[cumulative_panel.Panel], warning: str) -> str:
    facts, estimates = data.facts, _results(data)
    rows = panels[0].rows
    states = rows["state"].value_counts()
    told, unused = _origins(data), cumulative_panel.unused(estimates)
    parts = [
        f"Time to {captions.endpoint(facts.resolution, facts)} of {facts.event} after {facts.drug}",
        f"{'Days' if data.unit(facts.resolution) == 'd' else 'Times'} are counted from each report's own starting point: {told}"
        if told
        else "No case has a known time",
        f"N = {len(rows)} reported cases: {states.get('observed', 0)} resolved within a known interval, "
        f"{states.get('not_resolved', 0)} not resolved at the last look, {states.get('died', 0)} died without it, "
        + (f"{states['sequelae']} ended with sequelae, " if "sequelae" in states else "")
        + f"{states.get('unknown', 0) - unused} not known"
        + cumulative_panel.not_usable(unused),
    ]
    for panel, coding in zip(panels, dict.fromkeys(estimates["coding"]), strict=False):
        letter = f"Panel {panel.heading[0]}: " if len(panels) > 1 else ""
        coding_estimates = estimates[estimates["coding"] == coding]
        parts += [f"{letter}{taken(coding)}" if coding else ""]
        parts += cumulative_panel.told(coding_estimates, limits=True)
        parts += [_median(data, coding_estimates)]
    drawn = any(len(panel.steps) for panel in panels)
    return captions.sentences(
        *parts,
        "Death without resolution is a state of its own and is not censored" if states.get("died", 0) else "",
        "Band: from the share certainly resolved (solid) to the share possibly resolved (dashed)",
        "Rectangles: nonparametric maximum likelihood estimate (NPMLE, Turnbull); within a rectangle the curve is "
        "undefined"
        if drawn
        else "No NPMLE: fewer than 3 cases with a known time",
        f"† Warning: {warning}" if warning else "",
        *_stated(data),
        captions.NOT_A_RISK,
        captions.closing(data),
    )


def _stated(data: Bundle) -> list[str]:
    """Known and possible counts without the cases whose source does not state the origin."""
    estimates = _stated_results(data)
    estimates = estimates.drop_duplicates(["statistic", "at", "at_unit"])
    return [
        f"Of the cases with a stated starting point: {line[0].lower()}{line[1:]}"
        for line in cumulative_panel.told(estimates)
    ]


def _stated_results(data: Bundle) -> pd.DataFrame:
    return data.results_of("resolution", set=data.main_set, endpoint=data.facts.resolution, clock=STATED, group="all")


def _median(data: Bundle, estimates: pd.DataFrame) -> str:
    told = single.median(estimates, data.unit(data.facts.resolution))
    return f"{told} (bounds)" if told else ""


def _alt(data: Bundle, panels: list[cumulative_panel.Panel]) -> str:
    rows = panels[0].rows
    timed = int(rows["state"].isin(["observed", "not_resolved"]).sum())
    return captions.alt(
        f"Steps show the cumulative share of {len(rows)} reported cases by days to "
        f"{captions.endpoint(data.facts.resolution, data.facts)}; the time is known in {timed}",
        *(
            f"Panel {panel.heading[0]}: {panel.told[0].lower()}" if len(panels) > 1 else panel.told[0]
            for panel in panels
            if panel.told
        ),
    )
