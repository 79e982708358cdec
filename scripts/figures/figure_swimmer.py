"""Swimmer: one row per case; index course, resolution and re-exposures each on an axis of its own.

What is known to the day is a filled mark, what is known as an interval is a bar with an open mark on its last
possible day, what is open is an arrow. Bars are never shortened to a midpoint.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, TALLEST, Page, Sheet
from scripts.figures.swimmer import lanes as swimmer_lanes
from scripts.figures.swimmer import re_exposures
from scripts.figures.swimmer.marks import MARKS, axis, dose_shape, mark_time, span, unknown
from scripts.files.bundle import Bundle
from scripts.words import times

WIDTH, LEAST_WIDTH = DOUBLE, 120.0
MOST_CASES = 50
LANE, THINNEST, ROW_GAP = 2.5, 0.5, 0.8


def wanted(data: Bundle) -> str:
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


def draw(data: Bundle, page: Page) -> Drawing:
    """All counted cases, members counted inside an aggregate left out as in every count."""
    rows = swimmer_lanes.cases(data)
    index, ends = swimmer_lanes.index_marks(data), swimmer_lanes.resolution_marks(data)
    later, again = swimmer_lanes.later_marks(data), swimmer_lanes.re_exposures(data)
    room = 0.25 * page.width
    unit = data.unit(data.facts.onset)
    study = unit not in times.FINER
    index = index if study else swimmer_lanes.in_unit(index, unit)
    index = swimmer_lanes.doses_apart(index, span(index, study), room)
    later = swimmer_lanes.doses_apart(later, span(later, True), room)
    lanes = [_lanes(case, index, ends) for case in rows["case_id"]]
    keys = _keys(data, rows, pd.concat([index, ends, later]))
    key_height = legend.height(page, keys, page.width - 4)
    head = 2 * page.line + 1
    around = 2 + key_height + 2 + head + 10 + re_exposures.height(page, again, later, LANE) + 2
    lane = _lane(lanes, TALLEST - around, page.small_line - 0.2)
    places = _layout(page, rows, lane)
    heights = _heights(lanes, lane, page.small_line - 0.2)
    sheet = page.sheet(around + sum(heights))
    top = legend.draw(sheet, 2, 2, page.width - 4, keys) + 2 + head
    _headings(sheet, places, top - head)
    tops = top + np.concatenate([[0], np.cumsum(heights)])
    _rows(sheet, places, rows, tops)
    elapsed = f"{times.UNITS[unit].capitalize()} from the first dose"
    _panel(
        sheet,
        places,
        places.index,
        rows,
        index,
        tops,
        "Study day (first dose = day 1)" if study else elapsed,
        study=study,
    )
    _panel(sheet, places, places.resolution, rows, ends, tops, "Days", study=False)
    _origins(sheet, data, places, rows, ends, tops)
    columns = places.identity, places.index, places.resolution[0]
    re_exposures.draw(sheet, data, columns, again, later, tops[-1] + 10, places.lane)
    outcomes = re_exposures.outcomes(again)
    marks = pd.concat([index, ends, later, outcomes], ignore_index=True)
    plotted = marks.merge(rows[["case_id", "identity", "group"]], on="case_id", how="left")
    return Drawing(sheet.figure, _caption(data, rows, index, ends, again), _alt(data, rows, again), plotted)


def _lanes(case: str, index: pd.DataFrame, ends: pd.DataFrame) -> int:
    own = index[index["case_id"] == case]
    timed = own["lane"].nunique() + (not (own["what"] != "dose").any())
    return max(timed, ends.loc[ends["case_id"] == case, "lane"].nunique(), 1)


def _lane(lanes: list[int], room: float, least: float) -> float:
    """The tallest lane with which all rows fit into `room` mm."""
    heights = np.arange(LANE, THINNEST - 1e-9, -0.1)
    return float(next((lane for lane in heights if sum(_heights(lanes, lane, least)) <= room), THINNEST))


def _heights(lanes: list[int], lane: float, least: float) -> list[float]:
    """Rows are as tall as their lanes, but never less than a line of type."""
    return [max(count * lane + ROW_GAP, least) for count in lanes]


def _layout(page: Page, rows: pd.DataFrame, lane: float) -> Layout:
    identity = min(page.widest(["Case", *rows["case_id"]], small=True), 0.2 * page.width) + 3.5
    group = min(max(page.widest(list(rows["group"]), small=True), 9), 0.13 * page.width) + 3
    doses, origin = 9.0, min(0.15 * page.width, 24.0)
    left = 2 + identity + group + doses + 2
    free = page.width - left - origin - 6
    return Layout(
        identity=2,
        group=2 + identity,
        doses=2 + identity + group,
        index=(left, free * 0.55),
        resolution=(left + free * 0.55 + 4, free * 0.45 - 4),
        origin=page.width - origin - 2,
        lane=lane,
    )


def _headings(sheet: Sheet, places: Layout, top: float) -> None:
    step = sheet.page.line
    for x, words in ((places.identity, "Case"), (places.group, "Group")):
        sheet.write(x, top + 1.5 * step, words, small=True, weight="bold")
    sheet.write(places.doses, top + 0.5 * step, "Doses", small=True, weight="bold")
    sheet.write(places.doses, top + 1.5 * step, "of plan", small=True, weight="bold")
    sheet.write(places.index[0], top + 0.7 * step, "a  Index course", weight="bold")
    sheet.write(places.resolution[0], top + 0.7 * step, "b  Resolution or death", weight="bold")
    sheet.write(places.origin, top + 1.5 * step, "Counted from", small=True, weight="bold")


def _rows(sheet: Sheet, places: Layout, rows: pd.DataFrame, tops: np.ndarray) -> None:
    """Ids as in the line listing; anonymous members grey; every second row lightly shaded."""
    last = sheet.width - 1
    for number, row in enumerate(rows.itertuples()):
        top, tall = tops[number], tops[number + 1] - tops[number]
        if number % 2:
            sheet.box(
                places.identity - 1,
                top,
                last - places.identity + 1,
                tall,
                facecolor="#F5F5F5",
                edgecolor="none",
                zorder=p.SHADE,
            )
        anonymous = row.identity == "anonymous"
        look = {"color": p.MIDDLE_GREY} if anonymous else {"weight": "normal"}
        middle = top + tall / 2
        room = places.group - places.identity - 1
        sheet.write(places.identity, middle, sheet.page.shortened(row.case_id, room, small=True), small=True, **look)
        room = places.doses - places.group - 1
        sheet.write(places.group, middle, sheet.page.shortened(row.group, room, small=True), small=True)
        sheet.write(places.doses + 3, middle, _doses(row), small=True, ha="center")


def _doses(row) -> str:
    given, planned = (text if text.isdigit() else "?" for text in (row.given_upper, row.planned_doses))
    return f"{given}/{planned}"


def _panel(
    sheet: Sheet,
    places: Layout,
    where: tuple[float, float],
    rows: pd.DataFrame,
    marks: pd.DataFrame,
    tops: np.ndarray,
    label: str,
    *,
    study: bool,
) -> None:
    axes = sheet.panel(where[0], tops[0], where[1], tops[-1] - tops[0])
    right = axis(axes, marks, study, where[1])
    axes.set(ylim=(tops[-1], tops[0]), yticks=[])
    axes.set_xlabel(label, labelpad=1.5)
    for number, row in enumerate(rows.itertuples()):
        own = marks[marks["case_id"] == row.case_id]
        anonymous = row.identity == "anonymous"
        index = where == places.index
        needed = own["lane"].nunique() + (index and not (own["what"] != "dose").any())
        free = tops[number + 1] - tops[number] - max(needed, 1) * places.lane
        top = tops[number] + free / 2
        for mark in own.itertuples():
            mark_time(axes, mark, top + (mark.lane + 0.5) * places.lane, right, places.lane, anonymous, study)
        if not (own["what"] != "dose").any():
            unknown(axes, top + (max(needed, 1) - 0.5) * places.lane, right, places.lane)


def _origins(sheet: Sheet, data: Bundle, places: Layout, rows: pd.DataFrame, ends: pd.DataFrame, tops) -> None:
    for number, case in enumerate(rows["case_id"]):
        own = ends[ends["case_id"] == case].drop_duplicates("lane")
        tall = tops[number + 1] - tops[number]
        names = list(dict.fromkeys(captions.clock(name, data.facts) for name in own["clock"]))
        if names:
            words = sheet.page.shortened(", ".join(names), sheet.width - places.origin - 1, small=True)
            sheet.write(places.origin, tops[number] + tall / 2, words, small=True)


def _keys(data: Bundle, rows: pd.DataFrame, marks: pd.DataFrame) -> list[legend.Key]:
    found = []
    for what in MARKS:
        if what == "dose":
            found += _dose_keys(marks[marks["what"] == "dose"])
        elif (marks["what"] == what).any():
            shape, colour, _ = MARKS[what]
            look = {"marker": shape, "markersize": 4.2, "markerfacecolor": colour, "color": colour}
            found.append(legend.Key("mark", captions.endpoint(what, data.facts), look))
    bar = {"facecolor": p.PALE_BLUE, "edgecolor": p.BLUE, "linewidth": p.HAIR}
    found.append(legend.Key("fill", "possible days, open mark on the last", bar))
    if rows["identity"].eq("anonymous").any():
        pale = {"facecolor": "white", "edgecolor": p.MIDDLE_GREY, "linewidth": p.HAIR}
        found.append(legend.Key("fill", "anonymous member of a group (grey, white)", pale))
    found.append(legend.Key("arrow", "not known", {"linestyle": ":", "color": p.MIDDLE_GREY}))
    return found


def _dose_keys(doses: pd.DataFrame) -> list[legend.Key]:
    """A key for every shape in which doses are drawn: triangles, or ticks where days are narrower than a triangle."""
    found, partial = [], doses["detail"].eq("partial")
    for tick, some, name in ((False, False, "dose given"), (True, False, "dose given, tick"),
                             (False, True, "dose given in part"), (True, True, "dose given in part, tick")):  # fmt: skip
        if ((doses["tick"] == tick) & (partial == some)).any():
            look = {"marker": dose_shape(tick, some), "markersize": 4.2, "color": p.BLACK, "markeredgewidth": p.RULE}
            found.append(legend.Key("mark", name, look | {"markerfacecolor": "white" if some else p.BLACK}))
    return found


def _caption(data: Bundle, rows: pd.DataFrame, index: pd.DataFrame, ends: pd.DataFrame, again: pd.DataFrame) -> str:
    facts = data.facts
    anonymous = int(rows["identity"].eq("anonymous").sum())
    inside = int(data.cases["counted"].eq("inside").sum())
    onset = int(index.loc[index["what"] == facts.onset, "case_id"].nunique())
    return captions.sentences(
        f"Course of {len(rows)} reported cases of {facts.event} after {facts.drug}, one row each, ordered by the latest "
        f"possible day of {captions.endpoint(facts.onset, facts)}",
        f"{captions.count(anonymous, 'row')} of anonymous members of a group" if anonymous else "",
        f"{captions.count(inside, 'identified case')} counted inside a group not shown again" if inside else "",
        _panel_a(data.unit(facts.onset)),
        f"{captions.endpoint(facts.onset, facts)} known in {onset} of {len(rows)}",
        "Panel b: days from the origin named at the right; times of different origin are not comparable",
        f"Times of resolution or death known in {ends['case_id'].nunique()} of {len(rows)}",
        f"Panel c: {captions.count(len(again), 're-exposure')}, filled circle recurred, open circle did not recur, dash "
        "not known"
        if len(again)
        else "Panel c: no re-exposure is described, which is not the same as not re-exposed",
        "Doses of plan: doses of the index course given and planned; ?, not known",
        captions.closing(data),
    )


def _axis(data: Bundle) -> str:
    unit = data.unit(data.facts.onset)
    return times.UNITS[unit] if unit in times.FINER else "study day"


def _panel_a(unit: str) -> str:
    bars = "bars span all possible {0} and carry an open mark on the last; dotted arrows mean that no time is known"
    if unit in times.FINER:
        said = f"Panel a: {times.UNITS[unit]} from the first dose of the index course; a dose of that day stands at 0. Filled marks are exact; "
        return said + bars.format("times")
    return (
        "Panel a: study days of the index course, first dose = day 1. Filled marks are known to the day; "
        + bars.format("days")
    )


def _alt(data: Bundle, rows: pd.DataFrame, again: pd.DataFrame) -> str:
    panel = f"{captions.count(len(again), 're-exposure')} below"
    return captions.alt(
        f"Swimmer plot of {len(rows)} cases, one row each: doses and onset by {_axis(data)}, then resolution or death by "
        f"days from its own origin; uncertain times are bars or arrows; {panel}"
    )
