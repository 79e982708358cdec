"""The panel of onset and resolution: a cumulative share of cases, with everything that is not known left unknown.

From top to bottom: the share with its known/possible band and the NPMLE, one lane per case, the table of counts.
The NPMLE is drawn as rectangles: inside an innermost interval the curve is undefined, so no line crosses one.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Rectangle

from scripts.figures import page as p
from scripts.figures.legend import Key
from scripts.figures.page import Look, Sheet

SHARE_HEIGHT, AXIS_HEIGHT = 46.0, 8.0
STEPS = (1, 2, 5, 7, 14, 28, 56, 91, 182, 365, 730, 1826, 3652)
MOST_TICKS = 6
LEAST_FOR_CURVE = 3
ORDER = {"observed": 0, "not_resolved": 1, "died": 2, "unknown": 3}


@dataclass(frozen=True)
class Panel:
    """What one panel shows.

    rows        case_id, lower, upper, state, identity; (lower, upper] days, inf open
    steps       innermost intervals of the NPMLE with `cumulative`; may have no rows
    thresholds  days at which straddling cases are marked
    said        one line per threshold: known and possible counts, from the results
    median      bounds of the median, or None
    wording     names of the rows of the table: (happened, straddles, not yet, died, not known); blank: left out
    """

    rows: pd.DataFrame
    steps: pd.DataFrame
    thresholds: tuple[float, ...]
    said: tuple[str, ...]
    median: tuple[float, float] | None
    wording: tuple[str, str, str, str, str]
    x_label: str
    heading: str = ""
    zero: str = "0"


def keys(panels: list[Panel], warned: bool) -> list[Key]:
    """The key of the panels; only what is drawn in one of them."""
    rows = pd.concat([panel.rows for panel in panels])
    states, anonymous = set(rows["state"]), rows["identity"].eq("anonymous")
    timed = rows["state"].isin(["observed", "not_resolved"])
    found = [Key("fill", "from the known to the possible share", _BAND)]
    found += [Key("line", "bounds of the median", _MEDIAN)] if any(panel.median for panel in panels) else []
    if any(len(panel.steps) for panel in panels):
        found.append(Key("fill", f"NPMLE{' †' if warned else ''}: rises somewhere in here", _NPMLE))
        found.append(Key("line", "NPMLE: level", _FLAT))
    found += [Key("fill", "case: possible days", _IDENTIFIED)] if (timed & ~anonymous).any() else []
    found += [Key("fill", "anonymous member of an aggregate", _ANONYMOUS)] if (timed & anonymous).any() else []
    found += [Key("mark", "straddles the threshold", _STRADDLES)] if any(map(len, map(straddlers, panels))) else []
    found += [Key("arrow", "time not known", {"linestyle": ":", "color": p.MIDDLE_GREY})] if "unknown" in states else []
    if "died" in states:
        found += [Key("mark", "case: died without it", _DIED), Key("fill", "share died without it", _DEAD)]
    return found


_BAND: Look = {"facecolor": p.PALE_BLUE, "edgecolor": p.BLUE, "linewidth": p.RULE}
_NPMLE: Look = {"facecolor": "none", "edgecolor": p.VERMILLION, "hatch": "/////", "linewidth": p.RULE}
_FLAT: Look = {"color": p.VERMILLION, "linewidth": 1.6}
_MEDIAN: Look = {"color": p.BLACK, "linewidth": 1.4, "marker": "|", "markersize": 4, "markeredgewidth": 1.0}
_IDENTIFIED: Look = {"facecolor": p.BLUE, "edgecolor": p.BLUE, "linewidth": p.HAIR}
_ANONYMOUS: Look = {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR}
_STRADDLES: Look = {
    "marker": "D",
    "markersize": 2.2,
    "markerfacecolor": "white",
    "markeredgewidth": 0.6,
    "color": p.BLACK,
}
_DIED: Look = {"marker": "X", "markersize": 4, "color": p.BLACK, "markeredgewidth": 0}


def lane_height(cases: int) -> float:
    """2.2 mm a case up to about 25 cases, then ever thinner lanes in 55 mm."""
    return min(2.2, 55 / max(cases, 1))


def height(panel: Panel, line: float, small_line: float) -> float:
    """Height in mm a panel needs."""
    rug = max(len(panel.rows), 1) * lane_height(len(panel.rows)) + 2
    named = sum(bool(name) for name in panel.wording) + 1
    above = len(panel.said) * small_line + (line if panel.heading else 0) + 1.5
    return above + SHARE_HEIGHT + rug + AXIS_HEIGHT + named * small_line


def draw(sheet: Sheet, panel: Panel, left: float, top: float, width: float, table_left: float) -> None:
    """Draw a panel whose axes span `left` to `left + width`; names of cases and of table rows end at `left`."""
    y = top
    if panel.heading:
        sheet.write(table_left, y + sheet.page.line / 2, panel.heading, weight="bold")
        y += sheet.page.line
    y = sheet.paragraph(left, y, list(panel.said), small=True) + 1.5
    axes = sheet.panel(left, y, width, SHARE_HEIGHT)
    share(axes, panel)
    cases = max(len(panel.rows), 1)
    rug_height = cases * lane_height(cases) + 2
    rug = sheet.panel(left, y + SHARE_HEIGHT, width, rug_height)
    _rug(rug, panel, lane_height(cases))
    bottom = y + SHARE_HEIGHT + rug_height
    _names(sheet, panel, left - 1.5, bottom - rug_height + 1, lane_height(cases), left - 1.5 - table_left)
    _table(sheet, panel, axes, left, bottom + AXIS_HEIGHT, width, table_left)


def limit(panel: Panel) -> float:
    """The last finite day shown."""
    return float(max([*_finite(panel), *panel.thresholds, 1.0]))


def start(panel: Panel) -> float:
    """The first day shown: 0, or earlier where the time may precede its origin."""
    return float(min([*_finite(panel), 0.0]))


def _finite(panel: Panel) -> list[float]:
    bounds = panel.rows[["lower", "upper"]].to_numpy(dtype=float).ravel()
    return [*bounds[np.isfinite(bounds)]]


def ticks(panel: Panel) -> list[float]:
    """Whole days, in days, weeks or months so that few enough fit; the thresholds among them where that can be."""
    first, last = start(panel), limit(panel)
    span = last - first
    fitting = [step for step in STEPS if span / step <= MOST_TICKS] or [STEPS[-1]]
    with_thresholds = [step for step in fitting if span / step >= 2 and not any(t % step for t in panel.thresholds)]
    step = (with_thresholds or fitting)[0]
    return [float(day) for day in np.arange(-(-first // step) * step, last + 1e-9, step)]


def counts(rows: pd.DataFrame, day: float) -> tuple[int, int, int, int, int]:
    """Cases by what is known at `day`: happened, straddles, not yet, died, not known. They add up to all."""
    timed = rows["state"].isin(["observed", "not_resolved"])
    happened = timed & (rows["upper"] <= day)
    not_yet = timed & ~happened & (rows["lower"] >= day)
    died, unknown = rows["state"] == "died", rows["state"] == "unknown"
    straddles = timed & ~happened & ~not_yet
    told = int(happened.sum()), int(straddles.sum()), int(not_yet.sum()), int(died.sum()), int(unknown.sum())
    if sum(told) != len(rows):
        raise AssertionError(f"{sum(told)} of {len(rows)} cases are in the table at day {day}")
    return told


def straddlers(panel: Panel) -> pd.DataFrame:
    """(position, day) of every case whose possible days lie on both sides of a threshold."""
    rows = in_order(panel.rows)
    timed = rows["state"].isin(["observed", "not_resolved"])
    found = [(position, day) for day in panel.thresholds
             for position in np.flatnonzero(timed & (rows["lower"] < day) & (rows["upper"] > day))]  # fmt: skip
    return pd.DataFrame(found, columns=["position", "day"])


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Earliest first; those without a time last."""
    keyed = rows.assign(rank=rows["state"].map(ORDER))
    return keyed.sort_values(["rank", "upper", "lower", "case_id"], kind="stable").drop(columns="rank")


def _frame(axes: Axes, panel: Panel) -> float:
    left, last = start(panel), limit(panel)
    right = last + 0.06 * (last - left)
    axes.set_xlim(left, right)
    return right


def share(axes: Axes, panel: Panel, *, bare: bool = False) -> None:
    """The cumulative share; `bare`: the NPMLE alone."""
    right = _frame(axes, panel)
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
        axes.plot([low, high], [0.5, 0.5], zorder=5, clip_on=False, markevery=[0], **_MEDIAN)
        end = _HEAD if np.isinf(panel.median[1]) else _MEDIAN
        axes.plot(high, 0.5, zorder=5.1, clip_on=False, **end | {"linestyle": "none"})
    if not panel.rows["state"].isin(["observed", "not_resolved"]).any():
        axes.text(right / 2, 0.5, "none: no case has a known time", ha="center", va="center", color=p.DARK)


def _band(axes: Axes, rows: pd.DataFrame, left: float, right: float) -> None:
    """From the share certainly reached to the share possibly reached; cases that died without it never reach it."""
    able = rows[rows["state"] != "died"]
    if not len(able):
        return
    days = np.unique([left, right, *(day for day in able[["lower", "upper"]].to_numpy().ravel() if day < right)])
    known = [(able["upper"] <= day).sum() / len(rows) for day in days]
    possible = [(able["lower"] <= day).sum() / len(rows) for day in days]
    axes.fill_between(days, known, possible, step="post", facecolor=p.PALE_BLUE, linewidth=0, zorder=1)
    axes.step(days, known, where="post", color=p.BLUE, linewidth=p.DATA, zorder=2)
    axes.step(days, possible, where="post", color=p.BLUE, linewidth=p.DATA, linestyle=(0, (3, 1.5)), zorder=2,
              clip_on=False)  # fmt: skip
    died = (rows["state"] == "died").sum() / len(rows)
    if died:
        axes.add_patch(Rectangle((left, 1 - died), right - left, died, zorder=1, **_DEAD))


def _npmle(axes: Axes, steps: pd.DataFrame, left: float, right: float) -> None:
    """Rectangles where the mass lies, level lines between them, nothing sloping; an exact time is a jump."""
    reached, day = 0.0, left
    for step in steps.itertuples():
        if step.lower > day:
            axes.plot([day, step.lower], [reached, reached], zorder=4, clip_on=False, **_FLAT)
        end = min(step.upper, right)
        if step.lower == step.upper:
            axes.plot([end, end], [reached, step.cumulative], zorder=4, clip_on=False, **_FLAT)
        elif end > step.lower:
            corner, height = (step.lower, reached), step.cumulative - reached
            axes.add_patch(Rectangle(corner, end - step.lower, height, zorder=3, clip_on=False, **_NPMLE))
        reached, day = step.cumulative, end
    if len(steps) and day < right:
        axes.plot([day, right], [reached, reached], zorder=4, clip_on=False, **_FLAT)


def _rug(axes: Axes, panel: Panel, lane: float) -> None:
    right = _frame(axes, panel)
    rows = in_order(panel.rows)
    axes.set(ylim=(max(len(rows), 1) + 1 / lane, -1 / lane), yticks=[])
    days = ticks(panel)
    axes.set_xticks(days, [panel.zero if day == 0 else f"{day:.0f}".replace("-", "−") for day in days])
    axes.set_xlabel(panel.x_label, labelpad=1.5)
    for day in panel.thresholds:
        axes.axvline(day, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=(0, (4, 2)), zorder=1)
    _lanes(axes, rows.reset_index(drop=True), start(panel), right, lane)
    marked = straddlers(panel)
    look = _STRADDLES | {"markersize": min(2.2, lane * 1.6), "linestyle": "none"}
    axes.plot(marked["day"], marked["position"] + 0.5, zorder=4, **look)


def _lanes(axes: Axes, rows: pd.DataFrame, left: float, right: float, lane: float) -> None:
    """Bars of possible days, dots of exact ones, arrow heads at open ends, dotted lines where nothing is known."""
    y = rows.index.to_numpy() + 0.5
    timeless, open_ended = rows["state"].isin(["unknown", "died"]), np.isinf(rows["upper"])
    exact = ~timeless & (rows["lower"] == rows["upper"])
    axes.hlines(y[timeless], left, right, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=(0, (1, 2)), zorder=2)
    for chosen, look in ((rows["state"] == "died", _DIED), (open_ended & (rows["state"] != "died"), _HEAD)):
        look = look | {"markersize": min(4, lane * 2), "linestyle": "none"}
        axes.plot([right] * int(chosen.sum()), y[chosen], clip_on=False, zorder=3, **look)
    for anonymous, style in ((True, _ANONYMOUS), (False, _IDENTIFIED)):
        own = ~timeless & (rows["identity"].eq("anonymous") == anonymous)
        bars = rows[own & ~exact]
        shapes = [[(row.lower, at), (row.lower, at + 0.6), (min(row.upper, right), at + 0.6), (min(row.upper, right), at)]
                  for at, row in zip(y[own & ~exact] - 0.3, bars.itertuples(), strict=True)]  # fmt: skip
        axes.add_collection(PolyCollection(shapes, zorder=2, **style), autolim=False)
        axes.plot(rows.loc[own & exact, "upper"], y[own & exact], marker="o", markersize=min(3.5, lane * 1.6),
                  markerfacecolor=style["facecolor"], markeredgecolor=style["edgecolor"], markeredgewidth=p.RULE,
                  linestyle="none", clip_on=False, zorder=3)  # fmt: skip


_DEAD: Look = {"facecolor": "white", "edgecolor": p.DARK, "hatch": "xxxxx", "linewidth": p.HAIR}
_HEAD: Look = {"marker": ">", "markerfacecolor": "white", "markeredgecolor": p.DARK, "markeredgewidth": 0.6}


def _names(sheet: Sheet, panel: Panel, right: float, top: float, lane: float, room: float) -> None:
    """Ids of identified cases beside their lanes, where lanes are wide enough for words."""
    if lane < 2:
        return
    for position, row in enumerate(in_order(panel.rows).itertuples()):
        if row.identity != "anonymous":
            words = sheet.page.shortened(row.case_id, room, small=True)
            sheet.write(right, top + (position + 0.5) * lane, words, small=True, ha="right")


def _table(sheet: Sheet, panel: Panel, axes: Axes, left: float, top: float, width: float, table_left: float) -> None:
    """Counts of cases by what is known at every tick; each column adds up to all cases."""
    step = sheet.page.small_line
    sheet.write(table_left, top + step / 2, f"Cases (N = {len(panel.rows)})", small=True)
    shown = [number for number, name in enumerate(panel.wording) if name]
    for line, number in enumerate(shown, start=1):
        sheet.write(table_left, top + (line + 0.5) * step, panel.wording[number], small=True)
    first, right = axes.get_xlim()
    for day in ticks(panel):
        told = counts(panel.rows, day)
        for line, number in enumerate(shown, start=1):
            x = left + width * (day - first) / (right - first)
            sheet.write(x, top + (line + 0.5) * step, str(told[number]), small=True, ha="center")


def plotted(panel: Panel) -> pd.DataFrame:
    """The data of a panel: cases, steps of the NPMLE, median bounds and the table, one long frame."""
    rows = in_order(panel.rows).assign(kind="case")[["kind", "case_id", "identity", "state", "lower", "upper"]]
    steps = panel.steps[["lower", "upper", "mass", "cumulative"]].assign(kind="npmle")
    table = pd.DataFrame([{"kind": "count", "day": day, **dict(zip(panel.wording, counts(panel.rows, day), strict=True))}
                          for day in ticks(panel)])  # fmt: skip
    median = pd.DataFrame([panel.median] if panel.median else [], columns=["lower", "upper"], dtype=float)
    parts = [part for part in (rows, median.assign(kind="median"), steps, table) if len(part)]
    together = pd.concat(parts, ignore_index=True).drop(columns="", errors="ignore")
    return together.assign(panel=panel.heading)
