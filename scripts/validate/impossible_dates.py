"""Q38: a date on which it cannot have happened: a placeholder, later than known, before birth, longer ago than a life.

Judged before the other rules, which then take the date for unknown: a placeholder of a death puts no reaction after it.
Of the reasons for one cell the first is told. The time is withheld by its severity; the patient stays in the series.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from schemas.fields import bounded, filled, stated
from schemas.time_columns import CLINICAL, date_columns
from scripts.clock.intervals import DAYS_PER_UNIT, calendar, date_bounds, elapsed, numbers
from scripts.records.calendar_days import bases, by_gap, days
from scripts.records.events import is_event
from scripts.validate.flags import as_severe, flag, narrow, together
from scripts.validate.rules.time_columns import typed

YEAR = DAYS_PER_UNIT["a"]
OLDEST = 120
"""Years: no patient is older (Q20)."""
FIRST, LAST = date_bounds("1901-01-01")[0], date_bounds("2999-12-31")[1]
EPOCHS = ("1901-01-01", "1904-01-01", "1960-01-01", "1970-01-01")
"""Days on which computer calendars begin: what programs write where a date is missing."""
COUNTED = (("reactions", "onset"), ("reactions", "end"), ("doses", "time"), ("doses", "end"), ("tests", "time"),
           ("managements", "time"), ("deaths", "time"))  # fmt: skip
LIVED = (("reactions", "onset"), ("reactions", "end"), ("tests", "time"), ("managements", "time"), ("deaths", "time"))
OF_A_REPORT = ("event_date", "received", "latest_information")
PLACEHOLDER = "a placeholder or a typing error: "
BEYOND = "leads beyond the data lock point of the series"
OUTLIVED = "longer than the patient has lived"
CURE = "Correct the date, or give a reason for missing such as not_stated."
HISTORY_CURE = "Correct the date or the age, or say at which date the patient had this age (`provenance`)."


def find(tables: dict[str, pd.DataFrame], data_lock: str = "") -> pd.DataFrame:
    """Findings, one a cell. data_lock: last day of the series, blank where none is known."""
    lock = date_bounds(data_lock)[1] if data_lock else np.nan
    known = _known(tables, lock)
    parts = []
    for table_name, column in _dates():
        rows = narrow(tables[table_name], column)[filled(tables[table_name][column])]
        if len(rows):
            parts += _of_column(table_name, column, rows, known, lock)
    return together([*parts, *_longer_than_lived(tables), *_counted_beyond(tables, lock)])


def errors(findings: pd.DataFrame) -> pd.DataFrame:
    """Those of the findings that take a date out of use."""
    return findings[findings["severity"] == "error"]


def _dates() -> Iterator[tuple[str, str]]:
    yield from ((table_name, column) for table_name in CLINICAL for column in date_columns(table_name))
    yield from (("reports", column) for column in OF_A_REPORT)


def _of_column(
    table_name: str, column: str, rows: pd.DataFrame, known: pd.DataFrame, lock: float
) -> list[pd.DataFrame]:
    dates = calendar(rows[column])
    early, late = dates["last"] < FIRST, dates["first"] > LAST
    epoch = rows[column].isin(EPOCHS)
    after = (dates["first"] > lock) & (column not in OF_A_REPORT[1:])  # such a report is left out as a whole
    patient_facts = known.reindex(rows["case_id"]).set_axis(rows.index)
    unborn, ancient = dates["last"] < patient_facts["born"], dates["last"] < patient_facts["latest"] - OLDEST * YEAR
    parts, told = [], pd.Series(False, index=rows.index)
    for hit, what in (
        (early, PLACEHOLDER + "no patient of the series can have been treated before 1901"),
        (late, PLACEHOLDER + "later than 2999"),
        (epoch, PLACEHOLDER + "the day on which computer calendars begin"),
        (after, "after the data lock point of the series"),
        (unborn, "before the patient was born, going by the age: " + patient_facts["age"]),
        (ancient, f"more than {OLDEST} years before the latest date of the patient"),
    ):
        untold = hit & ~told
        if not untold.any():
            continue
        now, told = rows[untold], told | hit
        words = what if isinstance(what, str) else what[now.index]
        findings = flag(table_name, now, "Q38", column, words, cure=CURE)
        # The age of a history may be that at its diagnosis: which of the two is wrong is not known.
        mild = table_name == "history" and hit is unborn
        parts.append(as_severe(findings.assign(cure=HISTORY_CURE), "warning") if mild else findings)
    return parts


def _known(tables: dict[str, pd.DataFrame], lock: float) -> pd.DataFrame:
    """By case: the `latest` sound date, the earliest day of birth `born` by the age, and the `age` in words.

    The age is taken to be that at the event, else at the last dated start of a drug, else at the report.
    """
    cases = tables["cases"].drop_duplicates("case_id").set_index("case_id")
    reactions, reports = tables["reactions"], tables["reports"]
    event = reactions[is_event(reactions)]
    at = _latest(event, "onset_date", lock).reindex(cases.index)
    for rows, column in (
        (tables["courses"], "start_date"),
        (tables["doses"], "time_date"),
        (reports, "received"),
        (reports, "latest_information"),
    ):
        at = at.fillna(_latest(rows, column, lock).reindex(cases.index))
    every = [_latest(tables[table_name], column, lock) for table_name, column in _dates()]
    latest = pd.concat([*every, at]).groupby(level=0).max().reindex(cases.index)
    years = numbers(cases["age_upper"]).fillna(numbers(cases["age_lower"]))
    years = years.where((years >= 0) & (years <= OLDEST))
    return pd.DataFrame(
        {"latest": latest, "born": at - (years + 2) * YEAR, "age": years.map("{:g} years".format).astype(object)}
    )


def _latest(rows: pd.DataFrame, column: str, lock: float) -> pd.Series:
    """By case the last day of a column that is no placeholder and not after the data lock."""
    rows = narrow(rows, column)[filled(rows[column])]
    dates = calendar(rows[column])["last"].set_axis(rows["case_id"])
    if not len(dates):
        return dates
    sound = (dates >= FIRST) & (dates <= (LAST if np.isnan(lock) else lock)) & ~rows[column].isin(EPOCHS).to_numpy()
    return dates[sound].groupby(level=0).max()


def _counted_beyond(tables: dict[str, pd.DataFrame], lock: float) -> list[pd.DataFrame]:
    """Times counted from a dated dose or onset that lead beyond the data lock point, a duration or a gap among them."""
    if np.isnan(lock):
        return []
    known, parts = bases(tables), []
    for table_name, prefix in COUNTED:
        rows = tables[table_name]
        rows = rows[bounded(rows, prefix) & ~filled(rows[f"{prefix}_date"])]
        late = rows[days(rows, prefix, known)["first"] > lock]
        parts.append(flag(table_name, late, "Q38", f"{prefix}_lower", BEYOND, value=typed(late, prefix), cure=CURE))
    reactions, courses = tables["reactions"], tables["courses"]
    reactions = reactions[stated(reactions["duration"])]
    lasted = np.floor(_length(reactions, "duration", "duration_scale"))
    long = reactions[days(reactions, "onset", known)["first"] + lasted > lock]
    again = courses[by_gap(courses, known) > lock] if stated(courses["gap_lower"]).any() else courses[:0]
    return [
        *parts,
        _of_length("reactions", long, "duration", "duration_scale", BEYOND),
        _of_length("courses", again, "gap_lower", "gap_scale", BEYOND),
    ]


def _longer_than_lived(tables: dict[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Times between two events of a patient that are surely longer than they have lived."""
    cases = tables["cases"].drop_duplicates("case_id").set_index("case_id")
    years = numbers(cases["age_upper"]).fillna(numbers(cases["age_lower"]))
    most = (years.where((years >= 0) & (years <= OLDEST)) + 2) * YEAR
    parts = []
    for table_name, prefix in LIVED:
        rows = tables[table_name][bounded(tables[table_name], prefix)]
        bounds = elapsed(rows, prefix)
        long = rows[(bounds["origin"] != "") & (bounds["lower"] > rows["case_id"].map(most))]
        parts.append(flag(table_name, long, "Q38", f"{prefix}_lower", OUTLIVED, value=typed(long, prefix), cure=CURE))
    for table_name, column, unit in (
        ("reactions", "duration", "duration_scale"),
        ("courses", "gap_lower", "gap_scale"),
    ):
        rows = tables[table_name][stated(tables[table_name][column])]
        long = rows[_length(rows, column, unit) > rows["case_id"].map(most)]
        parts.append(_of_length(table_name, long, column, unit, OUTLIVED))
    return parts


def _length(rows: pd.DataFrame, column: str, unit: str) -> pd.Series:
    """A length of time in days."""
    return numbers(rows[column]) * rows[unit].map(DAYS_PER_UNIT)


def _of_length(table_name: str, rows: pd.DataFrame, column: str, unit: str, what: str) -> pd.DataFrame:
    return flag(table_name, rows, "Q38", column, what, value=rows[column] + " " + rows[unit], cure=CURE)
