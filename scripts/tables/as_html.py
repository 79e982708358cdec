"""A table as an HTML fragment for the report: escaped text, headings that scope their cells, footnotes below."""

from html import escape

from scripts.tables.shown import Shown


def fragment(table: Shown, name: str) -> str:
    """One <figure> with the table; user text is escaped and never markup."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.cells.columns)
    body = "\n".join(_row(cells) for cells in table.cells.itertuples(index=False))
    notes = "".join(f"<li>{escape(note)}</li>" for note in table.footnotes)
    width = " wide" if table.wide else ""
    return (
        f'<figure class="table{width}" id="table-{name}"><figcaption>{escape(table.title)}</figcaption>'
        f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>'
        f'<ul class="notes">{notes}</ul></figure>\n'
    )


def _row(cells: tuple) -> str:
    first, *rest = (escape(str(cell)) for cell in cells)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in rest) + "</tr>"
