"""The search in a store: a part can be asked again, so that lines are fetched only of the reports that enter."""

from dataclasses import dataclass, field, replace

from scripts.ingest.extract_files import Member
from scripts.ingest.faers.files import BESIDE, TABLES
from scripts.ingest.faers.lines import Kept
from scripts.ingest.faers.selection import Search
from scripts.ingest.faers.stored import StoredTable, lines_of, note_keys
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
            named = here["REAC"].naming(self.wanted.terms, "pt")
            self._event_hits(number, named, here["REAC"].terms)
        if self.wanted.drugs:
            named = here["DRUG"].naming(self.wanted.drugs, "drugname", "prod_ai", "role_cod")
            self._drug_hits(number, named)
        kept = {table: part.told() for table, part in here.items()}
        self._unread(number, kept)
        return kept

    def latest(self) -> dict[str, int]:
        """Make the table of the reports that count, or take it from the store."""
        return latest.attach(self.database, self.here, self.wanted, note_keys)

    def of_entered(self, quarters: list[dict[str, Kept]], enter: list[tuple[int, str]]) -> list[dict[str, Kept]]:
        """Of every quarter the lines of its reports that enter; a quarter without one is not asked again."""
        numbers = {number for number, _ in enter}
        asked = [part for number in numbers for part in self.parts[number].values()]
        lines = lines_of(asked, {report for _, report in enter})
        return [
            {
                table: replace(kept, lines=lines.get(self.parts[number][table].file, []))
                for table, kept in quarter.items()
            }
            for number, quarter in enumerate(quarters)
        ]
