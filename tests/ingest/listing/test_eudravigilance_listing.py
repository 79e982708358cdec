"""The composite cells of the EudraVigilance listing, taken apart from their end."""

import csv
import io

import pytest
import xlsxwriter

from scripts.commands.messages import UserError
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
        "A [B] (S - Pain - Drug withdrawn - [5d - 12mg - Oral use - More in ICSR], [n/a - 10mg - n/a] [n/a - 5 - 6mg - Oral use])",
        "1",
    )
    doses = [
        tuple(row.get(key, "") for key in ("dose", "duration", "dosage_text", "route")) for row in report.rows["doses"]
    ]
    assert doses == [("1", "5", "12mg", "Oral use"), ("2", "", "10mg", ""), ("3", "", "n/a - 5 - 6mg - Oral use", "")]
    assert [finding["value"] for finding in report.findings] == ["n/a - 5 - 6mg - Oral use"]
    assert report.rows["courses"][0]["action_taken"] == "withdrawn"
    assert [row["words"] for row in report.rows["provenance"]] == ["5d - 12mg - Oral use - More in ICSR"]


def test_what_the_listing_cannot_know_stays_blank(tmp_path):
    file = tmp_path / "listing.csv"
    file.write_text(write_listing.listing(CASES), encoding="utf-8")
    tables = from_eudravigilance_listing.read(file, drugs=["dahliumab"]).tables
    assert set(tables["reactions"]["onset_date"]) == {""}
    assert "assessments" not in tables
    assert list(tables["cases"]["age_lower"]) == ["18", "18", "65", "not_stated"]
    unknown = write_listing.listing(CASES[:1]).replace("European Economic Area", "Not Specified")
    file.write_text(unknown, encoding="utf-8")
    assert list(from_eudravigilance_listing.read(file).tables["reports"]["country"]) == ["not_stated"]


@pytest.mark.parametrize(
    ("saved", "read"),
    [  # by a spreadsheet: one date that has but one meaning tells the order of all
        (["8/1/2022", "13/1/2022 0:00", "1.8.2022"], ["2022-01-08", "2022-01-13", "2022-08-01"]),
        (["8/1/2022", "1/13/2022"], ["2022-08-01", "2022-01-13"]),
        (["8/1/2022", "1/8/2022"], ["8/1/2022", "1/8/2022"]),
        (["8/1/2022", "13/1/2022", "1/13/2022"], ["8/1/2022", "13/1/2022", "1/13/2022"]),
        (["2022-08-01 00:00:00", "31/2/2022"], ["2022-08-01", "2022-02-31"]),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_days_of_receipt_that_a_spreadsheet_saved(form, saved, read, tmp_path):
    lines = list(csv.reader(io.StringIO(write_listing.listing(CASES[: len(saved)]).lstrip("\ufeff"))))
    for line, day in zip(lines[1:], saved, strict=True):
        line[2] = day
    file = tmp_path / f"listing.{form}"
    if form == "xlsx":
        as_workbook(file, lines)
    else:
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(lines)
        file.write_text(text.getvalue(), encoding="utf-8")
    reading = from_eudravigilance_listing.read(file)
    assert list(reading.tables["reports"]["received"]) == read
    told = ["8/1/2022"] if read[0] == "8/1/2022" else []
    assert list(reading.findings["value"]) == told
    assert reading.findings["what"].str.contains("says whether the day or the month comes first").all()


def test_headers_in_other_dashes_and_delimiters(tmp_path):
    header = [heading.replace("–", "-").upper() for heading in write_listing.HEADER]
    file = tmp_path / "listing.csv"
    file.write_text(write_listing.listing(CASES, header), encoding="utf-8")
    assert len(from_eudravigilance_listing.read(file).tables["cases"]) == 5


def test_the_worldwide_number_that_evdas_adds_is_read_and_selects(tmp_path):
    lines = list(csv.reader(io.StringIO(write_listing.listing(CASES[:2]).lstrip("\ufeff"))))
    added = ("Worldwide Unique Case Identification", "GB-MAKER-1", "FR-MAKER-2")
    file = as_workbook(tmp_path / "evdas.xlsx", [[*line, more] for line, more in zip(lines, added, strict=True)])
    reading = from_eudravigilance_listing.read(file, case_ids=["FR-MAKER-2"])
    assert reading.tables["reports"][["case_id", "worldwide_case_id"]].values.tolist() == [
        ["FR-INVENTED-2", "FR-MAKER-2"]
    ]
    assert not len(reading.findings)


PREAMBLE = [["EudraVigilance", "", ""], [], ["Data as of", "2024-01-31"]]


def as_workbook(path, lines):
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Cover").write(0, 0, "nor of what stands before")
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
    text, tabbed = io.StringIO(), io.StringIO()
    csv.writer(text, delimiter=";").writerows([*PREAMBLE, *lines])
    csv.writer(tabbed, delimiter="\t").writerows([*PREAMBLE, *lines])
    below = written(tmp_path, ("\ufeff\ufeff" + text.getvalue()).encode(), "below.csv")
    unicode_text = written(tmp_path, tabbed.getvalue().encode("utf-16"), "unicode.csv")
    of_windows = written(tmp_path, text.getvalue().encode("cp1252"), "windows.csv")
    book = as_workbook(tmp_path / "book.xlsx", [*PREAMBLE, *lines])
    whole = from_eudravigilance_listing.read(plain)
    for file in (below, unicode_text, of_windows, book):
        reading = from_eudravigilance_listing.read(file)
        assert reading.findings.equals(whole.findings)
        for table_name, table in whole.tables.items():
            places = ["source_id", "at_file", "at_row", "note"]
            left, right = (frame.drop(columns=places, errors="ignore") for frame in (table, reading.tables[table_name]))
            assert left.equals(right), table_name
        assert list(reading.tables["reports"]["at_row"]) == [5, 6, 7, 8, 9]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_line_of_totals_is_no_case_and_letters_of_a_guessed_encoding_are_told(form, tmp_path):
    lines = list(csv.reader(io.StringIO(write_listing.listing(CASES[:2]).lstrip("\ufeff"))))
    lines[1] = [cell.replace("Nobody", "Nöbödy") for cell in lines[1]]
    lines.append(["Total: 2", *[""] * (len(lines[0]) - 1)])
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    file = (
        as_workbook(tmp_path / "a.xlsx", lines)
        if form == "xlsx"
        else written(tmp_path, text.getvalue().encode("cp1252"), "a.csv")
    )
    reading = from_eudravigilance_listing.read(file)
    assert reading.tables["reports"]["literature"][0].startswith("Nöbödy A.")
    assert reading.ledger.query("decision != 'not_read'")[["record", "decision"]].values.tolist() == [
        ["Total: 2", "out"], ["reports", "in"],
    ]  # fmt: skip
    totals = "report set aside: neither a reaction nor a drug in it, as in a line of totals"
    told = ["not UTF-8; read as Windows-1252"] if form == "csv" else []
    assert reading.findings.query("rule == 'readable'")["what"].tolist() == [*told, totals]


def test_one_byte_that_is_no_utf8_is_told_with_its_line(tmp_path):
    """The listing was refused, or every letter with an accent read wrongly."""
    text = (
        write_listing.listing(CASES)
        .replace("Invented nausea", "Inventéd näusea")
        .replace("Invented rash", "Invented r@sh")
    )
    for mark in ("\ufeff\ufeff", ""):
        content = (mark + text.lstrip("\ufeff")).encode().replace(b"@", b"\xe4")
        reading = from_eudravigilance_listing.read(written(tmp_path, content, "a.csv"))
        assert {"Inventéd näusea", "Invented r\ufffdsh"} < {*reading.tables["reactions"]["term"]}
        (told,) = reading.findings.query("column == 'case_id'").to_dict("records")
        assert (told["case_id"], told["what"]) == ("DE-INVENTED-3", "a sign in it is not UTF-8, and shown as \ufffd")


def test_a_case_number_that_a_spreadsheet_spoilt_is_none(tmp_path):
    """Two lines with #REF! were two versions of one case."""
    ids = ['="GB-1"', "#REF!", "#REF!", "=A1", "1.00123E+10", "GB-2"]
    text = write_listing.listing([CASES[0] | {"id": number} for number in ids])
    reading = from_eudravigilance_listing.read(written(tmp_path, text.encode(), "a.csv"))
    assert list(reading.tables["cases"]["case_id"]) == ["GB-1", "GB-2"]
    left = reading.ledger.query("decision == 'out'")
    assert (list(left["record"]), set(left["reason"])) == (
        [f"report {n}" for n in (3, 4, 5, 6)],
        {"report that cannot be read"},
    )


def test_a_workbook_with_two_listings_is_refused_by_the_names_of_its_sheets(tmp_path):
    """The second went without a word."""
    lines = list(csv.reader(io.StringIO(write_listing.listing(CASES[:1]).lstrip("\ufeff"))))
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name in ("2023", "2024"):
            sheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                sheet.write_row(number, 0, line)
    with pytest.raises(UserError, match=r"several sheets hold a listing \(2023, 2024\)"):
        from_eudravigilance_listing.read(tmp_path / "a.xlsx")
