"""A store of twelve quarters: what converting costs over a bare copy, and one more pair over converting."""

import sys
import tempfile
from pathlib import Path
from time import process_time

import duckdb

from scripts.commands.reading import read
from scripts.ingest.store import command
from tests.bench.faers_quarter import generate
from tests.bench.goals import goal

TABLES = ("DEMO", "DRUG", "REAC", "OUTC", "THER", "INDI")
PAIR = {"drugs": ["dahliumab"], "terms": ["invented bleeding"]}
QUARTERS = 12
SHARED = 0.25
"""Of the reports of a quarter so many are those of the quarter before."""


def run(reports: int = 30_000) -> None:
    """Print the ratios of processor time; the clock tells more of what else the machine does."""
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        quarters = [folder / f"q{number}" for number in range(QUARTERS)]
        for number, quarter in enumerate(quarters):
            first = 10_000_000 + int(number * reports * (1 - SHARED))
            generate(quarter, reports, f"{10 + number // 4}Q{1 + number % 4}", first).unlink()
        bare = _took(lambda: [_copied(quarter) for quarter in quarters])
        store = str(folder / "store")
        kept = _took(lambda: command.command(["add", *map(str, quarters), "--cores", "1", "--store", store]))
        read("faers_ascii", Path(store), **PAIR)
        pair = _took(lambda: read("faers_ascii", Path(store), **PAIR))
        raw = _took(lambda: read("faers_ascii", folder, **PAIR))
    print(
        f"  {QUARTERS} quarters of {reports} reports: bare copy {bare:.1f} s, store {kept:.1f} s, a pair {pair:.2f} s, {raw:.2f} s from the files"
    )
    goal("converting a quarter over a bare DuckDB copy of the same columns", kept / bare, 2.0)
    goal("one more pair from a 12-quarter store over converting the quarters", pair / kept, 0.05)


def _took(work) -> float:
    start = process_time()
    work()
    return process_time() - start


def _copied(quarter: Path) -> None:
    for table in TABLES:
        (file,) = (quarter / "ascii").glob(f"{table}*.txt")
        columns = f"read_csv('{file}', delim='$', header=true, quote='', escape='', all_varchar=true)"
        duckdb.execute(f"copy (select * from {columns}) to '{file}.parquet' (format parquet, compression zstd)")
        Path(f"{file}.parquet").unlink()


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
