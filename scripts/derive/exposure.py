"""Rows of an exposure, and the days on which its doses were given."""

from bisect import bisect_right
from itertools import pairwise

import numpy as np
import pandas as pd

from schemas.fields import bounded, stated
from schemas.profile import group_names
from scripts.clock.first_doses import first_dose_days
from scripts.clock.intervals import DAY, DAYS_PER_UNIT, between_dates, calendar, elapsed, not_before_origin, numbers
from scripts.records.events import is_event

MOST_DAYS = 3660
"""Days of one record that are counted one by one: ten years."""
PLACED = {"reactions": "onset", "tests": "time", "doses": "time"}


def groups(indications: pd.Series, named: dict[str, list[str]]) -> pd.Series:
    """The first group of the profile that lists the indication; `all` without groups, `not stated` where none does."""
    if not named:
        return pd.Series("all", index=indications.index)
    return indications.str.casefold().map(group_names(named)).fillna("not stated")


def placed(tables: dict[str, pd.DataFrame], exposures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Reactions, tests and doses with the `exposure` each belongs to; blank where it belongs to none of the drug.

    A row names a course, which is a line of an exposure. One that names none lies by its date after the start of an
    exposure and before that of the next; without a date it belongs to the exposure of the first event, else to the first.
    """
    of_line = {
        (case, line): exposure
        for case, exposure, lines in exposures[["case_id", "exposure", "lines"]].itertuples(index=False)
        for line in lines.split("; ")
    }
    several = set(exposures.loc[exposures["exposure"] == "2", "case_id"])
    starts = exposures[exposures["case_id"].isin(several)].dropna(subset=["began_last"])
    begun = {case: list(part) for case, part in _starts(starts).items()}
    known = set(exposures["case_id"])
    reactions = _placed(tables["reactions"], "onset", of_line, begun, dict.fromkeys(known, "1"))
    first = _of_the_first_event(reactions) | {}
    home = dict.fromkeys(known, "1") | first
    others = {name: _placed(tables[name], prefix, of_line, begun, home) for name, prefix in PLACED.items()}
    event = reactions["role"] == "event"
    others["reactions"] = others["reactions"].assign(
        exposure=reactions["exposure"].where(event, others["reactions"]["exposure"])
    )
    return {**tables, **others}


def _starts(exposures: pd.DataFrame) -> dict[str, list[tuple[float, str]]]:
    found: dict[str, list[tuple[float, str]]] = {}
    for case, day, exposure in exposures[["case_id", "began_last", "exposure"]].itertuples(index=False):
        found.setdefault(case, []).append((day, exposure))
    return found


def _placed(rows: pd.DataFrame, prefix: str, of_line: dict, begun: dict, home: dict[str, str]) -> pd.DataFrame:
    days = calendar(rows[f"{prefix}_date"])["first"]
    own = [
        of_line.get((case, course), "") if course else _by_date(begun.get(case, []), day) or home.get(case, "")
        for case, course, day in zip(rows["case_id"], rows["course"], days, strict=True)
    ]
    return rows.assign(exposure=pd.Series(own, index=rows.index, dtype=object))


def _by_date(starts: list[tuple[float, str]], day: float) -> str:
    """The last exposure that had surely begun by a day; blank where none had, or the day is not known."""
    begun = [(start, exposure) for start, exposure in starts if start <= day]
    return max(begun, default=(0.0, ""))[1]


def _of_the_first_event(reactions: pd.DataFrame) -> dict[str, str]:
    events = reactions[is_event(reactions) & (reactions["exposure"] != "")]
    order = events.assign(place=events["exposure"].astype(int)).sort_values("place", kind="stable")
    return order.drop_duplicates("case_id").set_index("case_id")["exposure"].to_dict()


def of_exposure(rows: pd.DataFrame, uses: pd.DataFrame) -> pd.DataFrame:
    """The placed rows that belong to one exposure of each case; uses: `case_id`, `exposure`, one row per case."""
    return rows[rows["exposure"] == rows["case_id"].map(uses.set_index("case_id")["exposure"])]


def first_dose_dates(uses: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """`first` and `last` possible calendar day of the first dose of an exposure, by case (scripts.clock.first_doses)."""
    start = calendar(uses["start_date"]).set_index(uses["case_id"])
    given = of_exposure(doses[doses["given"] != "no"], uses)
    return first_dose_days(start, given, given["case_id"]).reindex(uses["case_id"])


def doses_of(uses: pd.DataFrame, doses: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """The doses given in one exposure of each case, with the columns of `dose_days` (schemas.derived_course).

    An exposure of one dose that the record does not list has it on day 0. `until` and `every`: the day of the last dose and
    the days from one to the next, of a record of several; every day of the exposure is known where that of each record is.
    `ended`: the day on which the record ended, whatever is known of the days before. `begun`: every record has its first day.
    """
    given = of_exposure(doses[doses["given"].isin(["yes", "partial", ""])], uses)
    single = (numbers(uses["given_lower"]) == 1) & (numbers(uses["given_upper"]) == 1)
    only = uses.loc[single & ~uses["case_id"].isin(given["case_id"]), ["case_id", "exposure"]]
    only = only.assign(
        given="", day=0.0, lower=0.0, upper=1.0, complete="yes", until=np.nan, every=np.nan, ended=0.0, begun=True
    )
    parts = [part for part in (_of_records(given, uses, start) if len(given) else given, only) if len(part)]
    rows = pd.concat(parts) if parts else only
    rows = rows.sort_values(["case_id", "upper", "lower"], kind="stable", ignore_index=True)
    return rows.assign(dose=rows.groupby("case_id").cumcount() + 1)


def _of_records(given: pd.DataFrame, uses: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """The doses that the record lists."""
    rows = given[["case_id", "exposure", "given"]].assign(day=_day(given, "time", start), **_bounds(given, start))
    rows = rows.assign(**_repeated(given, rows["day"], start))
    several = _goes_on(given, rows["day"])
    rows["ended"] = _day(given, "end", start).where(several, rows["day"])
    listed = _all_listed(uses, rows)
    begun = rows["day"].notna().groupby(rows["case_id"]).all() & listed
    complete = (rows["every"].notna() | ~several).groupby(rows["case_id"]).all() & begun
    rows["begun"] = rows["case_id"].map(begun).eq(True)
    rows["complete"] = rows["case_id"].map(complete).eq(True).map({True: "yes", False: "no"})
    return rows


def days_by_case(given: pd.DataFrame) -> dict[str, list[int]]:
    """case -> whole days from the first dose to each dose of the exposure, where all its doses have one known day."""
    return _days(given[given["complete"] == "yes"])


def begins_by_case(given: pd.DataFrame) -> dict[str, list[int]]:
    """The same, and where not every day is known the first days of the records: doses that were surely given then."""
    whole = given["complete"] == "yes"
    return _days(given[given["begun"].eq(True) & ~whole].assign(until=np.nan, every=np.nan)) | _days(given[whole])


def _days(known: pd.DataFrame) -> dict[str, list[int]]:
    last, step = known["until"].fillna(known["day"]), known["every"].fillna(1.0)
    found: dict[str, list[int]] = {}
    for case, first, until, every in zip(known["case_id"], known["day"], last, step, strict=True):
        found.setdefault(case, []).extend(range(int(first), int(until) + 1, int(every)))
    return {case: sorted(days) for case, days in found.items()}


def ends_by_case(given: pd.DataFrame) -> dict[str, int]:
    """case -> whole days from the first dose to the last, where its records have a known end and not every dose a day."""
    known = given["ended"].notna().groupby(given["case_id"]).transform("all") & (given["complete"] == "no")
    own = given[known & (given["ended"] > given["day"]).groupby(given["case_id"]).transform("any")]
    return {case: int(day) for case, day in own["ended"].groupby(own["case_id"]).max().items()}


def _day(given: pd.DataFrame, prefix: str, start: pd.DataFrame) -> pd.Series:
    """Days since the first dose of times known to the day; nan otherwise."""
    bounds = elapsed(given, prefix)
    exact = (bounds["origin"] == "first_dose") & (given[f"{prefix}_scale"] == "study_day")
    by_number = (bounds["upper"] - 1).where(exact & (bounds["upper"] - bounds["lower"] == 1))
    dates, began = calendar(given[f"{prefix}_date"]), start.reindex(given["case_id"]).set_index(given.index)
    sure = (dates["first"] == dates["last"]) & (began["first"] == began["last"])
    return by_number.fillna((dates["first"] - began["first"]).where(sure))


def _repeated(given: pd.DataFrame, day: pd.Series, start: pd.DataFrame) -> dict[str, pd.Series]:
    """`until` and `every` of records with an interval, a begin and an end: one dose in so many whole days, or several a day.

    nan where a day of the record is not known, and of a record longer than `MOST_DAYS`.
    """
    until = _day(given, "end", start)
    interval = numbers(given["interval"]) * given["interval_unit"].map({"h": 1 / 24, "d": 1.0, "wk": 7.0})
    once = numbers(given["per_interval"]).fillna(1.0) <= 1
    daily = (interval <= 1) & (interval > 0)
    every = interval.mask(daily, 1.0).where(daily | (once & (interval % 1 == 0) & (interval > 0)))
    sure = every.notna() & (until >= day) & (until - day <= MOST_DAYS)
    return {"until": until.where(sure), "every": every.where(sure)}


def _goes_on(given: pd.DataFrame, day: pd.Series) -> pd.Series:
    """Records that say that more was given than on their first day, and not on which days."""
    ended = _day(given, "end", pd.DataFrame(columns=["first", "last"], dtype=float))
    dated = calendar(given["end_date"])["last"] > calendar(given["time_date"])["first"]
    long = numbers(given["duration"]) * given["duration_scale"].map(DAYS_PER_UNIT) > 1
    return dated | (bounded(given, "end") & ~(ended <= day)) | long | stated(given["interval"])


def _bounds(given: pd.DataFrame, start: pd.DataFrame) -> dict[str, pd.Series]:
    """`lower` and `upper`: days since the first dose, as a day counted or dated; nan where nothing is known."""
    told = elapsed(given, "time")
    told = told[["lower", "upper"]].where(told["origin"] == "first_dose")
    began = start.reindex(given["case_id"]).set_index(given.index)
    dated = not_before_origin(between_dates(began, calendar(given["time_date"])))
    return {name: told[name].fillna(dated[name]).astype(float) for name in told}


def _all_listed(uses: pd.DataFrame, given: pd.DataFrame) -> pd.Series:
    each = ((given["until"] - given["day"]) // given["every"] + 1).fillna(1)
    listed = each.groupby(given["case_id"]).sum().reindex(uses["case_id"]).fillna(0)
    said = numbers(uses.set_index("case_id")["given_upper"])
    return (listed > 0) & (said.isna() | (said == listed))


def since_last_dose(lower: float, upper: float, days: list[int], *, after_dose: bool = False) -> tuple[float, float]:
    """Time from the last dose at or before onset, for onset (lower, upper] days from the first dose.

    Day-grained: onset may fall on day index floor(lower) .. ceil(upper) - 1; k whole days after the last dose at or
    before it becomes (k, k + 1]. Of a later dose on the day of onset nobody says which came first: the hull of before and
    after. after_dose: what is timed came after the doses of its day, as a death does. (nan, nan) when onset may precede
    every dose or is open-ended.

    Doses on days 0, 1, 2: onset (2, 4] -> k from 0 to 1 -> (0, 2]; onset (2, 3] -> k is 0 or 1 -> (0, 2].
    """
    if not days or not np.isfinite(upper):
        return np.nan, np.nan
    first, last = int(np.floor(lower)), max(int(np.ceil(upper)) - 1, int(np.floor(lower)))
    if first < days[0]:
        return np.nan, np.nan
    candidates = {first, last} | {d for d in days if first <= d <= last} | {d - 1 for d in days if first < d <= last}
    gaps = [day - days[bisect_right(days, day) - 1] for day in candidates]
    if not after_dose:
        gaps += [later - before for before, later in pairwise(days) if later in candidates]
    return float(min(gaps)), float(max(gaps) + 1)


def all_since_last_dose(
    first: pd.DataFrame, days: dict[str, list[int]], ends: dict[str, int], *, after_dose: bool = False
) -> pd.DataFrame:
    """`lower`, `upper` and `grain` by `since_last_dose` for times from the first dose, by case; nan where a dose has no day.

    The only dose is the first and the last: the time stays as it is, exact times too. ends: as of `ends_by_case`; after the
    end of its last record the last dose was given on that day.
    """
    found: list[tuple[float, float, str]] = []
    for case, row in first.iterrows():
        last = ends.get(case, np.inf)
        over = row.lower >= last + (not after_dose)
        own = [int(last)] if over and case not in days else days.get(case, [])
        if own == [0] and row.lower >= 0 and np.isfinite(row.upper):
            found.append((row.lower, row.upper, row.grain))
        else:
            found.append((*since_last_dose(row.lower, row.upper, own, after_dose=after_dose), DAY))
    table = pd.DataFrame(found, columns=["lower", "upper", "grain"], index=first.index)
    return table.astype({"lower": float, "upper": float, "grain": object})


def from_first_dose(lower: float, upper: float, days: list[int], by_day: bool) -> tuple[float, float]:
    """Time from the first dose, for (lower, upper] days from the last dose at or before it; the inverse of `since_last_dose`.

    Any dose may be the last one that is not followed by another within `lower`; (nan, nan) without dose days. by_day: the
    days are counted by a calendar; elapsed time may be a day more or less, for nobody says at what hour a dose was given.

    Doses on days 0, 1, 2: (2, 3] after the last dose -> day 2 and two whole days -> (4, 5].
    """
    following = dict(pairwise(days))
    last = [day for day in days if following.get(day, np.inf) > day + np.floor(lower)]
    if not last or np.isnan(lower):
        return np.nan, np.nan
    hours = 0 if by_day or last[-1] == 0 else 1
    return float(max(last[0] - hours, 0) + lower), float(last[-1] + hours + upper)


def counted_from_first(last: pd.DataFrame, days: dict[str, list[int]]) -> pd.DataFrame:
    """Times from the last dose, indexed by case with `grain`, as times from the first one where every dose has its day."""
    pairs = [
        from_first_dose(row.lower, row.upper, days.get(case, []), row.grain == DAY) for case, row in last.iterrows()
    ]
    return last.assign(**pd.DataFrame(pairs, columns=["lower", "upper"], index=last.index, dtype=float))


def doses_before(days: list[int], lower: float, upper: float) -> tuple[int, int]:
    """Least and greatest number of doses before an onset in (lower, upper]; (0, 0) without dose days.

    A dose on the day of onset may have been given after it, unless it is the first.
    """
    least = sum(day <= lower - (place > 0) for place, day in enumerate(days))
    return least, sum(day < upper for day in days)
