"""One patient against the others of the series: sentences on onset, resolution, outcome and re-exposure, what the
headline numbers would be without the patient, and the times as strips.

Times are compared as intervals: earlier or later only where that is sure. Nobody is compared who is not counted
(definitions: a-patient-against-the-others).
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from schemas.codes import DEAD, labels
from schemas.endpoints import DOSE_CLOCKS
from schemas.plain_rows import plain_rows
from scripts.clock.intervals import lies_before
from scripts.files.bundle import Bundle
from scripts.words import times, wording
from scripts.words.wording import cell, name, number

Row = dict[str, Any]
MOST_BARS = 40
"""Others drawn in a strip; of more the first by time are drawn, and the words say of how many."""
COUNTED = {"outcome": "outcome", "rechallenge_reported": "re-exposure as reported"}
"""Columns of `patients` whose values are set beside those of the others as squares, one for each patient."""
SQUARE, NAMES = 9, 190
NOT_COMPARED: dict[str, list] = {"sentences": [], "strips": []}
WIDE, ROW = 640, 7
"""Of a strip's drawing, in its own units."""


class Others:
    """The patients of a series, to set one against the rest; what all comparisons share is looked up once."""

    def __init__(self, bundle: Bundle) -> None:
        declared = bundle.conventions
        self.bundle = bundle
        self.counted: list[Row] = plain_rows(bundle.counted)
        self.ids = {row["case_id"] for row in self.counted}
        self.timed: dict[str, list[Row]] = {
            declared.onset: _known(bundle.main_times(declared.onset, declared.clock)),
            declared.resolution: _known(bundle.main_times(declared.resolution)),
        }
        rows = bundle.results_of("robustness", group="all")
        whole = rows[rows["statistic"] == "leave_one_case_out"]
        self.whole = dict(zip(zip(whole["endpoint"], whole["level"], strict=True), whole["value"], strict=True))
        without = rows[rows["statistic"] == "without_case"]
        named = zip(without["level"].str.rsplit(": ", n=1), without["endpoint"], without["value"], strict=True)
        self.without: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
        for (case, statistic), endpoint, value in named:
            self.without[case].append((endpoint, statistic, value))

    def against(self, case_id: str) -> dict:
        """`sentences` and `strips` for a patient; both empty where the patient is not counted."""
        if case_id not in self.ids:
            return NOT_COMPARED
        split = [
            (endpoint, mine, [row for row in rest if _has_time(row)])
            for endpoint, (mine, rest) in ((each, _apart(case_id, rows)) for each, rows in self.timed.items())
        ]
        (patient,), others = _apart(case_id, self.counted)
        sentences = [
            *(_time(self.bundle.facts.sentinel, *each) for each in split),
            _outcome(patient, others),
            _again(patient, others),
            _without(self.bundle, self.without[case_id], self.whole),
        ]
        strips = [_strip(self.bundle, mine, rest) for _, mine, rest in split if _shared_origin(mine, rest)]
        if strips:
            strips += [_counted(self.counted, case_id, column, what) for column, what in COUNTED.items()]
        return {"sentences": [each for each in sentences if each], "strips": strips}


def _apart(case_id: str, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of the patient, and those of the others; plain rows, since there is a comparison for every patient."""
    return [row for row in rows if row["case_id"] == case_id], [row for row in rows if row["case_id"] != case_id]


def _shared_origin(mine: list[Row], others: list[Row]) -> bool:
    """Whether the patient has a time, and another one is counted from the same origin."""
    return bool(mine) and _has_time(mine[0]) and any(row["clock"] == mine[0]["clock"] for row in others)


def _has_time(row: Row) -> bool:
    """Not where all that is known is a state, as of one who died at a time that is not told."""
    return row["lower"] > 0 or math.isfinite(row["upper"])


def _others(number: int) -> str:
    return wording.counted(number, "other")


def _known(table: pd.DataFrame) -> list[Row]:
    """One usable time, or state, for each case."""
    usable = ~table["state"].isin(("unknown", "not_usable"))
    return plain_rows(table[usable].drop_duplicates("case_id"))


def _time(sign: str, endpoint: str, mine: list[Row], others: list[Row]) -> str:
    what = wording.endpoint(endpoint, sign).capitalize()
    if not len(mine):
        return f"{what}: not known; of the others known in {len(others)}."
    timed = mine[0]
    if not _has_time(timed):
        return f"{what}: {labels('time_state')[timed['state']]}, at a time that is not known; of the others known in {len(others)}."
    same = [row for row in others if row["clock"] == timed["clock"]]
    apart = (
        f"; in {_others(len(others) - len(same))} the time is counted from another point"
        if len(others) > len(same)
        else ""
    )
    state = "" if timed["state"] == "observed" else f" ({name(timed['state'])})"
    told = f"{what}: {times.of_case(timed)} from {wording.clock(timed['clock'], sign)}{state}."
    if not len(same):
        return f"{told} No other time is counted from there{apart}."
    earlier = sum(bool(lies_before(row, timed)) for row in same)
    later = sum(bool(lies_before(timed, row)) for row in same)
    return (
        f"{told} Of {_others(len(same))} counted from there {earlier} surely earlier, {later} surely later, "
        f"{len(same) - earlier - later} possibly at the same time{apart}."
    )


def _outcome(patient: Row, others: list[Row]) -> str:
    same = sum(row["outcome"] == patient["outcome"] for row in others)
    outcome_words = labels("outcome").get(patient["outcome"], cell(patient["outcome"]))
    dead = sum(row["vital"] in DEAD for row in others)
    unknown = sum(row["vital"] == "unknown" for row in others)
    open_ = f"; for {unknown} it is not known whether they are alive" if unknown else ""
    return f"Outcome: {outcome_words}, as in {same} of {_others(len(others))}; {dead} of them died{open_}."


def _again(patient: Row, others: list[Row]) -> str:
    again = [row for row in others if row["re_exposed"] == "yes"]
    if patient["re_exposed"] != "yes":
        return f"Re-exposed: {'no' if patient['re_exposed'] == 'no' else 'not known'}; of the others {len(again)}."
    told = f"Re-exposed: yes, {name(patient['rechallenge_reported'])} as reported."
    if not len(again):
        return f"{told} None of the others is known to have been."
    recurred = sum(row["rechallenge_reported"] == "recurred" for row in again)
    unknown = len(again) - recurred - sum(row["rechallenge_reported"] == "not_recurred" for row in again)
    open_ = f", not known in {unknown}" if unknown else ""
    were = "was" if len(again) == 1 else "were"
    return f"{told} Of the others {len(again)} {were}, with recurrence reported in {recurred}{open_}."


def _without(bundle: Bundle, rows: list[tuple[str, str, float]], whole: Mapping[tuple[str, str], float]) -> str:
    """The headline numbers that would be others without this case, from the leave-one-out rows of the results."""

    def amount(endpoint: str, statistic: str, value: float) -> str:
        timed = statistic.startswith("median") and math.isfinite(value)
        return times.length(value, bundle.unit(endpoint)) if timed else number(value)

    moved = [
        f"{name(endpoint)}, {_told(statistic)}, {amount(endpoint, statistic, value)} instead of "
        f"{amount(endpoint, statistic, whole[endpoint, statistic])}"
        for endpoint, statistic, value in rows
        if not math.isclose(value, whole[endpoint, statistic], abs_tol=1e-12)
    ]
    if not rows:
        return ""
    return (
        f"Without this patient: {'; '.join(moved)}." if moved else "Without this patient no headline number would move."
    )


def _told(statistic: str) -> str:
    """known_by_4 -> share known by study day 4, known_by_14d -> within 14 days; median_lower -> median, lower bound."""
    kind, _, rest = statistic.partition("_")
    if kind == "median":
        return f"median, {rest} bound"
    return f"share {kind} {times.by_code(rest.removeprefix('by_'))}"


def _strip(bundle: Bundle, mine: list[Row], others: list[Row]) -> dict:
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
        "label": f"{name(str(timed['endpoint']))} of this patient (first bar) and of {_others(len(same))}, "
        f"{_axis(str(timed['clock']), bundle.unit(str(timed['endpoint'])), bundle.facts.sentinel)}"
        + (f"; the first {MOST_BARS} by time are drawn" if left_out else ""),
        "bars": [_bar(at, row, per_day, scale) for at, row in enumerate(rows)],
        "ticks": [(round(share * greatest * scale, 1), _tick(share * greatest)) for share in (0, 0.5, 1)],
        "height": ROW * len(rows),
    }


def _tick(value: float) -> str:
    """45.7 and 91.3 say no more than 46 and 91."""
    return number(value, 1 if value < 10 else 0)


def _counted(counted: list[Row], case_id: str, column: str, what: str) -> dict:
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
    return f"{times.UNITS[unit]} from {wording.clock(clock, sign)}{from_dose}"


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
