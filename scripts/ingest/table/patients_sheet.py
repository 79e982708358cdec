"""The sheet `patients` of the entry workbook: one row per patient under fixed headings, which are a column map of their own."""

import csv
from functools import cache
from pathlib import Path

import pandas as pd

from schemas.column_map import TARGETS, ColumnMap
from schemas.profile import checked
from scripts.ingest import Reading
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.reported import reported

SHEET = "patients"
DATED = "date"
SAID_ONCE = {"source_id": "source", "locator": "locator"}
"""Headings of what the sheet `defaults` may say once for all rows."""


@cache
def patients_map() -> ColumnMap:
    """The headings, each with its target."""
    return checked(ColumnMap, Path(__file__).with_name("patients_sheet.yaml"))


def date_headings() -> frozenset[str]:
    """Headings under which a calendar date may stand."""
    return frozenset(name for name, column in patients_map().columns.items() if column.unit == DATED)


def read_patients(flat: Flat, sources: list[str]) -> Reading:
    """The reported tables of the sheet. Rows without a source are of the one source of the workbook, where it has one.

    sources: those that the workbook's own sheet names; the others that a row names come as rows of `sources`.
    """
    own = patients_map()
    columns = {name: column for name, column in own.columns.items() if name in flat.cells}
    wanted = own.model_copy(update={"columns": columns})
    reading = reported(sources[0] if len(sources) == 1 else SHEET, wanted, flat)
    named = reading.tables.get("sources")
    if named is not None:
        reading.tables["sources"] = named[~named["source_id"].isin(sources)].reset_index(drop=True)
    return reading


def lacking(flat: Flat) -> list[str]:
    """Headings without which no row of the sheet can be read."""
    needed = [name for name, column in patients_map().columns.items() if column.target in ("case", "drug", "event")]
    return [name for name in needed if name not in flat.cells]


def below(tables: dict[str, pd.DataFrame], more: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The rows of the sheet and those of the detailed sheets, table by table."""
    joined = dict(tables)
    for name, table in more.items():
        parts = [part for part in (tables.get(name), table) if part is not None and len(part)]
        if parts:
            joined[name] = pd.concat(parts, ignore_index=True).fillna("") if len(parts) > 1 else parts[0]
    return joined


def help_of(heading: str) -> str:
    """What belongs under a heading, for the comment of its cell."""
    column = patients_map().columns[heading]
    target = TARGETS[column.target]
    return "\n".join(
        filter(None, [target["label"].capitalize() + ".", HELP.get(target["kind"], ""), TOLD.get(column.target, "")])
    )


HELP = {
    "time": "5 d, 3-5 d, <14 d, within 48 h, >30 d, ~7 d, 2 wk, 1.5 mo; or a date: 2019-03-04, 2019-03. "
    "NR, n/s, ? or - where there is none.",
    "gap": "3 mo, 3-5 mo, 2 wk.",
    "age": "29, 7 mo, 25-36, 60s, >60.",
    "counts": "3, 2-3, or 3 of 5 planned.",
    "dose": "12 mg; other words are kept as they are.",
    "list": "Entries parted by semicolons.",
}
TOLD = {
    "onset": "d after a dose counts days: 3 d is study day 4, since the day of the first dose is study day 1; day 4 is "
    "study day 4 itself.",
    "resolution": "d between two events is a length: within 16 d is (0, 16].",
    "reexposure": "Counted from the end of the earlier course; where it is counted from its start, use the sheet `courses`.",
    "recurred": "no: the source says that the event did not occur again; this is how a negative rechallenge is told. "
    "Leave it blank where the source says nothing.",
    "signs": "A sign without a time may have come before the onset told here, and opens it downwards; give its time or its "
    "order in the sheet `reactions`.",
    "source": "A row of the sheet `sources`; blank where the workbook has only one.",
}
"""Where a choice of words decides results."""


def examples() -> list[dict[str, str]]:
    """Worked rows: a re-exposure, little known, a death. All invented."""
    with Path(__file__).with_name("patients_example.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
