"""Where times are counted from: Q16 day 0 or day 1, Q36 no scale or origin, Q37 onset fixed by the number of a dose."""

import re

import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from scripts.corrections import row_key
from scripts.intervals import elapsed, numbers
from scripts.validate.clock import course_of, dates_since, starts
from scripts.validate.flags import flag, narrow, rule, together
from scripts.validate.rule_time_order import time_prefixes, times_of, typed
from scripts.validate.words_behind import words_behind

ORDINAL = re.compile(
    r"\b(?:after|following|during|with|before)\b.{0,20}\b(?:first|second|third|fourth|fifth|sixth|last|\d+(?:st|nd|rd|th))\b"
    r".{0,20}\b(?:infusion|dose|injection|administration|cycle|course|tablet)",
    re.IGNORECASE,
)
NO_ORIGIN = NO_VALUE - {"not_stated"}


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about the origin and convention of times."""
    begun = starts(tables)
    parts = []
    for name, table in tables.items():
        for prefix in time_prefixes(name):
            bounded = ~table[f"{prefix}_lower"].isin(NO_VALUE) | ~table[f"{prefix}_upper"].isin(NO_VALUE)
            if not bounded.any():
                continue
            rows = narrow(table, *times_of(prefix), *(["course"] if "course" in table else []))[bounded]
            parts += [_without_origin(name, rows, prefix), _day_zero(name, rows, prefix)]
            if "course" in table:
                parts += _two_conventions(name, rows[filled(rows[f"{prefix}_date"])], prefix, tables, begun)
    return together([*parts, _by_ordinal(tables)])


def _without_origin(name: str, rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    lost = rows[rows[f"{prefix}_origin"].isin(NO_ORIGIN) | rows[f"{prefix}_scale"].isin(NO_VALUE)]
    return flag(name, lost, "Q36", f"{prefix}_origin", "a time without scale or origin", value=typed(lost, prefix))


def _day_zero(name: str, rows: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Q16: study days have no day 0; a source that writes one counts from 0."""
    study = rows[rows[f"{prefix}_scale"] == "study_day"]
    zero = study[(numbers(study[f"{prefix}_lower"]) == 0) | (numbers(study[f"{prefix}_upper"]) == 0)]
    what = "day 0 on a scale that has none: the source may count from 0"
    return flag(name, zero, "Q16", f"{prefix}_lower", what, value=typed(zero, prefix))


def _two_conventions(
    name: str, rows: pd.DataFrame, prefix: str, tables: dict[str, pd.DataFrame], begun: pd.DataFrame
) -> list[pd.DataFrame]:
    """Q16: a row gives the day and the date, and they are not the same; by one day, it is the convention."""
    if not len(rows):
        return []
    bounds = elapsed(rows, prefix)
    rows, bounds = rows[bounds["origin"] == "first_dose"], bounds[bounds["origin"] == "first_dose"]
    dated = dates_since(rows[f"{prefix}_date"], course_of(rows, tables), begun)
    apart = pd.concat([dated["lower"] - bounds["upper"], bounds["lower"] - dated["upper"]], axis=1).max(axis=1)
    by_one = (apart >= 0) & (apart < 1)
    one, other = rows[by_one], rows[apart >= 1]
    value = f"{prefix}_date"
    return [
        flag(name, one, "Q16", value, "day and date differ by exactly one day: keep an interval of width 1"),
        flag(name, other, "Q16", value, "day and date do not agree", cure="Correct one of the two."),
    ]


def _by_ordinal(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q37: the words behind an onset name a dose, and the row has no date."""
    reactions = narrow(tables["reactions"], "reaction", "onset_date", "onset_lower")
    named = words_behind(tables["provenance"], "reactions", "onset", ORDINAL)
    if not len(named):
        return together([])
    keys = row_key(reactions, "reactions")
    rows = reactions[(reactions["onset_date"] == "") & keys.isin(named.index)]
    mark = named.loc[keys[rows.index]].set_axis(rows.index)
    assumed = (mark["status"] == "assumed") & (mark["note"] != "")
    kept = "Nothing to mend; the assumption can be switched off (use_assumed: false). Named: " + mark["note"]
    what = "the source gives the number of a dose, not a day"
    cure = kept.where(assumed, rule("Q37")["cure"])
    return flag("reactions", rows, "Q37", "onset_lower", what, value=mark["words"], cure=cure)
