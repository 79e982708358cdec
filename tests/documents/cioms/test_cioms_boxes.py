"""Boxes 20 and 21 by the derived truth, blank when unknown; onset, tick boxes and line breaking."""

import pytest

from scripts.documents.cioms.boxes import onset, ticks
from scripts.documents.cioms.form import LEFT, RIGHT, lines
from scripts.office.pdf_font import registered, shown
from tests.documents.invented import changed, concluded, one_of

COUNTED = {
    "onset_date": "",
    "onset_lower": "3",
    "onset_upper": "4",
    "onset_scale": "study_day",
    "onset_origin": "first_dose",
}
ONSETS = {
    "07 / 07 / 2022": {"onset_date": "2022-07-07"},
    "– / 07 / 2022": {"onset_date": "2022-07"},
    "see 7: 2022-07/2022-08": {"onset_date": "2022-07/2022-08"},
    "see 7: study day 3 to 4": COUNTED,
}
VARIANTS = {
    "a third version": changed("reports", 0, version="3"),
    "no version": changed("reports", 0, version=""),
} | {told: changed("reactions", 0, **cells) for told, cells in ONSETS.items()}


@pytest.mark.parametrize(
    ("derived", "answer"),
    [
        ("positive", {"yes"}),
        ("negative", {"no"}),
        ("not_applicable", {"n.a."}),
        ("not_assessable", {"n.a."}),
        ("unknown", set()),
    ],
)
def test_box_20(derived, answer):
    file = concluded(dechallenge=derived)
    assert ticks(file)["20"] == answer


@pytest.mark.parametrize(
    ("derived", "answer"),
    [("positive", {"yes"}), ("negative", {"no"}), ("not_done", {"n.a."}), ("not_stated", set()), ("inconclusive", set()),
     ("exposure_continued", set())],
)  # fmt: skip
def test_box_21(derived, answer):
    file = concluded(rechallenge_event=derived)
    assert ticks(file)["21"] == answer


def test_other_ticks():
    file = concluded(serious="hospitalisation")
    ticked = ticks(file)
    assert ticked["8-12"] == {"hospitalisation"}
    assert ticked["24d"] == {"literature", "health professional"}
    assert ticked["25b"] == {"initial"}
    assert ticks(one_of(VARIANTS, "a third version"))["25b"] == {"follow-up"}
    assert ticks(one_of(VARIANTS, "no version"))["25b"] == set()


@pytest.mark.parametrize("told", ONSETS)
def test_onset(told):
    assert onset(one_of(VARIANTS, told), "see 7: {when}") == told


def test_lines_keep_every_word_and_fit():
    text = "one two three " * 40 + "x" * 400 + "\nnew line"
    broken = lines(text, 100, 6.8)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert broken[-1] == "new line"
    assert lines("", 100, 6.8) == []
    assert RIGHT > LEFT


def test_characters_that_cannot_be_printed_show_their_code_points():
    registered()
    assert shown("β é Ж") == "β é Ж"
    assert shown("出 ד") == "[U+51FA] [U+05D3]"
    assert shown("a\x01b") == "a[U+0001]b"
