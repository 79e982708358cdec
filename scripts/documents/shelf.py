"""The shelf of case files: which rows are a case's, in each table, and what is made of them when a document asks.

The rows of all cases at once would be many times the tables. Those of the cases read last are kept, and no more.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import pandas as pd

from schemas.endpoints import OWN_SETS
from schemas.plain_rows import plain_rows
from schemas.rows_by_case import Line, Row, RowsByCase
from scripts.words import withheld_cells

OF_ONE_CASE = (
    "reports", "cases", "history", "courses", "doses", "reactions", "tests", "managements", "alternatives",
    "deaths", "assessments", "remarks",
)  # fmt: skip
OF_DERIVED = (
    "patients", "times", "rechallenges", "test_results", "exposures", "episodes", "signs", "judgements", "appraisals",
)  # fmt: skip
KEPT = 1000
"""Cases whose rows are kept."""
Times = dict[tuple[str, str], dict]
"""(endpoint, clock) -> the row of `times`."""
Withheld = Mapping[tuple[str, str], list[tuple[str, str]]]


class Shelf:
    """What the files of all cases are made of; every question is asked of one case.

    marks   (table, key, column or prefix of a time) -> what single cells are; `stated` too, since it overrides the row's own status
    quotes  (table, key, column or prefix of a time) -> the source's own words for it
    """

    def __init__(
        self,
        reported: Mapping[str, pd.DataFrame],
        derived: Mapping[str, pd.DataFrame],
        withheld: pd.DataFrame | None = None,
    ) -> None:
        self._reported = {table_name: RowsByCase(reported[table_name]) for table_name in OF_ONE_CASE}
        self._derived = {table_name: RowsByCase(derived[table_name]) for table_name in OF_DERIVED}
        self._sources = {row["source_id"]: row for row in plain_rows(reported["sources"])}
        self._withheld = _withheld(withheld)
        self.marks = _of_cells(reported["provenance"], "status")
        self.quotes = _of_cells(reported["provenance"], "words")
        self.reported = lru_cache(KEPT * len(OF_ONE_CASE))(self._reported_rows)
        self.derived = lru_cache(KEPT * len(OF_DERIVED))(self._derived_rows)
        self.signs = lru_cache(KEPT)(self._signs)
        self.tests = lru_cache(KEPT)(self._tests)
        self.times = lru_cache(KEPT)(self._times)
        self.further_times = lru_cache(KEPT)(self._further_times)

    def _reported_rows(self, table: str, case_id: str) -> list[Row]:
        return self._reported[table].of(case_id)

    def _derived_rows(self, table: str, case_id: str) -> list[dict]:
        return self._derived[table].of(case_id)

    def patient(self, case_id: str) -> Line:
        """Its row of `patients`."""
        return self._derived["patients"].one(case_id)

    def sources(self, case_id: str) -> list[Row]:
        """The sources its rows name, in the order of the source list."""
        named = dict.fromkeys(filter(None, self.patient(case_id)["source_ids"].split("; ")))
        return [self._sources[source_id] for source_id in named if source_id in self._sources]

    def aggregate(self, case_id: str) -> str:
        """The group it is a member of, or counted inside; blank for none."""
        return self.patient(case_id)["aggregate_id"]

    def withheld(self, case_id: str) -> Withheld:
        """What is kept out of use of its rows, from the book `withheld`."""
        return self._withheld.get(case_id, {})

    def _signs(self, case_id: str) -> dict[tuple[str, str], dict]:
        """(kind, key) -> reaction or test with its time as it can be used."""
        return {(row["kind"], row["key"]): row for row in self.derived("signs", case_id)}

    def _tests(self, case_id: str) -> dict[str, dict]:
        """Its derived test results, by the key of the test."""
        return {row["result"]: row for row in self.derived("test_results", case_id)}

    def _times(self, case_id: str) -> Times:
        return _by_place(row for row in self._own_times(case_id) if row["of_index"] == "yes")

    def _further_times(self, case_id: str) -> dict[str, Times]:
        rows = [row for row in self._own_times(case_id) if row["of_index"] == "no"]
        numbers = dict.fromkeys(row["episode"] for row in rows)
        return {number: _by_place(row for row in rows if row["episode"] == number) for number in numbers}

    def _own_times(self, case_id: str) -> list[dict]:
        """Without those that a sensitivity set lends it."""
        return [row for row in self.derived("times", case_id) if row["set"] in OWN_SETS]


def _by_place(rows: Iterable[dict]) -> Times:
    times_by_place: Times = {}
    for row in rows:
        times_by_place.setdefault((row["endpoint"], row["clock"]), row)
    return times_by_place


def _of_cells(provenance: pd.DataFrame, column: str) -> dict[tuple[str, str, str], str]:
    """What provenance says of single cells in one of its columns."""
    told = provenance[provenance[column] != ""]
    return dict(zip(zip(told["table"], told["key"], told["column"], strict=True), told[column], strict=True))


def _withheld(book: pd.DataFrame | None) -> dict[str, Withheld]:
    rows = [] if book is None else plain_rows(book[book["table"].isin(OF_ONE_CASE)])
    cells_by_case: dict[str, dict] = {}
    for (table, key), cells in withheld_cells.by_row(rows).items():
        cells_by_case.setdefault(key.partition(";")[0], {})[table, key] = cells
    return dict(cells_by_case)
