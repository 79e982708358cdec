"""The report in a browser: it needs no network, complains of nothing, fits screen and telephone, and prints."""

import io

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfReader

from tests.conftest import Run, invented_study, once, run
from tests.report.browser import chromium

pytestmark = pytest.mark.page
WIDTHS = (1280, 768, 390)
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

ORDER = """
[...document.querySelector('.sortable').tBodies[0].rows].map(row => row.cells[0].textContent.split(' ')[0])
"""
SORT = "document.querySelector('.sortable').tHead.rows[0].cells[0].querySelector('button').click()"
FILTER = """
(words => {
  const field = document.querySelector('.tools input');
  field.value = words;
  const before = performance.now();
  field.dispatchEvent(new Event('input'));
  return performance.now() - before;
})(%r)
"""
# Text and ground of every kind of words on the page: the WCAG contrast, and those below AA.
PALE = """
(() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
      .map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('main *, header *, footer *')].filter(part => !part.closest('svg'))
    .map(part => [part.tagName, light(getComputedStyle(part).color)])
    .filter(([, ink]) => (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) < 4.5).map(([tag]) => tag);
})()
"""
NAMELESS = """
[...document.querySelectorAll('figure.picture svg, .scroll[tabindex], nav, input, button')]
  .filter(part => !(part.getAttribute('aria-label') || part.textContent.trim() || part.closest('label, figure.table')))
  .map(part => part.outerHTML.slice(0, 80))
"""
CAPTIONS = """
[...document.querySelectorAll('figure.picture figcaption')]
  .map(part => [...part.childNodes].filter(one => one.className !== 'rows').map(one => one.textContent).join(''))
"""
FAR_APART = 30
"""Tiles of one picture in the page and in its file; letters and hatching make up to 12, a tile filled black over 130."""
MOST_SHEETS = 15
"""Of the default series on paper."""


@pytest.fixture(scope="module")
def new_page():
    """What opens a page in one browser."""
    with chromium() as opens:
        yield opens


@pytest.fixture(scope="module")
def invented_run(tmp_path_factory) -> Run:
    """The invented study as `make` runs it, with its figures in every format."""
    return once(tmp_path_factory, "invented-in-full", lambda home: run(invented_study(home), "invented"))


@pytest.fixture(scope="module", params=["default_run", "invented_run"])
def report(request, new_page):
    """The report of a whole run, open in a browser, and its address."""
    done = request.getfixturevalue(request.param)
    file = done.home / "results" / done.series / "report.html"
    page = new_page()
    page.open(file)
    return page, file


def test_it_opens_offline_and_asks_for_nothing_but_itself(report):
    page, file = report
    assert page.requests == [file.as_uri()]
    assert page.value("document.querySelectorAll('figure.picture svg').length") >= 4


def test_the_console_is_silent(report):
    page, _ = report
    assert page.complaints == []


def test_a_complaint_and_a_request_would_be_noticed(new_page, tmp_path):
    file = tmp_path / "bad.html"
    file.write_text("<img src='https://example.invalid/a.png'><script>console.error('x'); nosuch()</script>", "utf-8")
    page = new_page()
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


def test_patients_are_sorted_and_filtered(report):
    page, _ = report
    before = page.value(ORDER)
    page.value(SORT)
    assert page.value(ORDER) == sorted(before, key=str.casefold)
    page.value(SORT)
    assert page.value(ORDER) != sorted(before, key=str.casefold)
    page.value(FILTER % before[-1].lower())
    assert page.value(ORDER) == [before[-1]]
    page.value(FILTER % "no such words")
    assert page.value("document.querySelector('output').value") == f"0 of {len(before)} shown"
    page.value(FILTER % "")
    assert sorted(page.value(ORDER)) == sorted(before)


def test_a_link_to_a_patient_opens_the_patient(report):
    page, _ = report
    case = page.value("document.querySelector('details.patient').id")
    page.value(f"new Promise(done => {{ location.hash = {case!r}; setTimeout(done, 200); }})")
    assert page.value(f"document.getElementById({case!r}).open") is True


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_stand_out_in_both_themes_and_parts_have_names(report, theme):
    page, _ = report
    page.theme(theme)
    assert page.value(PALE) == []
    assert page.value(NAMELESS) == []
    assert page.faults() == []
    page.theme(None)


def test_the_picture_in_the_page_is_the_one_in_its_file(report):
    page, file = report
    page.width(1280)
    page.theme("light")
    names = page.value("[...document.querySelectorAll('figure.picture')].map(part => part.id)")
    assert len(names) >= 4
    apart = {}
    for figure_id in names:
        drawn = in_tiles(file.parent / f"figures/{figure_id.removeprefix('figure-')}.png")
        shown = in_tiles(io.BytesIO(page.opened.locator(f"#{figure_id} svg").first.screenshot()))
        apart[figure_id] = abs(drawn - shown).max()
    assert {figure_id: most for figure_id, most in apart.items() if most > FAR_APART} == {}


def in_tiles(picture) -> np.ndarray:
    """The brightness of a picture in 24 x 12 tiles, 0 black to 255 white: the edge of a letter weighs little in it."""
    with Image.open(picture) as opened:
        return np.asarray(opened.convert("L").resize((24, 12), Image.Resampling.BOX), float)


def test_it_prints_every_section(report):
    page, _ = report
    pages = PdfReader(io.BytesIO(page.printed())).pages
    text = " ".join(" ".join(sheet.extract_text().split()) for sheet in pages)
    for heading in page.value("[...document.querySelectorAll('h1, h2')].map(part => part.innerText)"):
        assert heading in text or heading == "Where the numbers come from"  # of which the last words say where it is
    assert "On paper the report leaves out" in text
    assert len(pages) <= MOST_SHEETS
    assert {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in pages} == {(595, 842)}


def test_a_caption_is_printed_on_one_sheet(report):
    page, _ = report
    sheets = ["".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(page.printed())).pages]
    captions = ["".join(words.split()) for words in page.value(CAPTIONS)]
    assert len(captions) >= 4
    for words in captions:
        assert any(words[:30] in sheet and words[-30:] in sheet for sheet in sheets), words


def test_the_keyboard_alone_skips_walks_sorts_and_opens(report):
    page, file = report
    page.open(file)
    page.press("Tab")
    assert page.value("document.activeElement.className") == "skip"
    page.press("Enter")
    assert page.value("location.hash") == "#lead"
    walked = []
    for _ in range(8):
        page.press("Tab")
        walked.append(page.value("document.activeElement.outerHTML"))
        assert page.value("getComputedStyle(document.activeElement).outlineStyle") != "none", walked[-1]
    assert len(set(walked)) == len(walked)
    page.value("document.querySelector('.sortable thead button').focus()")
    page.press("Enter")
    assert page.value("document.querySelector('.sortable th').getAttribute('aria-sort')") == "ascending"
    page.value("document.querySelector('details.patient:not([open]) summary').focus()")
    page.press("Enter")
    assert page.value("document.activeElement.parentElement.open") is True
