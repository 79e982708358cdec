"""One report of one case on its way from a source to the reported tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from schemas.contract import PLACE
from schemas.fields import NO_VALUE
from schemas.reported import TABLES
from scripts.e2b.hl7_times import beyond_the_day

Rows = dict[str, list[dict[str, Any]]]


def place_of(row: dict[str, Any]) -> dict[str, Any]:
    """Where a line of an extract stands: what its rows in the reported tables say of their place."""
    return {"at_file": row["at_file"], "at_row": row["at_row"]}


def without_place(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a row says, wherever it stands."""
    return {column: cell for column, cell in row.items() if column not in PLACE}


@dataclass
class Report:
    """What one report says, table by table, before versions are compared and the selection is applied.

    order      sorts the versions of a case; the highest is the one to use, and of equals the last read
    nullified  the sender withdrew the case
    at_row     ordinal of the report in its file, or the line where it begins
    leaves     gives the elements of the report that its reader does not read
    unread     these elements, once the report is kept
    broken     why the report cannot be read; it is set aside
    """

    case_id: str
    at_file: str
    at_row: int
    order: tuple = ()
    nullified: bool = False
    rows: Rows = field(default_factory=dict)
    findings: list[dict] = field(default_factory=list)
    leaves: Callable[[], frozenset[str]] | None = None
    unread: frozenset[str] = frozenset()
    broken: str = ""

    def keep(self) -> "Report":
        """The report as one that is kept: what it holds beside what was read is noted, and the rest of it let go."""
        if self.leaves:
            self.unread, self.leaves = self.leaves(), None
        return self

    def add(self, table: str, locator: str, /, **cells: str) -> None:
        """Append a row to a reported table; cells not named are blank, and its place that of the report."""
        place = {"case_id": self.case_id, "at_file": self.at_file, "at_row": self.at_row, "locator": locator}
        self.rows.setdefault(table, []).append(place | cells)

    def note(self, table: str, column: str, value: str, what: str, cure: str) -> None:
        """A remark about a cell that could not be carried as sent."""
        self.findings.append(
            {
                "rule": "readable",
                "severity": "warning",
                "table": table,
                "file": self.at_file,
                "row": self.at_row,
                "case_id": self.case_id,
                "column": column,
                "value": value[:80],
                "what": what,
                "cure": cure,
            }
        )

    def distinct(self, assessor: str, cells: dict[str, str]) -> str:
        """The assessor's name, numbered where the same one gave another result; a blank for a repetition."""
        keys = ("course", "drug", "reaction", "method")
        same = [
            row
            for row in self.rows.get("assessments", ())
            if row["assessor"].split(" #")[0] == assessor and all(row.get(key, "") == cells[key] for key in keys)
        ]
        if any(row.get("result", "") == cells["result"] for row in same):
            return ""
        return f"{assessor} #{len(same) + 1}" if same else assessor

    def sent(self, table: str, key: str, column: str, locator: str, words: str) -> None:
        """Keep the source's own words beside a cell that holds less than them, as a time of day."""
        self._provenance(table, key, column, locator, status="stated", words=words)

    def keep_hours(self, table: str, key: str, column: str, locator: str, stamp: str) -> None:
        """Keep a time stamp as sent where its date cell cannot hold all of it: our times have the day as their grain."""
        if beyond_the_day(stamp):
            self.sent(table, key, column, locator, stamp)

    def derived(self, table: str, key: str, column: str, locator: str, note: str) -> None:
        """Say that a cell follows from what was sent, and how."""
        self._provenance(table, key, column, locator, status="derived", note=note)

    def assumed(self, table: str, key: str, column: str, locator: str, note: str) -> None:
        """Say that a cell rests on an assumption, which the config can switch off."""
        self._provenance(table, key, column, locator, status="assumed", note=note)

    def _provenance(self, table: str, key: str, column: str, locator: str, **cells: str) -> None:
        row = f"{self.case_id};{key}" if key else self.case_id
        self.add("provenance", locator, table=table, key=row, column=column, **cells)


def tables(reports: Iterable[Report], source_id: str) -> dict[str, pd.DataFrame]:
    """Reported tables of the reports kept, in the order of the source; cells not named are blank."""
    gathered: Rows = {}
    for report in reports:
        for table_name, rows in report.rows.items():
            gathered.setdefault(table_name, []).extend(rows)
    return {table_name: _frame(table_name, rows, source_id) for table_name, rows in gathered.items()}


def _frame(table_name: str, rows: list[dict], source_id: str) -> pd.DataFrame:
    """Rows as a table of the contract; what none of them has is blank."""
    columns, given = list(TABLES[table_name].columns), {column for row in rows for column in row}
    filled = [column for column in columns if column in given]
    cells = pd.DataFrame(rows, columns=filled, dtype=object).to_numpy(copy=True)
    cells[pd.isna(cells)] = ""
    table = pd.DataFrame(cells, columns=filled).reindex(columns=columns, fill_value="").assign(source_id=source_id)
    if "status" in table:
        table["status"] = table["status"].replace("", "stated")
    table["at_file"] = np.array([row["at_file"] for row in rows], dtype=object)
    return table.assign(at_row=np.array([row["at_row"] for row in rows], dtype=int))


def source_row(source_id: str, kind: str, note: str) -> dict[str, pd.DataFrame]:
    """The row of `sources` that stands for the message or extract itself."""
    row = {"kind": kind, "extent_read": "structured", "note": note, "at_file": note, "at_row": 0}
    return {"sources": _frame("sources", [row], source_id)}


def has_value(cell: str) -> bool:
    """Whether a cell holds a value rather than a blank or a reason for having none."""
    return cell not in NO_VALUE


def undivided(words: str) -> str:
    """One value of a cell that may hold several: a semicolon within it parts nothing."""
    return words.replace("; ", ";")


def listed(values: Iterable[str]) -> str:
    """Values of one cell."""
    return "; ".join(map(undivided, values))


def in_order(cells: Iterable[str]) -> str:
    """Cells of several values, in the order of the values: one with nothing leaves a gap, nothing at all a blank."""
    every = list(cells)
    return "; ".join(every) if any(every) else ""


def line_of(what: str, subject: str, **told: str) -> str:
    """A line on something for which no table has a row: `condition: Diabetes (start 2010; continuing yes)`, or a blank."""
    more = "; ".join(f"{key.replace('_', ' ')} {in_one_line(cell)}" for key, cell in told.items() if cell)
    text = f"{in_one_line(subject)} ({more})" if subject and more else in_one_line(subject) or more
    return f"{what}: {text}" if text else ""


def in_one_line(text: str) -> str:
    """A text that its sender wrapped over lines, as one line: where one cell holds several, each stands in a line of its own."""
    return " ".join(text.split())
