"""How a database publishes its extracts as CSV: the tables, what their columns are called here, and what names a report."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scripts.ingest.extract_files import Kind
from scripts.ingest.reports import Report

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

    @property
    def main(self) -> str:
        """The table with a line per report."""
        return next(iter(self.columns))

    @property
    def report(self) -> str:
        """SQL of what names one version of one report."""
        return " || ';' || ".join(f"coalesce(trim({column}), '')" for column in self.key)
