"""Death as an endpoint, from the first dose, from the last dose before it and from the onset of the event (definitions:
death-as-an-endpoint).

Every patient who died has a row on each clock. A time told on one clock is carried to the others where dose days and
onset allow it; where they do not, it is `not_usable` there. A time from yet another origin has a row of its own.
"""

import numpy as np
import pandas as pd

from scripts.clock.dose_days import all_since_last_dose, counted_from_first
from scripts.clock.intervals import DAY, DOSES, between_dates, between_events, calendar, elapsed, not_before_origin
from scripts.clock.named_origins import from_event, is_named
from scripts.derive.signs import on_first_dose
from scripts.derive.use import Use
from scripts.records.events import is_event

ONSET = "event"
CLOCKS = (*DOSES, ONSET)
BOUNDS = ["lower", "upper", "grain", "unit"]
NOBODY = pd.DataFrame(
    columns=["case_id", *BOUNDS, "status", "source_id", "state", "told", "clock", "origin", "endpoint"], dtype=object
).astype({"lower": float, "upper": float, "told": bool})
"""Deaths of a series in which nobody died."""


def deaths(use: Use, rows: pd.DataFrame, dead: set[str]) -> pd.DataFrame:
    """case_id, endpoint, clock, origin, lower, upper, grain, unit, state, status, source_id, told, of those who died.

    rows: of `deaths`. dead: cases that died, by whatever cell. told: the source counts from there, by date from the onset.
    """
    cases = pd.Index([case for case in use.frame["case_id"] if case in dead], name="case_id")
    if not len(cases):
        return NOBODY
    rows = rows[rows["case_id"].isin(cases)]
    stated = elapsed(rows, "time")
    stated["clock"] = _kinds(rows["case_id"], stated["origin"], use.reactions)
    by_clock = {clock: _first(stated[stated["clock"] == clock], rows, cases) for clock in (*CLOCKS, *_others(stated))}
    told = {clock: clock_times["lower"].notna() for clock, clock_times in by_clock.items()}
    onset = _onset(use, cases)
    dated = _first(_by_date(rows, use), rows, cases)
    carried = _first(_carried(rows, stated, use), rows, cases)
    from_last = counted_from_first(by_clock["last_dose"], {case: days[-1:] for case, days in use.days.items()})
    first = _not_before_a_dose(_else(by_clock["first_dose"], dated, carried, from_last), use)
    last = _else(by_clock["last_dose"], _since_last(first, use))
    between = _first(_from_onset_date(rows, use), rows, cases)
    told[ONSET] |= between["lower"].notna() & ~pd.concat(told, axis=1).any(axis=1)
    since = _else(by_clock[ONSET], between, _after(first, onset))
    made = by_clock | {"first_dose": first, "last_dose": last, ONSET: since}
    usable = pd.concat([clock_times["lower"].notna() for clock_times in made.values()], axis=1).any(axis=1)
    usable |= usable.index.isin(rows.loc[calendar(rows["time_date"])["first"].notna(), "case_id"])
    parts = [_on(clock, clock_times, told[clock], usable) for clock, clock_times in made.items()]
    return pd.concat(parts, ignore_index=True).assign(endpoint="death")


def _others(stated: pd.DataFrame) -> list[str]:
    """Origins that are none of the clocks, in a fixed order."""
    return sorted(set(stated["clock"]) - {*CLOCKS, ""})


def _kinds(cases: pd.Series, origins: pd.Series, reactions: pd.DataFrame) -> pd.Series:
    """The clock that a stated origin names: of a reaction's onset its role, `event` for the event itself."""
    roles = reactions.set_index(["case_id", "reaction"])["role"].to_dict()
    named = [roles.get((case, text.removeprefix("onset:")), text) for case, text in zip(cases, origins, strict=True)]
    return pd.Series(named, index=cases.index, dtype=object).where(origins.str.startswith("onset:"), origins)


def _first(times: pd.DataFrame, rows: pd.DataFrame, cases: pd.Index) -> pd.DataFrame:
    """One time per case, of several the earliest; with the status and source of its row."""
    known = times[times["lower"].notna()]
    known = known[BOUNDS].join(rows[["case_id", "status", "source_id"]])
    known = known.sort_values(["upper", "lower"], kind="stable").drop_duplicates("case_id")
    return known.set_index("case_id").reindex(cases)


def _else(times: pd.DataFrame, *others: pd.DataFrame) -> pd.DataFrame:
    for other in others:
        times = times.where(times["lower"].notna(), other.reindex(columns=times.columns), axis=0)
    return times


def _by_date(rows: pd.DataFrame, use: Use) -> pd.DataFrame:
    began = use.start.reindex(rows["case_id"]).set_axis(rows.index)
    return not_before_origin(between_dates(began, calendar(rows["time_date"])))


def _carried(rows: pd.DataFrame, stated: pd.DataFrame, use: Use) -> pd.DataFrame:
    """Times counted from the onset of a reaction, or from the diagnosis, on the clock of the first dose where that is."""
    named = is_named(rows["case_id"], stated["origin"], use.bases)
    if not named.any():
        return stated.iloc[:0]
    carried_times = from_event(rows[named], stated[named], use.bases)
    return carried_times[carried_times["origin"] == "first_dose"]


def _not_before_a_dose(first: pd.DataFrame, use: Use) -> pd.DataFrame:
    """Nobody is given a dose after death: what reaches before the last dose of known day begins there.

    A death surely before it stays, and a rule of `validate` asks which of the two is wrong.
    """
    last = pd.Series({case: days[-1] for case, days in use.days.items()}, dtype=float).reindex(first.index).fillna(0.0)
    least = (last - (first["grain"] != DAY)).clip(lower=0.0)
    return first.assign(lower=first["lower"].mask((first["lower"] < least) & (first["upper"] > least), least))


def _since_last(first: pd.DataFrame, use: Use) -> pd.DataFrame:
    """From the last dose before it, where every dose has its day."""
    return first.assign(**all_since_last_dose(first, use.days, use.ends, after_dose=True))


def _events(use: Use) -> pd.DataFrame:
    return use.reactions[is_event(use.reactions)]


def _onset(use: Use, cases: pd.Index) -> pd.DataFrame:
    """The onset of the event on the clock of the first dose: the earliest of its terms; nan where one has no time there."""
    event = _events(use)
    times = on_first_dose(event, "onset", use).assign(case_id=event["case_id"])
    whole = times["lower"].notna().groupby(times["case_id"]).transform("all")
    ends = times[whole].groupby("case_id")[["lower", "upper"]].min()
    by_day = (times["grain"] == DAY).groupby(times["case_id"]).all()
    return ends.assign(by_day=by_day.reindex(ends.index)).reindex(cases)


def _from_onset_date(rows: pd.DataFrame, use: Use) -> pd.DataFrame:
    """Days from the date of the onset to that of the death: between two events k days are the point k."""
    event = _events(use)
    begun = calendar(event["onset_date"]).groupby(event["case_id"]).min()
    begun = begun.reindex(rows["case_id"]).set_axis(rows.index)
    return between_events(begun, calendar(rows["time_date"])).assign(grain=DAY, unit="d")


def _after(first: pd.DataFrame, onset: pd.DataFrame) -> pd.DataFrame:
    """From the onset to the death, both on the clock of the first dose; days of a calendar are the points they may be."""
    by_day = (first["grain"] == DAY) & onset["by_day"].eq(True)
    known = np.isfinite(onset["upper"])
    begun = pd.DataFrame({"first": onset["lower"], "last": onset["upper"] - 1}).where(known)
    days = between_events(begun, pd.DataFrame({"first": first["lower"], "last": first["upper"] - 1}))
    lower, upper = first["lower"] - onset["upper"], first["upper"] - onset["lower"]
    possible = (upper >= 0) & known
    return first.assign(
        lower=lower.clip(lower=0).where(possible).mask(by_day, days["lower"]),
        upper=upper.where(possible).mask(by_day, days["upper"]),
    )


def _on(clock: str, times: pd.DataFrame, told: pd.Series, usable: pd.Series) -> pd.DataFrame:
    """The rows of one clock: died at a known time, at a time that this clock cannot use, or nobody says when."""
    known = times["lower"].notna()
    rows = times if clock in CLOCKS else times[known]
    state = np.select([known, usable], ["died", "not_usable"], "unknown")
    state_columns = pd.DataFrame({"state": state, "told": told, "clock": clock, "origin": clock}, index=times.index)
    return rows.join(state_columns).reset_index()
