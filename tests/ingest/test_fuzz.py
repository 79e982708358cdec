"""Readers under random damage: they give a reading that adds up, or one message to the user, nothing else.

`CRASHES` keeps what once broke a reader. More time: FUZZ_EXAMPLES=5000.
"""

import csv
import io
import os
import tempfile
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.codes import MISSING
from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.e2b.ages import from_birth, stated
from scripts.e2b.hl7_times import edtf
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.listing import from_eudravigilance_listing
from scripts.ingest.listing.composite_cells import entries, particulars
from scripts.ingest.openfda import from_openfda
from scripts.ingest.selection import in_period
from tests.ingest import write_jader, write_listing, write_r2, write_r3, write_vaers
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import BEFORE_2012Q4, files, folder

SOUND = {
    "e2b_r3": (from_e2b_r3, "a.xml", write_r3.batch(*map(write_r3.message, CASES))),
    "e2b_r2": (
        from_e2b_r2,
        "a.xml",
        write_r2.xml(write_r2.trees(CASES), "<!DOCTYPE ichicsr SYSTEM 'a.dtd'>"),
    ),
    "openfda": (from_openfda, "a.json", write_r2.page(write_r2.trees(CASES, dechallenge=True)).encode()),
    "eudravigilance_listing": (from_eudravigilance_listing, "a.csv", write_listing.listing(CASES).encode()),
}
PIECES = [
    b"<", b">", b"&x;", b'"', b"$", b"\0", b"\r\n", b"\xff\xfe", b"</observation>", b"<value/>", b"[", b"{}",
    b" - ", b"()", b",<BR>", b"9" * 40, b" nullFlavor='XXX'", "ÄΩ".encode(), b"<!DOCTYPE a [", b"]]>",
]  # fmt: skip
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "40"))
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES <= 40,
    suppress_health_check=list(HealthCheck),
)
CRASHES = [
    (
        "e2b_r3",
        SOUND["e2b_r3"][2].replace(b"urn:hl7-org:v3", b"{}urn:hl7-org:v3", 1),
    ),  # no name lxml can take apart
]


@st.composite
def damaged(draw, sound):
    """A sound file with pieces cut out, doubled, swapped for others or moved."""
    content = bytearray(sound)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        end = min(len(content), at + draw(st.sampled_from([0, 1, 2, 5, 40, 400])))
        piece = draw(st.sampled_from([b"", *PIECES, bytes(content[at:end]) * 2]))
        content[at:end] = piece
    return bytes(content)


def check(reader, file_name, content, reports=None):
    with tempfile.TemporaryDirectory() as where:
        file = Path(where) / file_name
        file.write_bytes(content)
        try:
            reading = reader.read(file)
        except UserError:
            return
    went = reading.ledger.groupby("decision")["records"].sum()
    assert went.get("in", 0) == len(reading.tables.get("reports", ()))
    for table in reading.tables.values():
        assert not table.isna().any().any()


@pytest.mark.parametrize("form", SOUND)
@BOUNDED
@given(data=st.data())
def test_damaged_messages(form, data):
    reader, file_name, sound = SOUND[form]
    check(reader, file_name, data.draw(damaged(sound)))


@pytest.mark.parametrize("form", SOUND)
@settings(BOUNDED, max_examples=max(10, EXAMPLES // 2))
@given(content=st.binary(max_size=300))
def test_noise(form, content):
    reader, file_name, sound = SOUND[form]
    check(reader, file_name, content)
    check(reader, file_name, sound[:200] + content)


def packed(form):
    """A listing as a workbook, a message in an archive: bytes that are damaged as they are packed."""
    text = io.BytesIO()
    if form == "eudravigilance_listing":
        with xlsxwriter.Workbook(text, {"in_memory": True}) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate(csv.reader(io.StringIO(write_listing.listing(CASES).lstrip("\ufeff")))):
                sheet.write_row(number, 0, line)
    else:
        with zipfile.ZipFile(text, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(SOUND[form][1], SOUND[form][2])
    return text.getvalue()


@pytest.mark.parametrize("form", SOUND)
@settings(BOUNDED, max_examples=max(8, EXAMPLES // 4))
@given(data=st.data())
def test_damaged_archives_and_workbooks(form, data):
    ending = "xlsx" if form == "eudravigilance_listing" else "zip"
    check(SOUND[form][0], f"a.{ending}", data.draw(damaged(packed(form))))


@pytest.mark.parametrize("header", [None, BEFORE_2012Q4])
@settings(BOUNDED, max_examples=max(8, EXAMPLES // 4))
@given(data=st.data())
def test_damaged_quarters(header, data):
    texts = {file: text.encode() for file, text in files(CASES, **({"header": header} if header else {})).items()}
    file = data.draw(st.sampled_from(sorted(texts)))
    texts[file] = data.draw(damaged(texts[file]))
    with tempfile.TemporaryDirectory() as where:
        try:
            reading = from_faers_ascii.read(folder(Path(where), texts), drugs=["lemdahlia"])
        except UserError:
            return
    if not file.startswith("DEMO"):
        assert reading.ledger["records"].sum() == len(CASES)
    assert reading.ledger["records"].iloc[-1] == len(reading.tables.get("cases", ()))


@pytest.mark.parametrize("form", ["jader", "vaers"])
@settings(BOUNDED, max_examples=max(8, EXAMPLES // 4))
@given(data=st.data())
def test_damaged_extracts(form, data):
    writer = {"jader": write_jader, "vaers": write_vaers}[form]
    with tempfile.TemporaryDirectory() as where:
        whole = writer.folder(Path(where) / "all", writer.files(CASES))
        file = data.draw(st.sampled_from(sorted(whole.iterdir())))
        file.write_bytes(data.draw(damaged(file.read_bytes())))
        try:
            reading = read(form, whole, drugs=["lemdahlia"])
        except UserError:
            return
    if "demo" not in file.name and "DATA" not in file.name:
        assert reading.ledger["records"].sum() == len(CASES)
    assert reading.ledger["records"].iloc[-1] == len(reading.tables.get("cases", ()))


@pytest.mark.parametrize(("form", "content"), CRASHES)
def test_what_once_broke_a_reader(form, content):
    reader, file_name, _ = SOUND[form]
    check(reader, file_name, content)


@BOUNDED
@given(st.text(max_size=30))
def test_dates_cells_and_ages_of_any_text(text):
    assert isinstance(edtf(text), str)
    assert "".join(particulars(text)).count("(") <= text.count("(")
    assert all(entries(text))
    from_birth(text, "2020")
    from_birth("2200000000", "2020")  # a year beyond the calendar
    stated(text, text, "e2b_r2")
    assert in_period(text, ()) is True


@BOUNDED
@given(st.dates(), st.dates())
def test_age_bounds_hold_for_part_dates(birth, onset):
    exact = from_birth(birth.isoformat(), onset.isoformat())
    for cut in (4, 7):
        rough = from_birth(birth.isoformat()[:cut], onset.isoformat())
        if exact:
            assert int(rough["age_lower"]) <= int(exact["age_lower"]) <= int(rough["age_upper"])
    assert not exact or exact["age_lower"] == exact["age_upper"]
    assert "unknown" in MISSING
