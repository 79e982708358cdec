"""Lay out the tables of a series: each as CSV and HTML, all of them as one workbook and one Word file."""

import argparse
import importlib
from dataclasses import replace
from datetime import date

from scripts.commands import product_arguments
from scripts.commands.messages import run, say
from scripts.commands.progress import counted
from scripts.files.bundle import Bundle
from scripts.files.tablefiles import write_bytes
from scripts.tables import default, names
from scripts.tables.formats.as_docx import word_file
from scripts.tables.formats.as_html import fragment
from scripts.tables.formats.as_xlsx import workbook
from scripts.tables.shown import Shown, shown
from scripts.words.printable import printable
from scripts.words.wording import signed

MOST_ROWS = 2000
"""Rows of a table in Word and in the report."""


def arguments() -> argparse.Namespace:
    parser = product_arguments.parser("tables", __doc__)
    parser.add_argument("--only", nargs="+", choices=names(), metavar="NAME", help=f"of: {', '.join(names())}")
    product_arguments.add_rights(parser)
    return parser.parse_args()


def main() -> None:
    given = arguments()
    data = product_arguments.read(given)
    wanted = given.only or [
        table_name for table_name in names() if table_name in (*default(), *given.settings.tables_also)
    ]
    made = {table_name: (number(table_name), build(table_name, data)) for table_name in counted(wanted, "tables")}
    paged = {table_name: (position, on_pages(table, table_name)) for table_name, (position, table) in made.items()}
    for table_name, (position, table) in made.items():
        write_bytes(csv(table), given.out / f"{table_name}.csv")
        write_bytes(
            fragment(paged[table_name][1], table_name, position, given.rights).encode("ascii"),
            given.out / f"{table_name}.html",
        )
    title, lock = printable(data.profile.title), date.fromisoformat(data.data_lock)
    stem = wanted[0] if len(given.only or []) == 1 else "tables"
    write_bytes(workbook(made, title, lock, given.rights), given.out / f"{stem}.xlsx")
    write_bytes(word_file(paged, title, lock, given.rights), given.out / f"{stem}.docx")
    say(f"tables: {', '.join(wanted)}")


def build(table_name: str, data: Bundle) -> Shown:
    """One table, the characteristic sign by its own name in cells and footnotes."""
    made, sign = importlib.import_module(f"scripts.tables.table_{table_name}").build(data), data.facts.sentinel
    cells = made.cells.map(lambda text: signed(text, sign))
    return replace(made, cells=cells, footnotes=tuple(signed(note, sign) for note in made.footnotes))


def csv(table: Shown) -> bytes:
    """The CSV file of a table; it has taken the start of a formula out of its cells itself."""
    return table.as_csv().to_csv(index=False, lineterminator="\n").encode("utf-8")


def number(table_name: str) -> int:
    """The number of a table's caption: its place among all tables, whichever are made."""
    return names().index(table_name) + 1


def on_pages(table: Shown, table_name: str) -> Shown:
    """The table for Word and report; one of more rows than a page is asked to hold gives way to a line that says so."""
    rows = len(table.cells)
    if rows <= MOST_ROWS:
        return table
    notice = f"{rows:,} rows, more than the {MOST_ROWS:,} that a page shows: see {table_name}.csv and the workbook"
    return replace(shown(table.title, [{"Rows": notice}], ["Rows"]), footnotes=table.footnotes)


if __name__ == "__main__":
    run(main)
