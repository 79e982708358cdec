"""Findings, withheld values, corrections and conflicts of two records beside the very value they are about."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
import yaml

from schemas.plain_rows import plain_rows
from schemas.reported import TABLES
from scripts.files.bundle import Bundle
from scripts.words import withheld_cells

Place = tuple[str, str]
"""Case and column of the listing."""


@dataclass(frozen=True)
class Marks:
    """What to write beside a value of the listing: ids, values kept out of use as printed, values before a repair."""

    ids: dict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))
    printed: dict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))
    before: dict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))

    def on(self, case: str, column: str, text: str, is_gap: bool) -> str:
        """The text with its marks; a withheld value replaces the gap it left."""
        place = (case, column)
        if place not in self.ids:
            return text
        held = "; ".join(map(withheld_cells.marked, self.printed.get(place, [])))
        kept = held if held and is_gap else "; ".join(filter(None, [text, held]))
        repaired = "".join(f" (corrected from {value})" for value in self.before.get(place, []))
        return f"{kept}{repaired} [{'; '.join(self.ids[place])}]"


def marks(bundle: Bundle) -> Marks:
    """The marks of every case, from findings, withheld values, applied corrections and conflicts.

    Findings about test results are left to the results themselves, which carry their own ids, unless the value is
    withheld.
    """
    made = Marks()
    printed = _printed(bundle.books["withheld"])
    roles, meant = _roles(bundle.derived["signs"])
    for row in plain_rows(bundle.findings):
        place = _place(row["case_id"], row["table"], row["column"], meant.get(row["finding"], ""))
        if place and (row["table"] != "tests" or row["finding"] in printed):
            made.ids[place].append(row["finding"])
            if row["finding"] in printed:
                made.printed[place].append(printed[row["finding"]])
    for row in corrections(bundle):
        place = _place(row["case_id"], row["table"], row["column"], roles.get(_pair(row["key"]), ""))
        if place:
            made.ids[place].append(row["id"])
            made.before[place].append(row["from"] or "blank")
    for row in disagreements(bundle):
        role = roles.get((row["kept"], row["key"].partition(";")[0]), "")
        place = _place(row["kept"], row["table"], row["column"], role)
        if place:
            made.ids[place].append(row["id"])
    return made


def _printed(withheld: pd.DataFrame) -> dict[str, str]:
    """Finding -> what was withheld for it; a time is withheld as a whole, cell by cell: `-3 to -1 study day ...`."""
    cells_by_finding: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in plain_rows(withheld):
        cells_by_finding[row["finding"]].append((row["column"], row["printed"]))
    return {finding: withheld_cells.as_printed(cells) for finding, cells in cells_by_finding.items()}


def corrections(bundle: Bundle) -> list[dict[str, str]]:
    """Applied corrections with an id C1, C2, ... and their case, blank where the row is not a case's."""
    rows = plain_rows(bundle.books["corrections_applied"])
    return [row | {"id": f"C{place}", "case_id": _case(row)} for place, row in enumerate(rows, 1)]


def disagreements(bundle: Bundle) -> list[dict[str, str]]:
    """Cells in which two records of one patient say different things, with an id D1, D2, ...; the kept one counts."""
    both = bundle.books["conflicts"][bundle.books["conflicts"]["kept_value"] != ""]
    return [row | {"id": f"D{place}"} for place, row in enumerate(plain_rows(both), 1)]


def _pair(key: str) -> tuple[str, str]:
    """The first two parts of a row's key."""
    first, _, rest = key.partition(";")
    return first, rest.partition(";")[0]


def _case(row: dict[str, str]) -> str:
    keys = TABLES[row["table"]].metadata["key"] if row["table"] in TABLES else [""]
    return row["key"].split(";")[0] if keys[0] == "case_id" else ""


def _roles(signs: pd.DataFrame) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Roles of reactions: by case and key, and by the id of a finding about one."""
    rows = plain_rows(signs[signs["kind"] == "reaction"])
    meant = {finding: row["role"] for row in rows for finding in row["findings"].split("; ")}
    return {(row["case_id"], row["key"]): row["role"] for row in rows}, meant


def _place(case: str, table: str, column: str, role: str) -> Place | None:
    for key in (f"{table}/{role}", table):
        columns = places().get(key, {})
        for place in (column, column.rpartition("_")[0]):
            if place in columns:
                return case, columns[place]
    return None


@cache
def places() -> dict[str, dict[str, str]]:
    """Reported table -> column -> column of the listing."""
    return yaml.safe_load((Path(__file__).parent / "flag_places.yaml").read_text(encoding="utf-8"))
