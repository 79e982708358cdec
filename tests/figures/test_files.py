"""Measuring the finished files, as a journal's artwork check does: size, fonts, dates, dots per inch, same bytes."""

import io
import re

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from scripts import figures
from scripts.figures.page.saving import rendered
from tests.figures import series

NAMES = ("onset", "swimmer", "completeness")
MM_PER_POINT = 25.4 / 72


@pytest.fixture(scope="module")
def data():
    return series.mixed(cases=12)


@pytest.fixture(scope="module")
def files(data):
    """(figure, format) -> bytes of three figures; TIFF at the least the journals take."""
    forms = ("svg", "pdf", "png", "tiff")
    return {
        (figure_name, form): rendered(figures.drawn(figure_name, data).figure, form, figure_name, 300)
        for figure_name in NAMES
        for form in forms
    }


@pytest.mark.parametrize("form", ["svg", "pdf", "png", "tiff"])
def test_drawing_again_gives_the_same_bytes(data, files, form):
    again = rendered(figures.drawn("onset", data).figure, form, "onset", 300)
    assert again == files["onset", form]


@pytest.mark.parametrize("name", NAMES)
def test_every_format_has_the_same_size_in_mm(data, files, name):
    width = figures.module(name).WIDTH
    page = PdfReader(io.BytesIO(files[name, "pdf"])).pages[0].mediabox
    svg = files[name, "svg"].decode()
    assert float(page.width) * MM_PER_POINT == pytest.approx(width, abs=0.05)
    assert float(re.search(r'width="([\d.]+)pt"', svg)[1]) * MM_PER_POINT == pytest.approx(width, abs=0.05)
    for form in ("png", "tiff"):
        picture = Image.open(io.BytesIO(files[name, form]))
        assert picture.width == pytest.approx(width / 25.4 * 300, abs=1)
        assert [round(dots) for dots in picture.info["dpi"]] == [300, 300]
        assert picture.mode == "RGB"


@pytest.mark.parametrize("name", NAMES)
def test_pdf_embeds_truetype_and_knows_no_date(files, name):
    """Artwork checks refuse Type 3. A PDF of text has its words."""
    reader = PdfReader(io.BytesIO(files[name, "pdf"]))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    descendants = [part.get_object() for font in fonts for part in font.get("/DescendantFonts", [])]
    kinds = {font["/Subtype"] for font in [*fonts, *descendants]}
    assert kinds <= {"/TrueType", "/Type0", "/CIDFontType2"}
    described = [font["/FontDescriptor"].get_object() for font in [*fonts, *descendants] if "/FontDescriptor" in font]
    assert described
    assert all("/FontFile2" in font for font in described)
    embedded = [TTFont(io.BytesIO(font["/FontFile2"].get_data())) for font in described]
    assert not any({"GDEF", "GPOS", "GSUB", "kern"} & set(font.keys()) for font in embedded)
    assert "/CreationDate" not in (reader.metadata or {})
    assert "CASE-1" in reader.pages[0].extract_text()


@pytest.mark.parametrize("name", NAMES)
def test_svg_keeps_text_as_text_and_knows_no_date(files, name):
    svg = files[name, "svg"].decode()
    assert "CASE-1" in svg
    assert "<dc:date>" not in svg
    sizes = {float(size) for size in re.findall(r"font-size: ([\d.]+)px", svg)}
    assert sizes
    assert min(sizes) >= 7
    assert all(families.endswith("sans-serif") for families in re.findall(r"font-family: ([^;\"]+)", svg))


@pytest.mark.parametrize("name", figures.names())
def test_finished_vector_files_of_every_figure(data, name):
    """Width in mm, type of 7 pt or more, lines of 0.3 pt or more (0.1 mm), every font embedded as TrueType."""
    figure = figures.drawn(name, data).figure
    svg = rendered(figure, "svg", name).decode()
    assert float(re.search(r'width="([\d.]+)pt"', svg)[1]) * MM_PER_POINT == pytest.approx(
        figures.module(name).WIDTH, abs=0.05
    )
    assert (
        min(
            float(size)
            for size in re.findall(r"font: (?:\w+ )*?([\d.]+)px|font-size: ([\d.]+)px", svg)
            for size in size
            if size
        )
        >= 7
    )
    widths = [float(width) for width in re.findall(r"stroke-width: ([\d.]+)", svg)]
    assert min(width for width in widths if width) >= 0.3
    page = PdfReader(io.BytesIO(rendered(figure, "pdf", name))).pages[0]
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    parts = [part.get_object() for font in fonts for part in font.get("/DescendantFonts", [font])]
    assert parts
    assert all("/FontFile2" in part["/FontDescriptor"].get_object() for part in parts)


def test_ids_of_two_svgs_are_salted_apart(files):
    ids = [
        set(re.findall(r'<clipPath id="(\w+)"', files[figure_name, "svg"].decode()))
        for figure_name in ("onset", "swimmer")
    ]
    assert all(ids)
    assert not ids[0] & ids[1]


def test_tiff_pixels_at_line_art_resolution(data):
    """Elsevier's check: 90 mm at 1000 dpi are 3543 pixels (definitions: figure-standards)."""
    tiff = rendered(figures.drawn("recurrence", data, width=90).figure, "tiff", "recurrence", 1000)
    picture = Image.open(io.BytesIO(tiff))
    assert picture.width == 3543
    assert picture.info["compression"] == "tiff_lzw"
    assert [round(dots) for dots in picture.info["dpi"]] == [1000, 1000]


def test_picture_is_not_blank_and_its_edge_is(files):
    for figure_name in NAMES:
        pixels = np.asarray(Image.open(io.BytesIO(files[figure_name, "png"])).convert("L"))
        assert (pixels < 128).mean() > 0.005, figure_name
        edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
        assert (edge > 200).all(), figure_name
