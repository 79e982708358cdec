"""Times that were reported and are not usable: what the source says, and why no clock can use it."""

from collections.abc import Iterator

import pandas as pd

from schemas.endpoints import MOTHERS, WORSENED
from schemas.plain_rows import plain_rows
from schemas.rows_by_case import Row, RowsByCase
from scripts.derive.told.reported_times import Terms, bounds, date
from scripts.records.events import END_NOT_KNOWN

BEHIND = {
    "diagnosis": ("tests", "time"),
    "radiological_resolution": ("reactions", "end"),
    "clinical_resolution": ("reactions", "end"),
    "death": ("deaths", "time"),
}
"""Endpoint -> reported table and time that it is told in; the other onsets in those of the reactions."""
ONSET = ("reactions", "onset")
Reported = dict[str, RowsByCase]


def with_reasons(rows: pd.DataFrame, tables: dict[str, pd.DataFrame], terms: Terms) -> pd.DataFrame:
    """The times with `as_reported` and `unusable_because` (schemas.derived_course). tables: the series as reported."""
    rows = rows.assign(as_reported="", unusable_because="")
    unused = rows["state"] == "not_usable"
    if not unused.any():
        return rows
    cases = rows.loc[unused, "case_id"]
    reported = {
        table_name: RowsByCase(tables[table_name][tables[table_name]["case_id"].isin(cases)])
        for table_name in ("reactions", "tests", "deaths")
    }
    apart = _apart(rows)
    unused_rows = plain_rows(rows[unused])
    told = [_told(row, reported, terms) for row in unused_rows]
    rows.loc[unused, "as_reported"] = told
    rows.loc[unused, "unusable_because"] = [
        _why(row, reported_words, reported, apart) for row, reported_words in zip(unused_rows, told, strict=True)
    ]
    return rows


def _apart(rows: pd.DataFrame) -> dict[tuple[str, str, str], str]:
    """Case, episode and endpoint of the onsets told apart -> their clock."""
    onsets_apart = rows[rows["clock"].isin([WORSENED, MOTHERS]) & (rows["state"] == "observed")]
    return dict(
        zip(
            zip(onsets_apart["case_id"], onsets_apart["episode"], onsets_apart["endpoint"], strict=True),
            onsets_apart["clock"],
            strict=True,
        )
    )


def _told(row: Row, reported: Reported, terms: Terms) -> str:
    table_name, prefix = BEHIND.get(row["endpoint"], ONSET)
    return "; ".join(dict.fromkeys(_each(reported[table_name].get(row["case_id"], []), prefix, terms)))


def _each(rows: list[Row], prefix: str, terms: Terms) -> Iterator[str]:
    """The bounds of all rows, then their dates."""
    yield from filter(None, (bounds(row, prefix, terms) for row in rows))
    yield from filter(None, (date(row, prefix) for row in rows))


def _why(row: Row, told: str, reported: Reported, apart: dict[tuple[str, str, str], str]) -> str:
    if not told:
        return "withheld"
    if row["endpoint"].endswith("resolution"):
        events = [each for each in reported["reactions"].get(row["case_id"], []) if each["role"] == "event"]
        return "outcome_unknown" if any(each["outcome"] in END_NOT_KNOWN for each in events) else "without_onset"
    return apart.get((row["case_id"], row["episode"], row["endpoint"]), "of_no_dose")
