"""A Weibull curve with the NPMLE, and beside it the profile likelihood of its shape: exploratory, on request."""

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from scripts.figures.cumulative import curve as cumulative
from scripts.figures.cumulative import looks
from scripts.figures.cumulative import panel as cumulative_panel
from scripts.figures.drawing import Drawing
from scripts.figures.figure_onset import panel as onset_panel
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, Look, Page
from scripts.files.bundle import Bundle
from scripts.words.times import PER_DAY, length
from scripts.words.wording import number

WIDTH = DOUBLE
_CURVE: Look = {"color": "#8F4A75", "linewidth": 1.4}
_PROFILE: Look = {"color": p.BLUE, "linewidth": 1.2}
_LIMIT: Look = {"color": p.DARK, "linewidth": p.RULE, "linestyle": (0, (4, 2))}
_SHAPE: Look = {"marker": "s", "markersize": 4, "color": p.BLUE, "markerfacecolor": p.BLUE}
_END: Look = {"marker": "|", "markersize": 6, "markeredgewidth": 1.2, "color": p.BLUE}
_ROSS: Look = {"marker": "D", "markersize": 4, "color": p.BLACK, "markerfacecolor": "white"}
LEAST_BESIDE, TALL = 120.0, 50.0
SHAPES = (0.1, 0.2, 0.5, 1, 2, 4, 8, 16, 32)


def wanted(data: Bundle) -> str:
    """Never by default: a shape describes the reported cases and is easily read as a hazard."""
    shape = _number(data, "shape")
    if shape is None:
        return f"on request only, and no shape was fitted: {_refusal(data)}"
    return "on request only: the shape is exploratory"


def rests_on(data: Bundle) -> pd.DataFrame:
    """The fitted shape and scale with their limits; the points of the profile are a curve."""
    return _results(data)[lambda rows: rows["statistic"] != "profile"]


def draw(data: Bundle, page: Page) -> Drawing:
    """Panel a: NPMLE rectangles and the fitted curve. Panel b: the profile of the shape, its limit line and limits."""
    panel, _ = onset_panel(data)
    shape, scale = _number(data, "shape"), _number(data, "scale")
    keys = [key for key in looks.keys([panel], False) if key.kind in ("fill", "line") and "NPMLE" in key.words]
    keys += _keys(data) if shape is not None else []
    beside = page.width >= LEAST_BESIDE
    head = 2 + legend.height(page, keys, page.width - 4) + 3
    step = page.line + TALL + 12
    sheet = page.sheet(head + step * (1 if beside else 2))
    legend.draw(sheet, 2, 2, page.width - 4, keys)
    wide = 0.5 * page.width - 18 if beside else page.width - 18
    x, y = (0.5 * page.width + 14, head) if beside else (16.0, head + step)
    observed = _observed(data, panel.unit)
    sheet.write(2, head + page.line / 2, f"a  Fit, {observed}" if observed else "a  Fit", weight="bold")
    sheet.write(x - 14, y + page.line / 2, "b  Profile of the shape", weight="bold")
    axes = sheet.panel(16, head + page.line + 1, wide, TALL)
    cumulative.share(axes, panel, bare=True)
    axes.set_xticks(cumulative_panel.ticks(panel), [f"{day:.0f}" for day in cumulative_panel.ticks(panel)])
    axes.set_xlabel(panel.x_label, labelpad=1.5)
    if shape is None or scale is None:
        sheet.paragraph(x, y + 8, page.wrapped(f"none: {_refusal(data)}", page.width - x - 2))
        return Drawing(sheet.figure, _caption(data), _alt(data), _plotted(data, [], []))
    along = np.linspace(0, axes.get_xlim()[1], 200)
    days = along / PER_DAY[panel.unit]
    fitted = 1 - np.exp(-((days / scale["value"]) ** shape["value"]))
    axes.plot(along, fitted, zorder=5, **_CURVE)
    _profile(sheet.panel(x, y + page.line + 1, page.width - x - 3, TALL), data, shape)
    return Drawing(sheet.figure, _caption(data), _alt(data), _plotted(data, days, fitted))


def _keys(data: Bundle) -> list[legend.Key]:
    line = _number(data, "profile_limit")
    limits = [legend.Key("line", str(line["note"]), _LIMIT)] if line is not None else []
    return [
        legend.Key("line", "Weibull", _CURVE),
        legend.Key("line", "profile likelihood", _PROFILE),
        *limits,
        legend.Key("mark", "shape", _SHAPE),
        legend.Key("mark", "its limits", _END),
        legend.Key("mark", "shape, Ross-corrected", _ROSS),
    ]


def _profile(axes: Axes, data: Bundle, shape: pd.Series) -> None:
    """The whole curve over the window of shapes the results hold, the limit line, and where the curve crosses it."""
    points, line, corrected = _points(data), _number(data, "profile_limit"), _number(data, "shape_corrected")
    floor = 1.15 * float(points["value"].min())
    axes.set_xscale("log")
    axes.set(xlim=(points["at"].min(), points["at"].max()), ylim=(floor, -0.06 * floor))
    whole = [tick for tick in SHAPES if points["at"].min() <= tick <= points["at"].max()]
    axes.set_xticks(whole, [f"{tick:g}" for tick in whole])
    axes.minorticks_off()
    axes.set_xlabel("Weibull shape (log scale)", labelpad=1.5)
    axes.set_ylabel("Log-likelihood below its maximum", labelpad=2)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10**4) if -floor / step <= 6)
    falls = np.arange(0, floor, -step)
    axes.set_yticks(falls, [f"{fall:.0f}".replace("-", "−") for fall in falls])
    axes.axvline(1, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=":")
    axes.plot(points["at"], points["value"], **_PROFILE)
    if line is not None:
        axes.axhline(line["value"], **_LIMIT)
        ends = [end for end in (shape["lower"], shape["upper"]) if math.isfinite(end) and end > 0]
        axes.plot(ends, [line["value"]] * len(ends), zorder=4, **_END | {"linestyle": "none"})
    axes.plot(shape["value"], 0, zorder=4, clip_on=False, **_SHAPE | {"linestyle": "none"})
    if corrected is not None:
        axes.plot(corrected["value"], floor, zorder=4, clip_on=False, **_ROSS | {"linestyle": "none"})


def _points(data: Bundle) -> pd.DataFrame:
    results = _results(data)
    return results[results["statistic"] == "profile"]


def _results(data: Bundle) -> pd.DataFrame:
    facts = data.facts
    return data.results_of("shape", endpoint=facts.onset, clock=facts.clock, group="all")


def _number(data: Bundle, statistic: str) -> pd.Series | None:
    rows = _results(data)
    rows = rows[rows["statistic"] == statistic]
    return rows.iloc[0] if len(rows) else None


def _refusal(data: Bundle) -> str:
    rows = _results(data)
    rows = rows[rows["statistic"] == "refused"]
    return str(rows["note"].iloc[0]) if len(rows) else "the results hold none"


def _plotted(data: Bundle, days, fitted) -> pd.DataFrame:
    curve = pd.DataFrame({"kind": "curve", "day": days, "share": fitted})
    numbers = _results(data)[["statistic", "at", "value", "lower", "upper", "note"]].rename(
        columns={"statistic": "kind"}
    )
    return pd.concat([numbers, curve], ignore_index=True) if len(curve) else numbers


def _observed(data: Bundle, unit: str) -> str:
    """How far the cases were observed: what the shape knows nothing beyond."""
    window = _number(data, "window")
    if window is None:
        return ""
    return (
        f"observed to day {number(window['value'])}" if unit == "d" else f"observed to {length(window['value'], unit)}"
    )


def _caption(data: Bundle) -> str:
    shape, corrected, aic = (
        _number(data, statistic) for statistic in ("shape", "shape_corrected", "aic_minus_lognormal")
    )
    parts = [f"No shape was fitted: {_refusal(data)}"]
    if shape is not None:
        parts = [
            f"Shape {number(shape['value'])} (profile limits {number(shape['lower'])} to {number(shape['upper'])})"
            + (f", Ross-corrected {number(corrected['value'])}" if corrected is not None else ""),
            shape["note"],
            _observed(data, data.unit(data.conventions.onset)),
            f"AIC minus that of a lognormal fit: {number(aic['value'])}" if aic is not None else "",
        ]
    points = _points(data)
    if len(points):
        parts.append(
            f"Panel b: log-likelihood maximised over the scale, for shapes {number(points['at'].min())} to "
            f"{number(points['at'].max())}; where it crosses the limit line are the limits"
        )
    return captions.sentences(
        f"Weibull fit to the onset ({captions.endpoint(data.facts.onset, data.facts)}) of {len(data.counted)} reported cases of "
        f"{data.facts.event} after {data.facts.drug}; exploratory, describes these cases, not a test of a signal",
        *parts,
        captions.NOT_A_RISK,
        captions.closing(data),
    )


def _alt(data: Bundle) -> str:
    shape = _number(data, "shape")
    fitted = (
        f"shape {number(shape['value'])}, {number(shape['lower'])} to {number(shape['upper'])}"
        if (shape is not None)
        else f"no shape fitted: {_refusal(data)}"
    )
    return captions.alt(
        f"Steps show the cumulative share of {len(data.counted)} reported cases with NPMLE rectangles and a Weibull curve, beside them the profile likelihood; {fitted}"
    )
