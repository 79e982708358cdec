"""Invented messages and extracts with what public files have been seen to hold, as one series through the line."""

import csv
from pathlib import Path

import pytest

from tests.room import called

FILES = Path(__file__).parent / "public_files"
SOURCES = {
    "event_date.json": "openfda",
    "newer_version.json": "openfda",
    "drug_on_three_lines.xml": "e2b_r2",
    "one_death": "faers_ascii",
    "older_version": "faers_ascii",
    "impossible_date": "faers_ascii",
    "unreadable_line": "faers_ascii",
}


def rows(file, key="case_id"):
    with file.open(encoding="utf-8", newline="") as handle:
        return {row[key]: row for row in csv.DictReader(handle)}


@pytest.fixture(scope="module")
def line(tmp_path_factory):
    """The folder in which the series was assembled and derived."""
    home = tmp_path_factory.mktemp("public")
    (home / "options.yaml").write_text("{drugs: [examplumab], terms: [blue rash]}", encoding="utf-8")
    (home / "settings.yaml").write_text("data_lock: '2025-12-31'\n", encoding="utf-8")
    folders = [home / "reported" / Path(file_name).stem for file_name in SOURCES]
    for (file_name, form), out in zip(SOURCES.items(), folders, strict=True):
        called("ingest", form, FILES / file_name, "--options", home / "options.yaml", "--out", out)
    given = ("--findings", home / "findings.csv", "--profile", FILES / "profile.yaml")
    given += ("--settings", home / "settings.yaml")
    called("validate", *folders, *given[2:], "--out", home / "findings.csv")
    called("assemble", *folders, *given, "--out", home / "series")
    assert called("derive", home / "series", *given, "--out", home / "derived").returncode == 0
    return home


@pytest.mark.parametrize(
    ("table", "case", "cells"),
    [
        ("patients", "90000002", {"vital": "died_of_event", "survived_event": "no", "re_exposed": "not_assessable"}),
        ("patients", "90000003", {"vital": "died_relation_not_stated", "survived_event": "unknown"}),
    ],
)
def test_what_is_decided(line, table, case, cells):
    row = rows(line / "derived" / f"{table}.csv")[case]
    assert {column: row[column] for column in cells} == cells


def test_two_versions_in_two_sources_are_one_case(line):
    ledger = rows(line / "series/ledger.csv", "record")
    assert ledger["6717943"]["decision"] == "in"
    assert (ledger["6717943 (older_version)"]["decision"], ledger["6717943 (older_version)"]["stage"]) == (
        "out",
        "version",
    )
    assert rows(line / "series/reports.csv")["6717943"]["version"] == "5"


def test_an_impossible_date_is_withheld_and_its_record_stays(line):
    assert rows(line / "series/ledger.csv", "record")["500"]["decision"] == "in"
    held = rows(line / "series/withheld.csv")["500"]
    assert (held["table"], held["column"], held["printed"]) == ("doses", "time_date", "2024-02-30")
    (why,) = [row for row in rows(line / "findings.csv", "finding").values() if row["finding"] == held["finding"]]
    assert "To use the value, add a row to `corrections`" in why["cure"]


def test_a_report_with_an_unreadable_line_of_drugs_is_not_called_one_without(line):
    told = rows(line / "reported/unreadable_line/ledger.csv", "reason").values()
    assert {row["reason"] for row in told if row["decision"] != "not_read"} == {
        "read",
        "a line of its drugs could not be read",
    }


def test_the_event_date_and_the_doses_of_a_day_are_read(line):
    reported = line / "reported/event_date"
    assert rows(reported / "reactions.csv")["90000001"]["onset_date"] == "2022-01-04"
    dose = rows(reported / "doses.csv")["90000001"]
    assert (dose["amount"], dose["unit"], dose["interval"], dose["interval_unit"]) == ("5", "mg", "1", "d")
    assert dose["per_interval"] == "2"
