"""What the line says of a series: its tables, its results, and the sentences every product prints."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from unittest import mock

import pandas as pd

from schemas.config import Settings
from schemas.profile import Profile
from schemas.results import conventions
from scripts import analyse
from scripts.analyse.results import rows
from scripts.derive.endpoints.shown_units import shown_in
from scripts.documents.case_file import CaseFile
from scripts.documents.dossier import case_files
from scripts.files.bundle import Bundle
from scripts.words import patients_told


@dataclass(frozen=True)
class Told:
    """A series that went through the line."""

    reported: dict[str, pd.DataFrame]
    derived: dict[str, pd.DataFrame]
    ledger: pd.DataFrame
    found: pd.DataFrame
    profile: Profile
    settings: Settings
    asked: tuple[str, ...] = ()
    withheld: pd.DataFrame | None = None
    of_records: dict[str, pd.DataFrame] = field(default_factory=dict)

    @cached_property
    def bundle(self) -> Bundle:
        """As a product reads it, without results."""
        text = {table_name: _as_read(table) for table_name, table in self.derived.items()}
        books = {"ledger": self.ledger, "findings": self.found, "withheld": self.withheld} | self.of_records
        declared = conventions(self.settings, self.profile.event)
        return Bundle(self.profile, declared, derived=text, series=self.reported, books=books)

    @cached_property
    def _found(self) -> tuple[list[dict], list[dict]]:
        read = self.bundle
        with mock.patch.object(analyse, "analyses", return_value=self.asked or analyse.analyses()):
            return analyse.run_all(read, read.conventions)

    @cached_property
    def results(self) -> pd.DataFrame:
        return rows.table(self._found[0])[0]

    @cached_property
    def curves(self) -> pd.DataFrame:
        return rows.curves(self._found[1])

    @cached_property
    def documented(self) -> dict[str, CaseFile]:
        """The cases as documents read them."""
        return case_files(self.reported, self.derived, self.withheld)

    def alone(self, cases: Collection[str]) -> "Told":
        """These cases as if they were the whole series: what is decided by case stands, units and results are theirs."""
        reported, derived = (
            {table_name: _of_cases(table, cases) for table_name, table in tables.items()}
            for tables in (self.reported, self.derived)
        )
        declared, times = self.settings.analysis, derived["times"]
        units = shown_in(times, dict(declared.units.items()), declared.clock)
        derived |= {"times": times.assign(shown_in=units)}
        return replace(self, reported=reported, derived=derived, ledger=_of_cases(self.ledger, cases))

    def patient(self, case: str = "C1") -> pd.Series:
        return self.derived["patients"].set_index("case_id").loc[case]

    @property
    def alive(self) -> str:
        return patients_told.alive(self.results, [])

    @property
    def ladder(self) -> str:
        return patients_told.ladder(self.results)

    @property
    def recurrence(self) -> str:
        return patients_told.recurrence(self.results, [])


def _of_cases(table: pd.DataFrame, cases: Collection[str]) -> pd.DataFrame:
    return table[table["case_id"].isin(cases)].reset_index(drop=True) if "case_id" in table else table


def _as_read(table: pd.DataFrame) -> pd.DataFrame:
    """As the next room reads it: text without gaps."""
    texts = [column for column in table if table[column].dtype == object]
    return table.assign(**{column: table[column].fillna("") for column in texts})
