"""From files of messages to a reading: what all formats with one report after another have in common."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from schemas.findings import findings
from schemas.ledger import ledger
from scripts.commands.messages import UserError, shown
from scripts.ingest import Reading
from scripts.ingest.first_bytes import FORMS, check
from scripts.ingest.reports import Report, source_row, tables
from scripts.ingest.selection import latest, selection
from scripts.ingest.xml_stream import files


def read_messages(
    path: Path, suffixes: tuple[str, ...], reports: Callable[[Path], Iterable[Report]], kind: str, options: dict
) -> Reading:
    """Read a file or a folder; files that cannot be read refuse the source, all of them in one message."""
    path = Path(path)
    source_id = str(options.get("source_id") or path.stem)
    wanted = selection(options)
    refused: list[str] = []
    kept, lines = latest(_all(files(path, suffixes), suffixes, reports, refused), wanted, source_id)
    if refused:
        raise UserError("\n".join(refused))
    if sum(line["records"] for line in lines) == 0:
        raise UserError(f"{shown(path)}: no report in it. Check the format of the source.")
    found = tables(kept, source_id)
    remarks = [note for report in kept for note in report.findings] + wanted.unmatched()
    remarks += [_no_id(shown(path), line) for line in lines if line["reason"] == "no case identifier"]
    return Reading(source_row(source_id, kind, path.name) | found, findings(remarks), ledger(lines))


def _all(
    paths: list[Path], suffixes: tuple[str, ...], reports: Callable[[Path], Iterable[Report]], refused: list[str]
) -> Iterator[Report]:
    for file in paths:
        try:
            ending = file.suffix.lower()
            check(file, FORMS[ending if ending in suffixes else suffixes[0]])
            yield from reports(file)
        except UserError as fault:
            refused.append(str(fault))


def _no_id(file: str, line: dict) -> dict:
    return {
        "rule": "readable",
        "severity": "error",
        "table": "reports",
        "file": file,
        "column": "case_id",
        "value": line["record"],
        "what": "the report has no case identifier and was left out",
        "cure": "Ask the sender for the report with its case number (C.1.1 or C.1.8.1; safetyreportid).",
    }
