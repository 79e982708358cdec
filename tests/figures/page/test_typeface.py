"""An author's own typeface: measured, embedded as TrueType, and named where it is not there."""

import io
import re

import pytest
from pypdf import PdfReader

from scripts import figures
from scripts.commands.messages import UserError
from scripts.figures.page.saving import rendered
from scripts.figures.page.standards import Page
from scripts.figures.page.typeface import DEFAULT, METRIC, chosen, installed
from tests.figures import measuring, series
from tests.kept import others_long


@pytest.fixture(scope="module")
def face():
    """The first face of this machine that is as wide as Arial."""
    face_name = next((face_name for face_name in METRIC if face_name in installed()), None)
    if face_name is None:
        pytest.skip(f"no face as wide as Arial on this machine: none of {', '.join(METRIC)}")
    return chosen(face_name)


def test_no_name_is_the_face_every_machine_has():
    assert (chosen(""), chosen("DejaVu Sans")) == (DEFAULT, DEFAULT)


def test_a_face_that_is_not_there_names_those_that_are(tmp_path):
    with pytest.raises(
        UserError, match=r"--font 'Nosuch': no TrueType face of that name, regular and bold\. This machine has"
    ):
        chosen("Nosuch")
    with pytest.raises(UserError, match=r"none of the width of Arial; without --font figures are set in DejaVu Sans"):
        chosen("Arial", (str(tmp_path),))


@pytest.mark.parametrize("name", others_long(figures.names(), {"onset", "swimmer"}))
def test_every_figure_is_laid_out_for_the_face(face, name):
    data = series.mixed(30)
    words = measuring.words(figures.drawn(name, data, face=face).figure)
    assert (words.overlaps(), words.outside()) == ([], [])


def test_words_are_measured_with_the_face(face):
    """Arial is narrower than DejaVu Sans, by about an eighth."""
    words = "Cumulative share of reported cases"
    assert Page(85, face=face).width_of(words) < 0.95 * Page(85).width_of(words)


def test_the_face_is_embedded_as_truetype_and_named_in_the_svg(face):
    figure = figures.drawn("onset", series.mixed(12), face=face).figure
    page = PdfReader(io.BytesIO(rendered(figure, "pdf", "onset", face=face))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    embedded = [part.get_object() for font in fonts for part in font.get("/DescendantFonts", [font])]
    assert any(face.name.replace(" ", "") in font["/BaseFont"] for font in embedded)
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in embedded)
    svg = rendered(figure, "svg", "onset", face=face).decode()
    named = re.findall(r"font-family: ([^;\"]+)", svg)
    assert named
    assert all(families.strip("'").startswith(face.name) and families.endswith("sans-serif") for families in named)
    assert (
        rendered(figures.drawn("onset", series.mixed(12), face=face).figure, "svg", "onset", face=face).decode() == svg
    )


def test_the_default_stays_the_same_after_another_face(face):
    before = rendered(figures.drawn("onset", series.one()).figure, "svg", "onset")
    figures.drawn("onset", series.one(), face=face)
    assert rendered(figures.drawn("onset", series.one()).figure, "svg", "onset") == before
