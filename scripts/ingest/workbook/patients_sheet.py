"""The sheet `patients` of the entry workbook: one row per patient under fixed headings, which are a column map of their own."""

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from schemas.column_map import ColumnMap
from schemas.map_column import TARGETS
from schemas.profile import checked
from scripts.ingest import Reading
from scripts.ingest.native_cells import fault
from scripts.ingest.table.flat import Flat
from scripts.ingest.table.reported import reported
from scripts.ingest.table.unreadable import without_map

SHEET = "patients"
DATED = "date"
SAID_ONCE = {"source_id": "source", "locator": "locator"}
"""Headings of what the sheet `defaults` may say once for all rows."""
STATED = "stated"


@cache
def patients_map() -> ColumnMap:
    """The headings, each with its target."""
    return checked(ColumnMap, Path(__file__).with_name("patients_sheet.yaml"))


def date_headings() -> frozenset[str]:
    """Headings under which a calendar date may stand."""
    return frozenset(heading for heading, column in patients_map().columns.items() if column.unit == DATED)


def read_patients(flat: Flat, sources: list[str], status: str = STATED) -> Reading:
    """The reported tables of the sheet. Rows without a source are of the one source of the workbook, where it has one.

    sources: those that the workbook's own sheet names; the others that a row names come as rows of `sources`. status: how
    the rows are known, a code of the list `status`.
    """
    sheet_map = patients_map()
    columns = {heading: column for heading, column in sheet_map.columns.items() if heading in flat.cells}
    wanted = sheet_map.model_copy(
        update={"columns": columns, "source": sheet_map.source.model_copy(update={"status": status})}
    )
    reading = reported(sources[0] if len(sources) == 1 else SHEET, wanted, flat)
    named = reading.tables.get("sources")
    if named is not None:
        reading.tables["sources"] = named[~named["source_id"].isin(sources)].reset_index(drop=True)
    return Reading(reading.tables, reading.findings.assign(cure=reading.findings["cure"].map(without_map)))


def lacking(flat: Flat) -> list[str]:
    """Headings without which no row of the sheet can be read."""
    needed = [
        heading for heading, column in patients_map().columns.items() if column.target in ("case", "drug", "event")
    ]
    return [heading for heading in needed if heading not in flat.cells]


def below(tables: dict[str, pd.DataFrame], more: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The rows of the sheet and those of the detailed sheets, table by table."""
    joined = dict(tables)
    for table_name, table in more.items():
        parts = [part for part in (tables.get(table_name), table) if part is not None and len(part)]
        if parts:
            joined[table_name] = pd.concat(parts, ignore_index=True).fillna("") if len(parts) > 1 else parts[0]
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
    "case": "The number or name of the patient. The grey rows are invented: as they stand they are never read. Type below them, or clear them first.",
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


@cache
def examples() -> list[dict[str, str]]:
    """Worked rows, a cell for every heading: a re-exposure, little known, a death. All invented."""
    with Path(__file__).with_name("patients_example.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    return [{heading: row.get(heading, "") for heading in patients_map().columns} for row in rows]


TELLING = ("case", "source", "drug", "event", "note")
"""Headings under which a worked row says that it is one."""


def without_examples(flat: Flat) -> Flat:
    """The sheet without the worked rows that `make template` put there, and a line that says so.

    A row that still says that it is an example and was changed in any cell is a fault: it may hold a patient, or be a
    patient with cells of the example. A column that was taken away changes none; without its headings the sheet stays.
    """
    if lacking(flat):
        return flat
    worked = [
        {heading: row[heading] for heading in flat.cells.columns.intersection(list(row)) if row[heading]}
        for row in examples()
    ]
    marked = np.zeros(len(flat.cells), bool)
    for heading in flat.cells.columns.intersection(TELLING):
        marked |= flat.cells[heading].isin([row[heading] for row in examples()]).to_numpy() & (
            flat.cells[heading] != ""
        )
    places = np.flatnonzero(marked)
    left_out = [at for at in places.tolist() if _filled(flat.cells.iloc[at]) in worked]
    faults = [*flat.faults, *(_typed_over(flat, at) for at in places.tolist() if at not in left_out)]
    if left_out:
        what = f"worked example rows of the template were left out: {len(left_out)}"
        cure = "Nothing to do: they may stay, or be deleted."
        faults.append(fault("", flat.place, what, cure, row=int(flat.at_row[left_out[0]]), severity="information"))
    kept = np.ones(len(marked), bool)
    kept[left_out] = False
    return Flat(flat.place, flat.cells[kept].reset_index(drop=True), flat.at_row[kept], faults)


def _filled(row: pd.Series) -> dict[str, str]:
    return {str(heading): cell for heading, cell in row.items() if cell}


def _typed_over(flat: Flat, at: int) -> dict:
    row = flat.cells.iloc[at]
    heading = next(
        heading for heading in TELLING if row.get(heading) and row[heading] in [each[heading] for each in examples()]
    )
    what = f"a worked example row of the template that was typed over in part: '{heading}' is still the example's"
    cure = "Clear every cell of the row that is not the patient's, or delete the row."
    return fault("", flat.place, what, cure, row=int(flat.at_row[at]), column=heading, value=row[heading])
