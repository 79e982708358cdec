"""From files of messages to a reading: what all formats with one report after another have in common."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from schemas.findings import findings
from schemas.ledger import ledger
from scripts.commands.messages import UserError, shown
from scripts.files import source_files
from scripts.ingest import Reading, not_read, not_selected
from scripts.ingest.extract_files import MOST_HELD, Member, faults_of, members_of, with_ending
from scripts.ingest.first_bytes import FORMS, check
from scripts.ingest.reports import Report, source_row, tables
from scripts.ingest.reports_kept import NO_ID, latest, of_delete_list, out_line, uncollected
from scripts.ingest.selection import selection, undated
from scripts.records.versions.of_cases import DELETED

Fault = tuple[str, str]
"""A file that cannot be read, and why in words."""
UNREAD_FILE = "file that cannot be read"


def read_messages(
    path: Path, suffixes: tuple[str, ...], reports: Callable[[Path], Iterable[Report]], kind: str, options: dict
) -> Reading:
    """Read a file or a folder.

    In a folder a small file that cannot be read is set aside as a whole, with a finding and a line of the ledger; a large
    one, of which reports may have been used before it broke, and a source of which nothing can be read refuse the source,
    all such files in one message.
    """
    path = Path(path)
    source_id = str(options.get("source_id") or path.stem)
    wanted = selection(options)
    apart: list[Fault] = []
    refused: list[str] = []
    broken: list[Report] = []
    without: list[str] = []
    found_files = _files(path, suffixes)
    every = _all(found_files, suffixes, reports, apart if len(found_files) > 1 else None, refused, without)
    with uncollected():
        kept, lines, nearly = latest(every, wanted, source_id, broken)
    if refused or len(apart) == len(found_files):
        raise UserError("\n".join([*refused, *(why for _, why in apart)]))
    lines = [*(out_line(source_id, file, 1, UNREAD_FILE) for file, _ in apart), *lines]
    if sum(line["records"] for line in lines) == 0:
        raise UserError(f"{shown(path)}: no report in it. Check the format of the source.")
    report_tables = tables(kept, source_id)
    remarks = [note for report in kept for note in report.findings] + wanted.unmatched()
    remarks += undated(wanted, kept)
    remarks += not_read.remarks(kept)
    elsewhere = wanted.deleted - {line["record"] for line in lines if line["reason"] == DELETED}
    lines = [*of_delete_list(source_id, elsewhere), *not_read.lines(source_id, kept), *lines]
    remarks += [_left_out(file, why) for file, why in apart]
    remarks += [_without_report(file) for file in without]
    archives = [file for file in found_files if file.suffix.lower() == ".zip" and ".zip" in suffixes]
    inside = [name for file in archives for name in not_read.in_archive(file, suffixes[0])]
    remarks += not_read.files([*not_read.in_folder(path, suffixes), *inside])
    remarks += [_set_aside(report) for report in broken]
    read = source_row(source_id, kind, path.name) | report_tables
    return Reading(read, findings(remarks), ledger(lines), not_selected(nearly))


def _files(path: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """The file itself, or all files of a folder with one of these suffixes, at any depth, in order of their paths."""
    if not path.is_dir():
        return [path]
    matching_files = [file for file in source_files.files(path) if file.suffix.lower() in suffixes]
    if not matching_files:
        raise UserError(f"{shown(path)}: no {' or '.join(f'*{suffix}' for suffix in suffixes)} file in this folder.")
    return matching_files


def _all(
    paths: list[Path],
    suffixes: tuple[str, ...],
    reports: Callable[[Path], Iterable[Report]],
    apart: list[Fault] | None,
    refused: list[str],
    without: list[str],
) -> Iterator[Report]:
    """The reports of all files. A file that cannot be read goes to `apart` where it can, else its message to `refused`; one
    that holds no report goes to `without`."""
    for file in paths:
        held = apart is not None and file.suffix.lower() != ".zip" and file.stat().st_size <= MOST_HELD
        try:
            ending = file.suffix.lower()
            check(file, FORMS[ending if ending in suffixes else suffixes[0]])
            every = iter(list(reports(file)) if held else reports(file))
            first = next(every, None)
            if first is None:
                without.append(shown(file))
            else:
                yield from chain([first], every)
        except UserError as fault:
            if held and apart is not None:
                apart.append((shown(file), str(fault)))
            else:
                refused.append(str(fault))


def _left_out(file: str, why: str) -> dict:
    what, cure = why.removeprefix(f"{file}: "), "Ask the sender for a sound file, or take it out of the folder."
    row = {"rule": "readable", "severity": "error", "table": "reports", "file": file}
    return row | {"what": f"file left out: {what}", "cure": cure}


def _without_report(file: str) -> dict:
    row = {"rule": "readable", "severity": "warning", "table": "reports", "file": file}
    return row | {"what": "no report in this file", "cure": "Look at the file, if it should hold any."}


def _set_aside(report: Report) -> dict:
    cure = "Ask the sender for the report again."
    if report.broken == NO_ID:
        cure = "Ask the sender for the report with its case number (C.1.1 or C.1.8.1; safetyreportid)."
    row = {"rule": "readable", "severity": "error", "table": "reports", "file": report.at_file, "row": report.at_row}
    return row | {"case_id": report.case_id, "what": f"report set aside: {report.broken}", "cure": cure}


def of_archive(file: Path, of_one: Callable[[Path, str], Iterator[Report]], ending: str = ".xml") -> Iterator[Report]:
    """The reports of a file, or of each file with the ending at any depth of an archive; `of_one` reads one under its name for
    people.

    A small file of an archive of several that cannot be read is set aside, as it is in a folder.
    """
    if file.suffix.lower() != ".zip":
        yield from of_one(file, shown(file))
        return
    members = members_of(file, with_ending(ending))
    if not members:
        raise UserError(f"{shown(file)}: no *{ending} in this archive. Check the path and the format.")
    with TemporaryDirectory() as folder:
        apart: list[Report] = []
        for number, member in enumerate(members):
            copy = Path(folder) / f"{number}{ending}"
            held = len(members) > 1 and member.size <= MOST_HELD
            try:
                _unpack(member, copy)
                yield from list(of_one(copy, member.shown)) if held else of_one(copy, member.shown)
            except UserError as fault:
                why = str(fault).replace(shown(copy), member.shown)
                if not held:
                    raise UserError(why) from None
                apart.append(Report("", member.shown, 0, broken=why.removeprefix(f"{member.shown}: ")))
            copy.unlink()
    if len(apart) == len(members):
        raise UserError("\n".join(f"{report.at_file}: {report.broken}" for report in apart))
    yield from apart


def _unpack(member: Member, copy: Path) -> None:
    with faults_of(member.shown), copy.open("wb") as handle:
        for piece in member.pieces():
            handle.write(piece)
