"""What is said once for a whole table: blank cells are filled and told, cells that are filled in stay."""

import openpyxl
import pytest

from scripts.ingest.native.defaults import COLUMNS
from scripts.ingest.native.from_csv import read
from scripts.ingest.workbook import from_xlsx
from scripts.ingest.workbook.template import write_template

CASES = "case_id,identity,source_id,locator,status\nC1,identified,,,\nC2,identified,S2,p. 4,derived\n"
REACTIONS = "case_id,reaction,term\nC1,rash,rash\n"
CELLS = ["source_id", "locator", "status"]


def folder(tmp_path, defaults: str):
    for table_name, text in (("cases", CASES), ("reactions", REACTIONS), ("defaults", defaults)):
        (tmp_path / f"{table_name}.csv").write_text(text, encoding="utf-8", newline="\n")
    return read(tmp_path)


@pytest.mark.parametrize(
    ("defaults", "cases", "reactions"),
    [
        ("table,source_id,locator,status\n,S1,Table 1,stated\n", ["S1", "Table 1", "stated"], ["S1", "Table 1", "stated"]),
        # a table's own row goes before, whole: what it leaves blank stays blank
        ("table,source_id,locator,status\n,S1,Table 1,stated\nreactions,S1,Table 2,\n",
         ["S1", "Table 1", "stated"], ["S1", "Table 2", ""]),
        ("table,source_id,locator,status\nCases,S1,,stated\n", ["S1", "", "stated"], ["", "", ""]),
    ],
)  # fmt: skip
def test_blank_cells_are_filled_and_no_other(tmp_path, defaults, cases, reactions):
    tables = folder(tmp_path, defaults).tables
    assert tables["cases"][CELLS].to_numpy().tolist() == [cases, ["S2", "p. 4", "derived"]]
    assert tables["reactions"].reindex(columns=CELLS, fill_value="").to_numpy().tolist() == [reactions]


def test_what_was_filled_is_told(tmp_path):
    findings = folder(tmp_path, "table,source_id,locator,status\nreactions,S1,,stated\n").findings
    findings = findings[findings["column"] != ""]
    assert findings[["severity", "table", "column", "value", "what"]].to_numpy().tolist() == [
        ["information", "reactions", column, value, f"{column} of 1 row of reactions is what `defaults` says"]
        for column, value in (("source_id", "S1"), ("status", "stated"))
    ]


@pytest.mark.parametrize(
    ("defaults", "what", "row"),
    [
        ("table,locater\ncases,p. 1\n", "unknown column 'locater'", 1),
        ("source_id\nS1\n", "no column 'table'", 1),
        ("table,source_id\ncase,S1\n", "no reported table has this name", 2),
        ("table,source_id\ncases,S1\n,S1\ncases,S2\n", "a second row for one table", 4),
    ],
)
def test_defaults_that_cannot_be_used_stop_and_fill_nothing(tmp_path, defaults, what, row):
    reading = folder(tmp_path, defaults)
    (finding,) = reading.findings.query("severity == 'contract'").to_dict("records")
    assert (finding["what"], finding["row"], finding["table"]) == (what, row, "defaults")
    assert reading.tables["cases"]["source_id"].tolist() == ["", "S2"]


def test_the_workbook_has_a_sheet_for_them_which_patients_heed_too(tmp_path):
    path = tmp_path / "entry.xlsx"
    write_template(path, "invented")
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book["defaults"][1]] == list(COLUMNS)
    book["sources"].append(["S1", "article", "An invented paper"])
    book["sources"].append(["S2", "article", "Another"])
    book["defaults"].append(["", "S2", "Table 1", "derived"])
    heads = [cell.value for cell in book["patients"][1]]
    row = {"case": "P1", "drug": "examplumab", "event": "rash"}
    book["patients"].append([row.get(head) for head in heads])
    book["doses"].append(["P1", "1", "1"])
    book.save(path)
    reading = from_xlsx.read(path)
    for table_name in ("cases", "courses", "reactions"):
        assert reading.tables[table_name][CELLS].to_numpy().tolist() == [["S2", "Table 1", "derived"]]
    assert "status of 1 row of patients is what `defaults` says" in reading.findings["what"].tolist()
    assert reading.tables["doses"][CELLS].to_numpy().tolist() == [["S2", "Table 1", "derived"]]
