"""How a database publishes its extracts as CSV: the tables, what their columns are called here, what names a report, and which
reports have a drug or an event asked for: names are compared once per distinct name."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from schemas.codes import crosswalk
from scripts.ingest.csv_members import Loaded
from scripts.ingest.extract_files import Kind
from scripts.ingest.extract_versions import Database, add_hits
from scripts.ingest.reports import Report
from scripts.ingest.selection import Selection, nothing_named, unmatched_terms
from scripts.records.drugs import names
from scripts.records.terms import plain

MOST_TERMS = 100_000

Row = dict[str, str]
Fill = Callable[[Report, Row, dict[str, list[Row]]], None]


@dataclass(frozen=True)
class Layout:
    """What a database publishes.

    columns    of each table, the one with a line per report first: our name -> heading; `case_id` and, where `key` names it,
               `version` stand in every table
    kind       table and extract by a file's name
    encoding   of files that are not UTF-8
    key        columns that name one version of one report
    latest     SQL of the day of its latest information, as digits
    drugs      table of drugs, its columns with names, its column with the role as the code list has it for this database
    events     table of reactions and its columns with terms
    numbers    columns of the first table with further numbers of a report
    optional   columns that some extracts lack
    fill       makes a report of its rows
    """

    name: str
    columns: Mapping[str, Mapping[str, str]]
    kind: Kind
    encoding: str
    key: tuple[str, ...]
    latest: str
    drugs: tuple[str, tuple[str, ...], str]
    events: tuple[str, tuple[str, ...]]
    fill: Fill
    numbers: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()

    @property
    def main(self) -> str:
        """The table with a line per report."""
        return next(iter(self.columns))

    def of(self, files: Sequence[Loaded]) -> "Layout":
        """As these files have it: what none of them has names no version, and need not be looked at in every line."""
        held = {column for file in files for column in file.layout.names}
        return replace(self, key=tuple(column for column in self.key if column in held or column not in self.optional))

    @property
    def report(self) -> str:
        """SQL of what names one version of one report."""
        parts = " || ';' || ".join(f"coalesce(trim({column}), '')" for column in self.key)
        return f"rtrim({parts}, ';')" if len(self.key) > 1 else parts


def note_hits(database: Database, layout: Layout, wanted: Selection, files: list[Loaded]) -> list[dict]:
    """Note which reports have a drug or event asked for, or lines that could not be read; findings on what none has."""
    for file in files:
        for table, kind in ((layout.drugs[0], "unread_drug"), (layout.events[0], "unread_event")):
            if file.layout.table == table:
                add_hits(database, kind, file.number, {key_of(layout, file, line) for _, _, line in file.rejects})
    return [*_note_drugs(database, layout, wanted), *_note_terms(database, layout, wanted)]


def _note_drugs(database: Database, layout: Layout, wanted: Selection) -> list[dict]:
    """Note the reports with a drug asked for in a role asked for; findings on drugs that none names."""
    if not wanted.drugs:
        return []
    table, columns, role = layout.drugs
    values = _distinct(database, table, columns)
    met = {drug: {value for value in values if names(value, drug)} for drug in wanted.drugs}
    of_role, given = "" if "suspect" in wanted.roles else "and false", []
    if role:
        of_role = "and trim(role) in (select unnest(?::varchar[]))"
        given = [[code for ours in wanted.roles for code in crosswalk("drug_role", role).get(ours, "").split("|")]]
    _hits(database, layout, "with_drug", (table, columns), sorted(set().union(*met.values())), of_role, given)
    return [nothing_named("drugs", drug) for drug, matches in met.items() if not matches]


def _note_terms(database: Database, layout: Layout, wanted: Selection) -> list[dict]:
    """Note the reports with an event asked for, of those that may have a drug asked for; findings on terms that none has, with
    those most like them."""
    if not wanted.terms:
        return []
    values = _distinct(database, *layout.events)
    asked = {plain(term): term for term in wanted.terms}
    met = {value for value in values if plain(value) in asked}
    _hits(database, layout, "with_event", layout.events, sorted(met), _of_drug(layout) if wanted.drugs else "")
    seen = {plain(value) for value in met}
    lost = [term for plain_term, term in asked.items() if plain_term not in seen]
    return unmatched_terms(lost, {plain(value) for value in values[:MOST_TERMS]} if lost else set())


def _of_drug(layout: Layout) -> str:
    """SQL for lines of reports with a drug hit: the others leave for the drug, whatever their events are."""
    hits = "select (quarter, primaryid) from hits where kind in ('with_drug', 'unread_drug')"
    return f"and (quarter, {layout.report}) in ({hits})"


def key_of(layout: Layout, file: Loaded, line: str) -> str:
    """The report that an unreadable line belongs to, as far as its beginning says: what names a report
    stands before any cell that needs quotation marks."""
    cells = next(csv.reader([line.replace('"', "")]), [])
    sent = dict(zip(file.layout.names, cells, strict=False))
    return ";".join(sent.get(column, "").strip() for column in layout.key).rstrip(";")


def _distinct(database: Database, table: str, columns: tuple[str, ...]) -> list[str]:
    """The names in a table as they stand, blanks around them and all: so they are found again without looking at each line."""
    every = " union ".join(f'select distinct {column} as name from "{table}"' for column in columns)
    met = database.execute(f"select name from ({every}) order by name").fetchall()
    return [value for (value,) in met if value and value.strip()]


def _hits(
    database: Database,
    layout: Layout,
    kind: str,
    where: tuple[str, tuple[str, ...]],
    met: list[str],
    more: str,
    given: Sequence[list[str]] = (),
) -> None:
    """Note as hits of a kind the reports whose table holds one of the names met; more: a further condition, given what it asks for."""
    table, columns = where
    database.execute("create or replace table met as select unnest(?::varchar[]) as name", [met])
    named = " or ".join(f"{column} in (select name from met)" for column in columns)
    query = (
        f"insert into hits select distinct '{kind}', quarter, {layout.report} from \"{table}\" where ({named}) {more}"
    )
    database.execute(query, list(given))
