"""Messages and extracts through ingest, validate and assemble: one bad record loses one record, one case counts once."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

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
    """An openFDA report; `outcome`, `term`, `start` and `role` (of the drug) and `latest` are given, or left as they are."""
    reaction = {"reactionmeddrapt": more.get("term", "Blue rash"), "reactionoutcome": more.get("outcome", "1")}
    serious = {"seriousnessdeath": more["death"]} if "death" in more else {}
    drug = DRUG | {"drugstartdate": more.get("start", "20240101"), "drugcharacterization": more.get("role", "1")}
    return serious | {
        "safetyreportid": number,
        "safetyreportversion": version,
        "receivedate": more.get("received", ""),
        "receiptdate": more.get("latest", "20240201"),
        "patient": {"reaction": [reaction], "drug": [drug]},
    }


@dataclass(frozen=True)
class Line:
    """Exit code of `assemble`, its ledger, the findings, all that was printed, and where the series lies."""

    code: int
    ledger: list[dict]
    found: list[dict]
    printed: str
    series: Path

    def decided(self, cases="0123456789"):
        """Record -> decision and reason of the cases whose number begins so, the lines of ingest aside."""
        ledger_rows = [row for row in self.ledger if row["stage"] != "ingest" and row["record"][0] in cases]
        return {row["record"]: (row["decision"], row["reason"]) for row in ledger_rows}


def line(tmp_path, policy="{}", typed=None, also=(), **sources):
    """Ingest every source, validate, assemble. also: names of sources that were ingested before."""
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "options.yaml").write_text("{drugs: [examplumab], terms: [blue rash]}", encoding="utf-8")
    settings = tmp_path / "settings.yaml"
    settings.write_text(f"policy: {policy}\ndata_lock: '2025-12-31'\n", encoding="utf-8")
    printed, folders = "", [tmp_path / "reported" / source_name for source_name in also]
    for key, reports in sources.items():
        page = tmp_path / key / "page.json"
        page.parent.mkdir()
        page.write_text(json.dumps({"results": reports}), encoding="utf-8")
        folders.append(tmp_path / "reported" / key)
        printed += called(
            "ingest", "openfda", page, "--options", tmp_path / "options.yaml", "--out", folders[-1]
        ).stdout
    if typed:
        raw = tmp_path / "typed"
        raw.mkdir()
        for key, text in typed.items():
            (raw / f"{key}.csv").write_text(text, encoding="utf-8")
        folders.append(tmp_path / "reported" / "typed")
        printed += called("ingest", "csv", raw, "--out", folders[-1]).stderr
    given = ("--profile", tmp_path / "profile.yaml", "--settings", settings)
    out, findings_file = tmp_path / "series", tmp_path / "findings.csv"
    printed += called("validate", *folders, *given, "--out", findings_file).stderr
    ended = called("assemble", *folders, *given, "--findings", findings_file, "--out", out)
    printed += ended.stdout + ended.stderr
    ledger = rows(out / "ledger.csv") if ended.returncode == 0 else []
    return Line(ended.returncode, ledger, rows(findings_file), printed, out)


def rows(file):
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


ASIDE = "set aside: a cell or key of the record is not what its column holds"


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


def message(number, version, **more):
    """A message of E2B(R2) of version `version`; `nullified` where asked."""
    void = "<casenullification>1</casenullification>" if more.get("nullified") else ""
    return (
        f"<safetyreport><safetyreportversion>{version}</safetyreportversion><safetyreportid>{number}</safetyreportid>"
        f"<receiptdate>20240201</receiptdate>{void}<patient><reaction><reactionmeddrapt>Blue rash</reactionmeddrapt>"
        "</reaction><drug><drugcharacterization>1</drugcharacterization><medicinalproduct>EXAMPLUMAB</medicinalproduct>"
        "</drug></patient></safetyreport>"
    )


SENT = f"<ichicsr>{message('11', '3', nullified=True)}{message('12', '1')}"
SENT += f"{message('71', '2')}{message('72', '2')}{message('73', '2')}</ichicsr>"
EARLY = [report("11", "2"), report("13"), report("21", "1"), report("22"), report("31", "9"), report("32"),
         report("41", latest="20240301"), report("42", latest="20240301", outcome="3"),
         report("43", death="2"), report("44", death="1"), report("45"), report("46"), report("51", "1"), report("52"),
         *map(report, ("61", "62", "63", "64", "65")),
         report("71", "", latest="20240301", outcome="3"), report("72", "", latest="20231201", outcome="3"), report("73", "", outcome="3"), report("81")]  # fmt: skip
LATE = [report("31", "10", outcome="3"), *(report(each, latest="20240201") for each in ("41", "42")), report("43", death="1"),
        report("44"), report("45", latest="20249999"), report("46", start=""), report("51", "2", outcome="9"),
        report("61", "2", term="Green rash"), report("62", "2", role="2", latest="20240501"), report("63", "1", term="Green rash", latest="20240101"),
        report("81", "2", latest="20260301", outcome="3"),         report("82", latest="20260301", received="20240101"), report("83", latest="20260301", received="20260101")]  # fmt: skip


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    """Messages, two quarters of an extract and two pages; cases of one test begin with one figure."""
    home = tmp_path_factory.mktemp("several")
    (home / "sent.xml").write_text(SENT, encoding="utf-8")
    chosen = home / "options.yaml"
    chosen.write_text("{drugs: [examplumab], terms: [blue rash]}", encoding="utf-8")
    called("ingest", "e2b_r2", home / "sent.xml", "--options", chosen, "--out", home / "reported/sent")
    for quarter, number in (("q1", 21), ("q2", 24)):
        texts = write_faers.files([CASES[0] | {"caseid": number}])
        texts |= {"DELETED22Q3.txt": "21\r\n28\r\n"} if quarter == "q2" else {}
        write_faers.folder(home / quarter, texts)
        called("ingest", "faers_ascii", home / quarter, "--out", home / "reported" / quarter)
    examplumab = CASES[0]["drugs"][0] | {"drug": "EXAMPLUMAB", "substance": "examplumab"}
    third = [CASES[0] | {"caseid": number, "version": "3", "drugs": [examplumab]} for number in (64, 66)]
    write_faers.folder(home / "q3", write_faers.files(third))
    called("ingest", "faers_ascii", home / "q3", "--options", chosen, "--out", home / "reported/q3")
    return line(home, also=["sent", "q1", "q2", "q3"], early=EARLY, late=LATE)


def test_a_later_version_of_another_source_that_was_not_selected_is_told(several):
    """It may have lost the event or the drug: the record that stays is outdated. An earlier one says nothing."""
    assert {several.decided("6")[case] for case in ("61", "62", "63", "64", "65")} == {("in", "")}
    told = {
        row["case_id"]: row["what"] for row in several.found if row["rule"] == "version_date" and row["case_id"] < "8"
    }
    assert told == {
        "61": "outdated: source late holds version 2, of 2024-02-01, with none of the event terms",
        "62": "outdated: source late holds version 2, of 2024-05-01, with none of the drugs in the roles asked for",
        "64": "outdated: source q3 holds version 3, of 2022-08-15, with none of the event terms",
    }


def test_no_older_version_enters_where_a_newer_one_was_nullified(several):
    assert several.code == 0
    void = "withdrawn in another source: nullified by its sender or deleted by the publisher"
    assert several.decided("1") == {"11 (early)": ("out", void), "12": ("in", ""), "13": ("in", "")}


def test_a_case_of_a_delete_list_leaves_all_sources(several):
    """The list of a quarter names cases of quarters before it, which another source may hold."""
    told = several.decided("2")
    out = {record for record, (decision, reason) in told.items() if reason.startswith("withdrawn")}
    assert out == {"21 (q1)", "21 (early)"}
    assert told["22"] == ("in", "")
    assert not [row for row in several.ledger if row["record"] == "28"]


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


def test_a_case_of_two_sources_is_one_case_of_the_highest_version(several):
    older = "older version: another source has a later one"
    assert several.decided("3") == {"31 (early)": ("out", older), "31": ("in", ""), "32": ("in", "")}
    rules = {finding["rule"] for finding in several.found if finding["case_id"].startswith("3")}
    assert rules.isdisjoint({"unique_key", "versions"})
    conflicts = [row for row in rows(several.series / "conflicts.csv") if row["left"].startswith("3")]
    kept = [(row["left"], row["kept_value"], row["left_value"]) for row in conflicts if row["column"] == "outcome"]
    assert kept == [("31 (early)", "not_recovered", "recovered")]


def test_equal_versions_the_later_information_counts_and_another_content_is_a_finding(several):
    """Of one day a death is not lost, and the record that says more counts; what is no date is no later one."""
    same = ("out", "the same version in another source")
    told = several.decided("4")
    left = {"41 (late)", "42 (late)", "43 (early)", "44 (late)", "45 (late)", "46 (late)"}
    assert {record for record, decided in told.items() if decided == same} == left
    assert {record for record, decided in told.items() if decided == ("in", "")} == {"41", "42", "43", "44", "45", "46"}
    found = [(row["case_id"], row["what"]) for row in several.found if row["rule"] == "versions"]
    differs = "another source holds the same version and differs in "
    assert [(case, what.removeprefix(differs)) for case, what in found] == [
        ("42", "reactions.outcome"),
        ("43", "whether the patient died, reports.serious_death"),
        ("44", "whether the patient died"),
    ]


def test_a_bad_latest_version_is_set_aside_and_no_older_one_stands_in(several):
    told = several.decided("5")
    assert told["51"] == ("out", ASIDE)
    assert told["51 (early)"][0] == "out"


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


def test_beside_a_record_without_a_version_only_the_days_tell_which_is_later(several):
    """A message of E2B(R3) or a line of a listing has none: it was taken for the oldest of all, and its day was not looked at."""
    news, untold = (
        "another source has later information on the case",
        "the same case in another source; which is the later version is not told",
    )
    assert several.decided("7") == {
        "71 (sent)": ("out", news), "72 (early)": ("out", news), "73 (sent)": ("out", untold),
        "71": ("in", ""), "72": ("in", ""), "73": ("in", ""),
    }  # fmt: skip


def test_a_version_of_after_the_data_lock_point_does_not_outdo_one_of_before(several):
    """Nothing later is in the series; where there is no earlier version, that is told."""
    assert several.decided("8") == {
        "81 (late)": ("out", "another source has the version of before the data lock point"),
        "81": ("in", ""),
        "82": ("in", ""),
        "83": ("out", "after the data lock point 2025-12-31"),
    }
    told = {
        row["case_id"]: row["what"] for row in several.found if row["rule"] == "version_date" and row["case_id"] > "8"
    }
    assert told == {"82": "a version of 2026-03-01, after the data lock point: no earlier one is here"}
