"""Input that is broken or means harm: refused in words, nothing fetched, nothing expanded, memory bounded."""

import base64
import resource
import socket
import struct
import zipfile

import pytest

from scripts.ingest import (
    from_e2b_r2,
    from_e2b_r3,
    from_eudravigilance_listing,
    from_faers_ascii,
    from_openfda,
    xml_stream,
)
from scripts.messages import UserError
from tests.ingest import write_faers, write_listing, write_r2, write_r3
from tests.ingest.five_cases import CASES
from tests.ingest.write_faers import files, folder, zipped

R3 = write_r3.batch(*map(write_r3.message, CASES)).decode()
R2 = write_r2.xml(write_r2.trees(CASES[:3])).decode()
XML = [pytest.param(from_e2b_r3, R3, id="e2b_r3"), pytest.param(from_e2b_r2, R2, id="e2b_r2")]


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a reader reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def written(tmp_path, content, name="hostile.xml"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def after_declaration(text, more):
    head, end, rest = text.partition("?>")
    return f"{head}{end}{more}{rest}"


def refused(reader, file, words):
    with pytest.raises(UserError) as fault:
        reader.read(file)
    assert file.name in str(fault.value)
    assert words in str(fault.value)
    assert len(str(fault.value)) < 600


LAUGHS = '<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))


@pytest.mark.parametrize(("reader", "text"), XML)
@pytest.mark.parametrize(
    "subset",
    [
        LAUGHS,
        '<!ENTITY secret SYSTEM "file:///etc/passwd">',
        '<!ENTITY far SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % far SYSTEM "http://127.0.0.1:9/x"> %far;',
        "<!ELEMENT safetyreport ANY>",
        '<!ATTLIST safetyreport x CDATA "y">',
    ],
)
def test_doctypes_that_declare_anything(tmp_path, reader, text, subset):
    hostile = after_declaration(text, f"<!DOCTYPE r [{subset}]>").replace("Invented.", "&l11;&secret;&far;")
    refused(reader, written(tmp_path, hostile), "DOCTYPE declares")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_doctypes_that_declare_in_other_encodings_or_behind_comments(tmp_path, encoding):
    for before in ("", "<!-- > -->", "<?x <!-- ?>"):
        after = "<?y --> ?>" if before.startswith("<?") else ""
        hostile = f'{before}<!DOCTYPE r [<!ENTITY a "b">]>{after}{R2.partition("?>")[2]}'
        refused(from_e2b_r2, written(tmp_path, hostile.encode(encoding)), "DOCTYPE declares")


def test_a_bomb_in_an_attribute_of_the_root(tmp_path):
    hostile = f'<!DOCTYPE ichicsr [{LAUGHS}]><ichicsr lang="&l11;"/>'
    with pytest.raises(UserError):
        from_e2b_r2.read(written(tmp_path, hostile))


@pytest.mark.parametrize("doctype", ['SYSTEM "http://127.0.0.1:9/icsr.dtd"', 'PUBLIC "-//ICHM2" "icsr21xml.dtd"'])
def test_a_doctype_that_only_names_its_dtd_is_tolerated_and_never_fetched(tmp_path, doctype):
    file = written(tmp_path, after_declaration(R2, f"<!DOCTYPE ichicsr {doctype}>"))
    assert len(from_e2b_r2.read(file).tables["cases"]) == 3


@pytest.mark.parametrize(("reader", "text"), XML)
def test_nesting_without_end(tmp_path, reader, text):
    root = text.partition("?>")[2].lstrip().partition(">")[0] + ">"
    refused(reader, written(tmp_path, root + "<a>" * 100_000), "not well-formed")
    refused(
        reader,
        written(tmp_path, text.replace("Invented.", "<a>" * 100_000 + "</a>" * 100_000)),
        "not well-formed",
    )


def test_nesting_within_libxml2s_limit_does_not_break_us(tmp_path):
    deep = "<comp>" * 1500 + "</comp>" * 1500
    case = CASES[0] | {"reactions": [CASES[0]["reactions"][0] | {"shape": f"<effectiveTime>{deep}</effectiveTime>"}]}
    assert len(from_e2b_r3.read(written(tmp_path, write_r3.batch(write_r3.message(case)))).tables["cases"]) == 1
    text = R2.replace("<reaction>", "<reaction>" + "<a>" * 500 + "</a>" * 500, 1)
    assert len(from_e2b_r2.read(written(tmp_path, text)).tables["cases"]) == 3


@pytest.mark.parametrize(("reader", "text"), XML)
def test_two_megabytes_of_base64_are_welcome(tmp_path, reader, text):
    attachment = base64.b64encode(bytes(range(256)) * 6200).decode()
    file = written(tmp_path, text.replace("Invented.", f"<document>{attachment}</document>"))
    assert len(reader.read(file).tables["cases"]) == len(reader.read(written(tmp_path, text, "b.xml")).tables["cases"])


@pytest.mark.parametrize(("limit", "size"), [("LARGEST", 1 << 20), ("MOST_TAGS", 5_000)])
def test_a_report_without_end(tmp_path, monkeypatch, limit, size):
    monkeypatch.setattr(xml_stream, limit, size)
    refused(from_e2b_r2, written(tmp_path, f"<ichicsr><safetyreport>{'<a/>' * 600_000}"), "one report holds more")


def test_a_prolog_without_end(tmp_path):
    refused(from_e2b_r2, written(tmp_path, "<!-- -->" * 100_000), "no element within")


@pytest.mark.parametrize(("reader", "text"), XML)
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.999])
def test_truncated_messages(tmp_path, reader, text, share):
    with pytest.raises(UserError, match=r"empty|not well-formed"):
        reader.read(written(tmp_path, text[: int(len(text) * share)]))


@pytest.mark.parametrize(("reader", "text"), XML)
def test_wrong_encodings(tmp_path, reader, text):
    accented = text.replace("Invented.", "Éprouvé.")
    refused(reader, written(tmp_path, accented.encode("latin-1")), "not well-formed")
    refused(reader, written(tmp_path, text.replace("UTF-8", "no-such-encoding")), "not well-formed")
    refused(reader, written(tmp_path, text.replace("Invented.", "Inv\0ented.")), "not well-formed")
    right = written(tmp_path, accented.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    assert "Éprouvé." in set(reader.read(right).tables["reports"]["narrative"])
    wide = written(tmp_path, accented.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "Éprouvé." in set(reader.read(wide).tables["reports"]["narrative"])


def test_memory_does_not_follow_the_size_of_a_batch(tmp_path):
    report = write_r2.xml(write_r2.trees(CASES[1:2])).decode().partition('<ichicsr lang="en">')[2]
    report = report.removesuffix("</ichicsr>").replace("Invented.", "Invented. " * 200)
    file = tmp_path / "large.xml"
    with file.open("w") as handle:
        handle.write("<ichicsr>")
        for number in range(8_000):
            handle.write(report.replace("FR-INVENTED-2", f"X{number}"))
        handle.write("</ichicsr>")
    assert file.stat().st_size > 25 << 20
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reading = from_e2b_r2.read(file, drugs=["nosuchdrug"])
    assert reading.ledger["records"].sum() == 8_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 25 << 10


def test_zip_bombs_and_broken_archives(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ascii/DEMO22Q3.txt", b"0" * (64 << 20))
    refused(from_faers_ascii, bomb, "Not unpacked")
    refused(from_openfda, _renamed(bomb, tmp_path / "json.zip", "page.json"), "would unpack")
    whole = zipped(tmp_path / "q.zip", files(CASES)).read_bytes()
    for share in (0.0, 0.3, 0.9):
        refused(
            from_faers_ascii,
            written(tmp_path, whole[: int(len(whole) * share)], "cut.zip"),
            "not a whole zip",
        )
    damaged = bytearray(whole)
    damaged[60:200] = bytes(140)
    refused(from_faers_ascii, written(tmp_path, bytes(damaged), "damaged.zip"), "cannot be unpacked")


def _renamed(file, target, name):
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, source.read(source.namelist()[0]))
    return target


def test_an_archive_that_lies_about_its_sizes(tmp_path):
    content = bytearray(zipped(tmp_path / "q.zip", files(CASES)).read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 40)
    with pytest.raises(UserError, match=r"cannot be unpacked|longer than declared"):
        from_faers_ascii.read(written(tmp_path, bytes(content), "liar.zip"))


def test_paths_in_archives_lead_nowhere(tmp_path):
    texts = {f"../../../{name}": text for name, text in files(CASES).items()}
    assert len(from_faers_ascii.read(zipped(tmp_path / "q.zip", texts)).tables["cases"]) == 5
    assert sorted(one.name for one in tmp_path.iterdir()) == ["q.zip"]


def test_nul_bytes_in_tables(tmp_path):
    texts = files(CASES)
    texts["DRUG22Q3.txt"] = texts["DRUG22Q3.txt"].replace("LEMDAHLIA", "LEM\0DAHLIA")
    with pytest.raises(UserError, match=r"DRUG22Q3\.txt.*holds NUL bytes"):
        from_faers_ascii.read(zipped(tmp_path / "q.zip", texts))
    wide = {name: text.encode("utf-16") for name, text in files(CASES).items()}
    with pytest.raises(UserError, match="holds NUL bytes"):
        from_faers_ascii.read(folder(tmp_path / "wide", wide))


def test_names_with_quotes_and_sql_are_only_names(tmp_path):
    nasty = "x'); drop table keys; --"
    reading = from_faers_ascii.read(zipped(tmp_path / "q.zip", files(CASES)), drugs=[nasty], terms=[nasty, "100%", '"'])
    assert reading.ledger["records"].tolist()[-1] == 0
    assert len(reading.findings) == 4
    quoted = CASES[0] | {"id": 'it\'s "quoted"', "literature": "'\"; select 1"}
    table = from_faers_ascii.read(zipped(tmp_path / "r.zip", files([quoted]))).tables["reports"]
    assert list(table["literature"]) == ["'\"; select 1"]


def test_a_source_that_is_not_there_or_empty(tmp_path):
    with pytest.raises(FileNotFoundError):
        from_e2b_r3.read(tmp_path / "none.xml")
    with pytest.raises(UserError, match="no FAERS table"):
        from_faers_ascii.read(tmp_path)
    with pytest.raises(UserError, match=r"no \*\.xml file"):
        from_e2b_r2.read(tmp_path)
    for reader, name in ((from_openfda, "a.json"), (from_eudravigilance_listing, "a.csv")):
        with pytest.raises(UserError):
            reader.read(written(tmp_path, b"", name))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"results": [{"safetyreportid": "1"}, {"safety', "not whole JSON"),
        (b'{"results": [' + b"[" * 100_000, "nested too deeply"),
        (b'{"results": [' + b'{"a":' * 100_000, "nested too deeply"),
        (b'{"results": [{"safetyreportid": "\xe9"}]}', "not UTF-8"),
        (b"<html>Too many requests</html>", "not whole JSON"),
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


def test_listings_that_are_not(tmp_path):
    text = write_listing.listing(CASES)
    for content, words in (
        (text.encode("utf-16"), "not UTF-8"),
        (b"a,b,c\n1,2,3\n", "no column"),
        (text.replace("Invented rash", '"Invented" rash').encode(), "line"),
        (text.replace("Invented rash", "Invented\0 rash").encode(), ""),
    ):
        file = written(tmp_path, content, "listing.csv")
        if words:
            refused(from_eudravigilance_listing, file, words)
        else:
            assert len(from_eudravigilance_listing.read(file).tables["cases"]) == 5
    ragged = text.rstrip("\r\n") + ",surplus\r\n"
    reading = from_eudravigilance_listing.read(written(tmp_path, ragged, "ragged.csv"))
    assert list(reading.findings["what"]) == ["the line has more or fewer cells than the header"]


def test_a_header_from_another_quarter_of_the_alphabet(tmp_path):
    texts = files(CASES)
    texts["DEMO22Q3.txt"] = "primaryid,caseid\r\n1,2\r\n"
    with pytest.raises(UserError, match="no header with"):
        from_faers_ascii.read(zipped(tmp_path / "q.zip", texts))
    texts["DEMO22Q3.txt"] = "primaryid$caseid$caseid\r\n1$2$3\r\n"
    with pytest.raises(UserError, match="stands twice"):
        from_faers_ascii.read(zipped(tmp_path / "r.zip", texts))
    assert write_faers.BEFORE_2012Q4["REAC"] == "ISR$PT"
