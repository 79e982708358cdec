"""What is not there, empty, or something else: refused by the reader itself with place, reason and cure."""

import zlib

import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3
from scripts.ingest.faers import from_faers_ascii
from scripts.ingest.openfda import from_openfda
from tests.ingest.hostile import written
from tests.room import called

NAMES = {
    "e2b_r3": "a.xml",
    "e2b_r2": "a.xml",
    "faers_ascii": "a.zip",
    "openfda": "a.json",
    "eudravigilance_listing": "a.csv",
}
PICTURE, DOCUMENT, OLD_WORKBOOK = b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\0\0"
GZIP = b"\x1f\x8b\x08\0" + zlib.compress(b"x")


def said(form, file):
    with pytest.raises(UserError) as fault:
        read(form, file)
    assert str(file) in str(fault.value)
    assert len(str(fault.value)) < 600
    return str(fault.value).removeprefix(f"{file}: ")


@pytest.mark.parametrize("form", NAMES)
def test_empty_and_blank_files(tmp_path, form):
    again = "Get it again from where it came from."
    assert said(form, written(tmp_path, b"", NAMES[form])) == f"the file is empty (0 bytes). {again}"
    assert said(form, written(tmp_path, b" \r\n\t\n", NAMES[form])) == f"the file holds nothing but blanks. {again}"


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize(
    ("content", "what"),
    [
        (PICTURE, "is a picture"),
        (DOCUMENT, "is a PDF document"),
        (OLD_WORKBOOK, "is an Office document of before 2007"),
        (GZIP, "is compressed (gzip) and first to be unpacked"),
    ],
)
def test_other_kinds_of_files_are_named(tmp_path, form, content, what):
    wants = {"xml": "XML", "zip": "zip", "json": "JSON", "csv": "CSV"}[NAMES[form].split(".")[1]]
    cure = "Check the path and the format."
    assert said(form, written(tmp_path, content, NAMES[form])) == f"the format wants {wants}, and this {what}. {cure}"


@pytest.mark.parametrize(
    ("form", "content", "words"),
    [
        ("e2b_r3", b'{"results": []}', "wants XML, and this does not look like it"),
        ("e2b_r2", b"<ichicsr xmlns='urn:x'></ichicsr>", "the root element is ichicsr, in another namespace"),
        ("e2b_r3", b"<html></html>", "the root element is html, not MCCI_IN200100UV01"),
        ("e2b_r2", b"a,b\n1,2\n", "wants XML, and this does not look like it"),
        ("e2b_r2", b"PK\x03\x04", "is a zip archive or an Office document"),
        ("openfda", b"<html>Too many requests</html>", "wants JSON, and this does not look like it"),
        ("openfda", b"[]", "no report in it. Check the format"),
        ("openfda", b'{"a": 1}', "neither safetyreportid nor patient"),
        ("eudravigilance_listing", b"<html></html>", "is XML or a web page"),
        ("eudravigilance_listing", b'{"results": []}', "is JSON"),
        ("eudravigilance_listing", b"a,b\n1,2\n", "no column 'eu local number'. It has 2 column(s)"),
        ("faers_ascii", b"primaryid$caseid\n", "wants zip, and this does not look like it"),
        ("faers_ascii", b"PK\x05\x06" + bytes(18), "no FAERS table in it"),
    ],
)
def test_one_format_taken_for_another(tmp_path, form, content, words):
    assert words in said(form, written(tmp_path, content, NAMES[form]))


@pytest.mark.parametrize("form", NAMES)
def test_the_command_refuses_in_one_message(tmp_path, form):
    file = written(tmp_path, b"", NAMES[form])
    done = called("ingest", form, file, "--out", tmp_path / "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{file}: the file is empty (0 bytes). Get it again from where it came from.\n"
    assert not (tmp_path / "out").exists()


def test_a_source_that_is_not_there_or_empty(tmp_path):
    with pytest.raises(FileNotFoundError):
        from_e2b_r3.read(tmp_path / "none.xml")
    with pytest.raises(UserError, match="no FAERS table"):
        from_faers_ascii.read(tmp_path)
    with pytest.raises(UserError, match=r"no \*\.xml or \*\.zip file"):
        from_e2b_r2.read(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"results": [{"safetyreportid": "1"}, {"safety', "not complete JSON"),
        (b'{"results": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"results": [' + b'{"a":' * 100_000, "nested too deeply"),
        (b'{"results": [{"safetyreportid": "\xe9"}]}', "not UTF-8"),
        (b'{"results": [{"safetyreportid": "1"}], {"safetyreportid": "2"}]}', "reports stand behind its end"),
        (b'{"error": {"code": "NOT_FOUND"}}', "no report but"),
    ],
)
def test_pages_that_are_not_whole(tmp_path, content, words):
    with pytest.raises(UserError, match=words):
        from_openfda.read(written(tmp_path, content, "page.json"))


def test_pages_with_values_of_the_wrong_kind(tmp_path):
    odd = b"""{"results": [{"safetyreportid": 7, "patient": {"patientsex": NaN,
        "reaction": {"reactionmeddrapt": null}, "drug": [null, 3,
        {"drugcharacterization": [], "medicinalproduct": {"a": 1}, "drugadditional": true}]}},
        "text", 3, null]}"""
    tables = from_openfda.read(written(tmp_path, odd, "page.json")).tables
    assert list(tables["cases"]["case_id"]) == ["7"]
