"""One case in several messages and extracts: which record counts, and what is told of the others."""

import pytest

from tests.ingest import write_faers
from tests.ingest.five_cases import CASES
from tests.ingest.received import ASIDE, line, report, rows
from tests.room import called


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
