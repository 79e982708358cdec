"""Order of times: bounds that run backwards, Q10 onset before exposure, Q11 end, diagnosis or death out of order."""

import numpy as np
import pandas as pd

from schemas.fields import NO_VALUE, filled
from schemas.profile import Profile
from schemas.reported import TABLES
from scripts.intervals import calendar, elapsed, numbers
from scripts.validate.clock import before_origin, course_of, precedes, since_first_dose, starts
from scripts.validate.flags import flag, matching, narrow, together

PAIRS = {"cases": [("age_lower", "age_upper")], "courses": [("given_lower", "given_upper"), ("gap_lower", "gap_upper")]}


def find(tables: dict[str, pd.DataFrame], profile: Profile) -> pd.DataFrame:
    """Findings about times that cannot be as typed."""
    parts = [
        _backwards(name, tables[name], prefix) for name in tables for prefix in time_prefixes(name) if len(tables[name])
    ]
    parts += [_crossed(name, tables[name], *pair) for name, pairs in PAIRS.items() for pair in pairs]
    parts += _before_exposure(tables) + _ends(tables)
    return together([*parts, _diagnosis(tables), *_deaths(tables)])


def times_of(prefix: str) -> list[str]:
    """The columns of a time."""
    return [f"{prefix}_{part}" for part in ("date", "lower", "upper", "scale", "origin")]


def time_prefixes(name: str) -> list[str]:
    """The times of a table: columns that come as <prefix>_scale and <prefix>_origin."""
    columns = TABLES[name].columns
    prefixes = [column.removesuffix("_scale") for column in columns if column.endswith("_scale")]
    return [prefix for prefix in prefixes if f"{prefix}_origin" in columns]


def typed(rows: pd.DataFrame, prefix: str) -> pd.Series:
    """A time as typed: its date, or its bounds."""
    bounds = rows[f"{prefix}_lower"] + " to " + rows[f"{prefix}_upper"]
    return rows[f"{prefix}_date"].where(filled(rows[f"{prefix}_date"]), bounds)


def _backwards(name: str, table: pd.DataFrame, prefix: str) -> pd.DataFrame:
    wrong = numbers(table[f"{prefix}_lower"]) > numbers(table[f"{prefix}_upper"])
    if filled(table[f"{prefix}_date"]).any():
        spans = matching(table[f"{prefix}_date"], lambda text: "/" in text)
        dates = calendar(table.loc[spans, f"{prefix}_date"])
        wrong.loc[spans] |= dates["first"] > dates["last"]
    if not wrong.any():
        return together([])
    rows = table[wrong]
    return flag(name, rows, "bounds", f"{prefix}_lower", "the time ends before it starts", value=typed(rows, prefix))


def _crossed(name: str, table: pd.DataFrame, low: str, high: str) -> pd.DataFrame:
    rows = table[numbers(table[low]) > numbers(table[high])]
    return flag(name, rows, "bounds", low, f"'{low}' is above '{high}'", value=rows[low] + " to " + rows[high])


def _before_exposure(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q10: an error where onset surely precedes the first dose, a warning where part dates leave it open."""
    reactions = narrow(tables["reactions"], "course", "role", "occurred", *times_of("onset"))
    rows = reactions[(reactions["role"] != "other") & (reactions["occurred"] == "yes") & _timed(reactions, "onset")]
    onset = since_first_dose(rows, "onset", course_of(rows, tables), starts(tables))
    surely, perhaps = before_origin(onset), (onset["lower"] < 0) & (onset["upper"] > 0)
    column = "onset_lower"
    maybe = "onset may precede the first dose: the dates leave it open"
    cure = "Nothing to do where the source gives no more; the interval keeps its negative part."
    early, open_ = rows[surely], rows[perhaps]
    return [
        flag("reactions", early, "Q10", column, "onset before the first dose", value=typed(early, "onset")),
        flag("reactions", open_, "Q10", column, maybe, value=typed(open_, "onset"), cure=cure, severity="warning"),
    ]


def _timed(rows: pd.DataFrame, prefix: str) -> pd.Series:
    columns = [f"{prefix}_{part}" for part in ("date", "lower", "upper")]
    known = [~rows[column].isin(NO_VALUE) for column in columns]
    return known[0] | known[1] | known[2]


def surely_before(
    first: tuple[pd.DataFrame, str], second: tuple[pd.DataFrame, str], course: pd.Series, begun: pd.DataFrame
) -> pd.Series:
    """Rows whose first time surely comes before the second, each given as rows and prefix, paired row by row.

    Two times compare by their dates, by their bounds from one origin, or on the clock of `course`, whose start
    (scripts.validate.clock.starts) brings a date and a number of days together.
    """
    one, other = elapsed(*first), elapsed(*second)
    same = (one["origin"] == other["origin"]) & one["origin"].ne("")
    dates, others = (calendar(rows[f"{prefix}_date"]) for rows, prefix in (first, second))
    clock, other_clock = (since_first_dose(*time, course, begun) for time in (first, second))
    return (same & precedes(one, other)) | (dates["last"] < others["first"]) | precedes(clock, other_clock)


def _ends(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q11: a reaction ends after it began; no end before its own origin."""
    reactions = narrow(tables["reactions"], "course", *times_of("onset"), *times_of("end"))
    rows = reactions[_timed(reactions, "end")]
    if not len(rows):
        return []
    early = surely_before((rows, "end"), (rows, "onset"), course_of(rows, tables), starts(tables))
    wrong = rows[early | before_origin(elapsed(rows, "end"))]
    return [flag("reactions", wrong, "Q11", "end_upper", "the end precedes the onset", value=typed(wrong, "end"))]


def _diagnosis(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Q11: a test that shows the event before any sign of it, where every sign of the course has a time.

    A sign without a time may have been the first: it counts as earlier than any test.
    """
    tests, reactions = narrow(tables["tests"], "course", "reading", *times_of("time")), tables["reactions"]
    shown = tests[(tests["reading"] == "shows_event") & _timed(tests, "time")]
    signs = reactions[reactions["role"].isin(["symptom", "sentinel_sign"]) & (reactions["occurred"] == "yes")]
    if not len(shown):
        return together([])
    begun = starts(tables)
    signs = signs[signs["case_id"].isin(shown["case_id"]) & (signs["attribution"] != "unlikely")]
    course = course_of(signs, tables)
    onset = since_first_dose(signs, "onset", course, begun)["lower"].fillna(-np.inf)
    earliest = onset.groupby(course).min()
    mine = course_of(shown, tables)
    done = since_first_dose(shown, "time", mine, begun)["upper"]
    early = shown[(done <= mine.map(earliest)).to_numpy(bool)]
    return flag(
        "tests", early, "Q11", "time_upper", "shows the event before its first sign", value=typed(early, "time")
    )


def _deaths(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Q11: a death before an onset or a recorded end of the event."""
    deaths, reactions = tables["deaths"], tables["reactions"]
    happened = reactions[reactions["case_id"].isin(deaths["case_id"]) & (reactions["occurred"] == "yes")]
    pairs = happened.reset_index().merge(deaths[["case_id"]].assign(death_at=deaths.index), on="case_id")
    if not len(pairs):
        return []
    death = deaths.loc[pairs["death_at"]].set_axis(pairs.index)
    course, begun = course_of(pairs, tables), starts(tables)
    parts = []
    for prefix, words in (("onset", "death precedes this onset"), ("end", "death precedes this end")):
        wrong = surely_before((death, "time"), (pairs, prefix), course, begun)
        rows = reactions.loc[pairs.loc[wrong, "index"]]
        parts.append(flag("reactions", rows, "Q11", f"{prefix}_upper", words, value=typed(rows, prefix)))
    return parts
