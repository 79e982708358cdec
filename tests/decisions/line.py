"""The line from reported rows to what is decided, counted and said, in one process: for decision tables as tests."""

from dataclasses import dataclass, field
from functools import cached_property
from unittest import mock

import pandas as pd

from schemas.config import Analysis, Settings
from schemas.findings import findings
from schemas.profile import Profile
from schemas.results import conventions
from scripts import analyse
from scripts.analyse.results import rows
from scripts.assemble import series
from scripts.derive.__main__ import derive
from scripts.documents.case_file import CaseFile
from scripts.documents.dossier import case_files
from scripts.files.bundle import Bundle
from scripts.words import patients_told
from tests.validate.build import CASE, COURSE, EVENT, PROFILE, SOURCE, WHERE, tables

__all__ = [
    "CASE",
    "COURSE",
    "EVENT",
    "EXTRACT",
    "MESSAGE",
    "WHERE",
    "Told",
    "of_each",
    "of_each_case",
    "of_one",
    "through",
    "together",
]

Rows = dict[str, list[dict[str, str]]]
MOST_KEPT = 4
_LAST_TOLD: dict[str, "Told"] = {}
NOTHING_FOUND = findings([]).astype({"row": int})
MESSAGE = SOURCE | {"kind": "message", "extent_read": "structured"}
EXTRACT = SOURCE | {"kind": "database_listing", "extent_read": "structured"}


@dataclass(frozen=True)
class Told:
    """What the line says of a series: its tables, its results, and the sentences every product prints."""

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
        text = {name: _as_read(table) for name, table in self.derived.items()}
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


def of_one(*columns: str, **reported: list[dict[str, str]]) -> tuple[str, ...]:
    """The patient-level columns of a series of one case."""
    patient = through(**reported).patient()
    return tuple(patient[column] for column in columns)


def together(series_of_one: list[Rows]) -> Rows:
    """Many series of one case as one series of cases C1, C2, ...: the line costs as much for one as for fifty.

    Each has its own source, and the rows of `build` for what it does not give.
    """
    merged: Rows = {}
    for number, reported in enumerate(series_of_one, start=1):
        own = {"sources": [SOURCE], "cases": [CASE], "courses": [COURSE]} | reported
        names = {"C1": f"C{number}", "S1": f"S{number}"}
        for table, rows_of_one in own.items():
            keys = ("case_id", "source_id")
            renamed = [row | {key: names.get(row[key], row[key]) for key in keys if key in row} for row in rows_of_one]
            if table == "provenance":
                renamed = [row | {"key": row["key"].replace("C1;", f"C{number};", 1)} for row in renamed]
            merged.setdefault(table, []).extend(renamed)
    return merged


def of_each(series_of_one: list[Rows], *columns: str, **more) -> list[tuple[str, ...]]:
    """The patient-level columns of each of many series of one case."""
    patients = through(**together(series_of_one), **more).derived["patients"].set_index("case_id")
    return [tuple(patients.loc[f"C{number + 1}", list(columns)]) for number in range(len(series_of_one))]


def of_each_case(series_of_one: list[Rows], table: str, *columns: str, **more) -> list[list[tuple]]:
    """The rows of a derived table, these columns of them, for each of many series of one case."""
    derived = through(**together(series_of_one), **more).derived[table]
    own = [
        derived.loc[derived["case_id"] == f"C{number}", list(columns)]
        for number, _ in enumerate(series_of_one, start=1)
    ]
    return [list(rows.itertuples(index=False, name=None)) for rows in own]


def through(
    profile: Profile = PROFILE,
    found: pd.DataFrame = NOTHING_FOUND,
    analysis: dict | None = None,
    asked: tuple[str, ...] = (),
    **reported,
) -> Told:
    """Assemble, derive, analyse; a source, a case and a course unless others are given.

    analysis: keys of the config. asked: the analyses whose results are looked at, for they take the most time; else all.
    The same question is answered from what was told last, to be read and not changed.
    """
    question = repr((profile, found.to_dict(), analysis, asked, reported))
    if question not in _LAST_TOLD:
        while len(_LAST_TOLD) >= MOST_KEPT:
            del _LAST_TOLD[next(iter(_LAST_TOLD))]
        _LAST_TOLD[question] = _told(profile, found, analysis, asked, reported)
    return _LAST_TOLD[question]


def _told(profile: Profile, found: pd.DataFrame, analysis: dict | None, asked: tuple[str, ...], reported: Rows) -> Told:
    settings = Settings(analysis=Analysis(**{"onset_days": [2, 4]} | (analysis or {})), data_lock="2025-12-31")
    built = series.build(
        tables(**reported),
        found,
        substances=profile.drug.substances,
        terms=profile.event.terms,
        not_this={},
        data_lock="2025-12-31",
        use_assumed=True,
    )
    derived = derive(built.tables, built.membership, found, profile, settings.analysis)
    kept = {"corrections_applied": built.corrections, "conflicts": built.conflicts}
    return Told(built.tables, derived, built.ledger, found, profile, settings, asked, built.withheld, kept)


def _as_read(table: pd.DataFrame) -> pd.DataFrame:
    """As the next room reads it: text without gaps."""
    texts = [name for name in table if table[name].dtype == object]
    return table.assign(**{name: table[name].fillna("") for name in texts})
