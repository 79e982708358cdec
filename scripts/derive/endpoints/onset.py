"""Onset: three endpoints (first symptom, sentinel sign, diagnosis) on three clocks (definitions: onset).

An attributed symptom without a time may have come earlier than those that have one: it opens the interval downwards,
unless `onset_order` says that it came with the first or later; so does, down to its own time, a sign of which nobody says
whether it occurred.
A time counted from an origin that the source does not state is on a clock of its own; a case with a time that a clock
cannot use is `not_usable` there. What was there before the drug and worsened, and the onset of a child exposed through
its mother, are told apart in the same way.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from schemas.endpoints import CLOCKS, MOTHERS, ONSETS, UNSTATED, WORSENED
from schemas.fields import NO_VALUE, stated
from scripts.clock.dose_days import all_since_last_dose, counted_from_first
from scripts.clock.intervals import earliest, elapsed, numbers
from scripts.derive.endpoints.first_symptom import ATTRIBUTED, perhaps_occurred, seen_by, widened
from scripts.derive.signs import timed
from scripts.derive.use import Use
from scripts.records.events import OF_THE_EVENT, is_sign, shows_event
from scripts.records.extracts import of_course

OF = {
    "first_symptom": OF_THE_EVENT,
    "sentinel_sign": ("event", "sentinel_sign"),
    "diagnosis": ("event",),
}
"""Roles of the reactions that an endpoint rests on: an old cough that worsened leaves the day of the scan as it is."""


def onsets(
    use: Use,
    assessments: pd.DataFrame,
    marks: pd.DataFrame,
    use_assumed: bool,
    children: set[str],
    died: pd.DataFrame,
) -> pd.DataFrame:
    """Onset x endpoint x clock for every case of `use`: case_id, endpoint, clock, lower, upper, grain, unit, origin, status.

    use_assumed: what is attributed to the drug is taken not to have begun before it (`_not_before_dose`). children: cases
    exposed through the mother. died: from the first dose, the death of those whose event was fatal or seen at autopsy.
    """
    rows = _not_before_dose(_candidates(use, assessments, marks), use_assumed)
    earliest_of = _earliest(rows, use.frame)
    unbound_of = _earliest(rows.assign(lower=rows["free_lower"]), use.frame)
    firsts = {onset_kind: earliest_of(onset_kind, "first_dose") for onset_kind in ONSETS}
    lasts = {onset_kind: earliest_of(onset_kind, "last_dose") for onset_kind in ONSETS}
    for onset_kind, first in firsts.items():
        firsts[onset_kind] = first.where(
            first["lower"].notna(), counted_from_first(lasts[onset_kind], use.days), axis=0
        )
    narrow = firsts["first_symptom"]
    perhaps = _not_before_dose(perhaps_occurred(use, marks, rows), use_assumed)
    firsts["first_symptom"] = widened(use, narrow, seen_by(firsts["diagnosis"], died), rows, perhaps)
    opened = (firsts["first_symptom"]["lower"] < narrow["lower"]).to_numpy()
    parts = []
    for endpoint in ONSETS:
        first, last = firsts[endpoint], lasts[endpoint]
        last = last.where(last["lower"].notna(), _from_doses(first, use), axis=0)
        exposure = _since_first_exposure(first, use.frame)
        aside = {WORSENED: _worsened(use, OF[endpoint]) - children, MOTHERS: children}
        clocks = _told_apart(dict(zip(CLOCKS, (first, last, exposure), strict=True)), aside)
        told = set(
            rows.loc[(rows["endpoint"] == endpoint) & (rows["lower"].notna() | rows["told"].eq(True)), "case_id"]
        )
        unbound, unstated = unbound_of(endpoint, "first_dose"), earliest_of(endpoint, UNSTATED)
        if unstated["lower"].notna().any():
            clocks[UNSTATED] = unstated[unstated["lower"].notna() | ~unstated.index.isin(told)]
        for clock, bounds in clocks.items():
            unused = bounds["lower"].isna() & bounds.index.isin(told)
            state = pd.Series(None, index=bounds.index, dtype=object).mask(unused, "not_usable")
            told_by = bounds.assign(endpoint=endpoint, clock=clock, origin=clock, state=state)
            if (endpoint, clock) == ("first_symptom", "first_dose"):
                told_by["timed_lower"] = narrow["lower"].where(opened)
            if clock == "first_dose":
                told_by["free_lower"] = unbound["lower"].where(unbound["lower"] < first["lower"].clip(upper=0.0))
            parts.append(told_by.reset_index())
    return pd.concat(parts, ignore_index=True)


def _not_before_dose(rows: pd.DataFrame, use_assumed: bool) -> pd.DataFrame:
    """The candidates; one that may have begun before the dose or after it, and is attributed to the drug, began after it.

    It is `assumed` then, and `free_lower` keeps the bound without the assumption. What surely began before stays there.
    """
    taken = rows["attributed"].eq(True) & (rows["lower"] < 0) & (rows["upper"] > 0) & use_assumed
    lower, status = rows["lower"].mask(taken, 0.0), rows["status"].mask(taken, "assumed")
    return rows.assign(free_lower=rows["lower"], lower=lower, status=status)


def _worsened(use: Use, roles: tuple[str, ...]) -> set[str]:
    """Cases in which what an endpoint rests on was there before the drug: its onset is when it worsened."""
    rows = use.reactions
    seen = is_sign(rows) & rows["role"].isin(roles)
    return set(rows.loc[seen & (rows["present_before"] == "yes"), "case_id"])


def _told_apart(clocks: dict[str, pd.DataFrame], aside: dict[str, set[str]]) -> dict[str, pd.DataFrame]:
    """The clocks without the cases set aside, and for each kind of these its own: counted from the first dose."""
    every = set().union(*aside.values())
    if not every:
        return clocks
    clocks_aside = {
        clock: clocks["first_dose"][clocks["first_dose"].index.isin(cases)] for clock, cases in aside.items()
    }
    others = {clock: times[~times.index.isin(every)].reindex(times.index) for clock, times in clocks.items()}
    return others | {clock: times for clock, times in clocks_aside.items() if times["lower"].notna().any()}


def _since_first_exposure(first: pd.DataFrame, uses: pd.DataFrame) -> pd.DataFrame:
    """The onset counted from the first dose of the first exposure, where that is the patient's first ever."""
    use_rows = uses.set_index("case_id").reindex(first.index)
    from_first = first.assign(
        lower=first["lower"] + use_rows["since_first_lower"], upper=first["upper"] + use_rows["since_first_upper"]
    )
    return from_first.where(
        use_rows["from_first_ever"].astype(bool) & np.isfinite(use_rows["since_first_upper"]), np.nan
    )


def _candidates(use: Use, assessments: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """Every dated sign, symptom or test of the exposure, as a time from the first or from the last dose."""
    reactions, tests = use.reactions, use.tests
    part = reactions[is_sign(reactions)]
    shown = tests[shows_event(tests)]
    beside = _dates_beside_the_last_dose(part)
    both = pd.concat([part, beside]) if len(beside) else part
    signs = timed(both, "onset", use.bases, use.start, reactions, marks)
    attributed = both["attribution"].isin(ATTRIBUTED) | (both["role"] == "event")
    signs = signs.assign(endpoint="first_symptom", reaction=both["reaction"], attributed=attributed)
    sentinel = signs[(both["role"] == "sentinel_sign").to_numpy()].assign(endpoint="sentinel_sign")
    diagnosis = timed(shown, "time", use.bases, use.start, reactions, marks).assign(
        endpoint="diagnosis", attributed=True
    )
    reported = _reported_intervals(_of_the_use(assessments, use), part, signs)
    return pd.concat([signs, sentinel, diagnosis, reported], ignore_index=True)


def _dates_beside_the_last_dose(part: pd.DataFrame) -> pd.DataFrame:
    """Signs counted from the last dose that have a date too, with the date alone: it counts from the first one."""
    rows = part[(part["onset_origin"] == "last_dose") & stated(part["onset_date"])]
    return rows.assign(**dict.fromkeys(("onset_lower", "onset_upper", "onset_scale", "onset_origin"), ""))


def _of_the_use(assessments: pd.DataFrame, use: Use) -> pd.DataFrame:
    """Assessments of the drug that name no course, or one of this exposure: another's intervals count from its own doses."""
    lines = use.frame[["case_id", "lines"]].assign(course=use.frame["lines"].str.split("; ")).explode("course")
    named = pd.MultiIndex.from_frame(assessments[["case_id", "course"]])
    is_of_use = named.isin(pd.MultiIndex.from_arrays([lines["case_id"], lines["course"].map(of_course)]))
    return assessments[(assessments["other_drug"] == "") & (is_of_use | assessments["course"].isin(NO_VALUE))]


def _reported_intervals(assessments: pd.DataFrame, part: pd.DataFrame, signs: pd.DataFrame) -> pd.DataFrame:
    """E2B G.k.9.i.3 intervals of reactions that have no other time: a whole-day value counts the dosing day as 1."""
    judged, seen, timed = (
        pd.MultiIndex.from_frame(table[["case_id", "reaction"]])
        for table in (assessments, part, signs[signs["lower"].notna()])
    )
    untimed_rows = assessments[judged.isin(seen) & ~judged.isin(timed)]
    if not len(untimed_rows):
        return pd.DataFrame()
    parts = []
    for prefix, origin in (("start_to_onset", "first_dose"), ("last_to_onset", "last_dose")):
        parts.append(
            _day_one(untimed_rows, prefix).assign(
                origin=origin,
                endpoint="first_symptom",
                case_id=untimed_rows["case_id"],
                reaction=untimed_rows["reaction"],
                status=untimed_rows["status"],
                source_id=untimed_rows["source_id"],
            )
        )
    return pd.concat(parts, ignore_index=True)


def _day_one(assessments: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """ICH E2B(R3) guide on G.k.9.i.3: day v is (v - 1, v]; hours and minutes are exact elapsed time."""
    value, scale = numbers(assessments[prefix]), assessments[f"{prefix}_scale"]
    as_days = pd.DataFrame(
        {
            "x_lower": assessments[prefix],
            "x_upper": assessments[prefix],
            "x_scale": scale.replace("d", "study_day"),
            "x_origin": "",
        }
    )
    return elapsed(as_days, "x")[["lower", "upper", "grain", "unit"]].where(value.notna())


def _earliest(rows: pd.DataFrame, index: pd.DataFrame) -> Callable[[str, str], pd.DataFrame]:
    """By endpoint and origin, indexed by case: lower, upper, status, approximate, source_id, grain, unit; nan where the
    case has no such time."""
    by = ["endpoint", "origin", "case_id"]
    marks = rows.dropna(subset=["lower"]).sort_values("upper", kind="stable").drop_duplicates(by).set_index(by)
    first = earliest(rows, by).set_index(by).join(marks[["status", "approximate", "source_id", "grain", "unit"]])
    first_times = {key: part.droplevel(by[:2]) for key, part in first.groupby(level=by[:2], sort=False)}
    none, cases = first.iloc[:0].droplevel(by[:2]), pd.Index(index["case_id"], name="case_id")
    return lambda endpoint, origin: first_times.get((endpoint, origin), none).reindex(cases)


def _from_doses(first: pd.DataFrame, use: Use) -> pd.DataFrame:
    """The last-dose clock computed from the first-dose one where every dose has its day."""
    computed = all_since_last_dose(first, use.days, use.ends)
    known = computed["lower"].notna()
    return first.assign(
        **computed,
        status=first["status"].where(known),
        approximate=first["approximate"].where(known),
        unit=first["unit"].where(known),
    )
