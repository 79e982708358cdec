"""Onset: three endpoints (first symptom, sentinel sign, diagnosis) on three clocks (definitions: onset).

An attributed symptom without a time does not move the interval; it may have come earlier.
"""

import numpy as np
import pandas as pd

from schemas.derived import CLOCKS, ONSETS
from scripts.clock.intervals import earliest, elapsed, numbers
from scripts.derive.exposure import since_last_dose
from scripts.derive.signs import timed


def onsets(
    reactions: pd.DataFrame,
    tests: pd.DataFrame,
    assessments: pd.DataFrame,
    uses: pd.DataFrame,
    start: pd.DataFrame,
    days: dict[str, list[int]],
    marks: pd.DataFrame,
) -> pd.DataFrame:
    """Onset x endpoint x clock for every case of `uses`: case_id, endpoint, clock, lower, upper, origin, status.

    reactions, tests: of one exposure of each case, the one that `uses` names. start, days: of its first dose and doses.
    """
    rows = _candidates(reactions, tests, assessments, start, marks)
    parts = []
    for endpoint in ONSETS:
        own = rows[rows["endpoint"] == endpoint]
        first = _per_case(own[own["origin"] == "first_dose"], uses)
        last = _per_case(own[own["origin"] == "last_dose"], uses)
        computed = _from_doses(first, days)
        last = last.where(last["lower"].notna(), computed)
        exposure = _since_first_exposure(first, uses)
        for clock, bounds in zip(CLOCKS, (first, last, exposure), strict=True):
            parts.append(bounds.assign(endpoint=endpoint, clock=clock, origin=clock).reset_index())
    return pd.concat(parts, ignore_index=True)


def _since_first_exposure(first: pd.DataFrame, uses: pd.DataFrame) -> pd.DataFrame:
    """The onset counted from the first dose of the first exposure, where that is the patient's first ever."""
    own = uses.set_index("case_id").reindex(first.index)
    from_first = first.assign(
        lower=first["lower"] + own["since_first_lower"], upper=first["upper"] + own["since_first_upper"]
    )
    return from_first.where(own["from_first_ever"].astype(bool) & np.isfinite(own["since_first_upper"]), np.nan)


def _candidates(
    reactions: pd.DataFrame, tests: pd.DataFrame, assessments: pd.DataFrame, start: pd.DataFrame, marks: pd.DataFrame
) -> pd.DataFrame:
    """Every dated sign, symptom or test of the exposure, as a time from the first or from the last dose."""
    part = reactions[
        (reactions["occurred"] == "yes") & (reactions["attribution"] != "unlikely") & (reactions["role"] != "other")
    ]
    shown = tests[tests["reading"] == "shows_event"]
    signs = timed(part, "onset", part, start, marks).assign(endpoint="first_symptom")
    sentinel = signs[part.loc[signs.index, "role"] == "sentinel_sign"].assign(endpoint="sentinel_sign")
    diagnosis = timed(shown, "time", part, start, marks).assign(endpoint="diagnosis")
    reported = _reported_intervals(assessments, part, signs)
    return pd.concat([signs, sentinel, diagnosis, reported], ignore_index=True)


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
