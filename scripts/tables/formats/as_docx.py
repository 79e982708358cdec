"""All tables as one Word file: real tables with repeated header rows, captions, footnotes, landscape where wide.

The cells are written as XML text, which is many times quicker than cell by cell and as safe: user text is escaped.
The same tables give the same bytes: core dates are the data lock point, the archive carries a fixed date.
"""

import io
import zipfile
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from scripts.tables.formats.widths import lines, shares
from scripts.tables.shown import Paper, Shown, on_paper
from scripts.words.wording import DRAFT, brief

PAGE, MARGIN, HEAD_AND_FOOT = (210, 297), 18, 15
TWIPS_PER_MM = 1440 / 25.4
POINTS = {False: 8.0, True: 7.0}
"""Type size of a table, by wide."""
CHARACTER = 0.185
"""Mean width of a character in mm per point of size."""
TALL = 45
"""A row of more lines than this may go over the page's end."""
SHORT = 12
"""A table of more rows begins on a page of its own."""
ARCHIVE_DATE = (1980, 1, 1, 0, 0, 0)
FONT = "Arial"


def word_file(tables: dict[str, tuple[int, Shown]], title: str, data_lock: date, rights: str = "") -> bytes:
    """The bytes of the file; `tables` by name with the number of the caption, `rights`: who may have them."""
    document = docx.Document()
    _styles(document)
    _properties(document, title, data_lock)
    _page(document.sections[0], wide=False)
    _front(document, tables, title, data_lock)
    _running(document.sections[0], f"{rights} · {brief(title)}" if rights else brief(title), data_lock)
    wide = False
    for position, (number, table) in enumerate(tables.values()):
        wide = _turn(document, table.wide, wide, first=position == 0)
        _table(document, number, table)
    return _fixed(document)


def _styles(document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(10)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for style_name, size, bold, after in (("Table text 8", 8, False, 0), ("Table text 7", 7, False, 0),
                                    ("Table head 8", 8, True, 0), ("Table head 7", 7, True, 0),
                                    ("Table note", 6.5, False, 1)):  # fmt: skip
        style = document.styles.add_style(style_name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size, style.font.bold = normal, Pt(size), bold
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(0), Pt(after)
        style.paragraph_format.line_spacing = 1.0
    heading = document.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = FONT, Pt(16), RGBColor(0, 0, 0)
    heading.element.rPr.rFonts.attrib.clear()
    heading.font.name = FONT
    caption = document.styles["Caption"]
    caption.font.name, caption.font.size, caption.font.bold, caption.font.color.rgb = (
        FONT,
        Pt(9),
        True,
        RGBColor(0, 0, 0),
    )
    caption.paragraph_format.keep_with_next, caption.paragraph_format.space_before = True, Pt(10)


def _properties(document, title: str, data_lock: date) -> None:
    core, lock = document.core_properties, datetime(data_lock.year, data_lock.month, data_lock.day)
    core.created = core.modified = core.last_printed = lock
    core.author = core.last_modified_by = core.comments = core.keywords = ""
    core.title, core.subject, core.language, core.revision = brief(title, 255), "Tables of a case series", "en-GB", 1


def _page(section, wide: bool) -> None:
    short, long = Mm(PAGE[0]), Mm(PAGE[1])
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(HEAD_AND_FOOT)
    section.header_distance = section.footer_distance = Mm(9)


def _front(document, tables: dict[str, tuple[int, Shown]], title: str, data_lock: date) -> None:
    document.add_heading(title, level=1)
    document.add_paragraph(f"Tables of the case series. Data lock point {data_lock.isoformat()}.")
    document.add_paragraph(DRAFT)
    for number, table in tables.values():
        document.add_paragraph(f"Table {number}. {table.title}").paragraph_format.space_after = Pt(0)


def _running(section, title: str, data_lock: date) -> None:
    """Header: who may have it, title, data lock, draft notice. Footer: page of pages."""
    head = section.header.paragraphs[0]
    head.style, head.text = (
        "Table note",
        f"{title} · data lock point {data_lock.isoformat()} · draft for qualified review",
    )
    foot = section.footer.paragraphs[0]
    foot.style = "Table note"
    for words, field in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
        foot.add_run(words)
        foot._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )


def _turn(document, wide: bool, before: bool, first: bool) -> bool:
    """A new section where the page must be turned, and after the front page."""
    if first or wide != before:
        _page(document.add_section(WD_SECTION.NEW_PAGE), wide)
    return wide


def _table(document, number: int, table: Shown) -> None:
    paper, wide = on_paper(table), table.wide
    room = (PAGE[1] if wide else PAGE[0]) - 2 * MARGIN
    characters = shares(paper.columns, paper.rows, room / (CHARACTER * POINTS[wide]))
    widths = [round(width / sum(characters) * room * TWIPS_PER_MM) for width in characters]
    _append(document, _caption(number, table.title, own_page=len(paper.rows) > SHORT))
    _append(document, _grid(paper, table, widths, characters))
    for note in paper.footnotes:
        _append(
            document, f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Tablenote"/></w:pPr><w:r>{_t(note)}</w:r></w:p>'
        )


def _append(document, xml: str) -> None:
    document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _caption(number: int, title: str, own_page: bool) -> str:
    start = "<w:pageBreakBefore/>" if own_page else ""
    field = f'<w:fldSimple w:instr=" SEQ Table \\* ARABIC \\r {number} "><w:r><w:t>{number}</w:t></w:r></w:fldSimple>'
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Caption"/><w:keepNext/>{start}<w:outlineLvl w:val="1"/></w:pPr>'
        f"<w:r>{_t('Table ')}</w:r>{field}<w:r>{_t('. ' + title)}</w:r></w:p>"
    )


def _grid(paper: Paper, table: Shown, widths: list[int], characters: list[float]) -> str:
    size = "7" if table.wide else "8"
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(
        paper.columns, widths, f"Tablehead{size}", "<w:cantSplit/><w:tblHeader/>", _edges(top=8, bottom=6), True
    )
    starts = set(paper.starts)
    body = "".join(
        _row(row, widths, f"Tabletext{size}", _unbroken(row, characters), _edges(top=4) if at in starts and at else "")
        for at, row in enumerate(paper.rows)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{_BORDERS}'
        f'<w:tblLayout w:type="fixed"/>{_MARGINS}<w:tblLook w:firstRow="1" w:firstColumn="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.title)}/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{head}{body}</w:tbl>"
    )


_BORDERS = (
    '<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>'
    '<w:insideH w:val="single" w:sz="2" w:space="0" w:color="D0D0D0"/></w:tblBorders>'
)
_MARGINS = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'


def _unbroken(row: list[str], characters: list[float]) -> str:
    tallest = max(lines(text, width) for text, width in zip(row, characters, strict=True))
    return "<w:cantSplit/>" if tallest <= TALL else ""


def _edges(**sizes: int) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for side, size in sizes.items()
    )
    return f"<w:tcBorders>{sides}</w:tcBorders>"


def _row(row: list[str], widths: list[int], style: str, rule: str, edges: str, keep: bool = False) -> str:
    styles = [style.replace("text", "head"), *[style] * (len(row) - 1)]
    cells = "".join(
        _cell(text, width, cell_style, edges, keep) for text, width, cell_style in zip(row, widths, styles, strict=True)
    )
    return f"<w:tr><w:trPr>{rule}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, style: str, edges: str, keep: bool) -> str:
    words = "<w:br/>".join(_t(line) for line in text.split("\n"))
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edges}</w:tcPr><w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}'
        f"</w:pPr><w:r>{words}</w:r></w:p></w:tc>"
    )


def _t(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _fixed(document) -> bytes:
    """The archive with one fixed date on every part."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, ARCHIVE_DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, parts.read(part.filename))
    return fixed.getvalue()
