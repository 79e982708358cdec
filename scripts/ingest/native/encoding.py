"""Which bytes are text, and in which encoding. Everything leaves here as UTF-8 bytes with LF or CRLF line ends.

Order of trial: byte-order marks (UTF-8, UTF-16, UTF-32), UTF-8, then Windows-1252, which is a guess and reported as one.
A text in which UTF-8 letters stand beside bytes that are none was put together from two encodings, and is refused.
"""

import codecs
import io
import re
from dataclasses import dataclass

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NOT_TEXT = {
    b"PK\x03\x04": "a workbook or zip archive; give it the ending .xlsx",
    b"\xd0\xcf\x11\xe0": "an Excel 97 workbook; save it as .xlsx",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "compressed (gzip); unpack it first",
}
UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LINES_NAMED = 10


class NotTextError(ValueError):
    """The bytes are not a text; the message says what they look like."""


@dataclass(frozen=True)
class Text:
    """UTF-8 bytes without byte-order mark, and the encoding they came in."""

    content: bytes
    encoding: str

    @property
    def guessed(self) -> bool:
        """Windows-1252 cannot be recognised, only assumed."""
        return self.encoding == "cp1252"


def as_utf8(raw: bytes) -> Text:
    """Decode by byte-order mark, as UTF-8, as UTF-16 without mark, or as Windows-1252. NotTextError otherwise."""
    for start, what in NOT_TEXT.items():
        if raw.startswith(start):
            raise NotTextError(what)
    encoding = _encoding(raw)
    try:
        content = raw if encoding == "utf-8" else raw.decode(encoding).encode("utf-8")
    except UnicodeDecodeError as fault:
        raise NotTextError(f"neither UTF-8, UTF-16 nor Windows-1252: byte {fault.start + 1} fits none") from None
    if b"\0" in content:
        raise NotTextError("it holds zero bytes")
    if b"\r" in content and b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return Text(content, encoding)


def mostly_utf8(raw: bytes) -> bool:
    """Whether bytes that are not UTF-8 throughout hold more letters of it than bytes that are none: what nobody can edit is
    then read as such, without these."""
    return len(UTF8_LETTER.findall(raw)) > raw.decode("utf-8", "replace").count("\ufffd")


def _encoding(raw: bytes) -> str:
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return encoding
    if raw[1:2] == b"\0" and raw[3:4] == b"\0":
        return "utf-16-le"
    if raw[:1] == b"\0" and raw[2:3] == b"\0":
        return "utf-16-be"
    if raw.isascii():
        return "utf-8"
    if _is_utf8(raw):
        return "utf-8"
    if UTF8_LETTER.search(raw):
        raise NotTextError(_two_encodings(raw))
    return "cp1252"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _two_encodings(raw: bytes) -> str:
    bad = [number for number, line in enumerate(io.BytesIO(raw), start=1) if not _is_utf8(line)]
    named = ", ".join(map(str, bad[:LINES_NAMED])) + (
        f" and {len(bad) - LINES_NAMED} more" if bad[LINES_NAMED:] else ""
    )
    return f"in two encodings: letters in UTF-8, and bytes that are no UTF-8 in line {named}"
