"""Onset: three endpoints (first symptom, sentinel sign, diagnosis) on three clocks (definitions: onset).

An attributed symptom without a time does not move the interval; it may have come earlier.
"""

import numpy as np
import pandas as pd

from schemas.derived import CLOCKS, ONSETS
from scripts.clock.intervals import between_dates, calendar, earliest, elapsed, not_before_origin, numbers, plus
from scripts.derive.exposure import of_index, since_last_dose
from scripts.derive.provenance import statuses


def onsets(tables: dict[str, pd.DataFrame], index: pd.DataFrame, start: pd.DataFrame, days: dict) -> pd.DataFrame:
    """Onset x endpoint x clock for every case of `index`: case_id, endpoint, clock, lower, upper, origin, status."""
    rows = _candidates(tables, index, start)
    parts = []
    for endpoint in ONSETS:
        own = rows[rows["endpoint"] == endpoint]
        first = _per_case(own[own["origin"] == "first_dose"], index)
        last = _per_case(own[own["origin"] == "last_dose"], index)
        computed = _from_doses(first, days)
        last = last.where(last["lower"].notna(), computed)
        exposure = first.where((index.set_index("case_id")["ordinal"] == "1").reindex(first.index), np.nan)
        for clock, bounds in zip(CLOCKS, (first, last, exposure), strict=True):
            parts.append(bounds.assign(endpoint=endpoint, clock=clock, origin=clock).reset_index())
    return pd.concat(parts, ignore_index=True)


def _candidates(tables: dict[str, pd.DataFrame], index: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """Every dated sign, symptom or test of the index course, as a time from the first or from the last dose."""
    reactions = of_index(tables["reactions"], index)
    part = reactions[
        (reactions["occurred"] == "yes") & (reactions["attribution"] != "unlikely") & (reactions["role"] != "other")
    ]
    tests = of_index(tables["tests"], index)
    shown = tests[tests["reading"] == "shows_event"]
    marks = tables["provenance"]
    signs = _timed(part, "onset", part, start, marks).assign(endpoint="first_symptom")
    sentinel = signs[part.loc[signs.index, "role"] == "sentinel_sign"].assign(endpoint="sentinel_sign")
    diagnosis = _timed(shown, "time", part, start, marks).assign(endpoint="diagnosis")
    reported = _reported_intervals(tables["assessments"], part, signs)
    return pd.concat([signs, sentinel, diagnosis, reported], ignore_index=True)


def _timed(
    rows: pd.DataFrame, prefix: str, reactions: pd.DataFrame, start: pd.DataFrame, marks: pd.DataFrame
) -> pd.DataFrame:
    """The times of `rows` as (lower, upper] from an origin; dates count from the first dose."""
    times = elapsed(rows, prefix)
    named = times["origin"].str.startswith("onset:")
    if named.any():
        times = times.where(~named, _from_reaction(rows[named], times[named], reactions), axis=0)
    began = start.reindex(rows["case_id"]).set_index(rows.index)
    dates = not_before_origin(between_dates(began, calendar(rows[f"{prefix}_date"])))
    dated = dates["lower"].notna() & times["lower"].isna()
    times.loc[dated, ["lower", "upper"]] = dates[dated]
    times.loc[dated, "origin"] = "first_dose"
    name = "reactions" if prefix == "onset" else "tests"
    return times.assign(
        case_id=rows["case_id"], status=statuses(rows, name, prefix, marks), source_id=rows["source_id"]
    )


def _from_reaction(rows: pd.DataFrame, times: pd.DataFrame, reactions: pd.DataFrame) -> pd.DataFrame:
    """A time counted from a reaction's onset, carried to that onset's own origin."""
    onset = elapsed(reactions, "onset").set_index(pd.MultiIndex.from_frame(reactions[["case_id", "reaction"]]))
    wanted = pd.MultiIndex.from_arrays([rows["case_id"], times["origin"].str.removeprefix("onset:")])
    base = onset.reindex(wanted).set_index(rows.index)
    return plus(base, times).assign(origin=base["origin"])


def _reported_intervals(assessments: pd.DataFrame, part: pd.DataFrame, signs: pd.DataFrame) -> pd.DataFrame:
    """E2B G.k.9.i.3 intervals of reactions that have no other time: a whole-day value counts the dosing day as 1."""
    timed = pd.MultiIndex.from_frame(part.loc[signs.index[signs["lower"].notna()], ["case_id", "reaction"]])
    own = assessments[
        pd.MultiIndex.from_frame(assessments[["case_id", "reaction"]]).isin(
            pd.MultiIndex.from_frame(part[["case_id", "reaction"]])
        )
        & ~pd.MultiIndex.from_frame(assessments[["case_id", "reaction"]]).isin(timed)
    ]
    parts = []
    for prefix, origin in (("start_to_onset", "first_dose"), ("last_to_onset", "last_dose")):
        parts.append(
            _day_one(own, prefix).assign(
                origin=origin,
                endpoint="first_symptom",
                case_id=own["case_id"],
                status=own["status"],
                source_id=own["source_id"],
            )
        )
    return pd.concat(parts, ignore_index=True)


def _day_one(own: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """ICH E2B(R3) guide on G.k.9.i.3: day v is (v - 1, v]; hours and minutes are exact elapsed time."""
    value, scale = numbers(own[prefix]), own[f"{prefix}_scale"]
    as_days = pd.DataFrame(
        {"x_lower": own[prefix], "x_upper": own[prefix], "x_scale": scale.replace("d", "study_day"), "x_origin": ""}
    )
    return elapsed(as_days, "x")[["lower", "upper"]].where(value.notna())


def _per_case(rows: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """Indexed by case: lower, upper, status, source_id; nan where the case has no such time."""
    first = earliest(rows, ["case_id"]).set_index("case_id")
    marks = rows.dropna(subset=["lower"]).sort_values("upper", kind="stable").drop_duplicates("case_id")
    marks = marks.set_index("case_id")[["status", "source_id"]]
    return first.join(marks).reindex(pd.Index(index["case_id"], name="case_id"))


def _from_doses(first: pd.DataFrame, days: dict[str, list[int]]) -> pd.DataFrame:
    """The last-dose clock computed from the first-dose one where every dose has its day."""
    pairs = [since_last_dose(row.lower, row.upper, days.get(case, [])) for case, row in first.iterrows()]
    computed = pd.DataFrame(pairs, columns=["lower", "upper"], index=first.index, dtype=float)
    return computed.assign(status=first["status"].where(computed["lower"].notna()), source_id=first["source_id"])
