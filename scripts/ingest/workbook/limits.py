"""Is a file a workbook that can be opened without harm? Asked before anything in it is unpacked.

A zip archive can unpack to a thousand times its size. Python stops unpacking at the size an archive declares, so the
declared sizes bound the memory that reading can take.
"""

import errno
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.commands.messages import UserError
from scripts.ingest.spreadsheets import OLE, is_open_document
from scripts.ingest.zip_members import UNSOUND

LARGEST_PART = 512 * 2**20
LARGEST_TEXTS = 128 * 2**20
LARGEST_RATIO = 200
SMALL = 4 * 2**20
"""A part up to this size may be packed as tightly as it likes: blank cells pack well."""

LARGEST_WHOLE = SMALL
"""Of a part that is not read as a stream: styles, names, relations."""
MOST_BETWEEN_ROWS = 8 * 2**20
"""Bytes of a sheet that bring no further row; a row of the entry workbook takes some thousands."""
LONGEST = 1_048_576
"""Rows of a sheet."""
MIB = 2**20


class UnsoundError(Exception):
    """A workbook that is not read; the message says why."""


@contextmanager
def unsound_where_damaged() -> Iterator[None]:
    """Reading within: UnsoundError for whatever openpyxl raises where a damaged part makes it stumble; no warnings."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (UserError, UnsoundError):
        raise
    except OSError as why:
        if why.errno is None:  # not from the disk: openpyxl found no part that is a workbook
            raise UnsoundError("a document of another program, or without its workbook") from None
        if why.errno == errno.EINVAL:  # a place before the beginning of the file, as damaged archives name it
            raise UnsoundError("damaged inside (OSError)") from None
        raise
    except Exception as damage:
        raise UnsoundError(f"damaged inside ({type(damage).__name__})") from None


def refusal(file: Path) -> str:
    """Why the workbook must not be opened, in words; blank where it may be."""
    try:
        with zipfile.ZipFile(file) as archive:
            if is_open_document(archive):
                return "an OpenDocument spreadsheet"
            return _parts(archive.infolist()) or _declared(archive)
    except UNSOUND:
        return _not_zip(file)


def _parts(parts: list[zipfile.ZipInfo]) -> str:
    total = sum(part.file_size for part in parts)
    if total > LARGEST_PART:
        return f"it unpacks to {total // MIB} MiB; at most {LARGEST_PART // MIB} MiB are read"
    for part in parts:
        if part.file_size > max(SMALL, LARGEST_RATIO * part.compress_size):
            return f"'{part.filename}' unpacks to {part.file_size // max(part.compress_size, 1)} times its size"
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        return "a zip archive, but not a workbook"
    return ""


def _declared(archive: zipfile.ZipFile) -> str:
    """Workbooks declare no document types; one that does may define texts that unfold without end."""
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                if b"<!DOCTYPE" in stream.read(2**16).replace(b"\0", b""):
                    return f"'{part.filename}' declares a document type, which no spreadsheet program writes"
    return ""


def _not_zip(file: Path) -> str:
    with file.open("rb") as stream:
        start = stream.read(4)
    if start == OLE:
        return "an Excel 97 workbook or one with a password; save it as .xlsx without password"
    return "not a workbook, or a damaged one"
