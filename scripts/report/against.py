"""One patient against the others of the series: sentences on onset, resolution, outcome and re-exposure, what the
headline numbers would be without the patient, and the times as strips.

Times are compared as intervals: earlier or later only where that is sure. Nobody is compared who is not counted.
"""

import math

import pandas as pd

from schemas.codes import labels
from schemas.derived import CLOCKS
from scripts.files.bundle import Bundle
from scripts.words import times
from scripts.words.wording import cell, name, number

MOST_BARS = 40
"""Others drawn in a strip; of more the first by time are drawn, and the words say of how many."""
WIDE, ROW = 640, 7
"""Of a strip's drawing, in its own units."""


def against(bundle: Bundle, case_id: str) -> dict:
    """`sentences` and `strips` for a patient; both empty where the patient is not counted."""
    if case_id not in set(bundle.counted["case_id"]):
        return {"sentences": [], "strips": []}
    onset, clock, resolution = bundle.conventions.onset, bundle.conventions.clock, bundle.conventions.resolution
    every = [_known(bundle.main_times(onset, clock)), _known(bundle.main_times(resolution))]
    own = [table[table["case_id"] == case_id] for table in every]
    others = [table[table["case_id"] != case_id] for table in every]
    sentences = [
        *(_time(bundle, *pair) for pair in zip((onset, resolution), own, others, strict=True)),
        _outcome(bundle.counted, case_id),
        _again(bundle.counted, case_id),
        _without(bundle, case_id),
    ]
    strips = [_strip(bundle, mine, rest) for mine, rest in zip(own, others, strict=True) if len(mine) and len(rest)]
    return {"sentences": [each for each in sentences if each], "strips": strips}


def _known(table: pd.DataFrame) -> pd.DataFrame:
    """One usable time for each case."""
    usable = ~table["state"].isin(("unknown", "not_usable"))
    return table[usable].drop_duplicates("case_id")


def _time(bundle: Bundle, endpoint: str, mine: pd.DataFrame, others: pd.DataFrame) -> str:
    what = name(endpoint).capitalize()
    if not len(mine):
        return f"{what}: not known; of the others known in {len(others)}."
    own = mine.iloc[0]
    same = others[others["clock"] == own["clock"]]
    apart = len(others) - len(same)
    earlier, later = int((same["upper"] <= own["lower"]).sum()), int((same["lower"] >= own["upper"]).sum())
    state = "" if own["state"] == "observed" else f" ({name(own['state'])})"
    more = f"; in {apart} the time is counted from elsewhere" if apart else ""
    return (
        f"{what}: {times.of_case(own.to_dict())} from {name(own['clock'])}{state}. Of {len(same)} others counted from "
        f"there {earlier} surely earlier, {later} surely later, {len(same) - earlier - later} possibly at the same time{more}."
    )


def _outcome(counted: pd.DataFrame, case_id: str) -> str:
    is_own = counted["case_id"] == case_id
    own, others = counted[is_own].iloc[0], counted[~is_own]
    same = int((others["outcome"] == own["outcome"]).sum())
    said = labels("outcome").get(own["outcome"], cell(own["outcome"]))
    dead = int(others["vital"].str.startswith("died").sum())
    return f"Outcome: {said}, as in {same} of {len(others)} others; {dead} of them died."


def _again(counted: pd.DataFrame, case_id: str) -> str:
    is_own = counted["case_id"] == case_id
    own, others = counted[is_own].iloc[0], counted[~is_own]
    if own["re_exposed"] != "yes":
        return (
            f"Re-exposed: {cell(name(own['re_exposed']))}; of the others {int((others['re_exposed'] == 'yes').sum())}."
        )
    again = others[others["re_exposed"] == "yes"]
    recurred = int((again["rechallenge_reported"] == "recurred").sum())
    said = name(own["rechallenge_reported"])
    were = "was" if len(again) == 1 else "were"
    return f"Re-exposed: yes, {said} as reported. Of the others {len(again)} {were}, with recurrence reported in {recurred}."


def _without(bundle: Bundle, case_id: str) -> str:
    """The headline numbers that would be others without this case, from the leave-one-out rows of the results."""
    found = bundle.found("robustness", statistic="without_case", group="all")
    whole = bundle.found("robustness", statistic="leave_one_case_out", group="all").set_index(["endpoint", "level"])
    moved = []
    for row in found[found["level"].str.startswith(f"{case_id}: ")].to_dict("records"):
        key = (row["endpoint"], row["level"].rsplit(": ", 1)[1])
        with_it = whole["value"].get(key, math.nan)
        if not math.isclose(row["value"], with_it, abs_tol=1e-12):
            moved.append(f"{name(key[0])}, {name(key[1])}, {number(row['value'])} instead of {number(with_it)}")
    if not len(found):
        return ""
    return (
        f"Without this patient: {'; '.join(moved)}." if moved else "Without this patient no headline number would move."
    )


def _strip(bundle: Bundle, mine: pd.DataFrame, others: pd.DataFrame) -> dict:
    """The times of those counted from one origin as bars, this patient's first; places in the units of the drawing."""
    own = mine.iloc[0]
    same = others[others["clock"] == own["clock"]].sort_values(["lower", "upper", "case_id"], kind="stable")
    rows = pd.concat([mine, same.head(MOST_BARS)])
    per_day = times.PER_DAY[bundle.unit(str(own["endpoint"]))]
    ends = [value * per_day for value in (*rows["lower"], *rows["upper"]) if math.isfinite(value)]
    greatest = max(ends, default=0.0) or 1.0
    scale = (WIDE - 60) / greatest
    left_out = len(same) - len(rows) + 1
    return {
        "label": f"{name(str(own['endpoint']))} of this patient (first bar) and of {len(same)} others, "
        f"{_axis(str(own['clock']), bundle.unit(str(own['endpoint'])))}"
        + (f"; the first {MOST_BARS} by time are drawn" if left_out else ""),
        "bars": [_bar(at, row, per_day, scale) for at, row in enumerate(rows.to_dict("records"))],
        "ticks": [(round(share * greatest * scale, 1), number(share * greatest, 1)) for share in (0, 0.5, 1)],
        "height": ROW * len(rows),
    }


def _axis(clock: str, unit: str) -> str:
    from_dose = " (study day 1 ends at 1)" if clock in CLOCKS and unit == "d" else ""
    return f"{unit} from {name(clock)}{from_dose}"


def _bar(at: int, row: dict, per_day: float, scale: float) -> dict:
    """An exact time is a bar of one unit; an open one runs to the edge."""
    start = row["lower"] * per_day * scale
    end = row["upper"] * per_day * scale if math.isfinite(row["upper"]) else WIDE - 40
    return {"case_id": row["case_id"], "y": at * ROW, "x": round(start, 1), "width": round(max(end - start, 2), 1),
            "told": times.of_case(row), "open": math.isinf(row["upper"])}  # fmt: skip
