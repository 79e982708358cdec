"""A Weibull curve beside the NPMLE, and its shape with limits: exploratory, on request only (F12)."""

import math

import numpy as np
import pandas as pd

from scripts.figures import captions, cumulative, legend
from scripts.figures import page as p
from scripts.figures.drawing import Data, Drawing
from scripts.figures.figure_onset import panel as onset_panel
from scripts.figures.page import DOUBLE, Look, Page
from scripts.wording import number

WIDTH = DOUBLE
LEAST_CASES = 10
_CURVE: Look = {"color": "#8F4A75", "linewidth": 1.4}
_SHAPE: Look = {"marker": "s", "markersize": 4, "color": "#8F4A75", "markerfacecolor": "#8F4A75"}
_ROSS: Look = {"marker": "D", "markersize": 4, "color": p.BLACK, "markerfacecolor": "white"}


def wanted(data: Data) -> str:
    """Never by default: a shape describes the reported cases and is easily read as a hazard."""
    shape = _number(data, "shape")
    if shape is None:
        return f"on request only, and no shape was fitted: {_refusal(data)}"
    return "on request only: the shape is exploratory"


def draw(data: Data, page: Page) -> Drawing:
    """Panel a: NPMLE rectangles and the fitted curve. Panel b: the shape with profile limits, and Ross-corrected."""
    panel, _ = onset_panel(data)
    shape, scale = _number(data, "shape"), _number(data, "scale")
    keys = [key for key in cumulative.keys([panel], False) if key.kind in ("fill", "line") and "NPMLE" in key.words]
    if shape is not None:
        keys += [legend.Key("line", "Weibull", _CURVE), legend.Key("mark", "shape", _SHAPE)]
        keys += [legend.Key("mark", "shape, Ross-corrected", _ROSS)]
    key_height = legend.height(page, keys, page.width - 4)
    tall = 50.0
    sheet = page.sheet(2 + key_height + 3 + page.line + tall + 11)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 3 + page.line
    wide = 0.52 * page.width - 16
    sheet.write(2, top - page.line / 2, "a  Fit", weight="bold")
    sheet.write(0.56 * page.width, top - page.line / 2, "b  Shape", weight="bold")
    axes = sheet.panel(16, top + 1, wide, tall)
    cumulative.share(axes, panel, bare=True)
    axes.set_xticks(cumulative.ticks(panel), [f"{day:.0f}" for day in cumulative.ticks(panel)])
    axes.set_xlabel(panel.x_label, labelpad=1.5)
    if shape is None or scale is None:
        sheet.paragraph(0.6 * page.width, top + 8, page.wrapped(f"none: {_refusal(data)}", 0.35 * page.width))
        return Drawing(sheet.figure, _caption(data), _alt(data), _plotted(data, [], []))
    days = np.linspace(0, axes.get_xlim()[1], 200)
    fitted = 1 - np.exp(-((days / scale["value"]) ** shape["value"]))
    axes.plot(days, fitted, zorder=5, **_CURVE)
    _shape(sheet.panel(0.6 * page.width, top + 1, 0.36 * page.width, tall), data, shape)
    return Drawing(sheet.figure, _caption(data), _alt(data), _plotted(data, days, fitted))


def _shape(axes, data: Data, shape: pd.Series) -> None:
    corrected = _number(data, "shape_corrected")
    values = [shape["lower"], shape["upper"], shape["value"], 1.0]
    finite = [value for value in values if math.isfinite(value) and value > 0]
    axes.set_xscale("log")
    axes.set(xlim=(min(finite) / 1.3, max(finite) * 1.3), ylim=(0, 3), yticks=[])
    ticks = [tick for tick in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20) if axes.get_xlim()[0] <= tick <= axes.get_xlim()[1]]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()
    axes.axvline(1, color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=(0, (4, 2)))
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Weibull shape (log scale)", labelpad=1.5)
    upper = min(shape["upper"], axes.get_xlim()[1])
    axes.plot([shape["lower"], upper], [2, 2], marker="|", markersize=5, **_CURVE)
    axes.plot(shape["value"], 2, **_SHAPE | {"linestyle": "none"})
    if corrected is not None:
        axes.plot(corrected["value"], 1, **_ROSS | {"linestyle": "none"})


def _found(data: Data) -> pd.DataFrame:
    facts = data.facts
    return data.found("shape", endpoint=facts.onset, clock=facts.clock, group="all")


def _number(data: Data, statistic: str) -> pd.Series | None:
    rows = _found(data)
    rows = rows[rows["statistic"] == statistic]
    return rows.iloc[0] if len(rows) else None


def _refusal(data: Data) -> str:
    rows = _found(data)
    rows = rows[rows["statistic"] == "refused"]
    return str(rows["note"].iloc[0]) if len(rows) else "the results hold none"


def _plotted(data: Data, days, fitted) -> pd.DataFrame:
    curve = pd.DataFrame({"kind": "curve", "day": days, "share": fitted})
    numbers = _found(data)[["statistic", "value", "lower", "upper", "note"]].rename(columns={"statistic": "kind"})
    return pd.concat([numbers, curve], ignore_index=True) if len(curve) else numbers


def _caption(data: Data) -> str:
    shape, corrected, aic = (_number(data, name) for name in ("shape", "shape_corrected", "aic_minus_lognormal"))
    parts = [f"No shape was fitted: {_refusal(data)}"]
    if shape is not None:
        parts = [f"Shape {number(shape['value'])} (profile limits {number(shape['lower'])} to {number(shape['upper'])})"
                 + (f", Ross-corrected {number(corrected['value'])}" if corrected is not None else ""),
                 shape["note"], f"AIC minus that of a lognormal fit: {number(aic['value'])}" if aic is not None else ""]  # fmt: skip
    return captions.sentences(
        f"Weibull fit to the onset ({captions.endpoint(data.facts.onset, data.facts)}) of {len(data.counted)} reported cases of "
        f"{data.facts.event} after {data.facts.drug}; exploratory, describes these cases, not a test of a signal",
        *parts,
        captions.NOT_A_RISK,
        captions.closing(data),
    )


def _alt(data: Data) -> str:
    shape = _number(data, "shape")
    said = f"shape {number(shape['value'])}, {number(shape['lower'])} to {number(shape['upper'])}" if (
        shape is not None) else f"no shape fitted: {_refusal(data)}"  # fmt: skip
    return captions.alt(
        f"Cumulative share of {len(data.counted)} reported cases with NPMLE rectangles and Weibull curve; {said}"
    )
