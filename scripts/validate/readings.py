"""What a user hands to the checks, read: a folder that `ingest` has written, or a raw source before any run."""

from pathlib import Path

from pandera.errors import SchemaError, SchemaErrors

from schemas.findings import findings
from schemas.ledger import ledger
from scripts.commands.messages import UserError, shown
from scripts.commands.reading import Reading, not_selected, read
from scripts.files.source_files import map_beside
from scripts.files.tablefiles import read_book, read_reported

LONGEST_HEADER = 2**12
FLAT = (".csv", ".tsv", ".txt")
"""Endings of a single file that is a table of patients; a workbook is one where a column map lies beside it."""


def reading(path: Path) -> Reading:
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
    return all(_first_line(path / file_name) == ",".join(kind.columns) for file_name, kind in kinds.items())


def _first_line(file: Path) -> str:
    if not file.is_file():
        return ""
    with file.open(encoding="utf-8", errors="replace") as handle:
        return handle.readline(LONGEST_HEADER).rstrip("\n")


def _ingested(path: Path) -> Reading:
    try:
        beside = read_book("not_selected", path) if (path / "not_selected.csv").is_file() else not_selected([])
        return Reading(read_reported(path), read_book("findings", path), read_book("ledger", path), beside)
    except (ValueError, KeyError, SchemaError, SchemaErrors) as fault:
        what = f"written by `ingest` and changed since ({type(fault).__name__})"
        raise UserError(
            f"{shown(path)}: {what}. Run `ingest` again; corrections belong in the table `corrections`."
        ) from None
