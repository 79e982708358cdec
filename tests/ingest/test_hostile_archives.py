"""Archives that are broken, lie or mean harm: refused in words, nothing written outside, nothing unpacked in vain."""

import struct
import zipfile

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.openfda import from_openfda
from tests.ingest.five_cases import CASES
from tests.ingest.hostile import refused, written
from tests.ingest.write_faers import files, zipped


def test_zip_bombs_and_broken_archives(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ascii/DEMO22Q3.txt", b"0" * (64 << 20))
    refused(from_faers_ascii, bomb, "Not unpacked")
    refused(from_openfda, _renamed(bomb, tmp_path / "json.zip", "page.json"), "would unpack")
    whole = zipped(tmp_path / "q.zip", files(CASES)).read_bytes()
    for share in (0.3, 0.9):
        refused(
            from_faers_ascii,
            written(tmp_path, whole[: int(len(whole) * share)], "cut.zip"),
            "not a complete zip",
        )
    damaged = bytearray(whole)
    damaged[60:200] = bytes(140)
    refused(from_faers_ascii, written(tmp_path, bytes(damaged), "damaged.zip"), "cannot be unpacked")


def test_what_the_library_cannot_unpack_is_said(tmp_path):
    """A kind of archive that it does not know, and bytes that are no deflated text."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.json", '{"results": []}' * 40)
    content = (tmp_path / "a.zip").read_bytes()
    at, packed = content.index(b"PK\x01\x02"), 30 + len("page.json")
    newer = content[: at + 6] + b"\xff" + content[at + 7 :]
    spoiled = content[:packed] + b"\xff" * 8 + content[packed + 8 :]
    for reader, damaged, why in (
        (from_openfda, newer, "not a complete zip"),
        (from_openfda, spoiled, "cannot be unpacked"),
        (from_faers_ascii, newer, "not a complete zip"),
    ):
        refused(reader, written(tmp_path, damaged, "damaged.zip"), why)


def _renamed(file, target, member_name):
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member_name, source.read(source.namelist()[0]))
    return target


def test_an_archive_that_lies_about_its_sizes(tmp_path):
    content = bytearray(zipped(tmp_path / "q.zip", files(CASES)).read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 40)
    with pytest.raises(UserError, match=r"cannot be unpacked|longer than declared"):
        from_faers_ascii.read(written(tmp_path, bytes(content), "liar.zip"))


def test_paths_in_archives_lead_nowhere(tmp_path):
    texts = {f"../../../{file_name}": text for file_name, text in files(CASES).items()}
    assert len(from_faers_ascii.read(zipped(tmp_path / "q.zip", texts)).tables["cases"]) == 5
    assert sorted(file.name for file in tmp_path.iterdir()) == ["q.zip"]
