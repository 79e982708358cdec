"""The composite cells of the EudraVigilance listing, taken apart from their end."""

import csv
import io

import pytest
import xlsxwriter

from scripts.ingest.listing import from_eudravigilance_listing
from scripts.ingest.listing.composite_cells import drug, entries, particulars, reaction
from scripts.ingest.reports import Report
from tests.ingest import write_listing
from tests.ingest.five_cases import CASES
from tests.ingest.hostile import written


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("A (n/a - Unknown - ),<BR><BR>B (2d - Fatal - Results in Death)",
         ["A (n/a - Unknown - )", "B (2d - Fatal - Results in Death)"]),
        ("A (x)<br/>B (y)", ["A (x)", "B (y)"]),
        ("A (x)\nB (y)", ["A (x)", "B (y)"]),
        ("A (its own) (2d - Unknown - ), B, C (x) (n/a - Unknown - ), D", ["A (its own) (2d - Unknown - )", "B, C (x) (n/a - Unknown - )", "D"]),
        ("A, B (2d - Fatal - Results in Death, Disabling)", ["A, B (2d - Fatal - Results in Death, Disabling)"]),
        ("Not reported", []),
        ("", []),
    ],
)  # fmt: skip
def test_entries(cell, found):
    assert entries(cell) == found


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ("Term (n/a - Unknown - )", ("Term", "n/a - Unknown -")),
        ("Term (its own) (2d - Fatal - x)", ("Term (its own)", "2d - Fatal - x")),
        ("Name (S - Use (off) - Unknown - [a - b - c])", ("Name", "S - Use (off) - Unknown - [a - b - c]")),
        ("Term without", ("Term without", "")),
        ("Broken) (", ("Broken) (", "")),
        ("Unbalanced))", ("Unbalanced))", "")),
    ],
)  # fmt: skip
def test_particulars(entry, found):
    assert particulars(entry) == found


def row(take_apart, entry):
    report = Report("1", "f", 2)
    take_apart(report, entry, "1")
    cells = {key: cell for rows in report.rows.values() for key, cell in rows[0].items() if cell}
    place = ("case_id", "at_file", "at_row", "locator", "reaction", "course", "dose")
    return {key: cell for key, cell in cells.items() if key not in place}, report


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        (
            "Bleeding (invented) - lung (2d - Recovered/Resolved - Life Threatening, Disabling)",
            {"term": "Bleeding (invented) - lung", "duration": "2", "duration_scale": "d",
             "outcome": "recovered", "life_threatening": "yes", "disability": "yes", "occurred": "yes"},
        ),
        ("Rash (n/a – Not Specified – )", {"term": "Rash", "outcome": "not_stated", "occurred": "yes"}),
        ("Itch (3 wk - Unknown - )", {"term": "Itch", "duration": "3", "duration_scale": "wk",
                                      "outcome": "unknown", "occurred": "yes"}),
        ("Itch ( -  - Disabling)", {"term": "Itch", "disability": "yes", "occurred": "yes"}),
        ("Itch (n/a - Fatal - n/a)", {"term": "Itch", "outcome": "fatal", "occurred": "yes"}),
    ],
)  # fmt: skip
def test_reactions(entry, cells):
    assert row(reaction, entry)[0] == cells


@pytest.mark.parametrize(
    ("entry", "cells"),
    [
        (
            "LEMDAHLIA [DAHLIUMAB] (S - Sclerosis - relapsing - Drug withdrawn - [5d - 12mg - Oral use])",
            {"drug": "LEMDAHLIA", "substance": "DAHLIUMAB", "role": "suspect",
             "indication": "Sclerosis - relapsing", "action_taken": "withdrawn", "duration": "5",
             "duration_scale": "d", "dosage_text": "12mg", "route": "Oral use"},
        ),
        (
            "[ACICLOMIDA] (C - n/a - Not applicable - [n/a - n/a - n/a])",
            {"drug": "ACICLOMIDA", "substance": "ACICLOMIDA", "role": "concomitant",
             "action_taken": "not_applicable"},
        ),
        ("OTHER [] ( -  - Dose reduced - [n/a -  - n/a])", {"drug": "OTHER", "action_taken": "reduced"}),
        ("OTHER (I - Use - Unknown)", {"drug": "OTHER", "role": "interacting", "indication": "Use",
                                       "action_taken": "unknown"}),
    ],
)  # fmt: skip
def test_drugs(entry, cells):
    assert row(drug, entry)[0] == cells


def test_what_cannot_be_taken_apart_is_kept_whole_with_a_finding():
    cells, report = row(reaction, "Something else entirely (odd)")
    assert cells["term"] == "Something else entirely (odd)"
    assert len(report.findings) == 1
    cells, report = row(reaction, "Rash (soon - Unknown - Sort of serious)")
    assert report.findings[0]["value"] == "Sort of serious"
    assert report.rows["provenance"][0]["words"] == "soon"


def test_several_dosages_are_doses_and_one_of_other_parts_is_kept_whole():
    report = Report("1", "f", 2)
    drug(
        report,
        "A [B] (S - Pain - Drug withdrawn - [5d - 12mg - Oral use], [n/a - 10mg - n/a] [n/a - 5 - 6mg - Oral use])",
        "1",
    )
    doses = [
        tuple(row.get(key, "") for key in ("dose", "duration", "dosage_text", "route")) for row in report.rows["doses"]
    ]
    assert doses == [("1", "5", "12mg", "Oral use"), ("2", "", "10mg", ""), ("3", "", "n/a - 5 - 6mg - Oral use", "")]
    assert [finding["value"] for finding in report.findings] == ["n/a - 5 - 6mg - Oral use"]
    assert report.rows["courses"][0]["action_taken"] == "withdrawn"


def test_what_the_listing_cannot_know_stays_blank(tmp_path):
    file = tmp_path / "listing.csv"
    file.write_text(write_listing.listing(CASES), encoding="utf-8")
    tables = from_eudravigilance_listing.read(file, drugs=["dahliumab"]).tables
    assert set(tables["reactions"]["onset_date"]) == {""}
    assert "assessments" not in tables
    assert list(tables["cases"]["age_lower"]) == ["18", "18", "65", ""]


def test_headers_in_other_dashes_and_delimiters(tmp_path):
    header = [heading.replace("–", "-").upper() for heading in write_listing.HEADER]
    file = tmp_path / "listing.csv"
    file.write_text(write_listing.listing(CASES, header), encoding="utf-8")
    assert len(from_eudravigilance_listing.read(file).tables["cases"]) == 5


PREAMBLE = [["EudraVigilance", "", ""], [], ["Data as of", "2024-01-31"]]


def as_workbook(path, lines):
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Line Listing")
    book.add_worksheet("Notes").write(0, 0, "nothing of it is read")
    for number, cells in enumerate(lines):
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, cell)
    book.close()
    return path


def test_a_listing_under_a_preamble_and_as_a_workbook(tmp_path):
    plain = written(tmp_path, write_listing.listing(CASES).encode(), "plain.csv")
    lines = list(csv.reader(io.StringIO(write_listing.listing(CASES).lstrip("\ufeff"))))
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([*PREAMBLE, *lines])
    below = written(tmp_path, ("\ufeff\ufeff" + text.getvalue()).encode(), "below.csv")
    book = as_workbook(tmp_path / "book.xlsx", [*PREAMBLE, *lines])
    whole = from_eudravigilance_listing.read(plain)
    for file in (below, book):
        reading = from_eudravigilance_listing.read(file)
        assert reading.findings.equals(whole.findings)
        for table_name, table in whole.tables.items():
            places = ["source_id", "at_file", "at_row", "note"]
            left, right = (frame.drop(columns=places, errors="ignore") for frame in (table, reading.tables[table_name]))
            assert left.equals(right), table_name
        assert list(reading.tables["reports"]["at_row"]) == [5, 6, 7, 8, 9]
