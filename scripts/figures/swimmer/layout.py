"""Where the columns and rows of the swimmer stand, in mm."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scripts.figures.page.standards import Page, Sheet

LANE, THINNEST, ROW_GAP = 2.5, 0.5, 0.8


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


@dataclass(frozen=True)
class Board:
    """A sheet with its places, the cases in their order, the top of every row and the end of the last, and of the headings."""

    sheet: Sheet
    places: Layout
    rows: pd.DataFrame
    tops: np.ndarray
    heading: float

    def height(self, number: int) -> float:
        """Of the row of one case, counted from 0."""
        return float(self.tops[number + 1] - self.tops[number])


def lane_counts(rows: pd.DataFrame, index: pd.DataFrame, ends: pd.DataFrame) -> list[int]:
    """The lanes that each case needs."""
    return [_lanes(case, index, ends) for case in rows["case_id"]]


def _lanes(case: str, index: pd.DataFrame, ends: pd.DataFrame) -> int:
    case_marks = index[index["case_id"] == case]
    timed = case_marks["lane"].nunique() + (not (case_marks["what"] != "dose").any())
    return max(timed, ends.loc[ends["case_id"] == case, "lane"].nunique(), 1)


def lane_height(lanes: list[int], room: float, least: float) -> float:
    """The tallest lane with which all rows fit into `room` mm."""
    heights = np.arange(LANE, THINNEST - 1e-9, -0.1)
    return float(next((lane for lane in heights if sum(row_heights(lanes, lane, least)) <= room), THINNEST))


def row_heights(lanes: list[int], lane: float, least: float) -> list[float]:
    """Rows are as tall as their lanes, but never less than a line of type."""
    return [max(count * lane + ROW_GAP, least) for count in lanes]


def layout(page: Page, rows: pd.DataFrame, lane: float) -> Layout:
    identity = min(page.widest(["Case", *rows["case_id"]], small=True), 0.2 * page.width) + 3.5
    group = min(max(page.widest(list(rows["group"]), small=True), 9), 0.13 * page.width) + 3  # panel c writes there too
    doses, origin = 9.0, min(0.16 * page.width, 27.5)
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
