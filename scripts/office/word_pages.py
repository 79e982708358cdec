"""DOCX pages: headings, paragraphs, lists, tables and pictures, and a file whose bytes depend on nothing else."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from scripts.office.deterministic import rezipped
from scripts.words.printable import printable
from scripts.words.wording import brief

WIDEST, HIGHEST = 174, 225
"""mm of a picture on a page in portrait."""
TALL = 15
"""Lines of a row above which it may run on over the foot of a page: kept whole it would leave a good part of the page blank."""
MARGIN = 1
"""mm at each side of a cell."""
PER_CHARACTER = 0.19
"""mm that a character takes on average, for each point of its size."""
MARK = RGBColor(0x9C, 0x00, 0x06)
"""Colour of places that a person must fill in; they are marked in words too."""


class Pages:
    """A document in the making. All text is put in as text: nothing in it is a template, a field or markup."""

    def __init__(self, title: str, data_lock: str, footer: str, *, compact: bool = False) -> None:
        self.document = docx.Document()
        _properties(self.document, title, data_lock)
        _styles(self.document)
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Mm(18))
        if compact:
            section.top_margin = section.bottom_margin = Mm(11)
        section.footer.paragraphs[0].add_run(printable(footer)).font.size = Pt(7)
        heading = self.document.add_heading(printable(title), level=0)
        if compact:
            heading.paragraph_format.space_after = Pt(2)
            heading.runs[0].font.size = Pt(13)
            self.document.styles["Heading 1"].paragraph_format.space_before = Pt(3)
            self.document.styles["Normal"].paragraph_format.space_after = Pt(1)

    def heading(self, text: str, level: int = 1) -> None:
        self.document.add_heading(printable(text), level)

    def paragraph(
        self, text: str, *, style: str | None = None, bold: bool = False, size: float = 0, keep: bool = False
    ) -> None:
        """keep: on the page of what follows."""
        paragraph = self.document.add_paragraph(style=style)
        paragraph.paragraph_format.keep_with_next = keep or None
        run = paragraph.add_run(printable(text))
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)

    def labelled(self, label: str, text: str, *, size: float = 0) -> None:
        """A paragraph that begins with its label in bold."""
        paragraph = self.document.add_paragraph()
        for words, bold in ((f"{label}. ", True), (text, None)):
            run = paragraph.add_run(printable(words))
            run.bold = bold
            if size:
                run.font.size = Pt(size)

    def human(self, text: str, size: float = 0) -> None:
        """A place that a person must fill in."""
        run = self.document.add_paragraph().add_run(printable(text))
        if size:
            run.font.size = Pt(size)
        run.bold, run.font.color.rgb = True, MARK

    def bullets(self, lines: Iterable[str], *, size: float = 0) -> None:
        for line in lines:
            self.paragraph(line, style="List Bullet", size=size)

    def turn(self) -> None:
        """A new page in the other orientation."""
        _turn(self.document.add_section())

    def table(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[float] = (),
        *,
        size: float = 7.5,
        bold_last: bool = False,
        header_row: bool = True,
    ) -> None:
        """A grid whose header repeats on every page; `widths` in mm. Without a header the first column is bold."""
        lines = [*([list(header)] if header_row else []), *map(list, rows)]
        if not lines:
            return
        table = self.document.add_table(rows=len(lines), cols=len(header), style="Table Grid")
        table.autofit = not widths
        _narrow(table)
        if header_row:
            _repeat(table.rows[0])
        room = [(width - 2 * MARGIN) / (PER_CHARACTER * size) for width in widths] or [
            WIDEST / (PER_CHARACTER * size)
        ] * len(header)
        for number, (line, row) in enumerate(zip(lines, table.rows, strict=True)):
            strong = (header_row and number == 0) or (bold_last and number == len(lines) - 1)
            if _lines(line, room) <= TALL:
                _whole(row)
            for place, (text, cell) in enumerate(zip(line, row.cells, strict=True)):
                _write(cell, text, size, strong or (not header_row and place == 0))
        for place, width in enumerate(widths):
            table.columns[place].width = Mm(width)
        for row in table.rows if widths else ():
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Mm(width)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def picture(self, path: Path, alternative: str = "", highest: float = HIGHEST) -> None:
        """A picture in its own size, made smaller where it is wider than the page or higher than `highest` mm."""
        shape = self.document.add_picture(str(path))
        scale = min(1.0, Mm(WIDEST) / shape.width, Mm(highest) / shape.height)
        shape.width, shape.height = int(shape.width * scale), int(shape.height * scale)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        shape._inline.docPr.set("descr", printable(alternative or path.stem))

    def text(self) -> str:
        """All that was written so far, a piece on a line."""
        return "\n".join(node.text or "" for node in self.document.element.iter(qn("w:t")))

    def bytes(self) -> bytes:
        """The file."""
        made = io.BytesIO()
        self.document.save(made)
        return rezipped(made.getvalue())


def _properties(document, title: str, data_lock: str) -> None:
    """Dates come from the data lock, never from the clock; no person is named."""
    day = datetime.fromisoformat(data_lock)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = brief(printable(title), 255), "Dahlia", "Dahlia", ""
    core.created = core.modified = day
    core.revision, core.language = 1, "en-GB"


def _styles(document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Arial")
    normal.paragraph_format.space_after = Pt(4)
    for style_name, size in (("Title", 16), ("Heading 1", 12.5), ("Heading 2", 10.5)):
        style = document.styles[style_name]
        style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor(0x1F, 0x3A, 0x5F)
        style.paragraph_format.space_before = Pt(8)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)


def _turn(section) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if section.page_width < section.page_height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = section.page_height, section.page_width


def _repeat(row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _narrow(table) -> None:
    """Cells with less blank at their sides than Word gives: many columns stand on a page."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(Mm(MARGIN).twips))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _lines(cells: Iterable[str], room: Iterable[float]) -> int:
    """Lines of the tallest cell, with so many characters to a line."""
    return max(
        sum(1 + int(len(line) // width) for line in text.split("\n")) for text, width in zip(cells, room, strict=True)
    )


def _whole(row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _write(cell, text: str, size: float, strong: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold = Pt(size), strong or None
