"""Where times are counted from: Q16 day 0 or day 1, Q36 no unit or origin, Q37 onset fixed by the number of a dose."""

import re

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE, bounded, filled, stated
from schemas.profile import Profile
from schemas.time_columns import LENGTHS, time_prefixes, times_of
from scripts.clock.intervals import DAYS_PER_UNIT, STUDY_DAYS, elapsed, numbers, whole_days
from scripts.records.corrections import row_key
from scripts.validate.clock import course_of, dates_since, starts
from scripts.validate.flags import as_severe, flag, matching, narrow, rule, together, worded
from scripts.validate.rules.reported_units import ABOVE, BELOW, HOURS
from scripts.validate.rules.time_columns import typed
from scripts.validate.rules.words_behind import words_behind

DAY_ZERO = re.compile(r"\b(?:days?[\s-]*(?:0|zero)|d0)\b(?![.,]\d)", re.IGNORECASE)
NO_ORIGIN = NO_VALUE - {"not_stated"}

COUNTED_FROM_ONE = (
    "By `sources.first_day` the source counts from 1: correct the day or `first_day`; until then it is day 1."
)


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about the origin, unit and convention of times."""
    begun, sources = starts(tables), tables["sources"]
    from_zero = set(sources.loc[sources["first_day"] == "0", "source_id"])
    answered = set(sources.loc[sources["first_day"].isin(["0", "1"]), "source_id"])
    zero = tables["provenance"][matching(tables["provenance"]["words"], DAY_ZERO.search)]
    parts = [_without_unit(table_name, tables[table_name], lengths) for table_name, lengths in LENGTHS.items()]
    for table_name, table in tables.items():
        for prefix in time_prefixes(table_name):
            has_bounds = bounded(table, prefix)
            if not has_bounds.any():
                continue
            rows = narrow(table, "source_id", *times_of(prefix), *(["course"] if "course" in table else []))[has_bounds]
            parts += [_without_origin(table_name, rows, prefix), _another_day_one(table_name, rows, prefix)]
            parts += [_day_zero(table_name, rows, prefix, from_zero, answered - from_zero)]
            if len(zero):
                parts.append(
                    _said_day_zero(table_name, table[has_bounds & ~table["source_id"].isin(answered)], prefix, zero)
                )
            if "course" in table:
                both = rows[filled(rows[f"{prefix}_date"])]
                parts += _two_conventions(table_name, both, prefix, tables, begun)
    doses = tables["doses"]
    return together([*parts, _dosed_on_day_zero(doses[~doses["source_id"].isin(answered)])])


def _without_unit(table_name: str, table: pd.DataFrame, lengths: dict[str, str]) -> pd.DataFrame:
    """Q36: a length of time that says how many, not of what. Of two bounds of one length one is enough."""
    parts, told = [], pd.Series(False, index=table.index)
    for column, scale in lengths.items():
        lost = stated(table[column]) & table[scale].isin(NO_VALUE) & ~told
        told |= lost
        parts.append(flag(table_name, table[lost], "Q36", column, f"a number without its unit in '{scale}'"))
    return together(parts)


def _without_origin(table_name: str, rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    lost = rows[rows[f"{prefix}_origin"].isin(NO_ORIGIN) | rows[f"{prefix}_scale"].isin(NO_VALUE)]
    return flag(
        table_name, lost, "Q36", f"{prefix}_origin", "a time without scale or origin", value=typed(lost, prefix)
    )


def _day_zero(
    table_name: str, rows: pd.DataFrame, prefix: str, from_zero: set[str], from_one: set[str]
) -> pd.DataFrame:
    """Q16: study days have no day 0; a source that writes one counts from 0. from_zero: sources that say so; from_one:
    those that say the contrary."""
    study = rows[(rows[f"{prefix}_scale"].isin(STUDY_DAYS)) & ~rows["source_id"].isin(from_zero)]
    zero = study[(numbers(study[f"{prefix}_lower"]) == 0) | (numbers(study[f"{prefix}_upper"]) == 0)]
    what = "day 0 on a scale that has none: the source may count from 0"
    cure = worded(zero["source_id"], lambda source: COUNTED_FROM_ONE if source in from_one else rule("Q16")["cure"])
    return flag(table_name, zero, "Q16", f"{prefix}_lower", what, value=typed(zero, prefix), cure=cure)


def _another_day_one(table_name: str, rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Q36: a study day counts the first dose as day 1. From another origin, scale or origin is not what was meant."""
    study = rows[rows[f"{prefix}_scale"].isin(STUDY_DAYS)]
    other = study[~study[f"{prefix}_origin"].isin(NO_ORIGIN | {"first_dose", "not_stated"})]
    what = "a study day counts from the first dose, not from " + other[f"{prefix}_origin"]
    cure = "Give the elapsed days from this origin, or the origin first_dose."
    value = typed(other, prefix)
    return as_severe(flag(table_name, other, "Q36", f"{prefix}_scale", what, value=value, cure=cure), "warning")


def _said_day_zero(table_name: str, rows: pd.DataFrame, prefix: str, zero: pd.DataFrame) -> pd.DataFrame:
    """Q16: the words behind a number of days speak of a day 0. A date, or hours, come out the same on either count."""
    words = words_behind(zero, table_name, prefix, DAY_ZERO)
    keys = row_key(rows, table_name)
    low, high = (numbers(rows[f"{prefix}_{end}"]) for end in ("lower", "upper"))
    itself = (rows[f"{prefix}_scale"].isin(STUDY_DAYS)) & ((low == 0) | (high == 0))
    by_day = ~filled(rows[f"{prefix}_date"]) & ~rows[f"{prefix}_scale"].isin(HOURS) & ~itself
    quoted_rows = rows[keys.isin(words.index) & by_day]
    value = words.loc[keys[quoted_rows.index], "words"].set_axis(quoted_rows.index)
    return flag(
        table_name,
        quoted_rows,
        "Q16",
        f"{prefix}_lower",
        "the source speaks of a day 0: it may count from 0",
        value=value,
    )


def _dosed_on_day_zero(doses: pd.DataFrame) -> pd.DataFrame:
    """Q16: a dosage in words with a day 0, and no date."""
    rows = doses[filled(doses["dosage_text"]) & doses["time_date"].isin(NO_VALUE)]
    zero = rows[matching(rows["dosage_text"], DAY_ZERO.search)]
    return flag("doses", zero, "Q16", "dosage_text", "the source speaks of a day 0: it may count from 0")


def _two_conventions(
    table_name: str, rows: pd.DataFrame, prefix: str, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> list[pd.DataFrame]:
    """Q16: a row gives the day and the date, and they are not the same; by one day, it is the convention.

    What is compared is the difference of the dates: study day v is v - 1 days after the first dose, and `v days after`
    is v, whatever the hour. So much as 36 hours is 1 or 2 midnights; weeks, months and years are rounded (see Q18).
    """
    rows = rows[(rows[f"{prefix}_origin"] == "first_dose") & ~rows[f"{prefix}_scale"].isin(NO_VALUE)]
    if not len(rows):
        return []
    dated = dates_since(rows[f"{prefix}_date"], course_of(rows, tables), begun)
    midnights, by_day = _midnights(rows, prefix), rows[f"{prefix}_scale"].isin([*STUDY_DAYS, "d"])
    apart = np.maximum(dated["lower"] - midnights["upper"], midnights["lower"] - (dated["upper"] - 1))
    by_one = by_day & (apart == 1)
    off_by_one, other = rows[by_one], rows[(apart >= 1) & ~by_one]
    value = f"{prefix}_date"
    return [
        flag(
            table_name, off_by_one, "Q16", value, "day and date differ by exactly one day: keep an interval of width 1"
        ),
        flag(table_name, other, "Q16", value, "day and date do not agree", cure="Correct one of the two."),
    ]


def _midnights(rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Least and greatest difference of dates, `lower` and `upper`, that a time since the first dose may come to."""
    bounds, scale = elapsed(rows, prefix), rows[f"{prefix}_scale"]
    round_unit = scale.map(DAYS_PER_UNIT).where(scale.isin(ABOVE), 0.0)
    below, above = (scale.map(far).fillna(0.0) * round_unit for far in (BELOW, ABOVE))
    low, high = np.floor(bounds["lower"] - below), np.ceil(bounds["upper"] + above)
    by_day = scale.isin(STUDY_DAYS) | whole_days(rows, prefix)
    return pd.DataFrame(
        {"lower": bounds["lower"].where(by_day, low), "upper": (bounds["upper"] - 1).where(by_day, high)}
    )
