"""How finely times are known: Q17 part dates and days that pile up, Q34 times that heap on round numbers."""

import re
from operator import methodcaller

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from schemas.time_columns import CLINICAL, date_columns, times_of
from scripts.clock.intervals import elapsed
from scripts.validate.clock import course_of, since_first_dose, starts
from scripts.validate.flags import flag, matching, narrow, of_series, together

PART, FULL = re.compile(r"\d{4}(-\d{2})?[~?]?"), re.compile(r"\d{4}-\d{2}-\d{2}")
FILLED_UP = {"-15": "day 15 of the month", "-07-02": "2 July", "-01-01": "1 January"}
"""What some databases write for a missing day, or for a missing month and day (NBER notes on FAERS)."""
CHANCE = {"-15": 12 / 365.25, "-07-02": 1 / 365.25, "-01-01": 1 / 365.25}
LEAST_DATES, LEAST_OF_ONE_PATIENT, UNLIKELY = 5, 20, 0.001
"""Among fewer dates two on one day would do, in any of many columns; a few dates of one patient may follow a rhythm."""
ROUND_DAYS, LEAST_TIMES = (7, 14, 30, 365), 50


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about part dates and digit preference."""
    parts = []
    for table_name in CLINICAL:
        for column in date_columns(table_name):
            known = filled(tables[table_name][column])
            if not known.any():
                continue
            dated = narrow(tables[table_name], column)[known]
            parts += [_part_dates(table_name, dated, column), _piled_up(table_name, dated, column)]
    return together([*parts, *_heaps(tables)])


def _part_dates(table_name: str, dated: pd.DataFrame, column: str) -> pd.DataFrame:
    """Q17: a year or a month is kept as the interval it is."""
    rows = dated[matching(dated[column], PART.fullmatch)]
    return flag(table_name, rows, "Q17", column, "a part date: counts as the whole interval it may mean")


def _piled_up(table_name: str, dated: pd.DataFrame, column: str) -> pd.DataFrame:
    """Q17: full dates fall on the days that stand for a missing one far more often than by chance.

    A date counts once a patient: ten tests of one day are one date. Whether there are too many is a binomial tail.
    """
    full = dated.loc[matching(dated[column], FULL.fullmatch), ["case_id", column]]
    if not matching(full[column], lambda date: date.endswith(tuple(FILLED_UP))).any():
        return together([])
    full = full.drop_duplicates()
    parts = []
    for end, words in FILLED_UP.items():
        cases = full.loc[matching(full[column], methodcaller("endswith", end)), "case_id"]
        number, least = len(cases), LEAST_DATES if cases.nunique() > 1 else LEAST_OF_ONE_PATIENT
        if number and len(full) >= least and _too_many(number, len(full), CHANCE[end]):
            what = f"{number} of {len(full)} dates fall on {words}: part dates may have been filled in"
            parts.append(of_series(table_name, dated["at_file"].iloc[0], "Q17", what, column=column))
    return together(parts)


def _too_many(number: int, total: int, chance: float) -> bool:
    """Whether so many or more of `total` come up by chance, a binomial tail, in fewer than one of a thousand series."""
    factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    k = np.arange(number, total + 1)
    ways = factorial[total] - factorial[k] - factorial[total - k]
    return bool(np.exp(ways + k * np.log(chance) + (total - k) * np.log1p(-chance)).sum() < UNLIKELY)


def _heaps(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q34: a round number of days stands out from the three days on either side of it.

    A day counts once a patient: the symptoms that a patient is told to have had since one day are one answer.
    """
    parts = []
    for prefix in ("onset", "end"):
        days = _days(tables, prefix)
        if len(days) < LEAST_TIMES:
            continue
        counts = days.value_counts()
        for day in ROUND_DAYS:
            near = int(counts.reindex(range(day - 3, day + 4), fill_value=0).sum())
            here = int(counts.get(day, 0))
            if near and _too_many(here, near, 1 / 7):
                what = f"{here} of {len(days)} times are {day} days, and {near - here} within three days of it"
                file = tables["reactions"]["at_file"].iloc[0]
                parts.append(of_series("reactions", file, "Q34", what, column=f"{prefix}_upper"))
    return parts


def _days(tables: dict[str, pd.DataFrame], prefix: str) -> pd.Series:
    """Times known to the day as a source would say them: bounds as typed, a date as days after the dated first dose."""
    reactions = narrow(tables["reactions"], "course", *times_of(prefix))
    bounds = ~reactions[f"{prefix}_upper"].isin(NO_VALUE)
    typed, dated = reactions[bounds], reactions[~bounds & ~reactions[f"{prefix}_date"].isin(NO_VALUE)]
    given = elapsed(typed, prefix)
    days = given.loc[(given["upper"] - given["lower"]) <= 1, "upper"].round()
    if len(dated):
        after = since_first_dose(dated, prefix, course_of(dated, tables), starts(tables))
        days = pd.concat([days, after.loc[(after["upper"] - after["lower"]) <= 1, "lower"]])
    return days[~pd.DataFrame({"case": reactions["case_id"].reindex(days.index), "day": days}).duplicated()]
