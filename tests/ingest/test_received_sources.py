"""Messages and extracts through ingest, validate and assemble: one bad record loses one record, one case counts once."""

import csv
import json

import pytest

from scripts.commands.messages import UserError
from scripts.commands.reading import read
from tests.ingest import write_faers
from tests.ingest.five_cases import CASES
from tests.room import called

PROFILE = """title: Examplumab and blue rash
drug: {name: examplumab, substances: [EXAMPLUMAB]}
event: {name: blue rash, terms: [blue rash]}
groups: {itch: [itch]}
"""
DRUG = {"medicinalproduct": "EXAMPLUMAB", "drugcharacterization": "1", "drugstartdate": "20240101"}


def report(number, version="1", **more):
    """An openFDA report; `outcome`, `start` (of the drug) and `latest` are given, or left as they are."""
    reaction = {"reactionmeddrapt": "Blue rash", "reactionoutcome": more.get("outcome", "1")}
    return {
        "safetyreportid": number,
        "safetyreportversion": version,
        "receiptdate": more.get("latest", "20240201"),
        "patient": {"reaction": [reaction], "drug": [DRUG | {"drugstartdate": more.get("start", "20240101")}]},
    }


def line(tmp_path, policy="{}", typed=None, also=(), **sources):
    """Ingest every source, validate, assemble. Exit code of `assemble`, its ledger, the findings, all that was printed.

    also: names of sources that were ingested before.
    """
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "options.yaml").write_text("{drugs: [examplumab], terms: [blue rash]}", encoding="utf-8")
    settings = tmp_path / "settings.yaml"
    settings.write_text(f"policy: {policy}\ndata_lock: '2025-12-31'\n", encoding="utf-8")
    printed, folders = "", [tmp_path / "reported" / name for name in also]
    for name, reports in sources.items():
        page = tmp_path / name / "page.json"
        page.parent.mkdir()
        page.write_text(json.dumps({"results": reports}), encoding="utf-8")
        folders.append(tmp_path / "reported" / name)
        printed += called(
            "ingest", "openfda", page, "--options", tmp_path / "options.yaml", "--out", folders[-1]
        ).stdout
    if typed:
        raw = tmp_path / "typed"
        raw.mkdir()
        for name, text in typed.items():
            (raw / f"{name}.csv").write_text(text, encoding="utf-8")
        folders.append(tmp_path / "reported" / "typed")
        printed += called("ingest", "csv", raw, "--out", folders[-1]).stderr
    given = ("--profile", tmp_path / "profile.yaml", "--settings", settings)
    out, found = tmp_path / "series", tmp_path / "findings.csv"
    printed += called("validate", *folders, *given, "--out", found).stderr
    ended = called("assemble", *folders, *given, "--findings", found, "--out", out)
    ledger = rows(out / "ledger.csv") if ended.returncode == 0 else []
    return ended.returncode, ledger, rows(found), printed


def rows(file):
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def decided(ledger):
    """Record -> decision and reason, the lines of ingest aside."""
    return {one["record"]: (one["decision"], one["reason"]) for one in ledger if one["stage"] != "ingest"}


ASIDE = "set aside: a cell or key of the record is not what its column holds"


def test_one_bad_record_loses_one_record(tmp_path):
    code, ledger, found, printed = line(tmp_path, page=[report("1"), report("2", outcome="9"), report("3")])
    assert code == 0
    assert decided(ledger) == {"1": ("in", ""), "2": ("out", ASIDE), "3": ("in", "")}
    assert {(one["case_id"], one["action"]) for one in found if one["severity"] == "contract"} == {
        ("2", "exclude_record")
    }
    assert "1 record of messages or extracts set aside" in printed


FAULTY = [report("2", start="20240230"), report("3", outcome="9")]


def test_an_explicit_policy_to_set_aside_wins(tmp_path):
    ended, ledger, *_ = line(tmp_path, "{contract: exclude_record}", page=[report("1"), *FAULTY])
    assert ended == 0
    assert decided(ledger) == {"1": ("in", ""), "2": ("out", ASIDE), "3": ("out", ASIDE)}


def test_an_explicit_policy_to_stop_wins(tmp_path):
    ended, ledger, found, _ = line(tmp_path, "{contract: stop}", page=[report("1"), *FAULTY])
    assert (ended, ledger) == (3, [])
    assert {one["case_id"] for one in found if one["action"] == "stop"} == {"2", "3"}


def message(number, version, **more):
    """A message of E2B(R2) of version `version`; `nullified` where asked."""
    void = "<casenullification>1</casenullification>" if more.get("nullified") else ""
    return (
        f"<safetyreport><safetyreportversion>{version}</safetyreportversion><safetyreportid>{number}</safetyreportid>"
        f"<receiptdate>20240201</receiptdate>{void}<patient><reaction><reactionmeddrapt>Blue rash</reactionmeddrapt>"
        "</reaction><drug><drugcharacterization>1</drugcharacterization><medicinalproduct>EXAMPLUMAB</medicinalproduct>"
        "</drug></patient></safetyreport>"
    )


def test_no_older_version_enters_where_a_newer_one_was_nullified(tmp_path):
    sent = tmp_path / "sent.xml"
    sent.write_text(f"<ichicsr>{message('1', '3', nullified=True)}{message('2', '1')}</ichicsr>", encoding="utf-8")
    chosen = tmp_path / "options.yaml"
    chosen.write_text("{drugs: [examplumab], terms: [blue rash]}", encoding="utf-8")
    called("ingest", "e2b_r2", sent, "--options", chosen, "--out", tmp_path / "reported/sent")
    code, ledger, *_ = line(tmp_path, page=[report("1", "2"), report("3")], also=["sent"])
    assert code == 0
    void = "withdrawn in another source: nullified by its sender or deleted by the publisher"
    assert decided(ledger) == {"1 (page)": ("out", void), "2": ("in", ""), "3": ("in", "")}


def test_a_case_of_a_delete_list_leaves_all_sources(tmp_path):
    """The list of a quarter names cases of quarters before it, which another source may hold."""
    for name, number in (("early", 7), ("late", 4)):
        texts = write_faers.files([CASES[0] | {"caseid": number}])
        texts |= {"DELETED22Q3.txt": "7\r\n8\r\n"} if name == "late" else {}
        write_faers.folder(tmp_path / name, texts)
        called("ingest", "faers_ascii", tmp_path / name, "--out", tmp_path / "reported" / name)
    code, ledger, *_ = line(tmp_path, page=[report("7", "1"), report("9")], also=["early", "late"])
    assert code == 0
    out = {record for record, (decision, reason) in decided(ledger).items() if reason.startswith("withdrawn")}
    assert out == {"7 (early)", "7 (page)"}
    assert not [one for one in ledger if one["record"] == "8"]


TYPED = {
    "sources": "source_id,kind\nT,article\n",
    "cases": "case_id,identity,sex,source_id,status\nT1,identified,{sex},T,stated\n",
}


@pytest.mark.parametrize(("policy", "code"), [("{}", 3), ("{contract: exclude_record}", 0)])
def test_a_typed_table_stops_the_run_unless_asked_otherwise(tmp_path, policy, code):
    typed = TYPED | {"cases": TYPED["cases"].format(sex="female")}
    ended, ledger, *_ = line(tmp_path, policy, typed, page=[report("1")])
    assert ended == code
    assert not ledger or decided(ledger)["T1"] == ("out", ASIDE)


def test_a_case_that_an_analyst_typed_too_is_the_analysts_to_mend(tmp_path):
    typed = TYPED | {"cases": TYPED["cases"].replace("T1", "1").format(sex="F")}
    code, _, found, _ = line(tmp_path, "{}", typed, page=[report("1")])
    assert code == 3
    assert [one["rule"] for one in found if one["action"] == "stop"] == ["unique_key"]


def test_the_cure_of_a_record_set_aside_keeps_it(tmp_path):
    """The finding names table, column and key of the correction that mends the cell."""
    _, _, found, _ = line(tmp_path, page=[report("1"), report("2", outcome="9")])
    (one,) = [one for one in found if one["action"] == "exclude_record"]
    assert one["cure"].endswith("table reactions, column outcome. Key: 2;1")
    mended = tmp_path / "mended"
    mended.mkdir()
    row = "table,key,column,from,to,reason,by\nreactions,2;1,outcome,9,unknown,told by the publisher,A B\n"
    code, ledger, *_ = line(mended, "{}", {"corrections": row}, page=[report("1"), report("2", outcome="9")])
    assert code == 0
    assert decided(ledger) == {"1": ("in", ""), "2": ("in", "")}


def test_a_case_of_two_sources_is_one_case_of_the_highest_version(tmp_path):
    code, ledger, found, _ = line(
        tmp_path, early=[report("1", "9"), report("2")], late=[report("1", "10", outcome="3")]
    )
    assert code == 0
    older = "older version: another source has a later one"
    assert decided(ledger) == {"1 (early)": ("out", older), "1": ("in", ""), "2": ("in", "")}
    assert [one["rule"] for one in found if one["rule"] in ("unique_key", "versions")] == []
    conflicts = rows(tmp_path / "series/conflicts.csv")
    said = [(one["left"], one["kept_value"], one["left_value"]) for one in conflicts if one["column"] == "outcome"]
    assert said == [("1 (early)", "not_recovered", "recovered")]


def test_equal_versions_the_later_information_counts_and_another_content_is_a_finding(tmp_path):
    later = [report("1", latest="20240301"), report("2", latest="20240301", outcome="3")]
    code, ledger, found, _ = line(tmp_path, a=later, b=[report(each, latest="20240201") for each in "12"])
    assert code == 0
    same = ("out", "the same version in another source")
    assert decided(ledger) == {"1 (b)": same, "2 (b)": same, "1": ("in", ""), "2": ("in", "")}
    said = [(one["case_id"], one["what"].rpartition(" ")[2]) for one in found if one["rule"] == "versions"]
    assert said == [("2", "reactions.outcome")]


def test_a_bad_latest_version_is_set_aside_and_no_older_one_stands_in(tmp_path):
    _, ledger, *_ = line(tmp_path, a=[report("1", "1"), report("2")], b=[report("1", "2", outcome="9")])
    assert decided(ledger)["1"] == ("out", ASIDE)
    assert decided(ledger)["1 (a)"][0] == "out"


@pytest.mark.long
def test_a_thousand_messages_with_ten_broken_ones(tmp_path):
    bad = {str(number) for number in range(50, 1000, 100)}
    reports = [report(str(n), outcome="9" if str(n) in bad else "1") for n in range(1000)]
    code, ledger, found, _ = line(tmp_path, page=reports)
    out = {record for record, (decision, _) in decided(ledger).items() if decision == "out"}
    assert (code, out, len(decided(ledger))) == (0, bad, 1000)
    assert {one["case_id"] for one in found if one["severity"] == "contract"} == bad


def test_a_file_of_a_folder_that_cannot_be_read_is_set_aside(tmp_path):
    for name, text in {"a": json.dumps(report("1")), "b": json.dumps(report("2"))[:-9], "c": "<xml/>"}.items():
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    reading = read("openfda", tmp_path)
    assert list(reading.tables["cases"]["case_id"]) == ["1"]
    assert reading.ledger[["reason", "records"]].values.tolist() == [
        ["file that cannot be read", 1], ["file that cannot be read", 1], ["read", 1],
    ]  # fmt: skip
    assert [what.partition(":")[0] for what in reading.findings["what"]] == ["file left out"] * 2
    (tmp_path / "a.json").unlink()
    with pytest.raises(UserError, match=r"b\.json(.|\n)*c\.json"):  # nothing can be read: one message names them all
        read("openfda", tmp_path)
