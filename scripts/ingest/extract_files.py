"""The files of a public extract, in zip archives or folders, their bytes, and what is to be said of a file.

Refused with one message: archives that are broken, encrypted or would unpack to more than MOST_BYTES or
MOST_TIMES their size, files longer than declared or with NUL bytes.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from scripts.commands.messages import UserError, shown
from scripts.files import source_files
from scripts.ingest.first_bytes import check
from scripts.ingest.zip_members import UNSOUND, pieces

MOST_BYTES = 8 << 30
MOST_TIMES = 200
MOST_HELD = 8 << 20
"""Files of messages up to this size are read as a whole before a report of theirs is used."""
CHUNK = 1 << 19
DELETED = re.compile(r"(?:dele.*|.*deleted.*)\.(?:txt|csv)", re.IGNORECASE)
"""Names of the lists of cases that the FDA has deleted, which lie in its quarters of either format."""
UNREADABLE = "line that does not fit its header"
MOST_SHOWN = 50
Reject = tuple[int, str, str]
"""A line that does not fit: its number, why, how it begins."""
Kind = Callable[[str], tuple[str, str] | None]
"""Table and extract, for example DRUG and 2017Q2, by a file's name; None for a file that belongs to something else."""


@dataclass(frozen=True)
class Member:
    """One file of an extract: its name for people, its declared size, its bytes piece by piece."""

    shown: str
    table: str
    quarter: str
    size: int
    pieces: Callable[[], Iterator[bytes]]


def with_ending(ending: str) -> Kind:
    """The kind of files whose names end so, in letters of either size."""
    return lambda file_name: (ending, "") if file_name.lower().endswith(ending) else None


def members_of(path: Path, kind: Kind) -> list[Member]:
    """Every file of the kind under a zip, a folder, or a folder of zips and folders."""
    return [member for file in source_files.files(path) for member in _members_of(file, kind)]


def _members_of(file: Path, kind: Kind) -> Iterator[Member]:
    if file.suffix.lower() == ".zip":
        yield from _zipped(file, kind)
    elif table_quarter := kind(file.name):
        yield Member(shown(file), *table_quarter, file.stat().st_size, partial(file_pieces, file))


def _zipped(file: Path, kind: Kind) -> Iterator[Member]:
    check(file, "zip")
    try:
        with zipfile.ZipFile(file) as archive:
            infos = [info for info in archive.infolist() if not (info.is_dir() or _of_a_mac(info.filename))]
    except UNSOUND as fault:
        raise UserError(f"{shown(file)}: not a complete zip archive ({fault}). Download it again.") from fault
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES or total > MOST_TIMES * max(file.stat().st_size, 1 << 14):
        raise UserError(f"{shown(file)}: would unpack to {total >> 20} MB, more than any extract. Not unpacked.")
    for info in infos:
        if table_quarter := kind(Path(info.filename).name):
            member_name = f"{shown(file)} ({info.filename})"
            yield Member(member_name, *table_quarter, info.file_size, partial(pieces, file, info))


def _of_a_mac(file_name: str) -> bool:
    """Whether macOS put the file into the archive, beside those that somebody packed."""
    return Path(file_name).name.startswith("._")


def file_pieces(file: Path) -> Iterator[bytes]:
    """The bytes of a file that is in no archive."""
    with file.open("rb") as handle:
        while piece := handle.read(CHUNK):
            yield piece


@contextmanager
def faults_of(member_name: str) -> Iterator[None]:
    """Whatever goes wrong while unpacking, in the user's words."""
    try:
        yield
    except UNSOUND as fault:
        raise UserError(f"{member_name}: cannot be unpacked ({fault}). Download the archive again.") from fault


def chunks(member: Member) -> Iterator[bytes]:
    """The member's bytes with LF at line ends; any other CR is a blank, unless the file begins with CR alone at its line ends."""
    read, carried, by_return = 0, b"", False
    with faults_of(member.shown):
        for chunk in member.pieces():
            by_return = by_return or (not read and b"\r" in chunk and b"\n" not in chunk)
            read += len(chunk)
            chunk = chunk.replace(b"\r", b"\n") if by_return else chunk
            if read > member.size or b"\0" in chunk:
                raise UserError(_unreadable(member.shown, b"\0" in chunk))
            if carried or b"\r" in chunk:
                chunk, carried = _line_ends(carried + chunk)
            yield chunk
    if carried:
        yield b"\n"


def deleted_cases(member: Member) -> list[str]:
    """The cases of a delete list: one case id per line, whatever else the line holds after a $ or a comma."""
    lines = b"".join(chunks(member)).decode("latin-1").replace("$", ",").splitlines()
    return [case for line in lines if (case := line.split(",")[0].strip()).isdigit()]


def _unreadable(member_name: str, binary: bool) -> str:
    why = "holds NUL bytes, so it is not a text file in ASCII or UTF-8" if binary else "is longer than declared"
    return f"{member_name}: {why}. Download it again, or save it as UTF-8 text."


def _line_ends(chunk: bytes) -> tuple[bytes, bytes]:
    """CR LF becomes LF and any other CR a blank; a CR at the very end waits for the next chunk."""
    carried = b"\r" if chunk.endswith(b"\r") else b""
    return chunk[: len(chunk) - len(carried)].replace(b"\r\n", b"\n").replace(b"\r", b" "), carried


def remarks(file: str, guessed: str, bad: list[Reject], cure: str, case: Callable[[str], str]) -> list[dict]:
    """guessed: what is said of an encoding that had to be guessed. Of the lines left out the first are told one by one, those of
    cases that are read before them, each with its case; `case` gives it by how the line begins, or a blank."""
    findings = [_remark(file, 0, "warning", guessed, "Check names with accents.")] if guessed else []
    of_cases = [(line, why, beginning, case(beginning)) for line, why, beginning in bad]
    of_cases.sort(key=lambda reject: not reject[3])
    most = max(MOST_SHOWN, sum(bool(reject[3]) for reject in of_cases))
    for line, why, beginning, case_id in of_cases[:most]:
        what = f"line left out: {why}{'; its case is read without it' if case_id else ''}"
        row = _remark(file, line, "error", what, cure, beginning)
        findings.append(row | ({"case_id": case_id} if case_id else {}))
    if len(bad) > most:
        what = f"{len(bad) - most} more lines left out"
        findings.append(_remark(file, 0, "error", what, "See the lines named; the file may be damaged."))
    return findings


def _remark(file: str, row: int, severity: str, what: str, cure: str, value: str = "") -> dict:
    return {
        "rule": "readable",
        "severity": severity,
        "table": "reports",
        "file": file,
        "row": row,
        "value": value,
        "what": what,
        "cure": cure,
    }
