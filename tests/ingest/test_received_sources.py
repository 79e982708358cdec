"""Messages and extracts through ingest, validate and assemble: one bad record loses one record."""

import json

import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from tests.ingest.received import ASIDE, line, report


@pytest.fixture(scope="module")
def one_bad(tmp_path_factory):
    """Three records of one page, the second of them broken."""
    return line(tmp_path_factory.mktemp("bad"), page=[report("1"), report("2", outcome="9"), report("3")])


def test_one_bad_record_loses_one_record(one_bad):
    assert one_bad.code == 0
    assert one_bad.decided() == {"1": ("in", ""), "2": ("out", ASIDE), "3": ("in", "")}
    contracts = [finding for finding in one_bad.found if finding["severity"] == "contract"]
    assert {(finding["case_id"], finding["action"]) for finding in contracts} == {("2", "exclude_record")}
    assert "1 record of messages or extracts set aside" in one_bad.printed
    assert f"assemble: 2 in, 1 out: 1 x {ASIDE}\n" in one_bad.printed


FAULTY = [report("2", start="20240230"), report("3", outcome="9")]
TYPED = {
    "sources": "source_id,kind\nT,article\n",
    "cases": "case_id,identity,sex,source_id,status\nT1,identified,{sex},T,stated\n",
}
BADLY_TYPED = TYPED | {"cases": TYPED["cases"].format(sex="female")}


@pytest.fixture(scope="module")
def set_aside(tmp_path_factory):
    """Received and typed records, some of each broken, where the config says to set them aside."""
    home = tmp_path_factory.mktemp("aside")
    return line(home, "{contract: exclude_record}", BADLY_TYPED, page=[report("1"), *FAULTY])


def test_an_explicit_policy_to_set_aside_wins(set_aside):
    assert set_aside.code == 0
    assert set_aside.decided() == {"1": ("in", ""), "2": ("out", ASIDE), "3": ("out", ASIDE)}


def test_an_explicit_policy_to_stop_wins(tmp_path):
    ended = line(tmp_path, "{contract: stop}", page=[report("1"), *FAULTY])
    assert (ended.code, ended.ledger) == (3, [])
    stopping = [finding for finding in ended.found if finding["action"] == "stop"]
    assert {finding["case_id"] for finding in stopping} == {"2", "3"}
    assert all(finding["cure"].startswith("To go on, add a row to `corrections`") for finding in stopping)


def test_a_typed_table_stops_the_run_unless_asked_otherwise(tmp_path, set_aside):
    ended = line(tmp_path, "{}", BADLY_TYPED, page=[report("1")])
    assert (ended.code, ended.ledger) == (3, [])
    assert set_aside.code == 0
    assert set_aside.decided("T") == {"T1": ("out", ASIDE)}


def test_a_case_that_an_analyst_typed_too_is_the_analysts_to_mend(tmp_path):
    typed = TYPED | {"cases": TYPED["cases"].replace("T1", "1").format(sex="F")}
    ended = line(tmp_path, "{}", typed, page=[report("1")])
    assert ended.code == 3
    assert [finding["rule"] for finding in ended.found if finding["action"] == "stop"] == ["unique_key"]


def test_the_cure_of_a_record_set_aside_keeps_it(tmp_path, one_bad):
    """The finding names table, column and key of the correction that mends the cell."""
    (finding,) = [finding for finding in one_bad.found if finding["action"] == "exclude_record"]
    assert finding["cure"].endswith("table reactions, column outcome. Key: 2;1")
    row = "table,key,column,from,to,reason,by\nreactions,2;1,outcome,9,unknown,told by the publisher,A B\n"
    mended = line(tmp_path, "{}", {"corrections": row}, page=[report("1"), report("2", outcome="9")])
    assert mended.code == 0
    assert mended.decided() == {"1": ("in", ""), "2": ("in", "")}


@pytest.mark.long
def test_a_thousand_messages_with_ten_broken_ones(tmp_path):
    bad = {str(number) for number in range(50, 1000, 100)}
    reports = [report(str(n), outcome="9" if str(n) in bad else "1") for n in range(1000)]
    ended = line(tmp_path, page=reports)
    told = ended.decided()
    out = {record for record, (decision, _) in told.items() if decision == "out"}
    assert (ended.code, out, len(told)) == (0, bad, 1000)
    assert {finding["case_id"] for finding in ended.found if finding["severity"] == "contract"} == bad


def test_a_file_of_a_folder_that_cannot_be_read_is_set_aside(tmp_path):
    for stem, text in {"a": json.dumps(report("1")), "b": json.dumps(report("2"))[:-9], "c": "<xml/>"}.items():
        (tmp_path / f"{stem}.json").write_text(text, encoding="utf-8")
    reading = read("openfda", tmp_path)
    assert list(reading.tables["cases"]["case_id"]) == ["1"]
    assert reading.ledger[["reason", "records"]].values.tolist() == [
        ["file that cannot be read", 1], ["file that cannot be read", 1], ["read", 1],
    ]  # fmt: skip
    assert [what.partition(":")[0] for what in reading.findings["what"]] == ["file left out"] * 2
    (tmp_path / "a.json").unlink()
    with pytest.raises(UserError, match=r"b\.json(.|\n)*c\.json"):  # nothing can be read: one message names them all
        read("openfda", tmp_path)
