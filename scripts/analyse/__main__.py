"""Compute results: of a series from its derived tables, or of anybody's CSV with the same statistics.

    python -m scripts.analyse series DERIVED ...      what the workflow runs
    python -m scripts.analyse curve FILE              columns lower,upper[,n]: (lower, upper], empty upper = open
    python -m scripts.analyse weibull FILE            the same columns
    python -m scripts.analyse proportion X N          X of N with exact limits
    python -m scripts.analyse rechallenge FILE        columns case_id,strict[,endpoint,mitigation]

The last four print CSV with all digits.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd

from schemas.results import Conventions, Derived
from scripts import profiles
from scripts.messages import run, say
from scripts.tablefiles import read_text, write


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.analyse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _series(commands.add_parser("series", help="all results of a series"))
    for name, columns in (("curve", "lower,upper[,n]"), ("weibull", "lower,upper[,n]"),
                          ("rechallenge", "case_id,strict[,endpoint,mitigation]")):  # fmt: skip
        own = commands.add_parser(name, help=f"a CSV with the columns {columns}")
        own.add_argument("file", type=Path, metavar="FILE", help=f"columns {columns}")
    share = commands.add_parser("proportion", help="X of N with exact limits")
    share.add_argument("x", type=int, metavar="X", help="patients with the property")
    share.add_argument("n", type=int, metavar="N", help="patients")
    return parser.parse_args()


def _series(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("derived", type=Path, metavar="DIR", help="folder written by derive")
    parser.add_argument("--ledger", type=Path, required=True, metavar="FILE", help="written by assemble")
    parser.add_argument("--findings", type=Path, required=True, metavar="FILE", help="written by validate")
    parser.add_argument("--profile", type=Path, required=True, metavar="FILE", help="series profile")
    parser.add_argument("--data-lock", default="", metavar="YYYY-MM-DD", help="data lock point")
    parser.add_argument("--onset", default="first_symptom", help="primary onset endpoint")
    parser.add_argument("--clock", default="first_dose", help="primary clock")
    parser.add_argument("--onset-days", type=int, nargs="*", default=[2, 4], help="`by study day t`")
    parser.add_argument("--resolution-days", type=int, nargs="*", default=[14], help="`within t days`")
    parser.add_argument("--level", type=float, default=0.95, help="confidence level")
    parser.add_argument("--quantile-type", type=int, default=2, help="Hyndman and Fan's type")
    parser.add_argument("--day-origin", default="difference", help="for rows that reproduce other tools")
    parser.add_argument("--same-day", default="counted", help="likewise: counted or excluded")
    parser.add_argument("--several-rows", default="longest", help="likewise: longest, shortest or first_row")
    parser.add_argument("--recurrence-threshold", type=float, default=0.1, help="for the posterior")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for results")


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
    rows = csv_input.read_intervals(given.file)
    return standalone.curve(rows) if given.command == "curve" else standalone.shape(rows)


def series(given: argparse.Namespace) -> None:
    """Results, populations and curves of a series."""
    from scripts.analyse import rows, run_all

    event = profiles.load(given.profile).event
    conventions = Conventions(
        onset=given.onset,
        clock=given.clock,
        resolution=event.primary_resolution,
        onset_days=tuple(given.onset_days),
        resolution_days=tuple(given.resolution_days),
        poolable_origins=tuple(event.poolable_origins),
        level=given.level,
        quantile_type=given.quantile_type,
        day_origin=given.day_origin,
        same_day=given.same_day,
        several_rows=given.several_rows,
        data_lock=given.data_lock,
        recurrence_threshold=given.recurrence_threshold,
    )
    found, steps = run_all(_derived(given), conventions)
    results, populations = rows.table(found)
    write(results, given.out / "results.csv")
    write(populations, given.out / "populations.csv")
    write(rows.curves(steps), given.out / "curves.csv")
    say(f"analyse: {len(results)} results, {len(steps)} curve points")


def _derived(given: argparse.Namespace) -> Derived:
    bounds = ["lower", "upper", "complement_lower"]
    times = read_text(given.derived / "times.csv")
    tests = read_text(given.derived / "test_results.csv")
    return Derived(
        cases=read_text(given.derived / "case_series.csv"),
        times=times.assign(**{name: pd.to_numeric(times[name]) for name in bounds}),
        rechallenges=read_text(given.derived / "rechallenges.csv"),
        tests=tests.assign(**{name: pd.to_numeric(tests[name]) for name in ("value", "fold")}),
        ledger=read_text(given.ledger),
        findings=read_text(given.findings),
    )


if __name__ == "__main__":
    run(main)
