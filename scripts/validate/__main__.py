"""Check reported tables: contracts, keys, clinical rules, records that look alike. Nothing is repaired.

    python -m scripts.validate data/raw/my-series          check a folder or workbook before any run
    python -m scripts.validate reported/a reported/b --out findings.csv --profile p.yaml --settings study.yaml

Exit codes: 0 nothing stops a run, 2 the input cannot be read, 3 findings stop a run. With --out the code is 0, the
findings stand in FILE and the pairs in candidate_pairs.csv beside it: `assemble` stops the run.
"""

import argparse
import gc
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from pandera.errors import SchemaError, SchemaErrors

from schemas.findings import FINDINGS, findings
from schemas.ledger import ledger
from schemas.reported import TABLES
from scripts.commands import room_arguments
from scripts.commands.messages import STOPPED_BY_FINDINGS, UserError, run, say, shown
from scripts.commands.reading import Reading, read
from scripts.files.source_files import map_beside
from scripts.files.tablefiles import read_book, read_reported, write, write_book
from scripts.records import versions
from scripts.validate import decide, examine
from scripts.validate.contracts import several_sources, table_contracts
from scripts.validate.flags import together
from scripts.words.findings_text import for_log, text

ALL = "give --out FILE"
LONGEST_HEADER = 2**12
FLAT = (".csv", ".tsv", ".txt")
"""Endings of a single file that is a table of patients; a workbook is one where a column map lies beside it."""


def arguments() -> argparse.Namespace:
    parser = room_arguments.parser("validate", __doc__, "profile", "settings", optional=("profile",))
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all findings here and exit with 0")
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="raw source, or folders written by ingest")
    return parser.parse_args()


def main() -> None:
    # A million rows are tens of millions of cells, and none of them makes a cycle that a collector would have to find.
    gc.set_threshold(200_000, 50, 50)
    given = arguments()
    readings = [_reading(path) for path in given.paths]
    parts = [versions.Part(path.stem, one.tables, one.ledger) for path, one in zip(given.paths, readings, strict=True)]
    stay, _, older = versions.latest(parts)
    columns = [table_contracts.columns(reading.tables) for reading in readings]
    unread = together([reading.findings for reading in readings])
    in_part = set(unread.loc[unread["severity"] == "contract", "table"])
    whole = merged(stay)
    checked, pairs = examine(whole, given.profile, in_part, given.settings.data_lock)
    twice = [several_sources.find(whole["cases"], older)] if older else []
    found = together([unread, *columns, checked, *twice])
    decided = decide(found, given.settings.policy.model_dump(), _only_received(parts))
    decided = several_sources.with_cures(decided, whole)
    aside = decided.loc[decided["action"] == "exclude_record", "case_id"].nunique()
    if given.out:
        write(FINDINGS.validate(decided), given.out)
        write_book(pairs, "candidate_pairs", given.out.parent)
        say(
            f"validate: {len(decided)} findings in {shown(given.out)}, {len(pairs)} pairs that look alike beside it{_aside(aside)}"
        )
        return
    say(text(decided, ALL) or "No findings.", for_log(decided, ALL) or "No findings.")
    if not given.profile:
        say("Without --profile nothing is compared with the drug, the event, its analytes and schedules of the series.")
    if (decided["action"] == "stop").any():
        raise SystemExit(STOPPED_BY_FINDINGS)


def _aside(records: int) -> str:
    noun = "record" if records == 1 else "records"
    return f"; {records} {noun} of messages or extracts set aside" if records else ""


def _only_received(parts: list[versions.Part]) -> set[str]:
    """Cases that stand in messages and extracts alone; where an analyst has typed one too, the analyst can correct it."""
    cases: dict[bool, set[str]] = {True: set(), False: set()}
    for part in parts:
        for table in part.tables.values():
            cases[part.received] |= set(table["case_id"]) if "case_id" in table else set()
    return cases[True] - cases[False] - {""}


def merged(parts: list[Mapping[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
    """The tables of all sources, one below the other; columns that a source left out are blank."""
    return {
        name: _below([part[name] for part in parts if len(part.get(name, ()))])
        for name in TABLES
        if any(len(part.get(name, ())) for part in parts)
    }


def _below(parts: list[pd.DataFrame]) -> pd.DataFrame:
    if len(parts) == 1:
        return parts[0]
    once = [part.loc[:, ~part.columns.duplicated()] for part in parts]
    return pd.concat(once, ignore_index=True).fillna("").astype({"at_row": int})


def _reading(path: Path) -> Reading:
    """A folder written by `ingest`, or else a raw source: a folder or workbook of reported tables, or one flat table."""
    if not path.exists():
        raise UserError(f"{path}: no such file or folder. Check the path.")
    if _by_ingest(path):
        return _ingested(path)
    if path.is_file() and (map_beside(path).is_file() or path.suffix.lower() in FLAT):
        return read("table", path)
    return read("xlsx" if path.is_file() and path.suffix.lower() == ".xlsx" else "csv", path)


def _by_ingest(path: Path) -> bool:
    """Only `ingest` writes findings and ledger of these very columns; a ledger of the user's own has others."""
    kinds = {"findings.csv": findings([]), "ledger.csv": ledger([])}
    return all(_first_line(path / name) == ",".join(kind.columns) for name, kind in kinds.items())


def _first_line(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open(encoding="utf-8", errors="replace") as handle:
        return handle.readline(LONGEST_HEADER).rstrip("\n")


def _ingested(path: Path) -> Reading:
    try:
        return Reading(read_reported(path), read_book("findings", path), read_book("ledger", path))
    except (ValueError, KeyError, SchemaError, SchemaErrors) as fault:
        what = f"written by `ingest` and changed since ({type(fault).__name__})"
        raise UserError(
            f"{shown(path)}: {what}. Run `ingest` again; corrections belong in the table `corrections`."
        ) from None


if __name__ == "__main__":
    run(main)
