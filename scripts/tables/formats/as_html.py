"""A table as an HTML fragment for the report: escaped text, headings that scope their cells, footnotes below.

The fragment holds ASCII only (other characters as references), so that it reads right on any page and alone.
"""

from html import escape

from scripts.tables.formats.widths import shares
from scripts.tables.shown import Paper, Shown, on_paper

ROOM = {False: 100.0, True: 170.0}
"""Characters across the page, by wide."""


def fragment(table: Shown, name: str, number: int = 0) -> str:
    """One <figure> with the table; user text is escaped and never markup. `number`: of the caption, 0 for none."""
    paper = on_paper(table)
    head = "".join(f'<th scope="col">{_text(column)}</th>' for column in paper.columns)
    notes = "".join(f"<li>{_text(note)}</li>" for note in paper.footnotes)
    width = " wide" if table.wide else ""
    caption = f"Table {number}. {table.title}" if number else table.title
    page = (
        f'<figure class="table{width}" id="table-{escape(name)}"><figcaption>{_text(caption)}</figcaption>'
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
        return f"<tbody>\n{_rows(paper.rows)}\n</tbody>"
    ends = [*paper.starts[1:], len(paper.rows)]
    return "\n".join(_block(paper.rows[start:end]) for start, end in zip(paper.starts, ends, strict=True))


def _block(rows: list[list[str]]) -> str:
    head, *rest = rows[0]
    first = f'<tr><th scope="rowgroup" rowspan="{len(rows)}">{_text(head)}</th>{_cells(rest)}</tr>'
    others = "\n".join(f"<tr>{_cells(row[1:])}</tr>" for row in rows[1:])
    return f"<tbody>\n{first}\n{others}\n</tbody>"


def _rows(rows: list[list[str]]) -> str:
    return "\n".join(f'<tr><th scope="row">{_text(row[0])}</th>{_cells(row[1:])}</tr>' for row in rows)


def _cells(cells: list[str]) -> str:
    return "".join(f"<td>{_text(cell)}</td>" for cell in cells)
