"""Death: the cumulative share of those who died by the time from onset, or from a dose, with a lane per patient."""

import pandas as pd

from scripts.figures.cumulative import panel as cumulative_panel
from scripts.figures.cumulative import single
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions
from scripts.figures.page.standards import SINGLE, Page
from scripts.files.bundle import Bundle

WIDTH = SINGLE
MOST_CASES, LEAST_CASES = 200, 3
PREFERRED = ("event", "first_dose", "last_dose")
WORDING = ("died", "died or alive", "alive", "", "not known")


def wanted(data: Bundle) -> str:
    """From 3 deaths with a time; from 1 where all died unresolved, since resolution then has no figure."""
    clock = _clock(data)
    known = int((data.main_times("death", clock)["state"] == "died").sum())
    if len(data.counted) > MOST_CASES:
        return f"more than {MOST_CASES} cases"
    if known >= LEAST_CASES or (known and _all_died(data)):
        return ""
    return f"{captions.count(known, 'death')} with a known time: fewer than {LEAST_CASES}"


def rests_on(data: Bundle) -> pd.DataFrame:
    """The results shown: median, counts by each threshold, limits, the curve."""
    return cumulative_panel.shown_of(_results(data))


def draw(data: Bundle, page: Page) -> Drawing:
    """Those who died, on the clock on which most of their times are known."""
    shown, warning = _panel(data)
    return single.drawing(page, shown, warning, _caption(data, shown, warning), _alt(data, shown))


def _all_died(data: Bundle) -> bool:
    states = data.main_times(data.facts.resolution)["state"]
    return bool(len(states)) and bool(states.eq("died").all())


def _clock(data: Bundle) -> str:
    """The clock with most known times; the onset before the first dose where as many are known."""
    rows = data.main_times("death")
    known = rows.loc[rows["state"] == "died", "clock"].value_counts()
    order = sorted(known.items(), key=lambda pair: (-pair[1], _rank(pair[0]), pair[0]))
    return str(order[0][0]) if order else PREFERRED[0]


def _rank(clock: str) -> int:
    return PREFERRED.index(clock) if clock in PREFERRED else len(PREFERRED)


def _results(data: Bundle) -> pd.DataFrame:
    return data.results_of("death", set=data.main_set, endpoint="death", clock=_clock(data), group="all")


def _panel(data: Bundle) -> tuple[cumulative_panel.Panel, str]:
    """The deaths with what the results say of them, and the warning of their NPMLE."""
    clock = _clock(data)
    rows = data.main_times("death", clock)
    rows = rows.assign(state=rows["state"].replace("died", "observed"))
    labels = {"analysis": "death", "endpoint": "death", "clock": clock}
    return single.of_clock(data, rows, _results(data), labels, WORDING)


def _caption(data: Bundle, panel: cumulative_panel.Panel, warning: str) -> str:
    facts, estimates = data.facts, _results(data)
    known = int((panel.rows["state"] == "observed").sum())
    died = f"{len(panel.rows)} of {len(data.counted)} reported patients died"
    unresolved = " unresolved" if _all_died(data) else ""
    return captions.sentences(
        f"Time to death in {facts.event} after {facts.drug}, counted from {captions.point(_clock(data), facts)}",
        f"{died}{unresolved}; the time is known for {known}"
        + cumulative_panel.not_usable(cumulative_panel.unused(estimates)),
        _median(data, estimates),
        *cumulative_panel.told(estimates, limits=True),
        "Band: from the share that had certainly died (solid) to the share that had possibly died (dashed)",
        "No NPMLE: fewer than 3 cases with a known time" if not len(panel.steps) else "",
        f"† Warning: {warning}" if warning else "",
        "The shares are of those who died; they are not a risk of dying",
        captions.closing(data),
    )


def _median(data: Bundle, estimates: pd.DataFrame) -> str:
    told = single.median(estimates, data.unit("death"))
    return f"{told} {cumulative_panel.BOUNDS}" if told else "No median: no death has a known time"


def _alt(data: Bundle, panel: cumulative_panel.Panel) -> str:
    known = int((panel.rows["state"] == "observed").sum())
    return captions.alt(
        f"Steps show the cumulative share of {len(panel.rows)} patients who died by time of death; the time is known in {known}",
        _median(data, _results(data)),
        *panel.told,
    )
