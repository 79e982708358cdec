"""Blocks, searches and unpacking against the plainest way to do the same."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.commands.messages import UserError
from scripts.ingest.faers.copies import copied
from scripts.ingest.faers.files import members
from scripts.ingest.faers.lines import PAD, Block, everything, keep
from scripts.ingest.faers.search import Naming, Reports
from scripts.ingest.zip_members import pieces
from scripts.records.drugs import names
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import files, zipped

IDS = st.text("0123456789", min_size=1, max_size=11)
WORDS = st.sampled_from(["dahliumab", "DAHLIUMAB", "dahlium", "two", "words", "K", "ſ", "é", "-", "12mg", " "])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
QUICK = settings(max_examples=200, deadline=None, database=None, derandomize=True)


def block(lines):
    return Block("".join(f"{line}\n" for line in lines).encode() + PAD, 1)


@QUICK
@given(st.lists(IDS, min_size=1, max_size=20), st.sets(IDS, max_size=6))
def test_lines_of_reports(ids, wanted):
    wanted |= set(ids[::3])
    places = set(Reports(wanted)(block([f"{report_id}$x" for report_id in ids])).tolist())
    exact = {place for place, report_id in enumerate(ids) if report_id in wanted}
    assert exact <= places
    assert {place for place in places - exact if len(ids[place]) < 8} == set()  # only the ninth digit may differ


@QUICK
@given(st.lists(NAMES, min_size=1, max_size=12), NAMES)
def test_lines_that_name_something_are_never_missed(lines, asked):
    places = set(Naming([asked])(block([f"1${line}$" for line in lines])).tolist())
    assert {place for place, line in enumerate(lines) if names(line, asked)} <= places


@QUICK
@given(st.lists(st.text("ab$", max_size=9), min_size=1, max_size=12))
def test_cells_of_every_line(lines):
    assert block(lines).cells().tolist() == [line.count("$") + 1 for line in lines]


@pytest.mark.parametrize("cells", [255, 256, 257, 600])
def test_cells_of_a_line_with_more_than_a_byte_counts(cells):
    assert block(["a$b", "$" * (cells - 1), "$$"]).cells().tolist() == [2, cells, 3]


@QUICK
@given(
    st.lists(st.sampled_from(["1$a", "2$b", "", "3", "4$é$", "5$c"]), max_size=12), st.sets(st.sampled_from("12345"))
)
def test_a_second_look_gives_the_lines_that_the_first_would_have_given(tmp_path_factory, lines, wanted):
    for encoding in ("utf-8", "cp1252"):
        folder = tmp_path_factory.mktemp("copies")
        (folder / "REAC24Q1.txt").write_text("".join(f"{line}\n" for line in ("primaryid$pt", *lines)), encoding)
        member = next(iter(members(folder)))
        for look in (Reports(wanted), everything):
            assert copied(member, folder / "copy").keep(look) == keep(member, look)


@QUICK
@given(st.binary(max_size=3000), st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]))
def test_pieces_are_what_the_standard_library_unpacks(tmp_path_factory, content, method):
    file = tmp_path_factory.mktemp("zip") / "a.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a.txt", content)
    assert b"".join(pieces(file, zipfile.ZipFile(file).infolist()[0])) == content


@pytest.mark.parametrize("changed", range(30, 400, 37))
def test_a_changed_byte_never_passes_unseen(tmp_path, changed):
    content = bytearray(zipped(tmp_path / "q.zip", files(CASES)).read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
        right = archive.read(first)
    assert changed < first.header_offset + first.compress_size
    content[changed] ^= 0x40
    (tmp_path / "q.zip").write_bytes(content)
    try:
        member = next(zip_member for zip_member in members(tmp_path / "q.zip") if first.filename in zip_member.shown)
        read = b"".join(member.pieces())
    except (UserError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        return
    assert read == right


def test_all_lines_of_a_file_come_with_their_numbers(tmp_path):
    texts = files(CASES)
    path = zipped(tmp_path / "q.zip", texts)
    for member in members(path):
        if member.table == "REAC":
            lines = texts["REAC22Q3.txt"].split("\r\n")
            assert keep(member, everything).lines == list(enumerate(lines[1:-1], start=2))
