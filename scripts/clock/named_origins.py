"""Times counted from another event of the patient, the onset of a reaction or the diagnosis, brought to that event's own
origin: where its day or its time from a dose is known, so is that of what is counted from it (definitions: onset)."""

import pandas as pd

from schemas.fields import any_filled
from scripts.clock.intervals import DOSES, between_dates, calendar, elapsed, grain_of_sum, not_before_origin, plus

DIAGNOSIS = "diagnosis"
"""The origin of times counted from the first test that shows the event."""


def bases(reactions: pd.DataFrame, tests: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """Times that others are counted from, by case and origin (`onset:` with the reaction, or the diagnosis where a test
    with a time from the first dose shows the event): lower, upper, origin, grain, unit; a date counts from the first dose.
    """
    names = pd.MultiIndex.from_arrays([reactions["case_id"], "onset:" + reactions["reaction"]])
    onsets = or_by_date(elapsed(reactions, "onset"), reactions, "onset", start).set_axis(names)
    shown = tests[tests["reading"] == "shows_event"]
    if not len(shown):
        return onsets
    seen = counted(shown, "time", onsets, start).assign(case_id=shown["case_id"])
    seen = seen[(seen["origin"] == "first_dose") & seen["lower"].notna()].sort_values("upper", kind="stable")
    first = seen.drop_duplicates("case_id").set_index("case_id")
    first["lower"] = seen.groupby("case_id")["lower"].min()
    return pd.concat([onsets, first.set_axis(pd.MultiIndex.from_product([first.index, [DIAGNOSIS]]))])


def is_named(cases: pd.Series, origins: pd.Series, known: pd.DataFrame) -> pd.Series:
    """Which times are counted from the onset of a reaction, or from a diagnosis that has a time itself."""
    diagnosed = origins == DIAGNOSIS
    if diagnosed.any():
        diagnosed &= pd.MultiIndex.from_arrays([cases, origins]).isin(known.index)
    return origins.str.startswith("onset:").eq(True) | diagnosed


def counted(rows: pd.DataFrame, prefix: str, known: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """The times with the origin that they lead to: of one counted from an event that of the event, of a date the first dose."""
    times = elapsed(rows, prefix)
    named = is_named(rows["case_id"], times["origin"], known)
    if named.any():
        times = times.where(~named, from_event(rows[named], times[named], known), axis=0)
    return or_by_date(times, rows, prefix, start)


def from_event(rows: pd.DataFrame, times: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """A time counted from an event of `known`, carried to that event's own origin, from one event to the next. Onsets that
    are counted from each other in a ring have no origin."""
    carried_times = times
    most = known.index.get_level_values(0).value_counts().max() if len(known) else 0
    for _ in range(most):
        named = is_named(rows["case_id"], carried_times["origin"], known)
        if not named.any():
            break
        wanted = pd.MultiIndex.from_arrays([rows.loc[named, "case_id"], carried_times.loc[named, "origin"]])
        base, named_times = known.reindex(wanted).set_index(rows.index[named]), carried_times[named]
        carried = plus(base, named_times).assign(origin=base["origin"].fillna("")).join(grain_of_sum(base, named_times))
        carried_times = pd.concat([carried, carried_times[~named]]).reindex(rows.index)
    return carried_times


def or_by_date(times: pd.DataFrame, rows: pd.DataFrame, prefix: str, start: pd.DataFrame) -> pd.DataFrame:
    """The times; where one is not counted from a dose, the days of its date from the first one."""
    if not any_filled(rows[f"{prefix}_date"]):
        return times
    began = start.reindex(rows["case_id"]).set_axis(rows.index)
    dates = not_before_origin(between_dates(began, calendar(rows[f"{prefix}_date"])))
    dated = dates["lower"].notna() & (times["lower"].isna() | ~times["origin"].isin(DOSES))
    by_date = dates.assign(origin="first_dose")
    return times.assign(**{column: times[column].mask(dated, by_date[column]) for column in by_date})
