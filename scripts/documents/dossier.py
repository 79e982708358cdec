"""The dossier: the bundle of the series, the file of each of its cases, and the choices of whoever sends documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from schemas.config import Documents
from schemas.reported import TABLES
from scripts.documents.books import Books
from scripts.documents.case_file import CaseFile
from scripts.documents.e2b.term_codes import TermCodes
from scripts.documents.important_events import ImportantEvents
from scripts.documents.shelf import Shelf
from scripts.files.bundle import Bundle


@dataclass(frozen=True)
class Dossier:
    """Inputs of every document.

    bundle   what every product is made from
    cases    the file of every case, in the order of the series
    options  the config's section `documents`
    codes    the user's own dictionary codes; empty where none were given
    important  the user's own list of important medical events; empty where none was given
    books    decisions about cases, filled while writing
    """

    bundle: Bundle
    cases: dict[str, CaseFile]
    options: Documents
    codes: TermCodes
    important: ImportantEvents = field(default_factory=ImportantEvents)
    books: Books = field(default_factory=Books)

    @cached_property
    def counted(self) -> list[CaseFile]:
        """The cases of the series, without members counted inside an aggregate."""
        return [case for case in self.cases.values() if not case.inside]

    @cached_property
    def inside(self) -> list[CaseFile]:
        """Those members: written, but not additional cases."""
        return [case for case in self.cases.values() if case.inside]

    @cached_property
    def identified(self) -> list[CaseFile]:
        """Patients who are known one by one, and not as members of a group."""
        return [case for case in self.cases.values() if case.identified]

    def enter_every_case(self, document: str) -> None:
        """Every case is in a document that tells of all of them, members of an aggregate inside it."""
        for case in self.cases.values():
            self.books.enter(document, case.case_id, case.decision)


def dossier(bundle: Bundle, options: Documents) -> Dossier:
    """The case files out of the bundle, beside it, and the user's codes."""
    reported = {table_name: _complete(table, table_name) for table_name, table in bundle.series.items()}
    files = case_files(reported, bundle.derived, bundle.books["withheld"])
    important = ImportantEvents.read(options.important_events)
    return Dossier(bundle, files, options, TermCodes.read(options.meddra_codes), important)


def case_files(
    reported: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame], withheld: pd.DataFrame | None = None
) -> dict[str, CaseFile]:
    """The files of all cases of the series, members counted inside an aggregate among them."""
    shelf = Shelf(reported, derived, withheld)
    return {case_id: CaseFile(case_id, shelf) for case_id in derived["patients"]["case_id"]}


def _complete(table: pd.DataFrame, table_name: str) -> pd.DataFrame:
    """The table with every column of its contract; a column that a source did not bring is blank."""
    missing = [column for column in TABLES[table_name].columns if column not in table]
    return table.assign(**dict.fromkeys(missing, ""))
