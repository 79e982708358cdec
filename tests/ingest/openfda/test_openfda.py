"""What only openFDA has: pages, its dechallenge, versions, and no onset."""

import json
import zipfile

import pytest

from scripts.commands.messages import UserError
from scripts.ingest.openfda import from_openfda, json_objects
from tests.ingest import write_r2
from tests.ingest.five_cases import CASES


def page(tmp_path, *reports, file_name="page.json"):
    file = tmp_path / file_name
    file.write_text(json.dumps({"meta": {"results": {"total": 9}}, "results": reports}), encoding="utf-8")
    return file


def report(number, **more):
    return {"safetyreportid": str(number), "patient": {"drug": [{"medicinalproduct": "X", **more}]}}


def test_undocumented_dechallenge_is_unknown_and_kept_beside(tmp_path):
    reports = [report(n, drugcharacterization="1", drugadditional=str(n)) for n in (1, 2, 3, 4)]
    table = from_openfda.read(page(tmp_path, *reports)).tables["assessments"]
    assert table[["dechallenge", "reason"]].values.tolist() == [
        ["positive", "drugadditional=1"], ["negative", "drugadditional=2"],
        ["not_applicable", "drugadditional=3"], ["unknown", "drugadditional=4"],
    ]  # fmt: skip


def test_free_text_there_is_not_dechallenge(tmp_path):
    tables = from_openfda.read(page(tmp_path, report(1, drugadditional="12 tablets"))).tables
    assert list(tables["courses"]["additional_information"]) == ["12 tablets"]
    assert "assessments" not in tables


def test_rechallenge_three_hides_two_meanings(tmp_path):
    reports = [report(n, drugrecurreadministration=str(n)) for n in (1, 2, 3)] + [report(4)]
    table = from_openfda.read(page(tmp_path, *reports)).tables["assessments"]
    assert list(table["rechallenge"]) == ["recurred", "not_recurred", "unknown"]


def test_a_report_of_the_old_era_is_known_by_its_number_in_the_quarters(tmp_path):
    """There it is the ISR, without the check digit behind it; no other id is one."""
    reports = [report("6176304-1") | {"companynumb": "US-X"}, report("6176304"), report("US-6176304-1")]
    file = page(tmp_path, *reports)
    table = from_openfda.read(file).tables["reports"]
    assert list(table["other_ids"]) == ["6176304", "", ""]
    assert list(from_openfda.read(file, case_ids=["6176304"]).tables["cases"]["case_id"]) == ["6176304-1", "6176304"]


def test_no_onset_is_made_up(tmp_path):
    sent = write_r2.page(write_r2.trees(CASES))
    (tmp_path / "p.json").write_text(sent)
    table = from_openfda.read(tmp_path / "p.json").tables["reactions"]
    assert set(table["onset_date"]) == set(table["end_date"]) == {""}


def test_several_pages_zipped_pages_and_versions(tmp_path):
    page(tmp_path, report(1, lot="a") | {"safetyreportversion": "2"}, file_name="a.json")
    page(tmp_path, report(1) | {"safetyreportversion": "10"}, report(2), file_name="b.json")
    reading = from_openfda.read(tmp_path)
    assert reading.tables["reports"][["case_id", "version"]].values.tolist() == [["1", "10"], ["2", ""]]
    assert list(reading.ledger["reason"]) == ["older version", "read"]
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.write(tmp_path / "b.json", "b.json")
    assert len(from_openfda.read(tmp_path / "b.zip").tables["cases"]) == 2


def test_a_bare_report_a_bare_list_and_lines(tmp_path):
    first, two = json.dumps(report(1)), json.dumps(report(2))
    for number, text in enumerate((first, f"[{first}, {two}]", f"{first}\n{two}\n", f"\ufeff{first}")):
        file = tmp_path / f"{number}.json"
        file.write_text(text, encoding="utf-8")
        assert len(from_openfda.read(file).tables["cases"]) == (2 if two in text else 1)


def test_reports_across_the_borders_of_chunks(tmp_path, monkeypatch):
    reports = [report(number, medicinalproduct="Ü" * number) for number in range(1, 60)]
    file = page(tmp_path, *reports)
    whole = from_openfda.read(file).tables["courses"]
    monkeypatch.setattr(json_objects, "CHUNK", 37)
    assert from_openfda.read(file).tables["courses"].equals(whole)
    assert len(whole) == 59


def test_a_report_without_number_is_refused_with_a_finding(tmp_path):
    reading = from_openfda.read(page(tmp_path, {"patient": {}}, report(1)))
    assert list(reading.ledger["reason"]) == ["no case identifier", "read"]
    assert reading.ledger["record"][0].endswith(".json: report 1")
    (told,) = reading.findings.to_dict("records")
    assert (told["what"], told["row"]) == ("report set aside: no case identifier", 1)
    assert told["file"].endswith(".json")


ODD = {
    "nothing": "null",
    "a number": "5",
    "an answer of a count": '{"term": "X", "count": 4}',
    "a comma too many": json.dumps(report("3")).replace('"patient": {', '"patient": {,'),
    "a byte of Latin-1": json.dumps(report("3", drugindication="f@vre")).replace("@", "\udce8"),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "text", ['{{"meta": {{}}, "results": [{}, {}, {}, {}]}}', "[{}, {}, {}, {}]", "{}\n{}\n{}\n{}\n"]
)
def test_an_odd_object_among_reports_is_set_aside_and_the_others_are_read(tmp_path, odd, text, monkeypatch):
    """What stood behind a `null` went without a word; any other one had its whole file refused."""
    monkeypatch.setattr(json_objects, "CHUNK", 61)
    content = text.format(json.dumps(report("1")), ODD[odd], json.dumps(report("2")), json.dumps(report("4")))
    (tmp_path / "a.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    reading = from_openfda.read(tmp_path / "a.json")
    assert list(reading.tables["cases"]["case_id"]) == ["1", "2", "4"]
    assert list(reading.ledger["reason"]) == ["report that cannot be read", "read"]
    assert list(reading.findings["row"]) == [2]


def test_a_page_in_another_encoding_or_of_counts_is_refused(tmp_path):
    for text, form, why in (
        (json.dumps({"results": [report("1")]}), "utf-16", "not UTF-8"),
        (
            json.dumps({"results": [report(n, drugindication="fièvre") for n in "12"]}, ensure_ascii=False),
            "latin-1",
            "not UTF-8",
        ),
        ('{"results": [{"term": "X", "count": 4}]}', "utf-8", "neither safetyreportid nor patient"),
    ):
        (tmp_path / "a.json").write_text(text, encoding=form)
        with pytest.raises(UserError, match=why):
            from_openfda.read(tmp_path / "a.json")


def test_an_archive_may_hold_several_pages_and_what_a_mac_adds(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in "12":
            archive.writestr(f"part/{number}.JSON", json.dumps({"results": [report(number)]}))
        archive.writestr("__MACOSX/part/._1.JSON", b"\0\5")
    assert list(from_openfda.read(tmp_path / "a.zip").tables["cases"]["case_id"]) == ["1", "2"]
