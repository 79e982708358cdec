"""Which FAERS reports could enter: the event first, then all tables side by side, quarter after quarter.

The event is the rare thing, so a pass over the reactions leaves few reports of which the other tables' lines
are kept; nothing else of a quarter stays but the key of every report.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from schemas.codes import crosswalk
from scripts.commands.messages import UserError
from scripts.ingest.extract_files import Member
from scripts.ingest.extract_versions import Database, add_hits, find_latest, nearest, of_cases
from scripts.ingest.faers.copies import Copy, copied
from scripts.ingest.faers.files import BESIDE, TABLES
from scripts.ingest.faers.lines import Block, Kept, Places, Row, everything, keep
from scripts.ingest.faers.search import Bearing, Either, Naming, Reports
from scripts.ingest.faers.stored import StoredTable
from scripts.ingest.faers.versions import add_keys, in_file
from scripts.ingest.selection import Selection, nothing_named, unmatched_terms
from scripts.records.drugs import names
from scripts.records.terms import plain

MOST_UNSELECTED = 20_000
MOST_TERMS = 100_000
WORKERS = 2
FEW = 8
"""Up to so many terms are looked for one by one; of more, as a file lists them, every term of a quarter is looked up."""


@dataclass
class Search:
    """What is looked for over all quarters, and which of it was met.

    vocabulary   the terms of quarters in which some term asked for was not met
    """

    wanted: Selection
    database: Database
    folder: Path
    met_drugs: set[str] = field(default_factory=set)
    met_terms: set[str] = field(default_factory=set)
    vocabulary: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.terms = {plain(term) for term in self.wanted.terms} - {""}
        letters = [crosswalk("drug_role", "faers").get(role, "").split("|") for role in self.wanted.roles]
        self.roles = {letter for few in letters for letter in few}

    def quarter(self, number: int, files: dict[str, Member | StoredTable]) -> dict[str, Kept]:
        """Note the keys and hits of a quarter; gives of each table the lines of the reports that could enter."""
        here = {table: file for table in (*TABLES, *BESIDE) if isinstance(file := files.get(table), Member)}
        with ThreadPoolExecutor(WORKERS) as workers:
            copies = {"DEMO": workers.submit(self._keys, number, here["DEMO"])}
            if self.wanted.terms:
                copies["REAC"] = workers.submit(self._reactions, number, here["REAC"])
            reports = self._could_enter(number, here, copies)
            look: Callable[[Block], Places] = everything if reports is None else Reports(reports)
            looks = dict.fromkeys(here, look) | {"DRUG": Either(look, Naming(self.wanted.drugs))}
            # so that no worker waits for the largest alone
            largest_first = sorted(here, key=lambda table: here[table].size, reverse=True)
            passing = {
                table: workers.submit(_again, copies[table], looks[table])
                if table in copies
                else workers.submit(keep, here[table], looks[table])
                for table in largest_first
            }
            kept = {table: passing[table].result() for table in here}
        for copy in copies.values():
            copy.result().file.unlink()
        self._unread(number, kept)
        if self.wanted.drugs and self.wanted.terms:
            named = self._drug_hits(number, kept["DRUG"].rows())
            reports = named if reports is None else reports & named
        return {table: lines.of_reports(reports) for table, lines in kept.items()}

    def _could_enter(self, number: int, here: dict[str, Member], copies: dict[str, Future[Copy]]) -> set[str] | None:
        """The reports of a quarter that could enter by the rarest thing asked for; None: all of them."""
        reports: set[str] | None
        if self.wanted.terms:
            reactions = copies["REAC"].result()
            reports = self._event_hits(number, reactions.told.rows(), partial(reactions.terms, "pt"))
        else:
            copies["DEMO"].result()  # a quarter that is no series is refused before lines of it are kept
            reports = self._naming(number, here["DRUG"])
        if self.wanted.case_ids:
            copies["DEMO"].result()
            listed = of_cases(self.database.cursor(), number)
            reports = listed if reports is None else reports & listed
        return reports

    def latest(self) -> dict[str, int]:
        """Make the table of the reports that count, of those whose keys were noted; how many others there are, by their step."""
        return find_latest(self.database)

    def of_entered(self, quarters: list[dict[str, Kept]], enter: list[tuple[int, str]]) -> list[dict[str, Kept]]:
        """Of every quarter the lines from which the reports that enter are made. Lines of files were kept when they were read;
        those of a store are read now (StoredSearch)."""
        return quarters

    def _unread(self, number: int, kept: dict[str, Kept]) -> None:
        for table, unread in (("DRUG", "unread_drug"), ("REAC", "unread_event")):
            add_hits(self.database.cursor(), unread, number, _of_rejects(kept[table]))

    def _keys(self, number: int, member: Member) -> Copy:
        """Note every report of a quarter."""
        demo = copied(member, self.folder / f"{number} DEMO.txt")
        self._check_size(
            add_keys(self.database.cursor(), number, demo.told.layout, in_file(demo.file, demo.told.layout))
        )
        return demo

    def _reactions(self, number: int, member: Member) -> Copy:
        """The reactions of a quarter, in which the terms were looked for."""
        look = (Naming if len(self.wanted.terms) <= FEW else Bearing)(self.wanted.terms)
        return copied(member, self.folder / f"{number} REAC.txt", look)

    def _check_size(self, reports: int) -> None:
        asked = self.wanted.drugs or self.wanted.terms or self.wanted.case_ids
        if not asked and reports > MOST_UNSELECTED:
            raise UserError(
                f"{reports} reports and nothing to select them by: a whole quarter is no case series. "
                "Name `drugs` or `terms` in the source's entry of the config."
            )

    def _event_hits(
        self, number: int, named: Iterable[tuple[str, Row]], vocabulary: Callable[[int], set[str]]
    ) -> set[str]:
        """vocabulary: gives the terms of the quarter, at most so many."""
        rows = [(report, plain(row["pt"])) for report, row in named]
        met = {term for _, term in rows} & self.terms
        if self.terms - met:
            self.vocabulary |= vocabulary(MOST_TERMS - len(self.vocabulary))
        self.met_terms |= met
        reports = {report for report, term in rows if term in met}
        add_hits(self.database.cursor(), "with_event", number, reports)
        return reports

    def _naming(self, number: int, member: Member) -> set[str] | None:
        """The reports of a quarter with the drug; None where no drug was asked for."""
        return self._drug_hits(number, keep(member, Naming(self.wanted.drugs)).rows()) if self.wanted.drugs else None

    def _drug_hits(self, number: int, rows: Iterable[tuple[str, Row]]) -> set[str]:
        reports = set()
        for report, row in rows:
            met = {drug for drug in self.wanted.drugs if names(row["drugname"], drug) or names(row["prod_ai"], drug)}
            self.met_drugs |= met
            if met and row["role_cod"].upper() in self.roles:
                reports.add(report)
        add_hits(self.database.cursor(), "with_drug", number, reports)
        return reports

    def unmatched(self) -> list[dict]:
        """A finding for every drug and term that no line of any quarter bears."""
        drugs = [drug for drug in self.wanted.drugs if drug not in self.met_drugs]
        terms = [term for term in self.wanted.terms if plain(term) not in self.met_terms]
        return [
            *(nothing_named("drugs", drug) for drug in drugs),
            *unmatched_terms(terms, self.vocabulary, partial(nearest, self.database)),
        ]


def _of_rejects(kept: Kept) -> set[str]:
    """The reports whose lines do not fit their header, as far as the beginning of the line names one."""
    return {beginning.partition("$")[0] for _, _, beginning in kept.rejects}


def _again(copying: Future[Copy], look: Callable[[Block], Places]) -> Kept:
    """A second look at a file that another worker copies, or has copied; it was asked first, so it has begun."""
    return copying.result().keep(look)
