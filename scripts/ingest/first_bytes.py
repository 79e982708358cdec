"""What a file is by its first bytes, so that a wrong one is refused in words rather than by a parser's complaint.

| form | begins with (behind byte-order marks and blanks)   |
|------|----------------------------------------------------|
| XML  | `<`                                                |
| JSON | `{` or `[`                                         |
| CSV  | anything but `<`, `{`, `[` and the signatures below |
| zip  | its signature                                      |
"""

from pathlib import Path

from scripts.commands.messages import UserError, shown

SIGNATURES = {
    b"PK\x03\x04": "is a zip archive or an Office document",
    b"PK\x05\x06": "is an empty zip archive",
    b"\xd0\xcf\x11\xe0": "is an Office document of before 2007",
    b"%PDF": "is a PDF document",
    b"\x1f\x8b": "is compressed (gzip) and first to be unpacked",
    b"7z\xbc\xaf": "is a 7-Zip archive and first to be unpacked",
    b"\x89PNG": "is a picture",
    b"\xff\xd8\xff": "is a picture",
    b"{\\rtf": "is an RTF document",
}
BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
BEGINNINGS = {"XML": b"<", "JSON": b"{["}
MARKUP = {b"<": "is XML or a web page", b"{": "is JSON", b"[": "is JSON"}
FORMS = {".xml": "XML", ".json": "JSON", ".csv": "CSV", ".zip": "zip", ".xlsx": "zip"}
OTHER = "does not look like it"
ENOUGH = 1 << 12


def check(file: Path, form: str) -> None:
    """Refuse a file that is empty or of another form than XML, JSON, CSV or zip, whatever its name says."""
    with file.open("rb") as handle:
        start = handle.read(ENOUGH)
    if not start.strip(BLANK):
        what = "holds nothing but blanks" if start else "is empty (0 bytes)"
        raise UserError(f"{shown(file)}: the file {what}. Get it again from where it came from.")
    if what := _other(start, form):
        raise UserError(f"{shown(file)}: the format wants {form}, and this {what}. Check the path and the format.")


def _other(start: bytes, form: str) -> str:
    """What the file is instead; a blank where it may be what it should be."""
    kind = next((what for sign, what in SIGNATURES.items() if start.startswith(sign)), "")
    if form == "zip":
        return "" if start.startswith(b"PK") else kind or OTHER
    if kind:
        return kind
    first = start.lstrip(BLANK)[:1]
    if form in BEGINNINGS:
        return "" if first in BEGINNINGS[form] else OTHER
    return MARKUP.get(first, "")
