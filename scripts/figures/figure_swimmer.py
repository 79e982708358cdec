"""Swimmer: one row per case; index course, resolution and re-exposures each on an axis of its own (F2).

What is known to the day is a filled mark, what is known as an interval is a bar with an open mark on its last
possible day, what is open is an arrow. Bars are never shortened to a midpoint.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from scripts.figures import captions, legend, swimmer_lanes
from scripts.figures import page as p
from scripts.figures.cumulative import STEPS
from scripts.figures.drawing import Data, Drawing
from scripts.figures.page import DOUBLE, Look, Page, Sheet

WIDTH = DOUBLE
MOST_CASES = 50
LANE, ROW_GAP, ROOM = 2.5, 0.8, 165.0
MOST_TICKS = 7

MARKS = {
    "dose": ("v", p.BLACK, p.LIGHT),
    "first_symptom": ("o", p.BLUE, p.PALE_BLUE),
    "sentinel_sign": ("D", p.VERMILLION, p.PALE_ORANGE),
    "diagnosis": ("s", "#00735A", "#CFE9E0"),
    "event": ("h", p.BLACK, p.FAINT),
    "radiological_resolution": ("^", "#8F4A75", "#F1DFEA"),
    "clinical_resolution": ("P", "#7A5200", "#FAEBC8"),
    "death": ("X", p.BLACK, p.LIGHT),
}
"""Mark, colour and pale fill of everything that has a time: shape and colour say the same."""


def wanted(data: Data) -> str:
    """Up to 50 cases."""
    return "" if len(data.counted) <= MOST_CASES else f"more than {MOST_CASES} cases: one row each would not fit"


@dataclass(frozen=True)
class Layout:
    """Places in mm: columns from left to right, and the top of every row with its lanes."""

    identity: float
    group: float
    doses: float
    index: tuple[float, float]
    resolution: tuple[float, float]
    origin: float
    lane: float


def draw(data: Data, page: Page) -> Drawing:
    """All counted cases, members counted inside an aggregate left out as in every count."""
    rows = swimmer_lanes.cases(data)
    index, ends = swimmer_lanes.index_marks(data), swimmer_lanes.resolution_marks(data)
    later, again = swimmer_lanes.later_marks(data), swimmer_lanes.re_exposures(data)
    room = 0.25 * page.width
    index, later = (swimmer_lanes.doses_apart(marks, span(marks, True), room) for marks in (index, later))
    lanes = [_lanes(case, index, ends) for case in rows["case_id"]]
    places = _layout(page, rows, sum(lanes), again)
    heights = [count * places.lane + ROW_GAP for count in lanes]
    keys = _keys(data, rows, pd.concat([index, ends, later]))
    key_height = legend.height(page, keys, page.width - 4)
    below = _later_height(page, again, later, places.lane)
    head = 2 * page.line + 1
    sheet = page.sheet(2 + key_height + 2 + head + sum(heights) + 10 + below + 2)
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 2 + head
    _headings(sheet, places, top - head)
    tops = top + np.concatenate([[0], np.cumsum(heights)])
    _rows(sheet, places, rows, tops)
    _panel(sheet, places, places.index, rows, index, tops, study=True)
    _panel(sheet, places, places.resolution, rows, ends, tops, study=False)
    _origins(sheet, data, places, rows, ends, tops)
    _later(sheet, data, places, again, later, tops[-1] + 10)
    marks = pd.concat([index, ends, later], ignore_index=True)
    plotted = marks.merge(rows[["case_id", "identity", "group"]], on="case_id", how="left")
    return Drawing(sheet.figure, _caption(data, rows, index, ends, again), _alt(data, rows, again), plotted)


def _lanes(case: str, index: pd.DataFrame, ends: pd.DataFrame) -> int:
    own = index[index["case_id"] == case]
    timed = own["lane"].nunique() + (not (own["what"] != "dose").any())
    return max(timed, ends.loc[ends["case_id"] == case, "lane"].nunique(), 1)


def _layout(page: Page, rows: pd.DataFrame, lanes: int, again: pd.DataFrame) -> Layout:
    identity = min(page.widest(list(rows["case_id"]), small=True), 0.2 * page.width) + 3.5
    group = min(page.widest(list(rows["group"]), small=True), 0.13 * page.width) + 3
    doses, origin = 9.0, min(0.15 * page.width, 24.0)
    left = 2 + identity + group + doses + 2
    free = page.width - left - origin - 6
    lane = min(LANE, (ROOM - len(rows) * ROW_GAP) / max(lanes, 1))
    return Layout(
        identity=2, group=2 + identity, doses=2 + identity + group, index=(left, free * 0.55),
        resolution=(left + free * 0.55 + 4, free * 0.45 - 4), origin=page.width - origin - 2, lane=lane,
    )  # fmt: skip


def _headings(sheet: Sheet, places: Layout, top: float) -> None:
    step = sheet.page.line
    for x, words in ((places.identity, "Case"), (places.group, "Group")):
        sheet.write(x, top + 1.5 * step, words, small=True, weight="bold")
    sheet.write(places.doses, top + 0.5 * step, "Doses", small=True, weight="bold")
    sheet.write(places.doses, top + 1.5 * step, "of plan", small=True, weight="bold")
    sheet.write(places.index[0], top + 0.7 * step, "a  Index course, from its first dose", weight="bold")
    sheet.write(places.resolution[0], top + 0.7 * step, "b  Resolution or death", weight="bold")
    sheet.write(places.origin, top + 1.5 * step, "Counted from", small=True, weight="bold")


def _rows(sheet: Sheet, places: Layout, rows: pd.DataFrame, tops: np.ndarray) -> None:
    """Ids as in the line listing; anonymous members grey and slanted; every second row lightly shaded."""
    last = sheet.width - 1
    for number, row in enumerate(rows.itertuples()):
        top, tall = tops[number], tops[number + 1] - tops[number]
        if number % 2:
            sheet.box(places.identity - 1, top, last - places.identity + 1, tall, facecolor="#F5F5F5", edgecolor="none",
                      zorder=0)  # fmt: skip
        anonymous = row.identity == "anonymous"
        look = {"color": p.MIDDLE_GREY, "style": "italic"} if anonymous else {"weight": "normal"}
        middle = top + tall / 2
        room = places.group - places.identity - 1
        sheet.write(places.identity, middle, sheet.page.shortened(row.case_id, room, small=True), small=True, **look)
        room = places.doses - places.group - 1
        sheet.write(places.group, middle, sheet.page.shortened(row.group, room, small=True), small=True)
        sheet.write(places.doses + 3, middle, _doses(row), small=True, ha="center")


def _doses(row) -> str:
    given, planned = (text if text.isdigit() else "?" for text in (row.given_upper, row.planned_doses))
    return f"{given}/{planned}"


def _panel(sheet: Sheet, places: Layout, where: tuple[float, float], rows: pd.DataFrame, marks: pd.DataFrame,
           tops: np.ndarray, *, study: bool) -> None:  # fmt: skip
    axes = sheet.panel(where[0], tops[0], where[1], tops[-1] - tops[0])
    right = _axis(axes, marks, study, where[1])
    axes.set(ylim=(tops[-1], tops[0]), yticks=[])
    axes.set_xlabel("Study day (first dose = day 1)" if study else "Days", labelpad=1.5)
    for number, row in enumerate(rows.itertuples()):
        own = marks[marks["case_id"] == row.case_id]
        anonymous = row.identity == "anonymous"
        needed = own["lane"].nunique() + (study and not (own["what"] != "dose").any())
        free = tops[number + 1] - tops[number] - max(needed, 1) * places.lane
        top = tops[number] + free / 2
        for mark in own.itertuples():
            _mark(axes, mark, top + (mark.lane + 0.5) * places.lane, right, places.lane, anonymous, study)
        if not (own["what"] != "dose").any():
            _unknown(axes, top + (max(needed, 1) - 0.5) * places.lane, right, places.lane)


def _axis(axes: Axes, marks: pd.DataFrame, study: bool, width: float) -> float:
    """Set the days; gives the right end of the axis."""
    first, last, right = span(marks, study)
    axes.set_xlim(first, right)
    most = min(MOST_TICKS, max(2, int(width // 7)))
    step = next((step for step in STEPS if (last - first) / step <= most), STEPS[-1])
    ticks = [float(day) for day in np.arange(-(-first // step) * step, last + 1e-9, step)]
    if study:  # a study day is a cell: its number stands in the middle, its borders are ruled; there is no day 0
        ticks = [day for day in ticks if day]
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
    bounds = marks[["lower", "upper"]].to_numpy(dtype=float).ravel()
    finite = bounds[np.isfinite(bounds)]
    first, last = min([*finite, 0.0]), max([*finite, 4.0 if study else 7.0])
    return first, last, last + 0.06 * (last - first)


def _mark(axes: Axes, mark, y: float, right: float, lane: float, anonymous: bool, study: bool) -> None:
    """One time: a filled mark where it is known to the day, else its bar; open ends are arrows."""
    shape, colour, pale = MARKS[mark.what]
    shape = "|" if mark.tick else shape
    edge, fill = (p.MIDDLE_GREY, "white") if anonymous else (colour, pale)
    size = min(4.2, lane * 1.9)
    look: Look = {"marker": shape, "markersize": size, "markeredgecolor": edge, "markeredgewidth": p.RULE, "clip_on": False,
            "linestyle": "none", "zorder": 4}  # fmt: skip
    if math.isinf(mark.upper):
        return _open_ended(axes, mark, y, right, look, edge, fill, size)
    to_the_day = mark.upper - mark.lower <= (1 if study else 0)
    if not to_the_day:
        axes.add_patch(Rectangle((mark.lower, y - 0.2 * lane), mark.upper - mark.lower, 0.4 * lane, facecolor=fill,
                                 edgecolor=edge, linewidth=p.HAIR, zorder=2))  # fmt: skip
    half = 0.5 if study and mark.upper > mark.lower and mark.upper - mark.lower >= 1 else 0.0
    partial = mark.detail == "partial"
    filled = (edge if to_the_day else "white") if not partial else "white"
    axes.plot(mark.upper - half, y, markerfacecolor=filled, **look)


_DOTS = (0, (1, 2))


def _open_ended(axes, mark, y, right, look, edge, fill, size) -> None:
    if mark.what == "death":  # a death of unknown time
        axes.plot([axes.get_xlim()[0], right], [y, y], color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=_DOTS, zorder=2)
        axes.plot(right, y, markerfacecolor="white", **look)
        return
    axes.plot([mark.lower, right], [y, y], color=edge, linewidth=p.DATA, zorder=2)
    axes.plot(mark.lower, y, color=edge, marker="|", markersize=size, zorder=3)
    axes.plot(right, y, **look | {"marker": ">", "markerfacecolor": "white"})


def _unknown(axes: Axes, y: float, right: float, lane: float) -> None:
    axes.plot([axes.get_xlim()[0], right], [y, y], color=p.MIDDLE_GREY, linewidth=p.RULE, linestyle=_DOTS, zorder=2)
    axes.plot(right, y, marker=">", markersize=min(3.6, lane * 1.6), markerfacecolor="white", clip_on=False,
              markeredgecolor=p.MIDDLE_GREY, markeredgewidth=p.RULE, zorder=3)  # fmt: skip


def _origins(sheet: Sheet, data: Data, places: Layout, rows: pd.DataFrame, ends: pd.DataFrame, tops) -> None:
    for number, case in enumerate(rows["case_id"]):
        own = ends[ends["case_id"] == case].drop_duplicates("lane")
        tall = tops[number + 1] - tops[number]
        names = list(dict.fromkeys(captions.clock(name, data.facts) for name in own["clock"]))
        if names:
            words = sheet.page.shortened(", ".join(names), sheet.width - places.origin - 1, small=True)
            sheet.write(places.origin, tops[number] + tall / 2, words, small=True)


def _later_height(page: Page, again: pd.DataFrame, later: pd.DataFrame, lane: float) -> float:
    if not len(again):
        return 2 * page.line
    rows = sum(_later_row(page, row, later, lane) for row in again.itertuples())
    return page.line + 1 + rows + (9 if len(later) else 0)


def _later_row(page: Page, row, later: pd.DataFrame, lane: float) -> float:
    own = later[(later["case_id"] == row.case_id) & (later["course"] == row.course)]
    return max(own["lane"].nunique() * lane + ROW_GAP, 3 * page.small_line + 1)


def _later(sheet: Sheet, data: Data, places: Layout, again: pd.DataFrame, later: pd.DataFrame, top: float) -> None:
    """Re-exposures: one row each, from the first dose of that course, with what came of it."""
    page = sheet.page
    heading = "c  Re-exposure, from the first dose of that course" if len(again) else "c  Re-exposure: none described"
    sheet.write(places.identity, top + page.line / 2, heading, weight="bold")
    if not len(again):
        return
    top += page.line + 1
    tops = [top]
    for row in again.itertuples():
        tops.append(tops[-1] + _later_row(page, row, later, places.lane))
    axes = sheet.panel(places.index[0], top, places.index[1], tops[-1] - top)
    right = _axis(axes, later, True, places.index[1]) if len(later) else 1.0
    axes.set(ylim=(tops[-1], top), yticks=[], xlim=(0, right))
    if len(later):
        axes.set_xlabel("Study day of that course (its first dose = day 1)", labelpad=1.5)
    else:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    for number, row in enumerate(again.itertuples()):
        _later_words(sheet, places, row, tops[number])
        own = later[(later["case_id"] == row.case_id) & (later["course"] == row.course)]
        anonymous = data.cases.set_index("case_id")["identity"].get(row.case_id) == "anonymous"
        for mark in own.itertuples():
            _mark(axes, mark, tops[number] + (mark.lane + 0.5) * places.lane, right, places.lane, anonymous, True)
        if not (own["what"] != "dose").any():
            y = tops[number] + 0.5 * page.small_line + own["lane"].nunique() * places.lane
            _unknown(axes, y, right, places.lane)
            words = "days of signs not stated" if len(own) else "days of doses and signs not stated"
            axes.text(right * 0.02, y + page.small_line * 0.9, words, fontsize=page.small, color=p.DARK,
                      va="center")  # fmt: skip


def _later_words(sheet: Sheet, places: Layout, row, top: float) -> None:
    page = sheet.page
    room = places.index[0] - places.identity - 2
    gap = f"{row.gap} after the course before" if row.gap and row.gap[0].isdigit() else "interval not stated"
    doses = f"{row.doses_given} doses" if row.doses_given else "doses not stated"
    lines = [f"{row.case_id}, course {row.course}", gap, doses]
    sheet.paragraph(places.identity, top, [page.shortened(line, room, small=True) for line in lines], small=True)
    room = page.width - places.resolution[0] - 2
    classes = [("event", row.event), ("symptoms", row.symptoms), ("tests", row.tests)]
    for line, (name, found) in enumerate(classes):
        y = top + (line + 0.5) * page.small_line
        shape = "o" if found in ("positive", "negative") else "_"
        filled = p.BLACK if found == "positive" else "white"
        sheet.mark(places.resolution[0] + 1, y, marker=shape, markersize=3.4, markerfacecolor=filled,
                   markeredgewidth=p.RULE)  # fmt: skip
        extra = f" ({row.tests_recurred})" if name == "tests" and row.tests_recurred else ""
        words = f"{name}: {'recurred' if found == 'positive' else _CLASSES.get(found, found.replace('_', ' '))}{extra}"
        sheet.write(places.resolution[0] + 3, y, page.shortened(words, room - 3, small=True), small=True)


_CLASSES = {"negative": "did not recur"}


def _keys(data: Data, rows: pd.DataFrame, marks: pd.DataFrame) -> list[legend.Key]:
    found = []
    for what in MARKS:
        if (marks["what"] == what).any():
            shape, colour, _ = MARKS[what]
            look = {"marker": shape, "markersize": 4.2, "markerfacecolor": colour, "color": colour}
            name = "dose given" if what == "dose" else captions.endpoint(what, data.facts)
            found.append(legend.Key("mark", name, look))
        if what == "dose" and ((marks["what"] == "dose") & marks["detail"].eq("partial")).any():
            look = {"marker": "v", "markersize": 4.2, "markerfacecolor": "white", "color": p.BLACK}
            found.append(legend.Key("mark", "dose given in part", look | {"markeredgewidth": p.RULE}))
    bar = {"facecolor": p.PALE_BLUE, "edgecolor": p.BLUE, "linewidth": p.HAIR}
    found.append(legend.Key("fill", "possible days, open mark on the last", bar))
    if rows["identity"].eq("anonymous").any():
        pale = {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR}
        found.append(legend.Key("fill", "anonymous member of an aggregate (grey, white)", pale))
    found.append(legend.Key("arrow", "not known", {"linestyle": ":", "color": p.MIDDLE_GREY}))
    return found


def _caption(data: Data, rows: pd.DataFrame, index: pd.DataFrame, ends: pd.DataFrame, again: pd.DataFrame) -> str:
    facts = data.facts
    anonymous = int(rows["identity"].eq("anonymous").sum())
    inside = int(data.cases["counted"].eq("inside").sum())
    onset = int(index.loc[index["what"] == facts.onset, "case_id"].nunique())
    return captions.sentences(
        f"Course of {len(rows)} reported cases of {facts.event} after {facts.drug}, one row each, ordered by the latest "
        f"possible day of {captions.endpoint(facts.onset, facts)}",
        f"{captions.count(anonymous, 'row')} of anonymous members of an aggregate" if anonymous else "",
        f"{captions.count(inside, 'identified case')} counted inside an aggregate not shown again" if inside else "",
        "Panel a: study days of the index course, first dose = day 1. Filled marks are known to the day; bars span all "
        "possible days and carry an open mark on the last; dotted arrows mean that no time is known",
        f"{captions.endpoint(facts.onset, facts)} known in {onset} of {len(rows)}",
        "Panel b: days from the origin named at the right; times of different origin are not comparable",
        f"Times of resolution or death known in {ends['case_id'].nunique()} of {len(rows)}",
        f"Panel c: {captions.count(len(again), 're-exposure')}, filled circle recurred, open circle did not recur, dash "
        "not known" if len(again) else "Panel c: no re-exposure is described, which is not the same as not re-exposed",
        "Doses of plan: doses of the index course given and planned; ?, not known",
        captions.closing(data),
    )  # fmt: skip


def _alt(data: Data, rows: pd.DataFrame, again: pd.DataFrame) -> str:
    panel = f"{captions.count(len(again), 're-exposure')} below"
    return captions.alt(
        f"Swimmer plot of {len(rows)} cases, one row each: doses and onset by study day, then resolution or death by "
        f"days from its own origin; uncertain times are bars or arrows; {panel}"
    )
