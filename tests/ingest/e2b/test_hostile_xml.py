"""Messages that are broken or mean harm: refused in words, nothing fetched, nothing expanded, memory bounded."""

import base64
import resource

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.e2b import from_e2b_r2, from_e2b_r3, xml_stream
from tests.ingest import write_r2, write_r3
from tests.ingest.five_cases import CASES
from tests.ingest.hostile import refused, written

R3 = write_r3.batch(*map(write_r3.message, CASES)).decode()
R2 = write_r2.xml(write_r2.trees(CASES[:3])).decode()
XML = [pytest.param(from_e2b_r3, R3, id="e2b_r3"), pytest.param(from_e2b_r2, R2, id="e2b_r2")]


def after_declaration(text, more):
    head, end, rest = text.partition("?>")
    return f"{head}{end}{more}{rest}"


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
    (one,) = reader.read(written(tmp_path, text.replace("Invented.", "Éprouvé.", 1).encode("latin-1"))).findings.query(
        "severity == 'error'"
    )["what"]
    assert one == "report set aside: a sign in it is not of the encoding that the file names"
    refused(reader, written(tmp_path, accented.encode("latin-1")), "not well-formed")
    refused(reader, written(tmp_path, text.replace("UTF-8", "no-such-encoding")), "not well-formed")
    refused(reader, written(tmp_path, text.replace("Invented.", "Inv\0ented.")), "not well-formed")
    right = written(tmp_path, accented.replace("UTF-8", "ISO-8859-1").encode("latin-1"))
    assert "Éprouvé." in set(reader.read(right).tables["reports"]["narrative"])
    wide = written(tmp_path, accented.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert "Éprouvé." in set(reader.read(wide).tables["reports"]["narrative"])


@pytest.mark.parametrize(("reader", "text"), XML)
def test_blanks_before_the_first_line_are_passed_over(tmp_path, reader, text):
    assert reader.read(written(tmp_path, f"\r\n \n{text}")).tables["cases"].shape[0] > 1
    refused(reader, written(tmp_path, " \n" * 1000), "nothing but blanks")


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
