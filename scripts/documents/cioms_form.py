"""A CIOMS I form on one A4 page, with continuation pages for what does not fit.

Lines are broken here, with the widths of words remembered, and each page is drawn as one run of text: a thousand
forms must not take much longer than a thousand plain pages.
"""

import io
from collections.abc import Iterable
from functools import lru_cache

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from scripts.documents.cioms_boxes import NAME, Boxes
from scripts.documents.pdf_font import SANS, registered, shown
from scripts.documents.texts import fill, texts

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 36.0, WIDTH - 36.0, HEIGHT - 34.0, 30.0
LABEL, SIZE, LEADING = 5.2, 6.8, 8.2
PAD = 2.5

LAYOUT = (
    # part, then rows of (height, boxes as (number, share of the width))
    (0, ((24, (("1", 0.13), ("1a", 0.2), ("2", 0.13), ("2a", 0.13), ("3", 0.11), ("4-6", 0.3))),
         (330, (("7+13", 0.76), ("8-12", 0.24))))),
    (1, ((36, (("14", 0.5), ("20", 0.2), ("21", 0.3))), (36, (("15", 0.5), ("16", 0.5))), (26, (("17", 1.0),)),
         (40, (("18", 0.65), ("19", 0.35))))),
    (2, ((30, (("22", 1.0),)), (56, (("23", 1.0),)))),
    (3, ((36, (("24a", 0.3), ("24b", 0.45), ("24c", 0.25))), (46, (("24d", 0.28), ("25a", 0.2), ("25b", 0.17), ("26", 0.35))))),
)  # fmt: skip


def form(case_id: str, content: Boxes, notes: list[str], footer: str) -> bytes:
    """The file of one case. `notes` stand under the title."""
    registered()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1, lang="en-GB")
    canvas.setTitle(shown(f"{texts(NAME)['title']} {case_id}"))
    canvas.setAuthor("Dahlia")
    page = Page(canvas)
    rest = _boxes(page, case_id, content, notes)
    page.close(footer)
    _continue(canvas, case_id, rest, footer)
    canvas.save()
    return made.getvalue()


class Page:
    """One page: rectangles at once, all text in one run."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.run = canvas.beginText()
        self.canvas.setLineWidth(0.5)

    def write(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        self.run.setFont(SANS, size)
        self.run.setTextOrigin(x, y)
        self.run.textOut(text)

    def box(self, x: float, y: float, width: float, height: float, *, ticked: bool = False) -> None:
        self.canvas.rect(x, y, width, height)
        if ticked:
            self.canvas.line(x, y, x + width, y + height)
            self.canvas.line(x, y + height, x + width, y)

    def close(self, footer: str) -> None:
        self.write(LEFT, BOTTOM - 14, shown(footer), LABEL)
        self.write(RIGHT - 30, BOTTOM - 14, f"page {self.canvas.getPageNumber()}", LABEL)
        self.canvas.drawText(self.run)
        self.canvas.showPage()


def _boxes(page: Page, case_id: str, content: Boxes, notes: list[str]) -> list[tuple[str, list[str]]]:
    """Draw all boxes; gives the lines that did not fit, by box."""
    wanted, rest = texts(NAME), []
    y = TOP
    page.write(LEFT, y, shown(f"{wanted['title']}: {case_id}"), 11)
    y -= 4
    for note in [wanted["subtitle"], *notes]:
        for line in lines(note, RIGHT - LEFT, LABEL):
            y -= LABEL + 1.3
            page.write(LEFT, y, line, LABEL)
    for part, rows in LAYOUT:
        y -= 12
        page.write(LEFT, y, wanted["parts"][part], 7.5)
        y -= 3
        for height, row in rows:
            x = LEFT
            for number, share in row:
                width = share * (RIGHT - LEFT)
                page.box(x, y - height, width, height)
                left = _box(page, number, content, (x, y, width, height))
                rest += [(number, left)] if left else []
                x += width
            y -= height
    return rest


def _box(page: Page, number: str, content: Boxes, place: tuple[float, float, float, float]) -> list[str]:
    """One box with its label; gives the lines that did not fit."""
    wanted = texts(NAME)
    x, y, width, height = place
    page.write(x + PAD, y - LABEL - 1.5, f"{number}  {wanted['labels'][number]}", LABEL)
    if number in content.ticked:
        _choices(page, _answers(number, wanted), content.ticked[number], x + PAD, y - LABEL - 5, width)
        return []
    broken = lines(content.text.get(number, ""), width - 2 * PAD, SIZE)
    room = int((height - LABEL - 4) // LEADING)
    fits = broken if len(broken) <= room else [*broken[: room - 1], wanted["continued"]]
    at = y - LABEL - 2.5
    for line in fits:
        at -= LEADING
        page.write(x + PAD, at, line)
    return broken[room - 1 :] if len(broken) > room else []


def _answers(number: str, wanted: dict) -> list[str]:
    known = {"8-12": list(wanted["seriousness"].values()), "20": wanted["answers"], "21": wanted["answers"],
             "24d": wanted["sources"], "25b": wanted["reports"]}  # fmt: skip
    return known[number]


def _choices(page: Page, answers: Iterable[str], ticked: set[str], x: float, y: float, width: float) -> None:
    for number, answer in enumerate(answers):
        at = y - (number + 1) * LEADING
        page.box(x, at - 0.5, 6, 6, ticked=answer in ticked)
        page.write(x + 9, at, answer)


def _continue(canvas: Canvas, case_id: str, rest: list[tuple[str, list[str]]], footer: str) -> None:
    """Continuation pages: what remains of each box, across the whole width that its lines were broken for."""
    if not rest:
        return
    wanted = texts(NAME)
    page, y = _new(canvas, case_id)
    for number, left in rest:
        heading = fill(wanted["box"], {"number": number, "label": wanted["labels"][number]}, f"{NAME}.yaml")
        for size, line in [(7.5, heading), *((SIZE, one) for one in left)]:
            if y < BOTTOM + LEADING:
                page.close(footer)
                page, y = _new(canvas, case_id)
            y -= LEADING + (4 if size > SIZE else 0)
            page.write(LEFT, y, line, size)
    page.close(footer)


def _new(canvas: Canvas, case_id: str) -> tuple[Page, float]:
    page = Page(canvas)
    page.write(LEFT, TOP, shown(fill(texts(NAME)["continuation"], {"case": case_id}, f"{NAME}.yaml")), 11)
    return page, TOP - 8


def lines(text: str, width: float, size: float) -> list[str]:
    """The text broken into lines no wider than `width`; a word that is too long by itself is broken."""
    found: list[str] = []
    blank = _width(" ", size)
    for paragraph in shown(text).split("\n"):
        line: list[str] = []
        used = 0.0
        for word in paragraph.split():
            for piece in _pieces(word, width, size):
                wide = _width(piece, size)
                if line and used + blank + wide > width:
                    found.append(" ".join(line))
                    line, used = [], 0.0
                used += wide + (blank if line else 0.0)
                line.append(piece)
        found.append(" ".join(line))
    return found if text else []


def _pieces(word: str, width: float, size: float) -> list[str]:
    if _width(word, size) <= width:
        return [word]
    room = max(1, int(len(word) * width / _width(word, size) * 0.8))
    return [word[at : at + room] for at in range(0, len(word), room)]


@lru_cache(maxsize=100_000)
def _width(word: str, size: float) -> float:
    return stringWidth(word, SANS, size)
