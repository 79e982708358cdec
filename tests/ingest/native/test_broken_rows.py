"""Rows that lie within one cell, rows of another width, and texts too large: named, bounded, never merged in silence."""

import pytest

from scripts.ingest.native import row_by_row, separated
from scripts.ingest.native.from_csv import read

HEADER = "case_id,measure,target,detail,source_id,locator,status"
OPEN = 'C1,a,rest,"quiet,S1,p. 1,stated'
PLAIN = "C1,b,rest,,S1,p. 2,stated"
SHUT = 'C1,c,rest,wide 5",S1,p. 3,stated'
LAST = "C2,d,rest,,S1,p. 4,stated"
MERGED = "lines within one cell look like rows of their own: a quotation mark may be open; the row was not read"


def reading(folder, *lines):
    (folder / "managements.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    parsed = read(folder)
    return parsed.tables["managements"], list(zip(parsed.findings["row"], parsed.findings["what"], strict=True))


@pytest.mark.parametrize("end", [[], ["short,row"], ['5" wide,e,x,,S1,p. 5,stated']])
@pytest.mark.parametrize(
    ("lines", "row"),
    [
        ([OPEN, SHUT], 2),
        ([OPEN, PLAIN, SHUT], 2),
        ([LAST, OPEN, PLAIN, PLAIN, "", SHUT], 3),
        (['C1,a,rest,"quiet', PLAIN, PLAIN, SHUT], 2),
    ],
)
def test_a_quotation_mark_left_open_merges_no_rows(tmp_path, lines, row, end):
    table, findings = reading(tmp_path, *lines, LAST, *end)
    assert (row, MERGED) in findings
    assert table["measure"].iloc[0] == "d"
    assert not table["detail"].str.contains("quiet").any()


@pytest.mark.parametrize(
    "detail",
    [
        "one\ntwo\nthree",
        "fever, rash, chills, cough, dizziness, nausea, ache\nthen rest, fluids, oxygen, cough syrup, sleep, food, air",
        "1,5 mg\n2,5 mg\n3,5 mg",
        "WBC,5\nRBC,4\nPLT,200\nHb,12",
        "a,b,c,d,e,f,g",
        "a,b,c,d,e,f,g\nonly one line as wide as the header",
        '""quoted"" words,\nand ""more"", of them',
        "\n\n\n",
    ],
)
@pytest.mark.parametrize("end", [[], ["short,row"]])
def test_honest_cells_of_several_lines_are_left_in_peace(tmp_path, detail, end):
    table, findings = reading(tmp_path, f'C1,a,rest,"{detail}",S1,p. 1,stated', LAST, *end)
    assert [what for _, what in findings] == ["2 cells under 7 columns"] * len(end)
    assert table["detail"].tolist() == [detail.replace('""', '"').strip(), ""]


def test_the_last_column_may_hold_lines_in_every_row(tmp_path):
    lines = [f'C{k},a,rest,x,S1,stated,"p. 1\nand p. 2"' for k in range(3)]
    (tmp_path / "managements.csv").write_text(
        "\n".join(["case_id,measure,target,detail,source_id,status,locator", *lines])
    )
    parsed = read(tmp_path)
    assert not len(parsed.findings)
    assert parsed.tables["managements"]["locator"].tolist() == ["p. 1\nand p. 2"] * 3


def test_ragged_rows_are_named_up_to_a_number(tmp_path, monkeypatch):
    monkeypatch.setattr(row_by_row, "FEW_RAGGED", 2)
    table, findings = reading(tmp_path, *["x,y"] * 5, LAST)
    assert findings == [(2, "2 cells under 7 columns"), (3, "2 cells under 7 columns"),
                    (0, "3 more rows are not as wide as the header")]  # fmt: skip
    assert len(table) == 1


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (["x"] * 50, "not a CSV table after row 1: hardly a row is as wide as the header"),
        (["a" + ",b" * 2000], "1 row"),
    ],
)
def test_a_file_of_another_kind_of_rows_is_left_early(tmp_path, monkeypatch, lines, what):
    monkeypatch.setattr(row_by_row, "HOPELESS", 20)
    monkeypatch.setattr(row_by_row, "FEW_RAGGED", 1)
    table, findings = reading(tmp_path, *lines)
    assert not len(table)
    assert len(findings) <= 3
    assert what in ("1 row", *(text for _, text in findings))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("case_id" + ",a" * 100_000 + "\n", "100001 columns; at most 1000 are read"),
        (HEADER + "\n" + "\n" * 60 + LAST, "62 lines; at most 50 are read"),
        (HEADER + "\n" + f"{LAST}\n" * 20, "more than 14 rows of 7 columns, the most that are read"),
        (HEADER + "\n" + f"{LAST}\n" * 20 + "x,y\n", "more than 14 rows of 7 columns, the most that are read"),
        ('"case\nid"' + ",a" * 2000 + "\n" + LAST, "2001 columns; at most 1000 are read"),
    ],
)
def test_what_is_too_large_is_refused_at_once(tmp_path, monkeypatch, content, what):
    monkeypatch.setattr(separated, "MOST_LINES", 50)
    monkeypatch.setattr(row_by_row, "MOST_CELLS", 100)
    (tmp_path / "managements.csv").write_text(content)
    parsed = read(tmp_path)
    assert list(parsed.findings["what"]) == [f"cannot be read: {what}"]
    assert list(parsed.findings["severity"]) == ["contract"]
    assert not len(parsed.tables["managements"])


def test_empty_lines_at_the_end_are_no_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(separated, "MOST_LINES", 50)
    table, findings = reading(tmp_path, LAST, *[""] * 1000)
    assert (len(table), findings) == (1, [])


def test_a_line_without_end_is_not_split(tmp_path, monkeypatch):
    monkeypatch.setattr(row_by_row, "LONGEST_LINE", 1000)
    table, findings = reading(tmp_path, LAST, "," * 2000)
    assert findings == [(0, "not a CSV table after row 2: a line of 2001 characters; at most 1000 are read")]
    assert len(table) == 1
