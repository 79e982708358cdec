"""The timeline of a patient: doses, signs and tests of every exposure on its own days, as bars of possible time.

What has no time from the first dose stands in words in lines of its own, doses not given and measures among them; what is
said to be absent is called so. No bar is shortened to a day that nobody stated.
"""

import math
import textwrap
from collections import defaultdict
from typing import Any

import pandas as pd

from schemas.plain_rows import plain_rows
from scripts.files.bundle import Bundle
from scripts.records.extracts import of_course
from scripts.words import times
from scripts.words.wording import cell, is_gap, name, number

FROM = "first_dose"
"""The origin of a timeline."""
LABELS, WIDE, LANE = 190, 640, 14
"""Of the drawing, in its own units: room for names, for names and days, and the height of a line."""
LONGEST, LETTERS = 34, 76
"""Letters of a name on the drawing, the rows as reported hold it whole; letters of a line of words."""


Row = dict[str, Any]


def timelines(bundle: Bundle, wanted: set[str]) -> dict[str, list[dict]]:
    """case -> one timeline per exposure: `heading`, `lanes`, `ticks`, `height`, in the order of exposures. A lane has a
    `label`, and `bars` or `words`."""
    doses, signs = (_by_exposure(bundle.derived[table_name], wanted) for table_name in ("dose_days", "signs"))
    reported_words = _said(bundle, wanted)
    drawn: dict[str, list[dict]] = defaultdict(list)
    for key in sorted({*doses, *signs}, key=_in_order):
        made = _timeline(key[1], doses.get(key, []), signs.get(key, []), reported_words.get(key, {}))
        if made["lanes"]:
            drawn[key[0]].append(made)
    return drawn


def _said(bundle: Bundle, wanted: set[str]) -> dict[tuple[str, str], dict[str, str]]:
    """(case, exposure) -> what its reported rows say beyond days: the doses that were not given, the measures taken."""
    exposures = _rows_of(bundle.derived["exposures"], wanted)
    exposure_of = {(row["case_id"], of_course(row["course"])): row["exposure"] for row in reversed(exposures)}
    missed: dict[tuple[str, str], list[str]] = defaultdict(list)
    reported_words: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in _rows_of(bundle.series["doses"], wanted):
        if row["given"] == "no" and (row["case_id"], row["course"]) in exposure_of:
            missed[row["case_id"], exposure_of[row["case_id"], row["course"]]].append(row["dose"])
    for row in _rows_of(bundle.series["courses"], wanted):
        if (row["case_id"], row["course"]) in exposure_of and row["mitigation"] and not is_gap(cell(row["mitigation"])):
            reported_words[row["case_id"], exposure_of[row["case_id"], row["course"]]]["measures"] = cell(
                row["mitigation"]
            )
    for key, doses in missed.items():
        reported_words[key] = {"not given": f"dose {', '.join(doses)}"} | reported_words[key]
    return reported_words


def _rows_of(table: pd.DataFrame, wanted: set[str]) -> list[Row]:
    return plain_rows(table[table["case_id"].isin(wanted)])


def _by_exposure(table: pd.DataFrame, wanted: set[str]) -> dict[tuple[str, str], list[Row]]:
    """Plain rows: a table for each of thousands of patients would take longer than the rest of the report. What belongs to no
    exposure has no days here."""
    rows_by_exposure: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in plain_rows(table[table["case_id"].isin(wanted) & (table["exposure"] != "")]):
        rows_by_exposure[row["case_id"], row["exposure"]].append(row)
    return rows_by_exposure


def _in_order(key: tuple[str, str]) -> tuple[str, int, str]:
    case, exposure = key
    return case, int(exposure) if exposure.isdigit() else 0, exposure


def _timeline(exposure: str, doses: list[Row], signs: list[Row], reasons: dict[str, str]) -> dict:
    dated = [row for row in doses if not math.isnan(row["upper"])]
    timed = sorted(filter(_is_timed, signs), key=lambda row: (row["lower"], row["upper"], row["key"]))
    ends = [row["upper"] for row in (*dated, *timed)] + [row["end_upper"] for row in timed]
    greatest = max([end for end in ends if math.isfinite(end)] + [1.0])
    scale = (WIDE - LABELS - 20) / greatest
    timed_lanes = ([_doses(dated, scale)] if dated else []) + [_sign(row, scale) for row in timed]
    told = _untimed(
        [row for row in doses if math.isnan(row["upper"])], [row for row in signs if not _is_timed(row)], reasons
    )
    lanes = [*timed_lanes, *(lane for label, words in told.items() for lane in _worded(label, words))]
    shares = (0, 0.5, 1) if timed_lanes else ()
    return {
        "heading": f"Exposure {exposure}, days from its first dose (study day 1 ends at 1)",
        "lanes": [lane | {"y": at * LANE} for at, lane in enumerate(lanes)],
        "ticks": [(round(LABELS + share * greatest * scale, 1), number(share * greatest, 1)) for share in shares],
        "height": LANE * len(lanes),
    }


def _worded(label: str, words: str) -> list[dict]:
    """Lanes of words, the label before the first."""
    lines = textwrap.wrap(words, LETTERS)
    return [{"label": label if not at else "", "bars": [], "words": line} for at, line in enumerate(lines)]


def _is_timed(sign: Row) -> bool:
    return sign["origin"] == FROM and sign["occurred"] == "yes" and not math.isnan(sign["upper"])


def _doses(rows: list[Row], scale: float) -> dict:
    """One lane with a bar per dose."""
    bars = [
        _bar(
            row["lower"], row["upper"], scale, "partial" if row["given"] == "partial" else "dose", f"dose {row['dose']}"
        )
        for row in rows
    ]
    return {"label": "doses", "bars": bars}


def _sign(row: Row, scale: float) -> dict:
    """One lane: when it may have begun; where its end is known, a thin line to the last possible day of it."""
    told = times.between(row["lower"], row["upper"], ends=(row["grain"] or "open",) * 2, from_dose=True, unit="d")
    kind = "test" if row["kind"] == "test" else row["role"]
    bars = [_bar(row["lower"], row["upper"], scale, kind, f"{row['term']}: {told}")]
    if math.isfinite(row["end_upper"]) and row["end_upper"] > row["upper"]:
        end = f"{row['term']}: ended by {number(row['end_upper'])} d"
        bars.append(_bar(row["upper"], row["end_upper"], scale, "until", end))
    words = " ".join(str(row["term"]).split())
    reading = f" ({name(row['role'])})" if kind == "test" and row["role"] else ""
    return {"label": words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…", "bars": bars, "more": reading}


def _bar(lower: float, upper: float, scale: float, kind: str, told: str) -> dict:
    start, end = max(lower, 0.0) * scale, (upper if math.isfinite(upper) else math.nan) * scale
    open_ended = math.isnan(end)
    width = WIDE - LABELS - 10 - start if open_ended else max(end - start, 3)
    return {"x": round(LABELS + start, 1), "width": round(width, 1), "kind": kind, "told": told, "open": open_ended}


def _untimed(doses: list[Row], signs: list[Row], reasons: dict[str, str]) -> dict[str, str]:
    """What has no place on the days: doses, signs, tests, what was not given, and what is said not to have occurred."""
    there = [row for row in signs if row["occurred"] == "yes"]
    groups = {
        "doses, day not stated": [str(row["dose"]) for row in doses],
        "signs, day not stated": [row["term"] for row in there if row["kind"] == "reaction"],
        "tests, day not stated": [row["term"] for row in there if row["kind"] == "test"],
        "stated to be absent": [row["term"] for row in signs if row["occurred"] == "no"],
    }
    named = {what: ", ".join(" ".join(str(term).split()) for term in terms) for what, terms in groups.items() if terms}
    first = {what: words for what, words in named.items() if what.startswith("doses")}
    return first | reasons | named
