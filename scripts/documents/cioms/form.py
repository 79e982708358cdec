"""A CIOMS I form on one A4 page, with continuation pages for what does not fit.

Lines are broken here, with the widths of words remembered, and each page is drawn as one run of text: a thousand
forms must not take much longer than a thousand plain pages.
"""

import io
import re
from collections.abc import Sequence
from functools import lru_cache

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from scripts.documents.cioms.boxes import NAME, Boxes
from scripts.documents.words.texts import fill, texts
from scripts.office.pdf_font import SANS, registered, shown

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 36.0, WIDTH - 36.0, HEIGHT - 34.0, 30.0
LABEL, SIZE, LEADING, TITLE = 5.2, 6.8, 8.2, 11.0
PAD = 2.5
SUBSET = re.compile(r"/F\d+\+0(?= )")
ESCAPED = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})

LAYOUT = (
    # part, then rows of (least and greatest height, boxes as (number, share of the width)); the description has the rest
    (0, ((24, 34, (("1", 0.13), ("1a", 0.2), ("2", 0.13), ("2a", 0.13), ("3", 0.11), ("4-6", 0.3))),
         (0, 0, (("7+13", 0.76), ("8-12", 0.24))))),
    (1, ((36, 52, (("14", 0.5), ("20", 0.2), ("21", 0.3))), (24, 44, (("15", 0.5), ("16", 0.5))), (20, 36, (("17", 1.0),)),
         (24, 50, (("18", 0.65), ("19", 0.35))))),
    (2, ((22, 60, (("22", 1.0),)), (22, 76, (("23", 1.0),)))),
    (3, ((22, 40, (("24a", 0.3), ("24b", 0.4), ("24c", 0.3))), (46, 86, (("24d", 0.22), ("25a", 0.21), ("25b", 0.12), ("26", 0.45))))),
)  # fmt: skip
PART, FOOT = 15.0, 6.0
"""Height of the heading of a part; room left above the foot of the page."""
FEW = 3
"""So many lines left over are brought onto the page by a smaller type instead of a page of their own."""
SMALLER = 0.93


def form(case_id: str, content: Boxes, notes: list[str], footer: str) -> bytes:
    """The file of one case. `notes` stand under the title."""
    registered()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1, lang="en-GB")
    canvas.setTitle(shown(f"{texts(NAME)['title']} {case_id}"))
    canvas.setAuthor("Dahlia")
    page = Page(canvas, f"{texts(NAME)['title']}: {case_id}")
    rest = _boxes(page, content, notes)
    page.close(footer)
    _continue(canvas, case_id, rest, footer)
    canvas.save()
    return made.getvalue()


class Page:
    """One page. Text of plain letters is put down as ready-made operators, anything else through the library.

    In an ASCII-readable typeface the first subset holds every plain letter at its own code, so such a line needs no
    look-up per letter. The name of that subset is read off the first line, which the library writes.
    """

    def __init__(self, canvas: Canvas, title: str) -> None:
        self.canvas = canvas
        self.run = canvas.beginText()
        self.run.setFont(SANS, TITLE)
        self.run.setTextOrigin(LEFT, TOP)
        self.run.textOut("CIOMS I  ")
        self.subset = _subset(self.run.getCode())
        self.run.textOut(shown(title))
        canvas.setLineWidth(0.5)
        self.code: list[str] = []

    def write(self, x: float, y: float, lines: Sequence[str], size: float = SIZE, leading: float = LEADING) -> None:
        """Lines from `y` downwards."""
        if all(line.isascii() for line in lines):
            self.code.append(operators(self.subset, x, y, lines, size, leading))
            return
        self.run.setFont(SANS, size, leading)
        self.run.setTextOrigin(x, y)
        for line in lines:
            self.run.textLine(line)

    def boxed(self, x: float, y: float, width: float, height: float, *, ticked: bool = False) -> None:
        self.code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")
        if ticked:
            right, top = x + width, y + height
            self.code.append(f"{x:.2f} {y:.2f} m {right:.2f} {top:.2f} l S {x:.2f} {top:.2f} m {right:.2f} {y:.2f} l S")

    def close(self, footer: str) -> None:
        self.write(LEFT, BOTTOM - 14, [shown(footer)], LABEL)
        self.write(RIGHT - 30, BOTTOM - 14, [f"page {self.canvas.getPageNumber()}"], LABEL)
        self.canvas.drawText(self.run)
        self.canvas.addLiteral("\n".join(self.code))
        self.canvas.showPage()


def _subset(code: str) -> str:
    match = SUBSET.search(code)
    assert match is not None, "the library names the subset when it writes text"
    return match[0]


def operators(subset: str, x: float, y: float, lines: Sequence[str], size: float, leading: float) -> str:
    """PDF operators of plain lines: origin, type, leading, then each line."""
    shown_lines = " ".join(f"({line.translate(ESCAPED)}) Tj T*" for line in lines)
    return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {subset} {size} Tf {leading} TL {shown_lines} ET"


def _boxes(page: Page, content: Boxes, notes: list[str]) -> list[tuple[str, list[str]]]:
    """Draw all boxes; gives the lines that did not fit, by box."""
    wanted, rest = texts(NAME), []
    small = [line for note in [wanted["subtitle"], *notes] for line in lines(note, RIGHT - LEFT, LABEL)]
    page.write(LEFT, TOP - 4 - LABEL - 1.3, small, LABEL, LABEL + 1.3)
    y = TOP - 4 - (LABEL + 1.3) * len(small)
    heights, size = _fitted(content, y - BOTTOM - FOOT)
    for part, rows in LAYOUT:
        y -= PART - 3
        page.write(LEFT, y, [wanted["parts"][part]], 7.5)
        y -= 3
        for _, _, row in rows:
            x, height = LEFT, heights[row[0][0]]
            for number, share in row:
                width = share * (RIGHT - LEFT)
                page.boxed(x, y - height, width, height)
                left = _box(page, number, content, (x, y, width, height), size)
                rest += [(number, left)] if left else []
                x += width
            y -= height
    return rest


def _fitted(content: Boxes, room: float) -> tuple[dict[str, float], float]:
    """Height of each row, by its first box, and the size of type: rows take what they need, the description the rest."""
    for size in (SIZE, SIZE * SMALLER):
        heights = {}
        for _, rows in LAYOUT:
            for least, most, row in rows:
                need = max(_needed(content, number, share * (RIGHT - LEFT), size) for number, share in row)
                heights[row[0][0]] = min(max(least, need), most)
        heights["7+13"] = room - PART * len(LAYOUT) - sum(heights.values())
        need = _needed(content, "7+13", _share("7+13") * (RIGHT - LEFT), size)
        over = (need - heights["7+13"]) / _leading(size)
        if not 0 < over <= FEW:
            break
    return heights, size


def _share(number: str) -> float:
    return next(share for _, rows in LAYOUT for _, _, row in rows for box, share in row if box == number)


def _needed(content: Boxes, number: str, width: float, size: float) -> float:
    """The height that the text of a box needs."""
    if number in content.ticked:
        return LABEL + 8 + LEADING * len(_answers(number, texts(NAME)))
    return LABEL + 4 + _leading(size) * len(lines(content.text.get(number, ""), width - 2 * PAD, size)) + 1


def _leading(size: float) -> float:
    return LEADING * size / SIZE


def _box(page: Page, number: str, content: Boxes, place: tuple[float, float, float, float], size: float) -> list[str]:
    """One box with its label; gives the lines that did not fit."""
    wanted, leading = texts(NAME), _leading(size)
    x, y, width, height = place
    page.write(x + PAD, y - LABEL - 1.5, [f"{number}  {wanted['labels'][number]}"], LABEL)
    if number in content.ticked:
        _choices(page, _answers(number, wanted), content.ticked[number], x + PAD, y - LABEL - 5)
        return []
    broken = lines(content.text.get(number, ""), width - 2 * PAD, size)
    room = int((height - LABEL - 4) // leading)
    fits = broken if len(broken) <= room else [*broken[: room - 1], wanted["continued"]]
    if fits:
        page.write(x + PAD, y - LABEL - 2.5 - leading, fits, size, leading)
    return broken[room - 1 :] if len(broken) > room else []


def _answers(number: str, wanted: dict) -> list[str]:
    known = {
        "8-12": list(wanted["seriousness"].values()),
        "20": wanted["answers"],
        "21": wanted["answers"],
        "24d": wanted["sources"],
        "25b": wanted["reports"],
    }
    return known[number]


def _choices(page: Page, answers: list[str], ticked: set[str], x: float, y: float) -> None:
    for number, answer in enumerate(answers):
        page.boxed(x, y - (number + 1) * LEADING - 0.5, 6, 6, ticked=answer in ticked)
    page.write(x + 9, y - LEADING, answers)


def _continue(canvas: Canvas, case_id: str, rest: list[tuple[str, list[str]]], footer: str) -> None:
    """Continuation pages: what remains of each box, in the lines that were broken for it."""
    if not rest:
        return
    title = fill(texts(NAME)["continuation"], {"case": case_id}, f"{NAME}.yaml")
    page, y = Page(canvas, title), TOP - 8
    for number, left in rest:
        label = texts(NAME)["labels"][number]
        heading = fill(texts(NAME)["box"], {"number": number, "label": label}, f"{NAME}.yaml")
        pending = [f"— {heading} —", *left]
        while pending:
            room = int((y - BOTTOM) // LEADING)
            if room < 1:
                page.close(footer)
                page, y = Page(canvas, title), TOP - 8
                continue
            page.write(LEFT, y - LEADING, pending[:room])
            y -= LEADING * (min(room, len(pending)) + 0.5)
            pending = pending[room:]
    page.close(footer)


def lines(text: str, width: float, size: float) -> list[str]:
    """The text broken into lines no wider than `width`; a word that is too long by itself is broken."""
    broken_lines: list[str] = []
    blank = _width(" ", size)
    for paragraph in shown(text).split("\n"):
        line: list[str] = []
        used = -blank
        for word in paragraph.split():
            wide = _width(word, size)
            for piece in (word,) if wide <= width else _pieces(word, width, size):
                wide = _width(piece, size)
                if line and used + blank + wide > width:
                    broken_lines.append(" ".join(line))
                    line, used = [], -blank
                used += blank + wide
                line.append(piece)
        broken_lines.append(" ".join(line))
    return broken_lines if text else []


def _pieces(word: str, width: float, size: float) -> list[str]:
    room = max(1, int(len(word) * width / _width(word, size) * 0.8))
    return [word[at : at + room] for at in range(0, len(word), room)]


@lru_cache(maxsize=100_000)
def _width(word: str, size: float) -> float:
    registered()
    return stringWidth(word, SANS, size)
