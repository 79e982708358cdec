"""Lay out all tables of a series, or one of them."""

import importlib

from scripts import product_arguments
from scripts.messages import run, say
from scripts.tablefiles import write, write_bytes
from scripts.tables import names
from scripts.tables.as_html import fragment


def main() -> None:
    parser = product_arguments.parser("tables", __doc__)
    parser.add_argument("--only", choices=names(), metavar="NAME", help=f"one of: {', '.join(names())}")
    given = parser.parse_args()
    data = product_arguments.read(given)
    for name in [given.only] if given.only else names():
        table = importlib.import_module(f"scripts.tables.table_{name}").build(data)
        write(table.as_csv(), given.out / f"{name}.csv")
        write_bytes(fragment(table, name).encode(), given.out / f"{name}.html")
    say(f"tables: {given.only or ', '.join(names())}")


if __name__ == "__main__":
    run(main)
