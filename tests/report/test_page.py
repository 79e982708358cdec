"""The report in a browser: it needs no network, complains of nothing, fits screen and telephone, and prints."""

import io

import pytest
from pypdf import PdfReader

from tests.report.browser import chromium

pytestmark = pytest.mark.page
WIDTHS = (1280, 390)
# What reaches past the right edge of the window and is not inside a box that scrolls by itself.
TOO_WIDE = """
[...document.querySelectorAll('body *')]
  .filter(part => !part.closest('.scroll, svg *') && part.getBoundingClientRect().right > window.innerWidth + 1)
  .map(part => part.tagName + '.' + part.className + ' ' + part.textContent.trim().slice(0, 40))
"""
DEAD_LINKS = """
[...document.querySelectorAll('a[href^="#"], svg [*|href^="#"]')]
  .map(link => link.getAttribute('href') || link.getAttributeNS('http://www.w3.org/1999/xlink', 'href'))
  .filter(target => !document.getElementById(decodeURIComponent(target.slice(1))))
"""
TWICE = """
[...document.querySelectorAll('[id]')].map(part => part.id).filter((id, at, all) => all.indexOf(id) !== at)
"""


@pytest.fixture(scope="module", params=["default_run", "invented_run"])
def report(request, tmp_path_factory):
    """The report of a whole run, open in a browser, and its address."""
    done = request.getfixturevalue(request.param)
    file = done.home / "results" / done.series / "report.html"
    with chromium(tmp_path_factory.mktemp("browser")) as page:
        page.open(file)
        yield page, file


def test_it_opens_offline_and_asks_for_nothing_but_itself(report):
    page, file = report
    assert page.requests == [file.as_uri()]
    assert page.value("document.querySelectorAll('figure.picture svg').length") >= 4


def test_the_console_is_silent(report):
    page, _ = report
    assert page.complaints == []


def test_a_complaint_and_a_request_would_be_noticed(tmp_path):
    file = tmp_path / "bad.html"
    file.write_text("<img src='https://example.invalid/a.png'><script>console.error('x'); nosuch()</script>", "utf-8")
    with chromium(tmp_path) as page:
        page.open(file)
    assert page.requests == [file.as_uri(), "https://example.invalid/a.png"]
    assert len(page.complaints) == 3, page.complaints


@pytest.mark.parametrize("pixels", WIDTHS)
def test_nothing_reaches_past_the_right_edge(report, pixels):
    page, _ = report
    page.width(pixels)
    assert page.value("document.documentElement.scrollWidth") <= pixels
    assert page.value(TOO_WIDE) == []


def test_links_inside_the_page_lead_somewhere(report):
    page, _ = report
    assert page.value("document.querySelectorAll('a[href^=\"#\"]').length") >= 5
    assert page.value(DEAD_LINKS) == []
    assert page.value(TWICE) == []


def test_it_prints_every_section(report):
    page, _ = report
    pages = PdfReader(io.BytesIO(page.printed())).pages
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in pages)
    for heading in page.value("[...document.querySelectorAll('h1, h2')].map(part => part.innerText)"):
        assert heading in text
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in pages} == {(842, 595)}
