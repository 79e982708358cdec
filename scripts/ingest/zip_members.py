"""The bytes of a file inside a zip archive, in pieces, inflated by ISA-L, which takes a third of zlib's time.

The archive's own checks stay: the size and the CRC that it declares, the end of the stream.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from isal import isal_zlib

PIECE = 1 << 16
HEADER = struct.Struct("<26xHH")
"""Of the 30 bytes before a file's name: the lengths of the name and of the extra field behind it."""
ENCRYPTED = 1
UNSOUND = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip
"""What the standard library raises on an archive that is damaged, encrypted or of a kind that it does not know."""
BROKEN: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub takes the class for an instance


def pieces(archive: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member's bytes. One of UNSOUND, as the standard library has them, where they cannot be had."""
    if info.compress_type != zipfile.ZIP_DEFLATED or info.flag_bits & ENCRYPTED:
        yield from _by_the_library(archive, info)
        return
    size, crc = 0, 0
    for piece in _inflated(archive, info):
        size, crc = size + len(piece), isal_zlib.crc32(piece, crc)
        yield piece
    if size != info.file_size or crc != info.CRC:
        raise zipfile.BadZipFile(f"Bad CRC-32 or size for file {info.filename!r}")


def _by_the_library(archive: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with zipfile.ZipFile(archive) as opened, opened.open(info) as handle:
        while piece := handle.read(PIECE):
            yield piece


def _inflated(archive: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the deflated bytes unpack to; each piece is at most a thousand times as long as what it came from."""
    with zipfile.ZipFile(archive) as opened:
        opened.open(info).close()  # the library compares the two headers of the member
    engine, left = isal_zlib.decompressobj(-isal_zlib.MAX_WBITS), info.compress_size
    with archive.open("rb") as handle:
        handle.seek(info.header_offset)
        name_length, extra = HEADER.unpack(handle.read(HEADER.size))
        handle.seek(name_length + extra, 1)
        while left and not engine.eof and (packed := handle.read(min(left, PIECE))):
            left -= len(packed)
            try:
                yield engine.decompress(packed)
            except BROKEN as fault:
                raise zipfile.BadZipFile(str(fault)) from fault
    if not engine.eof:
        raise EOFError("the data end too early")
