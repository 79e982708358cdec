"""Signs: every reaction and test of an exposure with its time as it can be used, on the exposure's own clock."""

import numpy as np
import pandas as pd

from schemas.derived_course import SIGNS
from scripts.clock.dose_days import counted_from_first
from scripts.clock.intervals import (
    between_dates,
    calendar,
    counts_of_days,
    elapsed,
    grain_of_sum,
    not_before_origin,
    plus,
)
from scripts.clock.named_origins import bases, counted, from_event, is_named
from scripts.derive.provenance import approximate, statuses
from scripts.derive.told.findings_of_rows import ids_of_findings
from scripts.derive.use import Use
from scripts.records.events import END_NOT_KNOWN, GOING_ON

KEY = ["kind", "case_id", "key"]
ENDS = ("end_lower", "end_upper", "end_first", "end_last")
SHOWN = ["lower", "upper", "origin", "grain", "unit", "status"]
COLUMNS = [column for column in SIGNS.columns if column != "findings" and not column.startswith("e2b_")]


def signs(reactions: pd.DataFrame, tests: pd.DataFrame, start: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    """The signs of one exposure of each case, with the index of the rows they are made of.

    reactions, tests: those of the exposure. start: first and last possible day of its first dose, by case.
    """
    known = bases(reactions, tests, start)
    onset = timed(reactions, "onset", known, start, reactions, marks)
    seen = timed(tests, "time", known, start, reactions, marks)
    ends = _ends(reactions, onset, known, start)
    first = _named(reactions).assign(exposure=reactions["exposure"]).join(onset[SHOWN])
    second = _named_tests(tests).assign(exposure=tests["exposure"]).join(seen[SHOWN])
    return pd.concat([first.join(ends), second.assign(**dict.fromkeys(ENDS, np.nan))], ignore_index=True)[COLUMNS]


def _named(reactions: pd.DataFrame) -> pd.DataFrame:
    sign_rows = reactions[["case_id", "term", "role", "occurred", "attribution"]]
    return sign_rows.assign(kind="reaction", key=reactions["reaction"])


def _named_tests(tests: pd.DataFrame) -> pd.DataFrame:
    sign_columns = {"term": tests["test"], "role": tests["reading"], "occurred": "yes", "attribution": ""}
    return tests[["case_id"]].assign(kind="test", key=tests["result"], **sign_columns)


def every_sign(seen: pd.DataFrame, reported: dict[str, pd.DataFrame], findings: pd.DataFrame) -> pd.DataFrame:
    """The table `signs`: those of exposures, then reactions and tests of none, each with the findings about it.

    seen: of exposures. reported: the series as reported, with what begins after a death or belongs to another drug.
    """
    named = {"reactions": _named, "tests": _named_tests}
    parts = [
        naming(reported[table_name]).assign(findings=ids_of_findings(findings, table_name, reported[table_name]))
        for table_name, naming in named.items()
    ]
    every = pd.concat(parts, ignore_index=True)
    keys = pd.MultiIndex.from_frame(every[KEY])
    known = pd.MultiIndex.from_frame(seen[KEY])
    told = seen.assign(findings=every["findings"].set_axis(keys).reindex(known).to_numpy())
    of_none = every[~keys.isin(known)]
    if not len(of_none):
        return SIGNS.validate(told, inplace=True)
    texts = [column for column in seen if seen[column].dtype == object]
    return SIGNS.validate(
        pd.concat([told, of_none.reindex(columns=told.columns).fillna(dict.fromkeys(texts, ""))], ignore_index=True),
        inplace=True,
    )


def timed(
    rows: pd.DataFrame,
    prefix: str,
    known: pd.DataFrame,
    start: pd.DataFrame,
    reactions: pd.DataFrame,
    marks: pd.DataFrame,
) -> pd.DataFrame:
    """The times of `rows` as (lower, upper] from an origin; dates count from the first dose. told: there is a time at all,
    also where the day it counts from is not known. known: as of `bases`, of these reactions.
    """
    typed = elapsed(rows, prefix)
    told = typed["lower"].notna() | calendar(rows[f"{prefix}_date"])["first"].notna()
    origins = typed["origin"]
    named = origins.str.startswith("onset:")
    times = counted(rows, prefix, known, start)
    table_name = "reactions" if prefix == "onset" else "tests"
    times[["grain", "unit"]] = times[["grain", "unit"]].fillna("")
    about = approximate(rows, table_name, prefix, marks)
    if named.any():
        about = about.mask(named & _base_is_about(rows, origins, reactions, marks), "yes")
    return times.assign(
        case_id=rows["case_id"],
        told=told,
        status=statuses(rows, table_name, prefix, marks),
        approximate=about,
        source_id=rows["source_id"],
    )


def on_first_dose(rows: pd.DataFrame, prefix: str, use: Use) -> pd.DataFrame:
    """`lower`, `upper` (days since the first dose), `grain` and `unit` of the time of each row of reactions; nan where it
    leads to no dose, or to a last dose whose day is not known."""
    times = counted(rows, prefix, use.bases, use.start)
    last = times["origin"] == "last_dose"
    if last.any():
        first_dose_times = counted_from_first(times[last].set_axis(rows.loc[last, "case_id"]), use.days).set_axis(
            times.index[last]
        )
        times = times.assign(**{end: times[end].mask(last, first_dose_times[end]) for end in ("lower", "upper")})
    known = times["origin"].isin(["first_dose", "last_dose"]) & times["lower"].notna()
    return times[["lower", "upper", "grain", "unit"]].where(known)


def _base_is_about(rows: pd.DataFrame, origins: pd.Series, reactions: pd.DataFrame, marks: pd.DataFrame) -> pd.Series:
    """Whether the onset that a time is counted from is itself only about so many days."""
    about = reactions[approximate(reactions, "reactions", "onset", marks).eq("yes")]
    pairs = pd.MultiIndex.from_arrays([rows["case_id"], origins.fillna("").str.removeprefix("onset:")])
    return pd.Series(pairs.isin(pd.MultiIndex.from_frame(about[["case_id", "reaction"]])), index=rows.index)


def _ends(reactions: pd.DataFrame, onset: pd.DataFrame, known: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """Ends on the clock of the first dose: counted from it, from an onset or a diagnosis on it, or by date; and their days on the
    calendar: by date, or counted from a first dose that has one. nan otherwise."""
    times = elapsed(reactions, "end")
    named = is_named(reactions["case_id"], times["origin"], known)
    if named.any():
        times = times.where(~named, from_event(reactions[named], times[named], known), axis=0)
    from_onset = times["origin"].isin(["onset", "event"])
    base = onset[["lower", "upper", "grain", "unit"]].where(onset["origin"] == "first_dose")
    from_first = plus(base, times).assign(origin=onset["origin"]).join(grain_of_sum(base, times))
    times = times.where(~from_onset, from_first, axis=0)
    began = start.reindex(reactions["case_id"]).set_index(reactions.index)
    dates = calendar(reactions["end_date"])
    by_date = not_before_origin(between_dates(began, dates))[["lower", "upper"]]
    usable = times[["lower", "upper", "grain"]].where(times["origin"] == "first_dose")
    ends = usable[["lower", "upper"]].where(usable["lower"].notna(), by_date)
    days = dates.where(dates["first"].notna(), began + counts_of_days(usable, True))
    return _as_said(ends.join(days).set_axis(list(ENDS), axis=1), reactions["outcome"])


def _as_said(ends: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """Beside an outcome that goes on the event ended later than that; beside one that is not known it is no end (Q40)."""
    later = outcome.isin(GOING_ON) & ends["end_lower"].notna()
    ends = ends.assign(
        end_upper=ends["end_upper"].mask(later, np.inf), end_last=ends["end_last"].mask(outcome.isin(GOING_ON))
    )
    return ends.mask(outcome.isin(END_NOT_KNOWN))
