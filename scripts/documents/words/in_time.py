"""In which order a narrative tells things: by time, then, where none is told, in the order of the source's own text."""

import math
import re
from collections.abc import Iterable, Mapping

from scripts.documents.case_file import CaseFile, Row, has

KEYS = {"reaction": "reaction", "test": "result"}
"""Kind of sign -> the column by which its rows are known."""
Told = tuple[tuple[bool, int, str], ...]


def signs(case: CaseFile, kind: str, rows: Iterable[Row]) -> list[Row]:
    """Rows of reactions or tests by course and the time since its first dose; those without such a time after them."""
    order = case.places_of_courses

    def place(row: Row) -> tuple[int, bool, float, float, Told]:
        time = case.signs.get((kind, row[KEYS[kind]]), {})
        known = _known(time)
        course = order.get(row["course"], order.get(case.derived["course"], 0))
        return course, not known, *((time["lower"], time["upper"]) if known else (0.0, 0.0)), as_told(row)

    return sorted(rows, key=place)


def ordered(case: CaseFile, kind: str, rows: Iterable[Row]) -> bool:
    """Whether times order them: two or more are known."""
    return sum(_known(case.signs.get((kind, row[KEYS[kind]]), {})) for row in rows) > 1


def _known(time: Mapping) -> bool:
    return bool(time) and time["origin"] == "first_dose" and not math.isnan(time["lower"])


def measures(rows: Iterable[Row]) -> list[Row]:
    """What was done, by date or time; measures without a time after those with one."""

    def place(row: Row) -> tuple[bool, str, float, Told]:
        timed = has(row["time_date"]) or has(row["time_lower"])
        lower = float(row["time_lower"]) if has(row["time_lower"]) else 0.0
        return not timed, row["time_date"] if has(row["time_date"]) else "", lower, as_told(row)

    return sorted(rows, key=place)


def as_told(row: Row) -> Told:
    """The place in the source, with its numbers as numbers: `Case report, para 7` comes after `para 2` and before `para 12`."""
    pieces = re.findall(r"\d+|[^\d]+", row["locator"])
    return tuple((piece.isdecimal(), int(piece) if piece.isdecimal() else 0, piece) for piece in pieces)
