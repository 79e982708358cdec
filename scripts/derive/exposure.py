"""Rows of an exposure, and the days on which its doses were given."""

import numpy as np
import pandas as pd

from schemas.fields import bounded, stated
from schemas.profile import group_names
from scripts.clock.first_doses import first_dose_days
from scripts.clock.intervals import DAY, DAYS_PER_UNIT, between_dates, calendar, elapsed, not_before_origin, numbers
from scripts.records.uses import is_of_one_dose, is_the_only_dose, of_first_event, of_rows_without_one

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
    places = pd.to_numeric(reactions["exposure"], errors="coerce")
    home = dict.fromkeys(known, "1") | of_first_event(reactions, reactions["exposure"], places)
    others = {
        table_name: _placed(tables[table_name], prefix, of_line, begun, home) for table_name, prefix in PLACED.items()
    }
    event = reactions["role"] == "event"
    others["reactions"] = others["reactions"].assign(
        exposure=reactions["exposure"].where(event, others["reactions"]["exposure"])
    )
    return {**tables, **others}


def _starts(exposures: pd.DataFrame) -> dict[str, list[tuple[float, str]]]:
    begun: dict[str, list[tuple[float, str]]] = {}
    for case, day, exposure in exposures[["case_id", "began_last", "exposure"]].itertuples(index=False):
        begun.setdefault(case, []).append((day, exposure))
    return begun


def _placed(rows: pd.DataFrame, prefix: str, of_line: dict, begun: dict, home: dict[str, str]) -> pd.DataFrame:
    named = [of_line.get(key, "") for key in zip(rows["case_id"], rows["course"], strict=True)]
    exposure_of_row = pd.Series(named, index=rows.index, dtype=object)
    nameless = (rows["course"] == "").to_numpy(bool)
    exposure_of_row[nameless] = of_rows_without_one(rows[nameless], prefix, begun, home)
    return rows.assign(exposure=exposure_of_row)


def of_exposure(rows: pd.DataFrame, uses: pd.DataFrame) -> pd.DataFrame:
    """The placed rows that belong to one exposure of each case; uses: `case_id`, `exposure`, one row per case."""
    home = dict(zip(uses["case_id"], uses["exposure"], strict=True))
    is_in_exposure = [
        home.get(case) == exposure for case, exposure in zip(rows["case_id"], rows["exposure"], strict=True)
    ]
    return rows[np.array(is_in_exposure, bool)]


def first_dose_dates(uses: pd.DataFrame, doses: pd.DataFrame) -> pd.DataFrame:
    """`first` and `last` possible calendar day of the first dose of an exposure, by case (scripts.clock.first_doses)."""
    start = calendar(uses["start_date"]).set_index(uses["case_id"])
    given = of_exposure(doses[doses["given"] != "no"], uses)
    return first_dose_days(start, given, given["case_id"]).reindex(uses["case_id"])


def doses_of(uses: pd.DataFrame, doses: pd.DataFrame, start: pd.DataFrame) -> pd.DataFrame:
    """The doses given in one exposure of each case, with the columns of `dose_days` (schemas.derived_course).

    An exposure of one dose that the record does not list, or lists without a day, has it on day 0. `until` and `every`: the
    day of the last dose and the days from one to the next, of a record of several; every day of the exposure is known where that of each record is.
    `ended`: the day on which the record ended, whatever is known of the days before. `begun`: every record has its first day.
    """
    given = of_exposure(doses[doses["given"] != "no"], uses)
    single = is_of_one_dose(uses)
    alone = is_the_only_dose(given, given["case_id"], uses.loc[single, "case_id"])
    was_given, given = given[alone].set_index("case_id")["given"], given[~alone]
    single_doses = uses.loc[single & ~uses["case_id"].isin(given["case_id"]), ["case_id", "exposure"]]
    single_doses = single_doses.assign(
        given=single_doses["case_id"].map(was_given).fillna(""),
        day=0.0,
        lower=0.0,
        upper=1.0,
        complete="yes",
        until=np.nan,
        every=np.nan,
        ended=0.0,
        begun=True,
    )
    parts = [part for part in (_of_records(given, uses, start) if len(given) else given, single_doses) if len(part)]
    rows = pd.concat(parts) if parts else single_doses
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
    case_days: dict[str, list[int]] = {}
    for case, first, until, every in zip(known["case_id"], known["day"], last, step, strict=True):
        case_days.setdefault(case, []).extend(range(int(first), int(until) + 1, int(every)))
    return {case: sorted(days) for case, days in case_days.items()}


def ends_by_case(given: pd.DataFrame) -> dict[str, int]:
    """case -> whole days from the first dose to the last, where its records have a known end and not every dose a day."""
    known = given["ended"].notna().groupby(given["case_id"]).transform("all") & (given["complete"] == "no")
    ended_rows = given[known & (given["ended"] > given["day"]).groupby(given["case_id"]).transform("any")]
    return {case: int(day) for case, day in ended_rows["ended"].groupby(ended_rows["case_id"]).max().items()}


def latest_by_case(given: pd.DataFrame) -> dict[str, float]:
    """case -> days from the first dose to the last day of which it is known that the drug was given, whatever other doses."""
    return given[["day", "ended"]].max(axis=1).groupby(given["case_id"]).max().dropna().to_dict()


def _day(given: pd.DataFrame, prefix: str, start: pd.DataFrame) -> pd.Series:
    """Days since the first dose of times known to the day; nan otherwise."""
    bounds = elapsed(given, prefix)
    counted = (bounds["origin"] == "first_dose") & (bounds["grain"] == DAY)
    by_number = (bounds["upper"] - 1).where(counted & (bounds["upper"] - bounds["lower"] == 1))
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
    return {bound: told[bound].fillna(dated[bound]).astype(float) for bound in told}


def _all_listed(uses: pd.DataFrame, given: pd.DataFrame) -> pd.Series:
    each = ((given["until"] - given["day"]) // given["every"] + 1).fillna(1)
    listed = each.groupby(given["case_id"]).sum().reindex(uses["case_id"]).fillna(0)
    stated_number = numbers(uses.set_index("case_id")["given_upper"])
    return (listed > 0) & (stated_number.isna() | (stated_number == listed))
