"""The two forms of a table: every fact filled in for a spreadsheet; stacked, merged and lettered for paper."""

import pandas as pd
import pytest

from scripts.tables.shown import Shown, on_paper, shown
from scripts.words.formula import guarded, unguarded
from scripts.words.printable import printable

TABLE = shown(
    "A table",
    [
        {"Group": "one", "Case": "A", "Age": "29", "Sex": "F", "Remarks": "first\nsecond", "value: age": 29.0},
        {"Group": "one", "Case": "B", "Age": "not seen", "Sex": "not seen", "Remarks": "second", "value: age": None},
        {"Group": "one", "Case": "C", "Age": "not seen", "Sex": "not seen", "Remarks": "second", "value: age": None},
        {"Group": "two", "Case": "D", "Age": "not stated", "Sex": "M", "Remarks": "", "value: age": None},
    ],
    ["Group", "Case", "Age", "Sex", "Remarks"],
    footnotes=("a note",), block="Group", stacks={"Patient": {"Age": "age", "Sex": ""}}, alike="Case", lettered="Remarks",
)  # fmt: skip


def test_paper_stacks_merges_blocks_and_letters():
    paper = on_paper(TABLE)
    assert paper.columns == ["Group", "Case", "Patient", "Remarks"]
    assert paper.rows == [
        ["one", "A", "age: 29\nF", "a, b"],
        ["", "2 alike:\nB\nC", "not seen: age, sex", "b"],
        ["two", "D", "M\nnot stated: age", ""],
    ]
    assert paper.starts == [0, 2]
    assert paper.footnotes == ["a  first", "b  second", "a note"]


def test_a_spreadsheet_keeps_every_cell_and_the_numbers():
    pd.testing.assert_frame_equal(
        TABLE.as_csv(),
        pd.DataFrame(
            {
                "Group": ["one", "one", "one", "two"],
                "Case": list("ABCD"),
                "Age": ["29", "not seen", "not seen", "not stated"],
                "Sex": ["F", "not seen", "not seen", "M"],
                "Remarks": ["first\nsecond", "second", "second", ""],
                "value: age": [29.0, None, None, None],
            }
        ),
    )


def test_a_table_without_blocks_has_no_starts():
    paper = on_paper(shown("t", [{"a": "1"}, {"a": "2"}], ["a"]))
    assert (paper.rows, paper.starts) == ([["1"], ["2"]], [])


def test_more_than_twenty_six_letters():
    rows = [{"Note": f"note {k}"} for k in range(28)]
    paper = on_paper(shown("t", rows, ["Note"], lettered="Note"))
    assert [row[0] for row in paper.rows][24:] == ["y", "z", "aa", "ab"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+1+cmd", "'+1+cmd"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("'=1", "''=1"), ("'x", "'x"), ("＝1+1", "'＝1+1"), ("-1", "-1"), ("-1 to 2", "-1 to 2"), ("+0.5", "+0.5"),
        ("9 of 12 (75%)", "9 of 12 (75%)"), ("(0, 16]", "(0, 16]"), ("–", "–"), ("", ""),
    ],
)  # fmt: skip
def test_no_csv_cell_starts_a_formula(text, written):
    assert (guarded(text), unguarded(written)) == (written, text)
    assert Shown("t", pd.DataFrame({"a": [text]})).as_csv()["a"].tolist() == [written]


def test_headings_from_user_text_start_no_formula_either():
    assert list(shown("t", [{"=1+1": "x"}], ["=1+1"]).as_csv().columns) == ["'=1+1"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\x00b\x0bc\ud800d\r\ne", "a[U+0000]b[U+000B]c[U+D800]d\ne"),
        ("29\u202e92", "29[U+202E]92"),
        ("haem\u200bo\ufeffptysis\U000e0041", "haem[U+200B]o[U+FEFF]ptysis[U+E0041]"),
        (
            "\u05e9\u05dc\u05d5\u05dd \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u05e9\u05dc\u05d5\u05dd \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("a\tb\nc", "a\tb\nc"),
    ],
)
def test_hidden_characters_are_made_visible_and_letters_stay(text, seen):
    assert printable(text) == seen
    assert shown("t", [{"a": text}], ["a"]).cells["a"].tolist() == [seen]
