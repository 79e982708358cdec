"""Compute all results of a series from its derived tables."""

import argparse
from pathlib import Path

import pandas as pd

from schemas.profile import load
from schemas.results import Conventions, Derived
from scripts.analyse import rows, run_all
from scripts.messages import run, say
from scripts.tablefiles import read_text, write


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.analyse", description=__doc__)
    parser.add_argument("derived", type=Path, metavar="DIR", help="folder written by derive")
    parser.add_argument("--ledger", type=Path, required=True, metavar="FILE", help="written by assemble")
    parser.add_argument("--findings", type=Path, required=True, metavar="FILE", help="written by validate")
    parser.add_argument("--profile", type=Path, required=True, metavar="FILE", help="series profile")
    parser.add_argument("--onset", default="first_symptom", help="primary onset endpoint")
    parser.add_argument("--clock", default="first_dose", help="primary clock")
    parser.add_argument("--onset-days", type=int, nargs="*", default=[2, 4], help="`by study day t`")
    parser.add_argument("--resolution-days", type=int, nargs="*", default=[14], help="`within t days`")
    parser.add_argument("--level", type=float, default=0.95, help="confidence level")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for results")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    event = load(given.profile).event
    conventions = Conventions(
        onset=given.onset,
        clock=given.clock,
        resolution=event.primary_resolution,
        onset_days=tuple(given.onset_days),
        resolution_days=tuple(given.resolution_days),
        poolable_origins=tuple(event.poolable_origins),
        level=given.level,
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
