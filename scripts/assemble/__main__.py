"""Build the series from the reported tables of all sources: latest versions, links, case definition, ledger."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from schemas.findings import FINDINGS
from schemas.reported import TABLES
from scripts.assemble import other_sources, series
from scripts.assemble.refusals import decided, refuse_empty, stop_at
from scripts.commands import room_arguments
from scripts.commands.messages import run, say
from scripts.commands.progress import by
from scripts.files.tablefiles import empty, read_book, read_contract, read_reported, write_book, write_reported
from scripts.records.versions import of_cases


def arguments() -> argparse.Namespace:
    parser = room_arguments.parser("assemble", __doc__, "findings", "profile", "settings", "out")
    parser.add_argument("reported", type=Path, nargs="+", metavar="DIR", help="folders written by ingest")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    findings = read_contract(given.findings, FINDINGS)
    stop_at(findings, given.findings)
    profile = given.profile
    entered = [read_book("ledger", folder) for folder in given.reported]
    parts = [
        of_cases.Part(folder.stem, read_reported(folder), book)
        for folder, book in zip(given.reported, entered, strict=True)
    ]
    stay, left, older = of_cases.latest(parts, room_arguments.data_lock(given.settings))
    tables = complete(stay)
    built = series.build(
        tables,
        findings,
        substances=profile.drug.substances,
        terms=profile.event.terms,
        not_this=profile.event.not_this_event,
        data_lock=room_arguments.data_lock(given.settings),
        use_assumed=given.settings.use_assumed,
    )
    built = other_sources.told(built, tables, complete(left), older, [profile.drug.substances, profile.event.terms])
    refuse_empty(built.ledger)
    write_reported(built.tables, given.out, by("assemble"))
    books = {
        "membership": built.membership,
        "withheld": built.withheld,
        "stages": built.stages,
        "conflicts": built.conflicts,
        "corrections_applied": built.corrections,
        "ledger": pd.concat([*(_of_records(book) for book in entered if len(book)), built.ledger]),
    }
    for book_name, book in books.items():
        write_book(book, book_name, given.out)
    say(f"assemble: {decided(built.ledger)}")


def _of_records(book: pd.DataFrame) -> pd.DataFrame:
    """A source's ledger without the cases of its publisher's delete list that it does not hold."""
    return book[(book["records"] > 0) | (book["decision"] != "out")]


def complete(parts: Sequence[of_cases.Tables]) -> dict[str, pd.DataFrame]:
    """The tables of all sources with every column, those without rows too."""
    filled = of_cases.together(parts)
    tables = {
        table_name: [empty(table_name), *([filled[table_name]] if table_name in filled else [])]
        for table_name in TABLES
    }
    return {table_name: pd.concat(both, ignore_index=True).fillna("") for table_name, both in tables.items()}


if __name__ == "__main__":
    run(main)
