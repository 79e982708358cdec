"""The search in a store: a part can be asked again, so that lines are fetched only of the reports that enter."""

from dataclasses import dataclass, field

from scripts.ingest.extract_files import Member
from scripts.ingest.faers.files import BESIDE, TABLES
from scripts.ingest.faers.lines import Kept, nothing
from scripts.ingest.faers.search import Naming, Reports
from scripts.ingest.faers.selection import Search
from scripts.ingest.faers.stored import StoredTable, note_keys
from scripts.ingest.store import latest
from scripts.ingest.store.catalogue import Catalogue


@dataclass
class StoredSearch(Search):
    """here: the store; `parts` of every quarter searched, by their table."""

    here: Catalogue = field(kw_only=True)
    parts: list[dict[str, StoredTable]] = field(default_factory=list)

    def quarter(self, number: int, files: dict[str, Member | StoredTable]) -> dict[str, Kept]:
        """Note the hits of a quarter; gives of each table what is to be told of it, without any line."""
        here = {table: part for table in (*TABLES, *BESIDE) if isinstance(part := files.get(table), StoredTable)}
        self.parts.append(here)
        self._check_size(here["DEMO"].part.records)
        if self.wanted.terms:
            named = here["REAC"].rows(Naming(self.wanted.terms), "pt")
            self._event_hits(number, named, here["REAC"].terms)
        if self.wanted.drugs:
            named = here["DRUG"].rows(Naming(self.wanted.drugs), "drugname", "prod_ai", "role_cod")
            self._drug_hits(number, named)
        found = {table: part.kept(nothing) for table, part in here.items()}
        self._unread(number, found)
        return found

    def latest(self) -> dict[str, int]:
        """Make the table of the reports that count, or take it from the store."""
        return latest.attach(self.database, self.here, self.wanted, note_keys)

    def of_entered(self, quarters: list[dict[str, Kept]], enter: list[tuple[int, str]]) -> list[dict[str, Kept]]:
        """Of every quarter the lines of its reports that enter; a quarter without one is not asked again."""
        wanted: dict[int, set[str]] = {}
        for number, report in enter:
            wanted.setdefault(number, set()).add(report)
        return [
            {table: part.kept(Reports(wanted[number])) for table, part in self.parts[number].items()}
            if number in wanted
            else found
            for number, found in enumerate(quarters)
        ]
