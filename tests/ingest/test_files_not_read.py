"""Files of a source that no reader reads, and files without a report, are told by name; documents beside the data are not."""

import zipfile

import pytest

from scripts.commands.reading import read
from tests.ingest import write_faers, write_jader, write_listing, write_r2, write_vaers
from tests.ingest.five_cases import CASES

MESSAGE, PAGE = write_r2.xml(write_r2.trees(CASES[:1])), write_r2.page(write_r2.trees(CASES[:1])).encode()


def texts(files):
    return {name: text.encode() for name, text in files.items()}


SOURCES = {
    "e2b_r2": {"a.xml": MESSAGE, "b.sgm": MESSAGE, "c.xml.gz": b"\x1f\x8b", "DELE22Q3.txt": b"1\n"},
    "openfda": {"a.json": PAGE, "b.jsonl": PAGE, "c.tar": b"x"},
    "eudravigilance_listing": {"a.csv": write_listing.listing(CASES[:1]).encode(), "b.ods": b"PK", "c.zip": b"PK"},
    "vaers": texts(write_vaers.files(CASES[:1])) | {"2023VAERSDATA (1).csv": b"VAERS_ID\n", "b.7z": b"7z"},
    "jader": texts(write_jader.files(CASES[:1])) | {"demo_copy.csv": b"x\n", "drug.xlsx": b"PK"},
    "faers_ascii": texts(write_faers.files(CASES[:1]))
    | {"DEMO22Q4_new.txt": b"x$\n", "a.rar": b"x", "STAT05Q1.TXT": b"1"},
}
BESIDE = {
    "README.pdf": b"%PDF",
    "readme.txt": b"Words.",
    "profile.yaml": b"a: 1\n",
    ".DS_Store": b"x",
    "~$a.xlsx": b"x",
}


@pytest.mark.parametrize("form", SOURCES)
def test_what_no_reader_reads_is_named_and_documents_are_not(form, tmp_path):
    source = tmp_path / "all"
    source.mkdir()
    for name, content in (SOURCES[form] | BESIDE).items():
        (source / name).write_bytes(content)
    if form == "eudravigilance_listing":
        (source / "c.zip").unlink()
        with zipfile.ZipFile(source / "c.zip", "w") as archive:
            archive.writestr("d.csv", "")
    if form == "e2b_r2":
        with zipfile.ZipFile(source / "d.zip", "w") as archive:
            archive.writestr("d.xml", MESSAGE.replace(b"GB-INVENTED-1", b"GB-INVENTED-6"))
            archive.writestr("deep/e.zip", b"PK")
    reading = read(form, source)
    (told,) = reading.findings.query("what.str.startswith('not read')").to_dict("records")
    named = [name.rpartition("/")[2].rstrip(")") for name in told["what"].partition(": ")[2].split(", ")]
    nobody_reads = {
        "e2b_r2": ["b.sgm", "c.xml.gz", "e.zip"],
        "openfda": ["b.jsonl", "c.tar"],
        "eudravigilance_listing": ["b.ods", "c.zip"],
        "vaers": ["2023VAERSDATA (1).csv", "b.7z"],
        "jader": ["demo_copy.csv", "drug.xlsx"],
        "faers_ascii": ["DEMO22Q4_new.txt", "a.rar"],
    }
    assert named == nobody_reads[form]
    assert (told["severity"], len(reading.tables["cases"])) == ("warning", 2 if form == "e2b_r2" else 1)


def test_a_page_without_a_report_beside_others_is_told(tmp_path):
    (tmp_path / "a.json").write_bytes(PAGE)
    (tmp_path / "b.json").write_text('{"meta": {}, "results": []}')
    (told,) = (
        read("openfda", tmp_path)
        .findings.query("rule == 'readable' and what == 'no report in this file'")
        .to_dict("records")
    )
    assert told["file"].endswith("b.json")
