"""Latency of many cases: histogram and cumulative bounds on log time; takes the place of lanes above 200 cases."""

import numpy as np
import pandas as pd

from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import MIDDLE, Look, Page
from scripts.files.bundle import Bundle
from scripts.words import times

WIDTH = MIDDLE
MOST_LANES = 200
HEAPS = (7, 14, 21, 28, 30, 60, 90, 180, 365)
TICKS = (0, 1, 3, 7, 14, 30, 90, 180, 365, 730, 1826, 3652)
BINS = 30
_KNOWN: Look = {"color": p.BLUE, "linewidth": p.DATA}
_POSSIBLE: Look = {"color": p.BLUE, "linewidth": p.DATA, "linestyle": (0, (3, 1.5))}
_BARS: Look = {"facecolor": p.SKY, "edgecolor": p.BLACK, "linewidth": p.HAIR}


def wanted(data: Bundle) -> str:
    """Above 200 cases."""
    cases = len(data.counted)
    return "" if cases > MOST_LANES else f"{cases} cases: onset shows each of them"


def rests_on(data: Bundle) -> pd.DataFrame:
    """The median."""
    return _median(data)


def draw(data: Bundle, page: Page) -> Drawing:
    """Above: share known and possible by day. Below: cases by the last possible day, on log(1 + days)."""
    rows = data.main_times(data.facts.onset, data.facts.clock)
    timed = rows[rows["state"] == "observed"]
    keys = [
        legend.Key("line", "share known by then", _KNOWN),
        legend.Key("line", "share possible by then", _POSSIBLE),
        legend.Key("fill", "cases by last possible day", _BARS),
        legend.Key("mark", "round number of days", {"marker": "v", "markersize": 4}),
    ]
    key_height = legend.height(page, keys, page.width - 4)
    sheet = page.sheet(2 + key_height + 3 + 40 + 4 + 28 + 11)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 3
    left, wide = 21.0, page.width - 25
    upper, lower = sheet.panel(left, top, wide, 40), sheet.panel(left, top + 44, wide, 28)
    last = float(max([*timed.loc[np.isfinite(timed["upper"]), "upper"], 1.0]))
    for axes in (upper, lower):
        axes.set_xlim(0, np.log1p(last) * 1.03)
        axes.set_xticks([])
    _share(upper, rows, last)
    bars = _bars(lower, timed, last)
    plotted = pd.concat([rows[["case_id", "lower", "upper", "state"]].assign(kind="case"), bars], ignore_index=True)
    return Drawing(sheet.figure, _caption(data, rows, timed), _alt(data, rows, timed), plotted)


def _share(axes, rows: pd.DataFrame, last: float) -> None:
    axes.set(ylim=(0, 1.02), yticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_ylabel("Cumulative share\nof reported cases", labelpad=2)
    for bound, look in (("upper", _KNOWN), ("lower", _POSSIBLE)):
        ends = np.sort(rows[bound].to_numpy(dtype=float).clip(min=0))
        ends = ends[np.isfinite(ends)]
        share = np.arange(1, len(ends) + 1) / max(len(rows), 1)
        x, y = np.concatenate([[0], np.log1p(ends), [np.log1p(last) * 1.03]]), np.concatenate([[0], share, share[-1:]])
        if len(ends):
            axes.step(x, y, where="post", **look)


def _bars(axes, timed: pd.DataFrame, last: float) -> pd.DataFrame:
    """Equal bins of log(1 + days); marks over round numbers of days, where recall heaps."""
    edges = np.linspace(0, np.log1p(last), BINS + 1)
    ends = timed.loc[np.isfinite(timed["upper"]), "upper"].clip(lower=0)
    counts, _ = np.histogram(np.log1p(ends), bins=edges)
    axes.bar(edges[:-1], counts, width=np.diff(edges), align="edge", **_BARS)
    most = max(int(counts.max(initial=0)), 1)
    axes.set_ylim(0, most * 1.25)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**3, 10**4, 10**5) if most / step <= 5)
    axes.set_yticks(range(0, most + 1, step))
    axes.set_ylabel("Cases", labelpad=2)
    days = [day for day in TICKS if day <= last]
    axes.set_xticks(np.log1p(days), [str(day) for day in days])
    axes.set_xlabel("Days, elapsed (log scale)", labelpad=1.5)
    for day in HEAPS:
        if day <= last and (ends == day).sum() > len(ends) * 0.02:
            axes.plot(np.log1p(day), most * 1.15, marker="v", markersize=4, color=p.BLACK)
    return pd.DataFrame({"kind": "bin", "lower": np.expm1(edges[:-1]), "upper": np.expm1(edges[1:]), "count": counts})


def _caption(data: Bundle, rows: pd.DataFrame, timed: pd.DataFrame) -> str:
    median = _median(data)
    words = times.of_result(median.iloc[0].to_dict(), data.unit(data.facts.onset)) if len(median) else ""
    return captions.sentences(
        f"Time to onset ({captions.endpoint(data.facts.onset, data.facts)}) of {data.facts.event} after {data.facts.drug}, from "
        f"{captions.point(data.facts.clock, data.facts)}; N = {len(rows)} reported cases, {len(timed)} with a known time",
        f"Median {words}" if words else "",
        "Solid: share certainly begun; dashed: share possibly begun; below: cases by their last possible day",
        "Triangles: round numbers of days that hold more than 2% of cases, a sign of heaping",
        captions.NOT_A_RISK,
        captions.closing(data),
    )


def _median(data: Bundle) -> pd.DataFrame:
    wanted = {"set": data.main_set, "endpoint": data.facts.onset, "clock": data.facts.clock, "group": "all"}
    return data.results_of("onset", statistic="median_bounds", **wanted)


def _alt(data: Bundle, rows: pd.DataFrame, timed: pd.DataFrame) -> str:
    return captions.alt(
        f"Steps and a histogram on log time show {len(rows)} reported cases; known in {len(timed)} is the "
        f"time to {captions.endpoint(data.facts.onset, data.facts)}"
    )
