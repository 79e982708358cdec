"""Pictures in the page: ids of their own, colours untouched, text that is no markup."""

import pytest
from lxml import etree

from scripts.report.pictures import picture

SVG = """<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100pt" height="50mm">
<metadata>when and by what</metadata>
<defs><path id="m1" d="M 0 0"/><clipPath id="c1"><rect width="1" height="1"/></clipPath></defs>
<rect fill="#c8c8c8" style="fill: #6b6b6b" clip-path="url(#c1)"/><use xlink:href="#m1" href="#m1"/>
<text>a "#m1" &lt;b&gt;</text></svg>"""


@pytest.fixture
def drawn(tmp_path):
    file = tmp_path / "onset.svg"
    file.write_text(SVG, encoding="utf-8")
    return etree.fromstring(str(picture(file, 'Curve "a" & b.')))


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        (".", "role", "img"),
        (".", "aria-label", 'Curve "a" & b.'),
        (".", "width", "135.0pt"),
        (".", "height", "67.5mm"),
        ("{*}rect", "fill", "#c8c8c8"),
        ("{*}rect", "style", "fill: #6b6b6b"),
        ("{*}rect", "clip-path", "url(#onset-c1)"),
        ("{*}use", "href", "#onset-m1"),
        ("{*}use", "{http://www.w3.org/1999/xlink}href", "#onset-m1"),
        ("{*}defs/{*}path", "id", "onset-m1"),
    ],
)
def test_ids_are_the_picture_s_own_and_colours_stay(drawn, path, attribute, value):
    assert drawn.find(path).get(attribute) == value


def test_words_stay_and_metadata_go(drawn):
    assert drawn.findtext("{*}text") == 'a "#m1" <b>'
    assert drawn.find("{*}metadata") is None


def test_what_is_no_drawing_is_refused(tmp_path):
    (tmp_path / "x.svg").write_text("<html/>", encoding="utf-8")
    with pytest.raises(ValueError, match="not an SVG"):
        picture(tmp_path / "x.svg", "")
