"""The line from reported rows to what is decided, counted and said, in one process: for decision tables as tests."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from schemas.config import Analysis, Settings
from schemas.findings import findings
from schemas.profile import Profile
from scripts.assemble import series
from scripts.derive.derived import derive
from scripts.documents.case_file import CaseFile
from tests.decisions.told import Told
from tests.validate.build import CASE, COURSE, EVENT, PROFILE, SOURCE, WHERE, tables

__all__ = [
    "CASE",
    "COURSE",
    "EVENT",
    "EXTRACT",
    "MESSAGE",
    "WHERE",
    "Cases",
    "Some",
    "Told",
    "forget",
    "of_each",
    "of_each_case",
    "of_one",
    "through",
    "together",
]

Rows = dict[str, list[dict[str, str]]]
MOST_KEPT = 4
_LAST_TOLD: dict[str, "Told"] = {}
_TOLD_OF_CASES: dict["Cases", "Told"] = {}
NOTHING_FOUND = findings([]).astype({"row": int})
MESSAGE = SOURCE | {"kind": "message", "extent_read": "structured"}
EXTRACT = SOURCE | {"kind": "database_listing", "extent_read": "structured"}


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
        given_rows = {"sources": [SOURCE], "cases": [CASE], "courses": [COURSE]} | reported
        names = {"C1": f"C{number}", "S1": f"S{number}"}
        for table, rows_of_one in given_rows.items():
            keys = ("case_id", "source_id")
            renamed = [row | {key: names.get(row[key], row[key]) for key in keys if key in row} for row in rows_of_one]
            if table == "provenance":
                renamed = [row | {"key": row["key"].replace("C1;", f"C{number};", 1)} for row in renamed]
            merged.setdefault(table, []).extend(renamed)
    return merged


class Cases:
    """Series of one case, of several tests of a file, as one series: it goes through the line when first asked.

    more: profile, findings, keys of the config, as `through` takes them.
    """

    def __init__(self, **more) -> None:
        self._more = more
        self._reported: list[Rows] = []

    def of(self, series_of_one: Iterable[Rows]) -> "Some":
        """These cases beside those that are there, to be asked for in their order."""
        assert self not in _TOLD_OF_CASES, "add cases where a file is read, before any test asks"
        before = len(self._reported)
        self._reported += series_of_one
        return Some(self, tuple(f"C{number + 1}" for number in range(before, len(self._reported))))

    @property
    def told(self) -> Told:
        if self not in _TOLD_OF_CASES:
            _TOLD_OF_CASES[self] = through(**together(self._reported), **self._more)
        return _TOLD_OF_CASES[self]


@dataclass(frozen=True)
class Some:
    """Some of the cases of a series."""

    of: Cases
    names: tuple[str, ...]

    def patients(self, *columns: str) -> list[tuple[str, ...]]:
        """The patient-level columns of each."""
        patients = self.of.told.derived["patients"].set_index("case_id")
        return [tuple(patients.loc[case, list(columns)]) for case in self.names]

    def rows(self, table: str, *columns: str) -> list[list[tuple]]:
        """The rows of a derived table, these columns of them, of each."""
        return [list(case_rows[list(columns)].itertuples(index=False, name=None)) for case_rows in self.tables(table)]

    @property
    def documented(self) -> list[CaseFile]:
        """Each as documents read it."""
        return [self.of.told.documented[case] for case in self.names]

    def alone(self, *asked: str) -> Told:
        """As if they were the whole series; asked: the analyses whose results are looked at."""
        return replace(self.of.told.alone(self.names), asked=asked)

    def tables(self, table: str) -> list[pd.DataFrame]:
        """The rows of a derived table of each, as if it were alone."""
        derived = self.of.told.derived[table]
        case_rows = [derived[derived["case_id"] == case] for case in self.names]
        return [rows.reset_index(drop=True).assign(case_id="C1") for rows in case_rows]


def of_each(series_of_one: list[Rows], *columns: str, **more) -> list[tuple[str, ...]]:
    """The patient-level columns of each of many series of one case."""
    return Cases(**more).of(series_of_one).patients(*columns)


def of_each_case(series_of_one: list[Rows], table: str, *columns: str, **more) -> list[list[tuple]]:
    """The rows of a derived table, these columns of them, for each of many series of one case."""
    return Cases(**more).of(series_of_one).rows(table, *columns)


def through(
    profile: Profile = PROFILE,
    found: pd.DataFrame = NOTHING_FOUND,
    analysis: dict | None = None,
    asked: tuple[str, ...] = (),
    use_assumed: bool = True,
    **reported,
) -> Told:
    """Assemble, derive, analyse; a source, a case and a course unless others are given.

    analysis: keys of the config. asked: the analyses whose results are looked at, for they take the most time; else all.
    The same question is answered from what was told last, to be read and not changed.
    """
    question = repr((profile, found.to_dict(), analysis, asked, use_assumed, reported))
    if question not in _LAST_TOLD:
        while len(_LAST_TOLD) >= MOST_KEPT:
            del _LAST_TOLD[next(iter(_LAST_TOLD))]
        _LAST_TOLD[question] = _told(profile, found, analysis, asked, use_assumed, reported)
    return _LAST_TOLD[question]


def forget() -> None:
    """The next question is reckoned anew, whichever was asked before: for `make mutants`, where each test is on its own."""
    _LAST_TOLD.clear()
    _TOLD_OF_CASES.clear()


def _told(
    profile: Profile,
    all_findings: pd.DataFrame,
    analysis: dict | None,
    asked: tuple[str, ...],
    use_assumed: bool,
    reported: Rows,
) -> Told:
    settings = Settings(analysis=Analysis(**{"onset_days": [2, 4]} | (analysis or {})), data_lock="2025-12-31")
    built = series.build(
        tables(**reported),
        all_findings,
        substances=profile.drug.substances,
        terms=profile.event.terms,
        not_this={},
        data_lock="2025-12-31",
        use_assumed=use_assumed,
    )
    derived = derive(built.tables, built.membership, all_findings, profile, settings.analysis, use_assumed=use_assumed)
    kept = {"corrections_applied": built.corrections, "conflicts": built.conflicts}
    return Told(built.tables, derived, built.ledger, all_findings, profile, settings, asked, built.withheld, kept)
