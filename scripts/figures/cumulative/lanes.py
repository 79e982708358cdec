"""Below the share: one lane per case with its possible days, and the table of counts at every tick."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from scripts.figures.cumulative.looks import ANONYMOUS, DIED, HEAD, IDENTIFIED, STRADDLES
from scripts.figures.cumulative.panel import NEVER, Panel, counts, in_order, limit, start, straddlers, ticks
from scripts.figures.page import standards as p
from scripts.figures.page.standards import Sheet

ABOVE, BELOW = 1.5, 1.0
"""Millimetres between the share and the first lane, whose name must not touch the 0 of the axis, and below the last lane."""

LEAST_BAR = 0.008
"""Least width of a bar, as a share of the axis: ten minutes can be seen on an axis of months."""


def lane_height(cases: int) -> float:
    """2.6 mm a case, the height of a name, up to about 20 cases, then ever thinner lanes in 55 mm."""
    return min(2.6, 55 / max(cases, 1))


def rug_height(cases: int) -> float:
    """Height of all lanes in mm; one empty lane where there is no case."""
    return max(cases, 1) * lane_height(max(cases, 1)) + ABOVE + BELOW


def frame(axes: Axes, panel: Panel) -> float:
    left, last = start(panel), limit(panel)
    right = last + 0.06 * (last - left)
    axes.set_xlim(left, right)
    return right


def rug(axes: Axes, panel: Panel, lane: float) -> None:
    right = frame(axes, panel)
    rows = in_order(panel.rows)
    axes.set(ylim=(max(len(rows), 1) + BELOW / lane, -ABOVE / lane), yticks=[])
    days = ticks(panel)
    axes.set_xticks(days, [panel.zero if day == 0 else f"{day:.0f}".replace("-", "−") for day in days])
    axes.set_xlabel(panel.x_label, labelpad=1.5)
    for day in panel.thresholds:
        axes.axvline(day, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=(0, (4, 2)), zorder=1)
    _lanes(axes, rows.reset_index(drop=True), start(panel), right, lane)
    marked = straddlers(panel)
    look = STRADDLES | {"markersize": min(2.2, lane * 1.6), "linestyle": "none"}
    axes.plot(marked["day"], marked["position"] + 0.5, zorder=4, **look)


def _lanes(axes: Axes, rows: pd.DataFrame, left: float, right: float, lane: float) -> None:
    """Bars of possible days, dots of exact ones, arrow heads at open ends, dotted lines where nothing is known."""
    y = rows.index.to_numpy() + 0.5
    open_ended, never = np.isinf(rows["upper"]), rows["state"].isin(NEVER)
    timeless = rows["state"].eq("unknown") | (never & open_ended)
    exact = ~timeless & ~never & (rows["lower"] == rows["upper"])
    axes.hlines(y[timeless], left, right, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=(0, (1, 2)), zorder=2)
    for chosen, look in ((never, DIED), (open_ended & ~never, HEAD)):
        look = look | {"markersize": min(4, lane * 2), "linestyle": "none"}
        axes.plot(rows.loc[chosen, "upper"].clip(upper=right), y[chosen], clip_on=False, zorder=3, **look)
    for anonymous, style in ((True, ANONYMOUS), (False, IDENTIFIED)):
        styled = ~timeless & (rows["identity"].eq("anonymous") == anonymous)
        bars = rows[styled & ~exact]
        ends = np.maximum(bars["upper"].clip(upper=right), bars["lower"] + LEAST_BAR * (right - left))
        shapes = [
            [(begin, at), (begin, at + 0.6), (end, at + 0.6), (end, at)]
            for at, begin, end in zip(y[styled & ~exact] - 0.3, bars["lower"], ends, strict=True)
        ]
        axes.add_collection(PolyCollection(shapes, zorder=2, **style), autolim=False)
        axes.plot(
            rows.loc[styled & exact, "upper"],
            y[styled & exact],
            marker="o",
            markersize=min(3.5, lane * 1.6),
            markerfacecolor=style["facecolor"],
            markeredgecolor=style["edgecolor"],
            markeredgewidth=p.RULE,
            linestyle="none",
            clip_on=False,
            zorder=3,
        )


def names(sheet: Sheet, panel: Panel, right: float, top: float, lane: float, room: float) -> None:
    """Ids of identified cases beside their lanes, where lanes are wide enough for words."""
    if lane < 2.5:
        return
    for position, row in enumerate(in_order(panel.rows).itertuples()):
        if row.identity != "anonymous":
            words = sheet.page.shortened(row.case_id, room, small=True)
            sheet.write(right, top + (position + 0.5) * lane, words, small=True, ha="right")


def table(sheet: Sheet, panel: Panel, axes: Axes, left: float, top: float, width: float, table_left: float) -> None:
    """Counts of cases by what is known at every tick; each column adds up to all cases."""
    step = sheet.page.small_line
    sheet.write(table_left, top + step / 2, f"Cases (N = {len(panel.rows)})", small=True)
    shown = [number for number, label in enumerate(panel.wording) if label]
    for line, number in enumerate(shown, start=1):
        sheet.write(table_left, top + (line + 0.5) * step, panel.wording[number], small=True)
    first, right = axes.get_xlim()
    for day in ticks(panel):
        told = counts(panel.rows, day)
        for line, number in enumerate(shown, start=1):
            x = left + width * (day - first) / (right - first)
            sheet.write(x, top + (line + 0.5) * step, str(told[number]), small=True, ha="center")
