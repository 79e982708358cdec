"""The search in a store: a part can be asked again, so that lines are fetched only of the reports that enter."""

from dataclasses import dataclass, field

from scripts.ingest.extract_files import Member
from scripts.ingest.faers.files import BESIDE, TABLES
from scripts.ingest.faers.lines import Kept, nothing
from scripts.ingest.faers.search import Naming, Reports
from scripts.ingest.faers.selection import Search
from scripts.ingest.faers.stored import StoredTable


@dataclass
class StoredSearch(Search):
    """parts: of every quarter searched, by their table."""

    parts: list[dict[str, StoredTable]] = field(default_factory=list)

    def quarter(self, number: int, files: dict[str, Member | StoredTable]) -> dict[str, Kept]:
        """Note the keys and hits of a quarter; gives of each table what is to be told of it, without any line."""
        here = {table: part for table in (*TABLES, *BESIDE) if isinstance(part := files.get(table), StoredTable)}
        self.parts.append(here)
        keys = self._keys(number, here["DEMO"])
        if self._with_event(number, here["REAC"]) is None:
            self._check_size(keys)
        if self.wanted.drugs:
            named = here["DRUG"].rows(Naming(self.wanted.drugs), "drugname", "prod_ai", "role_cod")
            self._drug_hits(number, named)
        kept = {table: part.kept(nothing) for table, part in here.items()}
        self._unread(number, kept)
        return kept

    def of_entered(self, quarters: list[dict[str, Kept]], enter: list[tuple[int, str]]) -> list[dict[str, Kept]]:
        """Of every quarter the lines of its reports that enter; a quarter without one is not asked again."""
        wanted: dict[int, set[str]] = {}
        for number, report in enter:
            wanted.setdefault(number, set()).add(report)
        return [
            {table: part.kept(Reports(wanted[number])) for table, part in self.parts[number].items()}
            if number in wanted
            else quarter
            for number, quarter in enumerate(quarters)
        ]
