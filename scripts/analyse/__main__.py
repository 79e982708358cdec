"""Compute results: of a series from its derived tables, or of anybody's CSV with the same statistics.

    python -m scripts.analyse series DERIVED ...      what the workflow runs
    python -m scripts.analyse curve FILE              columns lower,upper[,n]: (lower, upper], empty upper = open
    python -m scripts.analyse weibull FILE            the same columns
    python -m scripts.analyse truncation FILE         columns time,span: exact times, and each one's time until the lock
    python -m scripts.analyse proportion X N          X of N with exact limits
    python -m scripts.analyse rechallenge FILE        columns case_id,strict[,endpoint,mitigation]

All but the first print CSV with all digits.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd

from scripts.commands import room_arguments
from scripts.commands.messages import run, say
from scripts.files import bundle
from scripts.files.tablefiles import write_book


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.analyse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _series(commands.add_parser("series", help="all results of a series"))
    for command, columns in (("curve", "lower,upper[,n]"), ("weibull", "lower,upper[,n]"), ("truncation", "time,span"),
                          ("rechallenge", "case_id,strict[,endpoint,mitigation]")):  # fmt: skip
        subparser = commands.add_parser(command, help=f"a CSV with the columns {columns}")
        subparser.add_argument("file", type=Path, metavar="FILE", help=f"columns {columns}")
    share = commands.add_parser("proportion", help="X of N with exact limits")
    share.add_argument("x", type=int, metavar="X", help="patients with the property")
    share.add_argument("n", type=int, metavar="N", help="patients")
    return parser.parse_args()


def _series(parser: argparse.ArgumentParser) -> None:
    room_arguments.add(parser, "analyse", "findings", "profile", "settings", "out", place=("derived",))
    parser.add_argument("--ledger", type=Path, required=True, metavar="FILE", help="written by assemble")


def main() -> None:
    given = arguments()
    if given.command == "series":
        return series(given)
    table = alone(given)
    table.to_csv(sys.stdout, index=False, lineterminator="\n")


def alone(given: argparse.Namespace) -> pd.DataFrame:
    """The statistics of one file or one proportion."""
    from scripts.analyse import csv_input, standalone

    if given.command == "proportion":
        return standalone.proportion(given.x, given.n)
    if given.command == "rechallenge":
        return standalone.rechallenge(csv_input.read_rechallenges(given.file))
    if given.command == "truncation":
        return standalone.truncation(csv_input.read_spans(given.file))
    rows = csv_input.read_intervals(given.file)
    return standalone.curve(rows) if given.command == "curve" else standalone.shape(rows)


def series(given: argparse.Namespace) -> None:
    """Results, populations and curves of a series."""
    from scripts.analyse import run_all
    from scripts.analyse.results import rows

    data = bundle.read(
        given.profile, given.settings, derived=given.derived, findings=given.findings, ledger=given.ledger
    )
    result_rows, steps = run_all(data, data.conventions)
    results, populations = rows.table(result_rows)
    for book_name, book in {"results": results, "populations": populations, "curves": rows.curves(steps)}.items():
        write_book(book, book_name, given.out)
    say(f"analyse: {len(results)} results, {len(steps)} curve points")


if __name__ == "__main__":
    run(main)
