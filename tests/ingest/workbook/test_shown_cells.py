"""What a spreadsheet program does to a cell behind the user's back: read as shown where that is certain, else refused."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from scripts.ingest.workbook import sheet_cells
from scripts.ingest.workbook.from_xlsx import read

SHOWN_OTHERWISE = "a number that its format shows as something else"
NO_YEAR = "a date of which the cell does not show the year, or no day with it"
NO_CLOCK = "a time of day or duration that is not shown as it is"
AS_TEXT = "the spreadsheet program made dates of what may have been typed as text (1 cells)"
FEBRUARY = date(2024, 2, 1)


def one_cell(folder, column, value, form):
    """The text that becomes of a cell, and what is said of it."""
    book = openpyxl.Workbook()
    book.active.title = "tests"
    book.active.append(["case_id", column])
    book.active.append(["C1", value])
    book.active["B2"].number_format = form
    book.save(folder / "book.xlsx")
    reading = read(folder / "book.xlsx")
    return reading.tables["tests"][column].tolist(), list(reading.findings["what"])


@pytest.mark.parametrize(
    ("value", "form", "text", "said"),
    [
        (FEBRUARY, "yyyy-mm-dd", "2024-02-01", []),
        (FEBRUARY, "mm-dd-yy", "2024-02-01", []),
        (FEBRUARY, '[$-409]d" of "mmmm yyyy;@', "2024-02-01", []),
        (FEBRUARY, "mmm-yy", "2024-02", ["dates shown without a day were read as the month (1 cells)"]),
        (FEBRUARY, "[$-809]mmmm yyyy;@", "2024-02", ["dates shown without a day were read as the month (1 cells)"]),
        (FEBRUARY, "dddd, mmmm yyyy", "2024-02", ["dates shown without a day were read as the month (1 cells)"]),
        (FEBRUARY, "yyyy", "2024", ["dates shown without a month were read as the year (1 cells)"]),
        (FEBRUARY, "d-mmm", "", [NO_YEAR]),
        (FEBRUARY, "mmmm", "", [NO_YEAR]),
        (FEBRUARY, "dd/yyyy", "", [NO_YEAR]),
        (44746, "General", "2022-07-04", ["serial dates of the spreadsheet program were read as dates (1 cells)"]),
        (2024, "0", "2024", []),
        ("2024-02", "@", "2024-02", []),
    ],
)
def test_dates(tmp_path, value, form, text, said):
    assert one_cell(tmp_path, "time_date", value, form) == ([text], said)


@pytest.mark.parametrize(
    ("value", "form", "text", "said"),
    [
        (5.5, "General", "5.5", []),
        (5.126, "0.00", "5.126", []),
        (1234567, "#,##0", "1234567", []),
        (0.5, "# ?/?", "0.5", []),
        (-2.5, '#,##0.0_);[Red]\\(#,##0.0\\)', "", [SHOWN_OTHERWISE]),
        (-2.5, "#,##0.0_);[Red](#,##0.0)", "-2.5", []),
        (0.1 + 0.2, "General", "0.3", []),
        (1e-7, "0.00E+00", "1e-07", []),
        (7, "0000", "0007", ["numbers were read with the leading zeros they are shown with (1 cells)"]),
        (12345, "0000", "12345", []),
        (7.5, "0000", "7.5", []),
        (0.05, "0%", "5%", ["numbers were read as the per cent they are shown as (1 cells)"]),
        (0.0512, "0.00%", "5.12%", ["numbers were read as the per cent they are shown as (1 cells)"]),
        (0.0512, "0%", "", [SHOWN_OTHERWISE]),
        (5, '0" mg"', "", [SHOWN_OTHERWISE]),
        (7, '"C"0000', "", [SHOWN_OTHERWISE]),
        (5000, "#,##0,", "", [SHOWN_OTHERWISE]),
        (5, ";;;", "", [SHOWN_OTHERWISE]),
        (0, "0;-0;;@", "", [SHOWN_OTHERWISE]),
        (5, "[>3]0;0.0", "", [SHOWN_OTHERWISE]),
        (123456789012345, "0", "123456789012345", []),
        (1234567890123456789, "0", "", ["a number of more than 15 digits, which a spreadsheet program cuts"]),
        (True, "General", "TRUE", ["truth values of the spreadsheet program were read as TRUE and FALSE (1 cells)"]),
        (FEBRUARY, "mmm-yy", "2024-02",
         [ "dates shown without a day were read as the month (1 cells)", AS_TEXT]),
        (time(9, 5), "h:mm", "09:05", ["times of day or durations were read as text (1 cells)"]),
        (time(9, 5, 7), "h:mm:ss AM/PM", "09:05:07", ["times of day or durations were read as text (1 cells)"]),
        (time(9, 5, 7), "h:mm", "", [NO_CLOCK]),
        (timedelta(hours=84), "[h]:mm", "84:00", ["times of day or durations were read as text (1 cells)"]),
        (timedelta(minutes=90, seconds=5), "[h]:mm:ss", "01:30:05",
         ["times of day or durations were read as text (1 cells)"]),
        (timedelta(minutes=90), "[mm]:ss", "", [NO_CLOCK]),
        (datetime(2022, 7, 4, 13, 30), "h:mm", "", [NO_YEAR]),
        ('=AVERAGE(A1:A2)', "General", "", ["a formula, which is not read"]),
    ],
)  # fmt: skip
def test_numbers_times_and_truth_values_in_a_text_column(tmp_path, value, form, text, said):
    assert one_cell(tmp_path, "value", value, form) == ([text], said)


def test_formulas_without_number_are_summed_up_by_column(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet_cells, "FEW", 2)
    book = openpyxl.Workbook()
    book.active.title = "tests"
    book.active.append(["case_id", "value", "test"])
    for row in range(2, 12):
        book.active.append(
            [f"C{row}", f"=VLOOKUP(A{row},X,2)", f"=A{row}" if row < 4 else "x", *(["y"] if row > 4 else [])]
        )
    book.save(tmp_path / "book.xlsx")
    findings = read(tmp_path / "book.xlsx").findings
    formula, beyond = "a formula, which is not read", "cells beyond the last named column"
    assert list(zip(findings["row"], findings["column"], findings["what"], strict=True)) == [
        (2, "value", formula), (2, "test", formula), (3, "value", formula), (3, "test", formula),
        (5, "", beyond), (6, "", beyond),
        (4, "value", f"{formula}: from here on 8 more cells"), (7, "", f"{beyond}: from here on 5 more cells"),
    ]  # fmt: skip


def test_array_formulas_and_data_tables_are_shown_as_typed(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "tests"
    book.active.append(["case_id", "value", "test"])
    book.active.append(["C1", None, None])
    book.active["B2"] = ArrayFormula("B2:B3", "=SUM(A1:A9*2)")
    book.active["C2"] = DataTableFormula("C2:C3", dt2D=True)
    book.save(tmp_path / "book.xlsx")
    findings = read(tmp_path / "book.xlsx").findings
    assert list(findings["value"]) == ["=SUM(A1:A9*2)", "a data table"]
