"""How the swimmer draws one time: filled where it is known to the day, a bar where it is an interval, else an arrow."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from scripts.figures.page import standards as p
from scripts.figures.page.axis_steps import FINER_STEPS, STEPS, step_of
from scripts.figures.page.standards import Look

MOST_TICKS = 7
_DOTS = (0, (1, 2))
MARKS = {
    "dose": ("v", p.BLACK, p.LIGHT),
    "first_symptom": ("o", p.BLUE, p.PALE_BLUE),
    "sentinel_sign": ("D", p.VERMILLION, p.PALE_ORANGE),
    "diagnosis": ("s", "#00735A", "#CFE9E0"),
    "event": ("h", p.BLACK, p.FAINT),
    "radiological_resolution": ("^", "#8F4A75", "#F1DFEA"),
    "clinical_resolution": ("P", "#7A5200", "#FAEBC8"),
    "sequelae": ("p", "#7A5200", "#FAEBC8"),
    "death": ("X", p.BLACK, p.LIGHT),
}
"""Mark, colour and pale fill of everything that has a time: shape and colour say the same."""


def axis(axes: Axes, marks: pd.DataFrame, study: bool, width: float, *, finer: bool = False) -> float:
    """Set the days, or finer the hours or minutes; gives the right end of the axis."""
    first, last, right = span(marks, study)
    axes.set_xlim(first, right)
    most = min(MOST_TICKS, max(2, int(width // 7)))
    step = step_of(last - first, most, FINER_STEPS if finer else STEPS)
    ticks = [float(day) for day in np.arange(-(-first // step) * step, last + 1e-9, step)]
    if study:  # a study day is a cell: its number stands in the middle, its borders are ruled; there is no day 0
        ticks = sorted({day or 1.0 for day in ticks})
        axes.set_xticks([day - 0.5 * np.sign(day) for day in ticks], [f"{day:.0f}".replace("-", "−") for day in ticks])
        borders = list(range(math.floor(first), math.floor(last) + 1)) if last - first <= 15 else [0]
    else:
        axes.set_xticks(ticks, [f"{day:.0f}" for day in ticks])
        borders = [int(day) for day in ticks[1:]]
    for day in borders:
        axes.axvline(day, color=p.LIGHT, linewidth=p.HAIR, zorder=0)
    return right


def span(marks: pd.DataFrame, study: bool) -> tuple[float, float, float]:
    """First and last day shown and the right end of the axis; before 0 where a time may precede its origin."""
    bounds = marks[["lower", "upper"]].to_numpy(dtype=float)
    bounds = (bounds + [[after_the_dose(low, high, study)] for low, high in bounds]).ravel() if len(bounds) else bounds
    finite = bounds[np.isfinite(bounds)]
    first, last = min([*finite, 0.0]), max([*finite, 4.0 if study else 7.0])
    return first, last, last + 0.06 * (last - first)


def after_the_dose(lower: float, upper: float, study: bool) -> float:
    """How far a time known to less than a day is moved on an axis of study days: its dose stands in the middle of day 1."""
    return 0.5 if study and upper - lower < 1 else 0.0


def dose_shape(tick: bool, partial: bool) -> str:
    """A triangle, or a tick where days are narrower than a triangle; a part of a dose keeps a shape of its own."""
    if not tick:
        return str(MARKS["dose"][0])
    return "1" if partial else "|"


def mark_time(axes: Axes, mark, y: float, right: float, lane: float, anonymous: bool, study: bool) -> None:
    """One time: a filled mark where it is known to the day, else its bar; open ends are arrows."""
    shape, colour, pale = MARKS[mark.what]
    shape = dose_shape(mark.tick, mark.detail == "partial") if mark.what == "dose" else shape
    edge, fill = (p.MIDDLE_GREY, "white") if anonymous else (colour, pale)
    size = min(4.2, lane * 1.9)
    look: Look = {"marker": shape, "markersize": size, "markeredgecolor": edge, "markeredgewidth": p.RULE, "clip_on": False,
            "linestyle": "none", "zorder": 4}  # fmt: skip
    if math.isinf(mark.upper):
        return _open_ended(axes, mark, y, right, look, edge, size)
    to_the_day = mark.upper - mark.lower <= (1 if study else 0)
    if not to_the_day:
        axes.add_patch(
            Rectangle(
                (mark.lower, y - 0.2 * lane),
                mark.upper - mark.lower,
                0.4 * lane,
                facecolor=fill,
                edgecolor=edge,
                linewidth=p.HAIR,
                zorder=2,
            )
        )
    half = 0.5 if study and mark.upper - mark.lower >= 1 else -after_the_dose(mark.lower, mark.upper, study)
    partial = mark.detail == "partial"
    filled = (edge if to_the_day else "white") if not partial else "white"
    axes.plot(mark.upper - half, y, markerfacecolor=filled, **look)


def _open_ended(axes, mark, y, right, look, edge, size) -> None:
    if mark.what == "death":  # a death of unknown time
        axes.plot([axes.get_xlim()[0], right], [y, y], color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=_DOTS, zorder=2)
        axes.plot(right, y, markerfacecolor="white", **look)
        return
    axes.plot([mark.lower, right], [y, y], color=edge, linewidth=p.DATA, zorder=2)
    axes.plot(mark.lower, y, color=edge, marker="|", markersize=size, zorder=3)
    axes.plot(right, y, **look | {"marker": ">", "markerfacecolor": "white"})


def unknown(axes: Axes, y: float, right: float, lane: float) -> None:
    axes.plot([axes.get_xlim()[0], right], [y, y], color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=_DOTS, zorder=2)
    axes.plot(
        right,
        y,
        marker=">",
        markersize=min(3.6, lane * 1.6),
        markerfacecolor="white",
        clip_on=False,
        markeredgecolor=p.MIDDLE_GREY,
        markeredgewidth=p.RULE,
        zorder=3,
    )
