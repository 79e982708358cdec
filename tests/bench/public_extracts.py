"""How fast the readers of JADER and VAERS are beside DuckDB reading the same files.

python -m tests.bench public_extracts
"""

import re
import tempfile
from functools import partial
from pathlib import Path

import duckdb

from scripts.commands.reading import read
from tests.bench.goals import goal
from tests.bench.readers import race, say
from tests.ingest import write_jader, write_vaers
from tests.ingest.five_cases import CASES

REPORTS = 100_000
WRITERS = {"jader": write_jader, "vaers": write_vaers}
ASKED = {"drugs": ["dahliumab"], "terms": ["invented lung bleeding"]}
OTHER = re.compile("dahliumab", re.IGNORECASE)
FILE = "read_csv('{}', all_varchar=true, header=true)"


def run(repeats: int = 3) -> None:
    """Print the ratios, on the clock and, in brackets, of processor time."""
    for form, writer in WRITERS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder)
            for file_name, text in writer.files(CASES).items():
                _many(path / file_name, *text.splitlines())
            took = race(
                repeats,
                scan=partial(_scanned, path),
                stored=partial(_stored, path),
                ours=partial(read, form, path, **ASKED),
            )
            say(f"{form}: {REPORTS} reports, a DuckDB scan of every column", took["scan"])
            say(f"{form}: DuckDB with the files in tables on disk", took["stored"])
            say(f"{form}: reader that selects, against the scan", took["ours"], took["scan"], "at most 3")
            say(f"{form}: the same, against the tables", took["ours"], took["stored"], "at most 3")
            ratio = took["ours"].processor / took["scan"].processor
            goal(f"{form}: a reader that selects over a DuckDB scan of every column", ratio, 3)


def _many(file: Path, header: str, *lines: str) -> None:
    """The lines of the five cases over and over, each copy with numbers of its own, one in a hundred with the pair."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        handle.write(header + "\r\n")
        for number in range(REPORTS // len(CASES)):
            text = "\r\n".join(lines).replace("-INVENTED-", f"-{number}-")
            handle.write((text if number % 100 == 0 else OTHER.sub("other", text)) + "\r\n")


def _scanned(folder: Path) -> None:
    for file in folder.iterdir():
        duckdb.sql(f"select count(columns(*)) from {FILE.format(file)}").fetchall()


def _stored(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home, duckdb.connect(f"{home}/bare.duckdb") as database:
        for number, file in enumerate(folder.iterdir()):
            database.execute(f"create table t{number} as select * from {FILE.format(file)}")
