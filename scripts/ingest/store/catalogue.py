"""The catalogue of a store: its parts, each with where it came from, what it holds and what was left out."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.files.atomic import write_text

CATALOGUE, LEDGER = "catalogue.json", "ledger.csv"
HEADINGS = ("extract", "table", "file", "source_sha256", "lines", "stored", "left_out", "part", "part_sha256", "passed")


@dataclass(frozen=True)
class Part:
    """One table of one extract.

    file       the source's name for people; `source` the SHA-256 of its archive or file
    path       of the Parquet file, from the format's folder of the store; `sha256` of its bytes
    records    lines that were stored, and `left_out` those that were not, by their number in the file
    rejects    of these the ones that do not fit: number, why, beginning
    layout     what the reader needs to know of the columns
    filled     share of lines in which a column holds something; `common` its commonest values with their shares
    passed     blank, or why a strange distribution was let pass
    """

    extract: str
    table: str
    file: str
    source: str
    path: str
    sha256: str
    records: int
    left_out: list[int]
    rejects: list[tuple[int, str, str]]
    layout: dict
    filled: dict[str, float]
    common: dict[str, dict[str, float]]
    passed: str = ""


def folder(path: Path, form: str) -> Path | None:
    """The part of a store that is of a format, where `path` is a store or such a part; else None."""
    return next((top for top in (path, path / form) if (top / CATALOGUE).is_file()), None)


def read(top: Path) -> list[Part]:
    """The parts that a catalogue names, in the order of extracts and tables; none without a catalogue."""
    if not (top / CATALOGUE).is_file():
        return []
    try:
        listed = json.loads((top / CATALOGUE).read_text(encoding="utf-8"))
        return [Part(**{**part, "rejects": [tuple(reject) for reject in part["rejects"]]}) for part in listed["parts"]]
    except (ValueError, TypeError, KeyError):
        raise UserError(f"{shown(top / CATALOGUE)}: no catalogue of a store. Bring back the file as it was.") from None


def write(parts: Iterable[Part], top: Path) -> None:
    """Replace ledger and catalogue; the latter, by which parts count, comes last."""
    ordered = sorted(parts, key=lambda part: (part.extract, part.table, part.file))
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(HEADINGS)
    for part in ordered:
        gone = len(part.left_out)
        lines.writerow(
            [
                part.extract,
                part.table,
                part.file,
                part.source,
                part.records + gone,
                part.records,
                gone,
                part.path,
                part.sha256,
                part.passed,
            ]
        )
    write_text(text.getvalue(), top / LEDGER)
    write_text(json.dumps({"parts": [asdict(part) for part in ordered]}, indent=1, ensure_ascii=False), top / CATALOGUE)


def row(part: Part, place: int) -> int:
    """The line of the file in which the n-th stored record stands (1 is the first below the header)."""
    at = place + 1
    for number in part.left_out:
        if number > at:
            break
        at += 1
    return at
