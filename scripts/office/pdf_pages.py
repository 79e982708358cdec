"""Flowing PDF pages: headings, paragraphs and tables, with embedded type and without a clock."""

import io
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from scripts.office.pdf_font import BOLD, SANS, registered, shown

INK, MARK = colors.HexColor("#1F3A5F"), colors.HexColor("#9C0006")
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.3, colors.grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
)


class Flow:
    """A document in the making; text is escaped, so nothing in it is markup."""

    def __init__(self, title: str, footer: str) -> None:
        registered()
        self.title, self.footer = title, footer
        self.story: list = []
        self._text(title, 11, BOLD, INK, after=3)

    def _text(self, text: str, size: float, face: str = SANS, colour=colors.black, after: float = 1.5) -> None:
        self.story.append(_paragraph(text, size, face, colour, after))

    def heading(self, text: str) -> None:
        self.story.append(Spacer(1, 3))
        self._text(text, 9, BOLD, INK)

    def paragraph(self, text: str, size: float, *, human: bool = False) -> None:
        self._text(text, size, BOLD if human else SANS, MARK if human else colors.black)

    def table(
        self,
        rows: Iterable[Sequence[str]],
        widths: Sequence[float],
        size: float,
        *,
        header: bool = False,
        bold_first: bool = False,
    ) -> None:
        """A grid; `widths` in mm. Rows split over pages and a header repeats."""
        lines = [
            [
                _paragraph(text, size, BOLD if (header and at == 0) or (bold_first and place == 0) else SANS)
                for place, text in enumerate(row)
            ]
            for at, row in enumerate(rows)
        ]
        self.story.append(
            Table(lines, [width * mm for width in widths], style=GRID, repeatRows=int(header), splitInRow=1)
        )

    def bytes(self) -> bytes:
        """The file."""
        made = io.BytesIO()
        document = SimpleDocTemplate(
            made,
            pagesize=A4,
            invariant=1,
            title=self.title,
            author="Dahlia",
            lang="en-GB",
            leftMargin=18 * mm,
            rightMargin=18 * mm,
            topMargin=13 * mm,
            bottomMargin=14 * mm,
        )
        document.build(self.story, onFirstPage=self._foot, onLaterPages=self._foot)
        return made.getvalue()

    def _foot(self, canvas, document) -> None:
        canvas.setFont(SANS, 6)
        canvas.drawString(18 * mm, 8 * mm, shown(self.footer))
        canvas.drawRightString(192 * mm, 8 * mm, f"page {document.page}")


def _paragraph(text: str, size: float, face: str = SANS, colour=colors.black, after: float = 0) -> Paragraph:
    style = ParagraphStyle(
        "text", fontName=face, fontSize=size, leading=size * 1.2, textColor=colour, spaceAfter=after, splitLongWords=1
    )
    return Paragraph(escape(shown(text)).replace("\n", "<br/>"), style)
