"""Swimmer: one row per case; index course, resolution and re-exposures each on an axis of its own.

What is known to the day is a filled mark, what is known as an interval is a bar with an open mark on its last
possible day, what is open is an arrow. Bars are never shortened to a midpoint.
"""

import numpy as np
import pandas as pd

from schemas.endpoints import DOSE_CLOCKS
from scripts.figures.drawing import Drawing
from scripts.figures.page import captions, legend
from scripts.figures.page import standards as p
from scripts.figures.page.standards import DOUBLE, TALLEST, Page
from scripts.figures.swimmer import lanes, re_exposures
from scripts.figures.swimmer.keys import keys
from scripts.figures.swimmer.layout import LANE, Board, lane_counts, lane_height, layout, row_heights
from scripts.figures.swimmer.marks import axis, mark_time, span, unknown
from scripts.figures.swimmer.told import alt, caption, days_of
from scripts.files.bundle import Bundle
from scripts.words import times

WIDTH, LEAST_WIDTH = DOUBLE, 120.0
MOST_CASES = 50


def wanted(data: Bundle) -> str:
    """Up to 50 cases."""
    return "" if len(data.counted) <= MOST_CASES else f"more than {MOST_CASES} cases: one row each would not fit"


def draw(data: Bundle, page: Page) -> Drawing:
    """All counted cases, members counted inside an aggregate left out as in every count."""
    rows = lanes.cases(data)
    rows = rows if data.groups else rows.assign(group="")
    unit = data.unit(data.facts.onset)
    index, ends, later = _marks(data, unit, unit not in times.FINER, 0.25 * page.width)
    again = lanes.re_exposures(data)
    wanted_keys = keys(data, rows, pd.concat([index, ends, later]))
    below = 10 + re_exposures.height(page, again, later, LANE) + 2
    board = _board(page, rows, lane_counts(rows, index, ends), legend.height(page, wanted_keys, page.width - 4), below)
    legend.draw(board.sheet, 2, 2, page.width - 4, wanted_keys)
    _headings(board)
    _rows(board)
    study = unit not in times.FINER and lanes.clock(data) in DOSE_CLOCKS
    _panel(board, board.places.index, index, days_of(data).capitalize(), study=study, finer=not study)
    _panel(board, board.places.resolution, ends, "Days", study=False)
    _origins(board, data, ends)
    columns = board.places.identity, board.places.index, board.places.resolution[0]
    re_exposures.draw(board.sheet, data, columns, again, later, board.tops[-1] + 10, board.places.lane, unit)
    marks = pd.concat([index, ends, later, re_exposures.outcomes(again)], ignore_index=True)
    plotted = marks.merge(rows[["case_id", "identity", "group"]], on="case_id", how="left")
    return Drawing(board.sheet.figure, caption(data, rows, index, ends, again), alt(data, rows, again), plotted)


def _marks(data: Bundle, unit: str, study: bool, room: float) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Marks of the index course, of resolutions and of re-exposures; doses apart where `room` mm let them."""
    index, later = lanes.index_marks(data), lanes.later_marks(data)
    index, later = (marks if study else lanes.in_unit(marks, unit) for marks in (index, later))
    index, later = (lanes.doses_apart(marks, span(marks, study), room, finer=not study) for marks in (index, later))
    return index, lanes.resolution_marks(data), later


def _board(page: Page, rows: pd.DataFrame, counts: list[int], key_height: float, below: float) -> Board:
    """The sheet with its places: legend, two lines of headings, a row per case, and `below` mm for what follows."""
    head, least = 2 * page.line + 1, page.small_line - 0.2
    above = 2 + key_height + 2 + head
    lane = lane_height(counts, TALLEST - above - below, least)
    heights = row_heights(counts, lane, least)
    sheet = page.sheet(above + below + sum(heights))
    tops = above + np.concatenate([[0], np.cumsum(heights)])
    return Board(sheet, layout(page, rows, lane), rows, tops, above - head)


def _headings(board: Board) -> None:
    sheet, places, top = board.sheet, board.places, board.heading
    step = sheet.page.line
    for x, words in ((places.identity, "Case"), *([(places.group, "Group")] if board.rows["group"].any() else [])):
        sheet.write(x, top + 1.5 * step, words, small=True, weight="bold")
    sheet.write(places.doses, top + 0.5 * step, "Doses", small=True, weight="bold")
    sheet.write(places.doses, top + 1.5 * step, "of plan", small=True, weight="bold")
    sheet.write(places.index[0], top + 0.7 * step, "a  Index course", weight="bold")
    sheet.write(places.resolution[0], top + 0.7 * step, "b  Resolution or death", weight="bold")
    sheet.write(places.origin, top + 1.5 * step, "Counted from", small=True, weight="bold")


def _rows(board: Board) -> None:
    """Ids as in the line listing; anonymous members grey; every second row lightly shaded."""
    sheet, places = board.sheet, board.places
    last = sheet.width - 1
    for number, row in enumerate(board.rows.itertuples()):
        top, tall = board.tops[number], board.height(number)
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
        group = sheet.page.shortened(row.group, room, small=True) if row.group else ""
        sheet.write(places.group, middle, group, small=True)
        sheet.write(places.doses + 3, middle, _doses(row), small=True, ha="center")


def _doses(row) -> str:
    """`3/5`, `2-3/5`, `?/5`: doses given, at least and at most, of those planned."""
    least, most, planned = (
        text if text.isdigit() else "?" for text in (row.given_lower, row.given_upper, row.planned_doses)
    )
    return f"{least if least == most else f'{least}–{most}'}/{planned}"


def _panel(
    board: Board, where: tuple[float, float], marks: pd.DataFrame, label: str, *, study: bool, finer: bool = False
) -> None:
    places, tops = board.places, board.tops
    axes = board.sheet.panel(where[0], tops[0], where[1], tops[-1] - tops[0])
    right = axis(axes, marks, study, where[1], finer=finer)
    axes.set(ylim=(tops[-1], tops[0]), yticks=[])
    axes.set_xlabel(label, labelpad=1.5)
    for number, row in enumerate(board.rows.itertuples()):
        case_marks = marks[marks["case_id"] == row.case_id]
        anonymous = row.identity == "anonymous"
        index = where == places.index
        needed = case_marks["lane"].nunique() + (index and not (case_marks["what"] != "dose").any())
        free = board.height(number) - max(needed, 1) * places.lane
        top = tops[number] + free / 2
        for mark in case_marks.itertuples():
            mark_time(axes, mark, top + (mark.lane + 0.5) * places.lane, right, places.lane, anonymous, study)
        if not (case_marks["what"] != "dose").any():
            unknown(axes, top + (max(needed, 1) - 0.5) * places.lane, right, places.lane)


def _origins(board: Board, data: Bundle, ends: pd.DataFrame) -> None:
    sheet, left = board.sheet, board.places.origin
    for number, case in enumerate(board.rows["case_id"]):
        case_ends = ends[ends["case_id"] == case].drop_duplicates("lane")
        names = list(dict.fromkeys(captions.clock(clock, data.facts) for clock in case_ends["clock"]))
        if names:
            words = sheet.page.shortened(", ".join(names), sheet.width - left - 3, small=True)
            sheet.write(left, board.tops[number] + board.height(number) / 2, words, small=True)
