"""Office files without a clock: the same content gives the same bytes."""

import io
import zipfile

FIXED = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip archive can hold."""


def rezipped(content: bytes) -> bytes:
    """The same archive with fixed dates, in the same order."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(entry))
    return made.getvalue()
