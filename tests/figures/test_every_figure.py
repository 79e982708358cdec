"""The contract of every figure, on series that are as small, as empty, as long and as foreign as they come."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from scripts import figures
from scripts.commands.messages import UserError
from scripts.figures.page import captions
from scripts.figures.page.standards import SHADE
from tests.figures import measuring, series
from tests.kept import others_long

LIMIT_MM = 0.05
ALWAYS = {"none known", "fifty"}
"""Series that are drawn in every run of the tests."""


@pytest.fixture(scope="module")
def made():
    """Every series once."""
    return {kind: build() for kind, build in series.ALL.items()}


@pytest.fixture(scope="module")
def printed(made):
    """Every figure of every series once, as it is drawn unless asked otherwise: `printed(figure_name, kind)`."""
    return cache(lambda figure_name, kind: figures.drawn(figure_name, made[kind]))


@pytest.mark.parametrize("name", figures.names())
@pytest.mark.parametrize("kind", others_long(series.ALL, ALWAYS))
def test_every_figure_of_every_series_can_be_printed(printed, name, kind):
    drawing = printed(name, kind)
    width, height = (inches * 25.4 for inches in drawing.figure.get_size_inches())
    assert abs(width - figures.module(name).WIDTH) < LIMIT_MM
    assert height <= 230 + LIMIT_MM
    words = measuring.words(drawing.figure)
    assert words.outside() == []
    assert words.overlaps() == []
    assert words.smallest >= 7
    assert measuring.thinnest_line(drawing.figure) >= 0.3
    assert 0 < len(drawing.alt) <= 250
    assert drawing.caption.endswith(".")
    assert isinstance(drawing.data, pd.DataFrame)
    assert not any(axes.get_title() for axes in drawing.figure.axes)


@pytest.mark.parametrize("name", figures.names())
def test_stripes_of_rows_cover_nothing(printed, name):
    """Stripes that guide the eye lie below every mark, line and word."""
    for kind in ALWAYS:
        filled = printed(name, kind).figure.findobj(lambda artist: getattr(artist, "get_facecolor", None) is not None)
        stripes = [
            artist for artist in filled if isinstance(artist, Rectangle) and to_hex(artist.get_facecolor()) == "#f5f5f5"
        ]
        assert all(stripe.get_zorder() <= SHADE for stripe in stripes)


@pytest.mark.parametrize("name", figures.names())
def test_a_reason_is_given_in_words_or_the_figure_is_drawn(made, name):
    reasons = [figures.reasons(data)[name] for data in made.values()]
    assert all(reason == reason.strip() and not reason.endswith(".") for reason in reasons)


def test_default_set_of_one_case_and_of_nothing_known(made):
    """Even then the first edition is made; what would show no time gives way, and says none where it is asked for."""
    reasons = {kind: figures.reasons(made[kind]) for kind in ("one", "none known")}
    for kind, of_times in {"one": "", "none known": "no case has a known time"}.items():
        assert {reasons[kind][figure_name] for figure_name in ("case_flow", "swimmer", "completeness")} == {""}
        assert {reasons[kind][figure_name] for figure_name in ("onset", "resolution")} == {of_times}
    onset = figures.drawn("onset", made["none known"])
    assert "none: no case has a known time" in measuring.words(onset.figure).said
    swimmer = figures.drawn("swimmer", made["one"])
    assert any("none described" in words for words in measuring.words(swimmer.figure).said)


def test_beyond_two_hundred_cases_lanes_give_way():
    many = series.mixed(cases=201)
    reasons = figures.reasons(many)
    assert reasons["latency"] == ""
    assert all(reasons[figure_name] for figure_name in ("swimmer", "onset", "resolution", "influence"))
    for figure_name in ("latency", "completeness", "rechallenge_flow", "case_flow", "symptoms"):
        drawing = figures.drawn(figure_name, many)
        words = measuring.words(drawing.figure)
        assert (words.overlaps(), words.outside()) == ([], []), figure_name


def test_characters_without_a_glyph_are_named_in_the_caption(made):
    drawing = figures.drawn("swimmer", made["other scripts"])
    assert "Characters that DejaVu Sans does not have are shown as boxes: " in drawing.caption
    assert "患" in drawing.caption
    assert "ρ" not in drawing.caption.split("boxes:")[1]


def test_alternative_text_is_cut_at_a_word():
    assert captions.alt("a" * 300).endswith("…")
    assert len(captions.alt("word " * 100)) <= 250


@pytest.mark.long
@pytest.mark.parametrize("width", [84, 140, 190])
@pytest.mark.parametrize("name", figures.names())
def test_every_column_width_of_the_presets(made, name, width):
    """A figure whose panels stand side by side says how wide it must be."""
    if width < getattr(figures.module(name), "LEAST_WIDTH", 0):
        with pytest.raises(UserError, match=f"{name} needs at least 120 mm"):
            figures.drawn(name, made["fifty"], width=width)
        return
    drawing = figures.drawn(name, made["fifty"], width=width)
    assert abs(drawing.figure.get_size_inches()[0] * 25.4 - width) < LIMIT_MM
    words = measuring.words(drawing.figure)
    assert (words.overlaps(), words.outside()) == ([], [])


@pytest.mark.long
@pytest.mark.parametrize("name", figures.names())
def test_eight_point_type_for_journals_that_ask_for_it(made, name):
    drawing = figures.drawn(name, made["alike"], body=8)
    words = measuring.words(drawing.figure)
    assert (words.overlaps(), words.outside()) == ([], [])


def test_words_of_reports_are_never_markup():
    data = series.made([{"case_id": r"$\frac{1}{0}$", "onset": (0, 1)}])
    drawing = figures.drawn("swimmer", data)
    assert r"$\frac{1}{0}$" in measuring.words(drawing.figure).said


def test_flow_that_does_not_add_up_is_not_drawn(made):
    books = {**made["alike"].books, "ledger": made["alike"].ledger.iloc[1:]}
    short = replace(made["alike"], books=books)
    with pytest.raises(AssertionError, match="does not add up"):
        figures.drawn("case_flow", short)
