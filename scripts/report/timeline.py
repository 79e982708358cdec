"""The timeline of a patient: doses, signs and tests of every exposure on its own days, as bars of possible time.

What has no time from the first dose stands in words below, and what is said to be absent is called so. No bar is shortened
to a day that nobody stated.
"""

import math
from collections import defaultdict
from collections.abc import Hashable

import pandas as pd

from scripts.files.bundle import Bundle
from scripts.words import times
from scripts.words.wording import name, number

FROM = "first_dose"
"""The origin of a timeline."""
LABELS, WIDE, LANE = 190, 640, 14
"""Of the drawing, in its own units: room for names, for names and days, and the height of a line."""
LONGEST = 34
"""Letters of a name on the drawing; the rows as reported hold it whole."""


def timelines(bundle: Bundle, wanted: set[str]) -> dict[str, list[dict]]:
    """case -> one timeline per exposure: `heading`, `lanes`, `ticks`, `height`, `untimed`, in the order of exposures."""
    doses, signs = bundle.derived["dose_days"], bundle.derived["signs"]
    drawn: dict[str, list[dict]] = defaultdict(list)
    by_dose = dict(list(doses[doses["case_id"].isin(wanted)].groupby(["case_id", "exposure"], sort=False)))
    by_sign = dict(list(signs[signs["case_id"].isin(wanted)].groupby(["case_id", "exposure"], sort=False)))
    for key in sorted({*by_dose, *by_sign}, key=_in_order):
        made = _timeline(key[1], by_dose.get(key, doses.iloc[:0]), by_sign.get(key, signs.iloc[:0]))
        if made["lanes"] or made["untimed"]:
            drawn[key[0]].append(made)
    return drawn


def _in_order(key: tuple[Hashable, ...]) -> tuple[str, int, str]:
    case, exposure = str(key[0]), str(key[1])
    return case, int(exposure) if exposure.isdigit() else 0, exposure


def _timeline(exposure: Hashable, doses: pd.DataFrame, signs: pd.DataFrame) -> dict:
    dated = doses[doses["upper"].notna()]
    timed = signs[(signs["origin"] == FROM) & signs["upper"].notna() & (signs["occurred"] == "yes")]
    timed = timed.sort_values(["lower", "upper", "key"], kind="stable")
    rest = signs.drop(index=timed.index)
    ends = [end for end in (*dated["upper"], *timed["upper"], *timed["end_upper"]) if math.isfinite(end)]
    scale = (WIDE - LABELS - 20) / max([*ends, 1.0])
    lanes = [_doses(dated, scale)] if len(dated) else []
    lanes += [_sign(row, scale) for row in timed.to_dict("records")]
    return {
        "heading": f"Exposure {exposure}, days from its first dose (study day 1 ends at 1)",
        "lanes": [lane | {"y": at * LANE} for at, lane in enumerate(lanes)],
        "ticks": [
            (round(LABELS + share * max([*ends, 1.0]) * scale, 1), number(share * max([*ends, 1.0]), 1))
            for share in (0, 0.5, 1)
        ],
        "height": LANE * len(lanes),
        "untimed": _untimed(doses[doses["upper"].isna()], rest),
    }


def _doses(rows: pd.DataFrame, scale: float) -> dict:
    """One lane with a bar per dose."""
    bars = [
        _bar(
            row["lower"], row["upper"], scale, "partial" if row["given"] == "partial" else "dose", f"dose {row['dose']}"
        )
        for row in rows.to_dict("records")
    ]
    return {"label": "doses", "bars": bars}


def _sign(row: dict, scale: float) -> dict:
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


def _untimed(doses: pd.DataFrame, signs: pd.DataFrame) -> list[str]:
    """What has no place on the days: doses, signs, tests, and what is said not to have occurred."""
    absent = signs[signs["occurred"] == "no"]
    there = signs[signs["occurred"] == "yes"]
    groups = {
        "doses without a day": [str(number) for number in doses["dose"]],
        "signs without a time from the first dose": list(there.loc[there["kind"] == "reaction", "term"]),
        "tests without such a time": list(there.loc[there["kind"] == "test", "term"]),
        "said to be absent": list(absent["term"]),
    }
    return [f"{what.capitalize()}: {', '.join(map(str, found))}" for what, found in groups.items() if found]
