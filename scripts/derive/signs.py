"""Signs: every reaction and test of an exposure with its time as it can be used, on the exposure's own clock."""

import numpy as np
import pandas as pd

from schemas.derived_course import SIGNS
from scripts.clock.intervals import DAY, DOSES, between_dates, calendar, elapsed, grain_of_sum, not_before_origin, plus
from scripts.derive.exposure import counted_from_first
from scripts.derive.provenance import approximate, statuses
from scripts.derive.use import Use

COLUMNS = [name for name in SIGNS.columns if not name.startswith("e2b_")]


def signs(reactions: pd.DataFrame, tests: pd.DataFrame, start: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """The signs of one exposure of each case, with the index of the rows they are made of.

    reactions, tests: those of the exposure. start: first and last possible day of its first dose, by case.
    """
    onset = timed(reactions, "onset", reactions, start, marks)
    seen = timed(tests, "time", reactions, start, marks)
    own = reactions[["case_id", "exposure", "term", "role", "occurred", "attribution"]]
    ends = _ends(reactions, onset, start)
    first = own.assign(kind="reaction", key=reactions["reaction"]).join(
        onset[["lower", "upper", "origin", "grain", "status"]]
    )
    second = tests[["case_id", "exposure"]].assign(
        kind="test", key=tests["result"], term=tests["test"], role=tests["reading"], occurred="yes", attribution=""
    )
    second = second.join(seen[["lower", "upper", "origin", "grain", "status"]]).assign(
        end_lower=np.nan, end_upper=np.nan
    )
    return pd.concat([first.join(ends), second], ignore_index=True)[COLUMNS]


def timed(
    rows: pd.DataFrame, prefix: str, reactions: pd.DataFrame, start: pd.DataFrame, marks: pd.DataFrame
) -> pd.DataFrame:
    """The times of `rows` as (lower, upper] from an origin; dates count from the first dose. told: there is a time at all,
    also where the day it counts from is not known.
    """
    typed = elapsed(rows, prefix)
    told = typed["lower"].notna() | calendar(rows[f"{prefix}_date"])["first"].notna()
    origins = typed["origin"]
    named = origins.str.startswith("onset:")
    times = counted(rows, prefix, reactions, start)
    name = "reactions" if prefix == "onset" else "tests"
    times["grain"] = times["grain"].fillna("")
    about = approximate(rows, name, prefix, marks)
    if named.any():
        about = about.mask(named & _base_is_about(rows, origins, reactions, marks), "yes")
    return times.assign(
        case_id=rows["case_id"],
        told=told,
        status=statuses(rows, name, prefix, marks),
        approximate=about,
        source_id=rows["source_id"],
    )


def counted(rows: pd.DataFrame, prefix: str, reactions: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """The times with the origin that they lead to: of one counted from an onset that of the onset, of a date the first dose."""
    times = elapsed(rows, prefix)
    named = times["origin"].str.startswith("onset:")
    if named.any():
        times = times.where(~named, from_reaction(rows[named], times[named], reactions, start), axis=0)
    return _or_by_date(times, rows, prefix, start)


def on_first_dose(rows: pd.DataFrame, prefix: str, own: Use) -> pd.DataFrame:
    """`lower`, `upper` (days since the first dose), `grain` and `unit` of the time of each row of reactions; nan where it
    leads to no dose, or to a last dose whose day is not known."""
    times = counted(rows, prefix, own.reactions, own.start)
    last = times["origin"] == "last_dose"
    if last.any():
        found = counted_from_first(times[last].set_axis(rows.loc[last, "case_id"]), own.days).set_axis(
            times.index[last]
        )
        times = times.assign(**{end: times[end].mask(last, found[end]) for end in ("lower", "upper")})
    known = times["origin"].isin(["first_dose", "last_dose"]) & times["lower"].notna()
    return times[["lower", "upper", "grain", "unit"]].where(known)


def days_of(times: pd.DataFrame) -> pd.DataFrame:
    """`first` and `last` possible count of days since the first dose, of times of `on_first_dose`.

    (k, k + 1] by a calendar is day k; elapsed time may fall on the next day, for nobody says at what hour the dose was
    given: 30 h is day 1 or 2, 72 h is day 3.
    """
    last = np.ceil(times["upper"]) - (times["grain"] == DAY)
    return pd.DataFrame({"first": np.floor(times["lower"]), "last": last})


def _base_is_about(rows: pd.DataFrame, origins: pd.Series, reactions: pd.DataFrame, marks: pd.DataFrame) -> pd.Series:
    """Whether the onset that a time is counted from is itself only about so many days."""
    about = reactions[approximate(reactions, "reactions", "onset", marks).eq("yes")]
    pairs = pd.MultiIndex.from_arrays([rows["case_id"], origins.fillna("").str.removeprefix("onset:")])
    return pd.Series(pairs.isin(pd.MultiIndex.from_frame(about[["case_id", "reaction"]])), index=rows.index)


def from_reaction(
    rows: pd.DataFrame, times: pd.DataFrame, reactions: pd.DataFrame, start: pd.DataFrame
) -> pd.DataFrame:
    """A time counted from a reaction's onset, carried to that onset's own origin, from one onset to the next; a date of
    an onset counts from the first dose. Onsets that are counted from each other in a ring have no origin."""
    keys = pd.MultiIndex.from_frame(reactions[["case_id", "reaction"]])
    onset = _or_by_date(elapsed(reactions, "onset"), reactions, "onset", start).set_index(keys)
    found = times
    for _ in range(reactions["case_id"].value_counts().max() if len(reactions) else 0):
        named = found["origin"].str.startswith("onset:").eq(True)
        if not named.any():
            break
        wanted = [rows.loc[named, "case_id"], found.loc[named, "origin"].str.removeprefix("onset:")]
        base = onset.reindex(pd.MultiIndex.from_arrays(wanted)).set_index(rows.index[named])
        own = found[named]
        carried = plus(base, own).assign(origin=base["origin"].fillna("")).join(grain_of_sum(base, own))
        found = pd.concat([carried, found[~named]]).reindex(rows.index)
    return found


def _or_by_date(times: pd.DataFrame, rows: pd.DataFrame, prefix: str, start: pd.DataFrame) -> pd.DataFrame:
    """The times; where one is not counted from a dose, the days of its date from the first one."""
    began = start.reindex(rows["case_id"]).set_axis(rows.index)
    dates = not_before_origin(between_dates(began, calendar(rows[f"{prefix}_date"])))
    dated = dates["lower"].notna() & (times["lower"].isna() | ~times["origin"].isin(DOSES))
    counted = dates.assign(origin="first_dose")
    return times.assign(**{name: times[name].mask(dated, counted[name]) for name in counted})


def _ends(reactions: pd.DataFrame, onset: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """Ends on the clock of the first dose: counted from it, from an onset on it, or by date; nan otherwise."""
    times = elapsed(reactions, "end")
    named = times["origin"].str.startswith("onset:")
    if named.any():
        times = times.where(~named, from_reaction(reactions[named], times[named], reactions, start), axis=0)
    from_onset = times["origin"].isin(["onset", "event"])
    base = onset[["lower", "upper", "grain", "unit"]].where(onset["origin"] == "first_dose")
    from_first = plus(base, times).assign(origin=onset["origin"]).join(grain_of_sum(base, times))
    times = times.where(~from_onset, from_first, axis=0)
    began = start.reindex(reactions["case_id"]).set_index(reactions.index)
    dates = not_before_origin(between_dates(began, calendar(reactions["end_date"])))[["lower", "upper"]]
    usable = times[["lower", "upper"]].where(times["origin"] == "first_dose")
    return usable.where(usable["lower"].notna(), dates).set_axis(["end_lower", "end_upper"], axis=1)
