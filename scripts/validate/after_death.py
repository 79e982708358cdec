"""Q39: what begins surely after the patient's death.

Judged before the other rules, which then take the time of such a row for unknown: a dose after the death is no start
of a course. The finding is of the row's key and not of its time, since `derive` needs the time to take the row for
evidence of nothing. What only goes on after the death has an end that is wrong, and the end is withheld.
"""

import pandas as pd

from schemas.fields import filled, timed
from schemas.reported import TABLES
from schemas.time_columns import times_of
from scripts.records.after_death import BEGINS, after_death, times_after_death
from scripts.records.events import is_event
from scripts.validate.flags import flag, together
from scripts.validate.rules.time_columns import typed

WHAT = "begins after the death of the patient: shown, but evidence of nothing"
WITHHELD = (("history", "start"), ("history", "end"), ("doses", "end"), ("reactions", "free_until"))

Late = dict[str, pd.Series]
"""By table, which rows begin after the death."""


def late_rows(tables: dict[str, pd.DataFrame]) -> Late:
    """By table the rows that begin after the death. Of a case whose only event begins after the death one of the two dates is wrong (Q11)."""
    late, reactions = after_death(tables), tables["reactions"]
    event = is_event(reactions) & ~late["reactions"]
    return late | {"reactions": late["reactions"] & reactions["case_id"].isin(reactions.loc[event, "case_id"])}


def find(tables: dict[str, pd.DataFrame], begun: Late) -> pd.DataFrame:
    """Findings about rows that begin after the death, and about dates after it of rows that do not."""
    parts = []
    for table_name, late in begun.items():
        rows = tables[table_name][late]
        key = TABLES[table_name].metadata["key"][-1]
        parts.append(flag(table_name, rows, "Q39", key, WHAT, value=_typed(rows, BEGINS[table_name])))
    for (table_name, prefix), late in times_after_death(tables, WITHHELD).items():
        rows = tables[table_name][late & ~begun[table_name]] if table_name in begun else tables[table_name][late]
        dated = filled(rows[f"{prefix}_date"])
        for end, part in (("date", rows[dated]), ("lower", rows[~dated])):
            what = "after the death of the patient"
            parts.append(flag(table_name, part, "Q39", f"{prefix}_{end}", what, value=typed(part, prefix)))
    return together(parts)


def _typed(rows: pd.DataFrame, prefix: str) -> pd.Series:
    """The time at which a row begins, as typed; of a course without one its gap after the course before."""
    words = typed(rows, prefix)
    if prefix != "start":
        return words
    gap = rows["gap_lower"] + " to " + rows["gap_upper"] + " " + rows["gap_scale"] + " after the course before"
    return words.where(timed(rows, "start"), gap)


def without_times(tables: dict[str, pd.DataFrame], begun: Late) -> dict[str, pd.DataFrame]:
    """The tables with the times of such rows blank."""
    kept = dict(tables)
    for table_name, late in begun.items():
        if late.any():
            blank = {column: tables[table_name][column].mask(late, "") for column in times_of(BEGINS[table_name])}
            kept[table_name] = tables[table_name].assign(**blank)
    return kept
