"""The strips of a patient against the others: times as bars, and outcomes and re-exposures as squares, one for each patient.

In come rows of patients and times; out come places in the units of the drawing. Nothing is compared here.
"""

import math
from typing import Any

from schemas.codes import labels
from schemas.endpoints import DOSE_CLOCKS
from scripts.files.bundle import Bundle
from scripts.words import times, wording
from scripts.words.wording import cell, name, number

Row = dict[str, Any]
MOST_BARS = 40
"""Others drawn in a strip; of more the first by time are drawn, and the words say of how many."""
SQUARE, NAMES = 9, 190
WIDE, ROW = 640, 7
"""Of a strip's drawing, in its timed units."""


def of_times(bundle: Bundle, mine: list[Row], others: list[Row]) -> dict:
    """The times of those counted from one origin as bars, this patient's first; places in the units of the drawing."""
    timed = mine[0]
    same = sorted(
        (row for row in others if row["clock"] == timed["clock"]),
        key=lambda row: (row["lower"], row["upper"], row["case_id"]),
    )
    rows = [timed, *same[:MOST_BARS]]
    per_day = times.PER_DAY[bundle.unit(str(timed["endpoint"]))]
    ends = [value * per_day for row in rows for value in (row["lower"], row["upper"]) if math.isfinite(value)]
    greatest = max(ends, default=0.0) or 1.0
    scale = (WIDE - 60) / greatest
    left_out = len(same) - len(rows) + 1
    return {
        "label": f"{name(str(timed['endpoint']))} of this patient (first bar) and of {wording.counted(len(same), 'other')}, "
        f"{_axis(str(timed['clock']), bundle.unit(str(timed['endpoint'])), bundle.facts.sentinel)}"
        + (f"; the first {MOST_BARS} by time are drawn" if left_out else ""),
        "bars": [_bar(at, row, per_day, scale) for at, row in enumerate(rows)],
        "ticks": [(round(share * greatest * scale, 1), _tick(share * greatest)) for share in (0, 0.5, 1)],
        "height": ROW * len(rows),
    }


def _tick(value: float) -> str:
    """45.7 and 91.3 say no more than 46 and 91."""
    return number(value, 1 if value < 10 else 0)


def of_codes(counted: list[Row], case_id: str, column: str, what: str) -> dict:
    """A line for each value of a column with a square for each patient who has it; this patient's is filled."""
    bars, names = [], []
    for line, value in enumerate(sorted({row[column] for row in counted})):
        cases = sorted((row["case_id"] for row in counted if row[column] == value), key=lambda case: case != case_id)
        told = labels(column).get(str(value)) or cell(str(value))
        names.append((line * (SQUARE + 5) + SQUARE, f"{told}: {len(cases)}"))
        bars += [
            {
                "case_id": case,
                "own": case == case_id,
                "y": line * (SQUARE + 5),
                "x": NAMES + at * (SQUARE + 2),
                "width": SQUARE,
                "tall": SQUARE,
                "told": told,
                "open": False,
            }
            for at, case in enumerate(cases[:MOST_BARS])
        ]
    label = f"{what}, of all {len(counted)} patients, this one filled"
    return {"label": label, "bars": bars, "names": names, "ticks": [], "height": len(names) * (SQUARE + 5)}


def _axis(clock: str, unit: str, sign: str) -> str:
    from_dose = " (study day 1 ends at 1)" if clock in DOSE_CLOCKS and unit == "d" else ""
    return f"{times.UNITS[unit]} from {wording.start(clock, sign)}{from_dose}"


def _bar(at: int, row: dict, per_day: float, scale: float) -> dict:
    """An exact time is a bar of one unit; an open one runs to the edge."""
    start = row["lower"] * per_day * scale
    end = row["upper"] * per_day * scale if math.isfinite(row["upper"]) else WIDE - 40
    return {
        "case_id": row["case_id"],
        "own": not at,
        "y": at * ROW,
        "x": round(start, 1),
        "width": round(max(end - start, 2), 1),
        "told": times.of_case(row),
        "open": math.isinf(row["upper"]),
    }
