"""The panel of onset and resolution: a cumulative share of cases, with everything that is not known left unknown.

From top to bottom: the share with its known/possible band and the NPMLE, one lane per case, the table of counts.
The NPMLE is drawn as rectangles: inside an innermost interval the curve is undefined, so no line crosses one.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from scripts.figures.cumulative import looks
from scripts.figures.cumulative.lanes import ABOVE, frame, lane_height, names, rug, rug_height, table
from scripts.figures.cumulative.looks import DEAD, FLAT, HEAD, MEDIAN, NPMLE
from scripts.figures.cumulative.panel import NEVER, Panel, start
from scripts.figures.page import legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import Page, Sheet

SHARE_HEIGHT, AXIS_HEIGHT = 46.0, 8.0


def height(panel: Panel, line: float, small_line: float) -> float:
    """Height in mm a panel needs."""
    named = sum(bool(label) for label in panel.wording) + 1
    above = len(panel.told) * small_line + (line if panel.heading else 0) + 1.5
    return above + SHARE_HEIGHT + rug_height(len(panel.rows)) + AXIS_HEIGHT + named * small_line


def alone(page: Page, panel: Panel, warned: bool) -> Figure:
    """A figure of one panel below its legend."""
    left, right = 21.0, 3.0
    keys = looks.keys([panel], warned)
    key_height = legend.height(page, keys, page.width - 4)
    sheet = page.sheet(2 + key_height + 2 + height(panel, page.line, page.small_line) + 2)
    below = legend.draw(sheet, 2, 2, page.width - 4, keys)
    draw(sheet, panel, left, below + 2, page.width - left - right, 2)
    return sheet.figure


def draw(sheet: Sheet, panel: Panel, left: float, top: float, width: float, table_left: float) -> None:
    """Draw a panel whose axes span `left` to `left + width`; names of cases and of table rows end at `left`."""
    y = top
    if panel.heading:
        sheet.write(table_left, y + sheet.page.line / 2, panel.heading, weight="bold")
        y += sheet.page.line
    y = sheet.paragraph(left, y, list(panel.told), small=True) + 1.5
    axes = sheet.panel(left, y, width, SHARE_HEIGHT)
    share(axes, panel)
    cases = max(len(panel.rows), 1)
    tall = rug_height(len(panel.rows))
    below = sheet.panel(left, y + SHARE_HEIGHT, width, tall)
    rug(below, panel, lane_height(cases))
    bottom = y + SHARE_HEIGHT + tall
    names(sheet, panel, left - 1.5, bottom - tall + ABOVE, lane_height(cases), left - 1.5 - table_left)
    table(sheet, panel, axes, left, bottom + AXIS_HEIGHT, width, table_left)


def share(axes: Axes, panel: Panel, *, bare: bool = False) -> None:
    """The cumulative share; `bare`: the NPMLE alone."""
    right = frame(axes, panel)
    axes.set(ylim=(0, 1.02), yticks=[0, 0.25, 0.5, 0.75, 1], xticks=[])
    axes.set_yticklabels(["0", "0.25", "0.50", "0.75", "1"])
    axes.set_ylabel("Cumulative share\nof reported cases", labelpad=2)
    axes.spines["bottom"].set_color(p.LIGHT)
    _npmle(axes, panel.steps, start(panel), right)
    if bare:
        return
    _band(axes, panel.rows, start(panel), right)
    for day in panel.thresholds:
        axes.axvline(day, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=(0, (4, 2)), zorder=1.5)
    if panel.median:
        low, high = panel.median[0], min(panel.median[1], right)
        axes.plot([low, high], [0.5, 0.5], zorder=5, clip_on=False, markevery=[0], **MEDIAN)
        end = HEAD if np.isinf(panel.median[1]) else MEDIAN
        axes.plot(high, 0.5, zorder=5.1, clip_on=False, **end | {"linestyle": "none"})
    if not panel.rows["state"].isin(["observed", "not_resolved"]).any():
        axes.text(right / 2, 0.5, "none: no case has a known time", ha="center", va="center", color=p.DARK)


def _band(axes: Axes, rows: pd.DataFrame, left: float, right: float) -> None:
    """From the share certainly reached to the share possibly reached; cases that died without it never reach it."""
    _dead(axes, rows, left, right)
    able = rows[~rows["state"].isin(NEVER)]
    if not len(able):
        return
    days = np.unique([left, right, *(day for day in able[["lower", "upper"]].to_numpy().ravel() if day < right)])
    known = [(able["upper"] <= day).sum() / len(rows) for day in days]
    possible = [(able["lower"] <= day).sum() / len(rows) for day in days]
    axes.fill_between(days, known, possible, step="post", facecolor=p.PALE_BLUE, linewidth=0, zorder=1)
    axes.step(days, known, where="post", color=p.BLUE, linewidth=p.DATA, zorder=2)
    axes.step(
        days, possible, where="post", color=p.BLUE, linewidth=p.DATA, linestyle=(0, (3, 1.5)), zorder=2, clip_on=False
    )


def _dead(axes: Axes, rows: pd.DataFrame, left: float, right: float) -> None:
    """From above, the share that had surely died without it, growing on the days of the deaths."""
    never = rows[rows["state"].isin(NEVER) & np.isfinite(rows["upper"])]
    if not len(never):
        return
    days = np.unique([left, right, *never["upper"].clip(upper=right)])
    died = np.array([(never["upper"] <= day).sum() / len(rows) for day in days])
    axes.fill_between(days, 1 - died, 1.0, step="post", zorder=1, **DEAD)


def _npmle(axes: Axes, steps: pd.DataFrame, left: float, right: float) -> None:
    """Rectangles where the mass lies, level lines between them, nothing sloping; an exact time is a jump."""
    reached, day = 0.0, left
    for step in steps.itertuples():
        if step.lower > day:
            axes.plot([day, step.lower], [reached, reached], zorder=4, clip_on=False, **FLAT)
        end = min(step.upper, right)
        if step.lower == step.upper:
            axes.plot([end, end], [reached, step.cumulative], zorder=4, clip_on=False, **FLAT)
        elif end > step.lower:
            corner, height = (step.lower, reached), step.cumulative - reached
            axes.add_patch(Rectangle(corner, end - step.lower, height, zorder=3, clip_on=False, **NPMLE))
        reached, day = step.cumulative, end
    if len(steps) and day < right:
        axes.plot([day, right], [reached, reached], zorder=4, clip_on=False, **FLAT)
