"""The command line of the room: one figure for an author, faults in words."""

import argparse

import pytest

from scripts.figures.__main__ import width


def test_width_in_mm_or_by_the_name_of_a_column():
    assert width("84") == 84
    assert width("nature-double") == 183


@pytest.mark.parametrize("words", ["20", "900", "wide", ""])
def test_width_that_no_page_has_is_refused_in_words(words):
    with pytest.raises(argparse.ArgumentTypeError, match="mm"):
        width(words)
