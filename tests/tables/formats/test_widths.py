"""Column widths: the room is used up, long texts get more, the same content gives the same widths."""

from hypothesis import given
from hypothesis import strategies as st

from scripts.tables.formats.widths import lines, shares

WORDS = st.text(alphabet="abc DEF-\n", max_size=120)


@given(st.lists(st.lists(WORDS, min_size=3, max_size=3), max_size=6), st.floats(20, 250))
def test_widths_fill_the_room(rows, room):
    widths = shares(["one", "two", "three"], rows, room)
    assert abs(sum(widths) - room) < 1e-6
    assert min(widths) > 0
    assert shares(["one", "two", "three"], rows, room) == widths


def test_the_column_of_long_texts_is_the_broadest():
    widths = shares(["id", "text", "n"], [["A-1", "word " * 60, "3"], ["A-2", "word", "4"]], 120)
    assert widths[1] > widths[0] > 0
    assert widths[1] > widths[2]


def test_lines_count_breaks_and_wraps():
    assert [lines("", 10), lines("a\nb", 10), lines("x" * 20, 12)] == [1, 2, 3]
