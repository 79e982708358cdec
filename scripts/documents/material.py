"""All that the documents are made from, read once."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from schemas.config import Documents
from schemas.reported import TABLES
from scripts.documents.books import Books
from scripts.documents.case_file import CaseFile, case_files
from scripts.documents.e2b.term_codes import TermCodes
from scripts.files import displays
from scripts.files.tablefiles import read_reported, read_text


@dataclass(frozen=True)
class Material:
    """Inputs of every document.

    displays  derived tables, results, profile and data lock
    reported  the series' reported tables
    cases     the file of every case, in the order of the series
    options   the config's section `documents`
    codes     the user's own dictionary codes; empty where none were given
    onset, clock  the primary onset endpoint and what it is counted from
    books     decisions about cases, filled while writing
    """

    displays: displays.Displays
    reported: dict[str, pd.DataFrame]
    cases: dict[str, CaseFile]
    options: Documents
    codes: TermCodes
    onset: str = "first_symptom"
    clock: str = "first_dose"
    books: Books = field(default_factory=Books)

    @property
    def counted(self) -> list[CaseFile]:
        """The cases of the series, without members counted inside an aggregate."""
        return [case for case in self.cases.values() if not case.inside]

    @property
    def main_set(self) -> str:
        """The membership set of the series itself: the first one."""
        sets = self.displays.times["set"]
        return sets.iloc[0] if len(sets) else ""


def read(shown: displays.Displays, series: Path, options: Documents, ledger: Path | None = None) -> Material:
    """The reported tables of the series, beside what every product reads, and the user's codes."""
    if ledger is not None:
        lines = read_text(ledger)
        shown = replace(shown, ledger=lines.assign(records=pd.to_numeric(lines["records"])))
    reported = {name: _complete(table, name) for name, table in read_reported(series).items()}
    files = case_files(reported, shown.cases, shown.times, shown.rechallenges, shown.tests)
    return Material(shown, reported, files, options, TermCodes.read(options.meddra_codes), shown.onset, shown.clock)


def _complete(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The table with every column of its contract; a column that a source did not bring is blank."""
    missing = [column for column in TABLES[name].columns if column not in table]
    return table.assign(**dict.fromkeys(missing, ""))
