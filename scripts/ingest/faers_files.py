"""The files of FAERS quarters, from zip archives or folders, as clean text that a CSV engine can take.

Refused with one message: archives that are broken, encrypted or would unpack to more than MOST_BYTES or
MOST_TIMES their size, files with NUL bytes. Line ends become LF; bytes that are not UTF-8 are read as
Windows-1252 and said so.
"""

import codecs
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from scripts.messages import UserError, shown

MOST_BYTES = 8 << 30
MOST_TIMES = 200
CHUNK = 1 << 20
HAND_MADE = 16 << 20
"""Files below this size are looked through for blank lines, which move line numbers; FAERS has none."""
TABLES = ("DRUG", "REAC", "DEMO", "INDI", "THER", "OUTC")
"""The largest first: it is unpacked while the others are already scanned."""
NAME = re.compile(r"(DEMO|DRUG|REAC|OUTC|THER|INDI)(\d\d)Q([1-4])\.(?:txt|zip_txt)", re.IGNORECASE)
DELETED = re.compile(r"(?:dele.*|.*deleted.*)\.(?:txt|csv)", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """One file of a quarter before it is unpacked: its name for people, its declared size, how to open it."""

    shown: str
    table: str
    quarter: str
    size: int
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True)
class Clean:
    """A cleaned copy: its path, header cells, the blank lines left out when it is read, and remarks."""

    path: Path
    shown: str
    table: str
    header: tuple[str, ...]
    blank_lines: tuple[int, ...]
    recoded: bool


def members(path: Path) -> list[Member]:
    """Every data file and delete list under a zip, a folder, or a folder of zips and folders."""
    if path.is_dir():
        inside = sorted(one for one in path.rglob("*") if one.is_file())
        found = [member for one in inside for member in _members_of(one)]
    else:
        found = list(_members_of(path))
    if not any(member.table in TABLES for member in found):
        raise UserError(
            f"{shown(path)}: no FAERS table in it. Expected files such as DEMO17Q2.txt and DRUG17Q2.txt, "
            "in a folder or in the quarter's zip."
        )
    return found


def _members_of(file: Path) -> Iterator[Member]:
    if file.suffix.lower() == ".zip":
        yield from _zipped(file)
    elif kind := _kind(file.name):
        yield Member(shown(file), *kind, file.stat().st_size, partial(_open, file))


def _kind(name: str) -> tuple[str, str] | None:
    """Table and quarter (2017Q2) in a file's name; `DELETED` for a delete list."""
    if match := NAME.fullmatch(name):
        century = "19" if int(match[2]) > 90 else "20"
        return match[1].upper(), f"{century}{match[2]}Q{match[3]}"
    return ("DELETED", "") if DELETED.fullmatch(name) else None


def _zipped(file: Path) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(file) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, EOFError) as fault:
        raise UserError(f"{shown(file)}: not a whole zip archive ({fault}). Download it again.") from fault
    total = sum(info.file_size for info in infos)
    if total > MOST_BYTES or total > MOST_TIMES * max(file.stat().st_size, 1 << 14):
        raise UserError(f"{shown(file)}: would unpack to {total >> 20} MB, more than any FAERS quarter. Not unpacked.")
    for info in infos:
        if kind := _kind(Path(info.filename).name):
            name = f"{shown(file)} ({info.filename})"
            yield Member(name, *kind, info.file_size, partial(_open_in, file, info))


def _open(file: Path) -> IO[bytes]:
    return file.open("rb")


def _open_in(file: Path, info: zipfile.ZipInfo) -> IO[bytes]:
    return zipfile.ZipFile(file).open(info)


@contextmanager
def _faults_of(name: str) -> Iterator[None]:
    """Whatever goes wrong while unpacking, in the user's words."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error) as fault:
        raise UserError(f"{name}: cannot be unpacked ({fault}). Download the archive again.") from fault


def clean(member: Member, folder: Path) -> Clean:
    """Write a clean copy of a member into a folder."""
    target = folder / f"{member.quarter}-{member.table}.txt"
    utf8, decoder = True, codecs.getincrementaldecoder("utf-8")()
    with _faults_of(member.shown), member.open() as source, target.open("wb") as copy:
        for chunk in _chunks(source, member):
            utf8 = utf8 and ((chunk.isascii() and not decoder.getstate()[0]) or _decodes(decoder, chunk))
            copy.write(chunk)
    if not utf8:
        target.write_text(target.read_bytes().decode("cp1252", "replace"), encoding="utf-8", newline="")
    lines = _blank(target) if member.size < HAND_MADE else ()
    return Clean(target, member.shown, member.table, _header(target, member.shown), lines, not utf8)


def _chunks(source: IO[bytes], member: Member) -> Iterator[bytes]:
    """The member's bytes, line ends made LF; refuses NUL bytes and more bytes than were declared."""
    read, carried = 0, b""
    while chunk := source.read(CHUNK):
        read += len(chunk)
        if read > member.size or b"\0" in chunk:
            raise UserError(_unreadable(member.shown, b"\0" in chunk))
        if carried or b"\r" in chunk:
            chunk, carried = _line_ends(carried + chunk)
        yield chunk
    if carried:
        yield b"\n"


def _unreadable(name: str, binary: bool) -> str:
    why = "holds NUL bytes, so it is not a text file in ASCII or UTF-8" if binary else "is longer than declared"
    return f"{name}: {why}. Download it again, or save it as UTF-8 text."


def _line_ends(chunk: bytes) -> tuple[bytes, bytes]:
    """CR LF becomes LF and any other CR a blank; a CR at the very end waits for the next chunk."""
    carried = b"\r" if chunk.endswith(b"\r") else b""
    return chunk[: len(chunk) - len(carried)].replace(b"\r\n", b"\n").replace(b"\r", b" "), carried


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _header(file: Path, name: str) -> tuple[str, ...]:
    """Column names, lower case. Before 2012Q4 data lines close with a $ the header lacks: a blank name."""
    with file.open("rb") as handle:
        first, lines = handle.readline(1 << 16), handle.readlines(1 << 14)
    text = first.decode("utf-8-sig", "replace").strip()
    if "$" not in text:
        raise UserError(f"{name}: the first line is no header with $ between its columns. Is it another file?")
    cells = [cell.strip().lower() for cell in text.rstrip("$").split("$")]
    closed = [line for line in lines if line.rstrip().endswith(b"$") and line.count(b"$") == len(cells)]
    return (*cells, "") if 2 * len(closed) > len(lines) else tuple(cells)


def _blank(file: Path) -> tuple[int, ...]:
    """Numbers of the blank lines, which the engine passes over."""
    with file.open("rb") as handle:
        return tuple(number for number, line in enumerate(handle, start=1) if line == b"\n")
