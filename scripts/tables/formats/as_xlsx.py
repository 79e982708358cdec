"""All tables as one workbook: one sheet per table, its title above, frozen header, wrapped text, unrounded numbers beside the words.

Text is always written as a string: nothing becomes a formula, a link or a number by itself. The creation date is the
data lock point, so that the same tables give the same bytes.
"""

import io
import math
from datetime import date, datetime

import pandas as pd
import xlsxwriter

from scripts.office.sheets import AS_TYPED, LARGE
from scripts.tables.formats.widths import lines
from scripts.tables.shown import Shown
from scripts.words.wording import DRAFT, brief

MOST_CHARACTERS = 32_000
"""A cell of a workbook holds 32,767 characters."""
NARROWEST, BROADEST, MOST_BROAD = 7, 38, 90
MOST_LINES = 24
"""Widths of columns in characters; one whose longest text would need more lines than this is made broader."""
TITLE, HEAD = 0, 1
"""Rows of the title and of the headings; the data begin below."""
LINE, TALLEST_ROW = 12.5, 409.0
"""Points of a line of text, and the tallest row a workbook can have."""
SMALLER = 1.3
"""Widths count characters of 11 points; cells are set in 9."""
PAGE_CHARACTERS = 250
SQUEEZED = 1.4
"""Characters across one printed landscape page; how many times as broad a table may be to be squeezed onto one."""


def workbook(tables: dict[str, tuple[int, Shown]], title: str, data_lock: date, rights: str = "") -> bytes:
    """The bytes of the workbook; `tables` by name with the number of the caption, `rights`: who may have them."""
    target = io.BytesIO()
    large = any(len(table.cells) > LARGE for _, table in tables.values())
    book = xlsxwriter.Workbook(target, {**AS_TYPED, "in_memory": not large, "constant_memory": large})
    book.set_properties(
        {
            "title": brief(title, 255),
            "subject": "Tables of a case series",
            "comments": DRAFT,
            "created": datetime(data_lock.year, data_lock.month, data_lock.day),
        }
    )
    formats = {
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "bg_color": "#F2F2F2"}
        ),
        "value": book.add_format({"italic": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "font_size": 9}),
        "text": book.add_format({"text_wrap": True, "valign": "top", "font_size": 9}),
        "number": book.add_format({"valign": "top", "font_size": 9}),
        "caption": book.add_format({"bold": True, "valign": "top"}),
    }
    for table_name, (number, table) in tables.items():
        _sheet(
            book.add_worksheet(table_name[:31]),
            formats,
            f"Table {number}. {table.title}",
            table,
            f"{f'{rights}. ' if rights else ''}{brief(title)}, {data_lock}",
        )
    book.close()
    return target.getvalue()


def _sheet(sheet, formats: dict, caption: str, table: Shown, running: str) -> None:
    """Row by row from above, since a large workbook forgets a row once the next one has begun."""
    cells, values = table.cells, table.values.apply(pd.to_numeric)
    broad, every = len(cells.columns), len(cells.columns) + len(values.columns)
    widths = _squeezed([_width([heading, *cells[heading]]) for heading in cells.columns])
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    if every > broad:
        sheet.set_column(broad, every - 1, 12)
    sheet.write_string(TITLE, 0, _short(caption), formats["caption"])
    for at, heading in enumerate(cells.columns):
        sheet.write_string(HEAD, at, _short(heading), formats["head"])
    for at, heading in enumerate(values.columns, broad):
        sheet.write_string(HEAD, at, _short(f"value: {heading}"), formats["value"])
    numbers = values.itertuples(index=False, name=None) if every > broad else ((),) * len(cells)
    rows = zip(cells.itertuples(index=False, name=None), numbers, strict=True)
    for row, (texts, figures) in enumerate(rows, HEAD + 1):
        sheet.set_row(row, _height(texts, widths))
        for at, text in enumerate(texts):
            sheet.write_string(row, at, _short(text), formats["text"])
        for at, value in enumerate(figures, broad):
            _number(sheet, row, at, value, formats["number"])
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.autofilter(HEAD, 0, HEAD + max(len(cells), 1), max(every - 1, 0))
    last = _notes(sheet, [running, *table.footnotes], HEAD + len(cells) + 2, widths, formats)
    _print(sheet, running, last, broad, sum(widths))


def _number(sheet, row: int, at: int, value: float, form) -> None:
    """A real number; nothing where there is none; inf as the word, which a workbook has no number for."""
    if math.isinf(value):
        sheet.write_string(row, at, "inf" if value > 0 else "-inf", form)
    elif not math.isnan(value):
        sheet.write_number(row, at, float(value), form)


def _short(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]} … (cut; whole in the CSV file)"


def _width(texts: list[str]) -> float:
    """As broad as the longest line, within bounds; broader where a text would fill more than so many lines."""
    longest = max(len(line) for text in texts for line in text.split("\n"))
    needed = max(map(len, texts)) / (MOST_LINES * SMALLER)
    return min(max(BROADEST, min(MOST_BROAD, needed)), max(NARROWEST, longest + 2))


def _squeezed(widths: list[float]) -> list[float]:
    """Columns that are a little too broad for one page, made to fit it."""
    return (
        [width * PAGE_CHARACTERS / sum(widths) for width in widths]
        if 1 < sum(widths) / PAGE_CHARACTERS <= SQUEEZED
        else widths
    )


def _notes(sheet, notes: list[str], first: int, widths: list[float], formats: dict) -> int:
    """Series and footnotes below the table, over as many columns as a page is broad; the first column, which
    is repeated on every printed page, stays free unless it is the only one."""
    start = min(1, len(widths) - 1)
    over, room = start, widths[start]
    while over + 1 < len(widths) and room < PAGE_CHARACTERS * 0.45:
        over += 1
        room += widths[over]
    for row, note in enumerate(notes, first):
        form = formats["text"]
        if over > start:
            sheet.merge_range(row, start, row, over, "", form)
        sheet.write_string(row, start, _short(note), form)
        sheet.set_row(row, _height([note], [room]))
    return first + len(notes) - 1


def _height(texts: tuple[str, ...] | list[str], widths: list[float]) -> float:
    """Points of a row, set here because a merged or wrapped cell is not fitted by every program."""
    tallest = max(lines(text, SMALLER * width) for text, width in zip(texts, widths, strict=True))
    return min(TALLEST_ROW, LINE * tallest + 2)


def _print(sheet, running: str, last: int, broad: int, characters: float) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(0.5, 0.5, 0.7, 0.6)
    sheet.repeat_rows(TITLE, HEAD)
    pages = max(1, math.ceil(round(characters / PAGE_CHARACTERS, 6)))
    if pages > 1:
        sheet.repeat_columns(0)
    sheet.print_area(0, 0, last, broad - 1)
    sheet.fit_to_pages(pages, 0)
    sheet.set_header(f"&L&8{running.replace('&', '&&')[:200]}&R&8Draft for qualified review")
    sheet.set_footer("&C&8Page &P of &N")
