"""A table as an HTML fragment for the report: escaped text, headings that scope their cells, footnotes below.

The fragment holds ASCII only (other characters as references), so that it reads right on any page and alone.
"""

from html import escape

from scripts.tables.formats.widths import shares
from scripts.tables.shown import Paper, Shown, on_paper

ROOM = {False: 100.0, True: 170.0}
"""Characters across the page, by wide."""


def fragment(table: Shown, table_name: str, number: int = 0, rights: str = "") -> str:
    """One <figure> with the table; user text is escaped and never markup. `number`: of the caption, 0 for none.
    `rights`: who may have it."""
    paper = on_paper(table)
    head = "".join(f'<th scope="col">{_text(column)}</th>' for column in paper.columns)
    notes = "".join(f"<li>{_text(note)}</li>" for note in paper.footnotes)
    width = " wide" if table.wide else ""
    marked = f' data-rights="{escape(rights)}"' if rights else ""
    caption = f"Table {number}. {table.title}" if number else table.title
    page = (
        f'<figure class="table{width}" id="table-{escape(table_name)}"{marked}><figcaption>{_text(caption)}</figcaption>'
        f'<div class="scroll" tabindex="0"><table style="table-layout: fixed; overflow-wrap: anywhere; width: 100%; min-width: {ROOM[table.wide] / 2.4:.0f}rem">'
        f"<colgroup>{_columns(paper, ROOM[table.wide])}</colgroup><thead><tr>{head}</tr></thead>\n"
        f"{_bodies(paper)}\n</table></div>"
        f'<ul class="notes">{notes}</ul></figure>\n'
    )
    return page.encode("ascii", "xmlcharrefreplace").decode()


def _columns(paper: Paper, room: float) -> str:
    """A share of the width for every column."""
    given = shares(paper.columns, paper.rows, room)
    return "".join(f'<col style="width: {100 * width / sum(given):.1f}%">' for width in given)


def _text(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _bodies(paper: Paper) -> str:
    """One <tbody>, or one per block with its heading cell spanning the block."""
    if not paper.starts:
        return f"<tbody>\n{_rows(paper)}\n</tbody>"
    ends = [*paper.starts[1:], len(paper.rows)]
    return "\n".join(
        _block(paper.rows[start:end], paper.sources[start:end]) for start, end in zip(paper.starts, ends, strict=True)
    )


def _block(rows: list[list[str]], sources: list[list[str]]) -> str:
    head = f'<th scope="rowgroup" rowspan="{len(rows)}">{_text(rows[0][0])}</th>'
    cells = [_cells(row[1:], behind[1:]) for row, behind in zip(rows, sources, strict=True)]
    lines = [f"<tr>{head if not at else ''}{row_cells}</tr>" for at, row_cells in enumerate(cells)]
    return "<tbody>\n" + "\n".join(lines) + "\n</tbody>"


def _rows(paper: Paper) -> str:
    return "\n".join(
        f'<tr><th scope="row">{_text(row[0])}</th>{_cells(row[1:], behind[1:])}</tr>'
        for row, behind in zip(paper.rows, paper.sources, strict=True)
    )


def _cells(cells: list[str], sources: list[str]) -> str:
    return "".join(f"<td{_source(behind)}>{_text(cell)}</td>" for cell, behind in zip(cells, sources, strict=True))


def _source(behind: str) -> str:
    """`data-rows="211 212|213 214"`: the lines of results.csv behind a cell, parted as the lines of its text."""
    return f' data-rows="{escape(behind.replace(chr(10), "|"))}"' if behind.strip() else ""
