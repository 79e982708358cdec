"""Documents as their own libraries read them: all text, and for pages their number."""

from pathlib import Path

import docx
import openpyxl
import pypdf


def docx_text(path: Path) -> str:
    """Paragraphs, then table cells, in order."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def docx_tables(path: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]


def xlsx(path: Path) -> dict[str, list[list[object]]]:
    """Cells by sheet; no cell may be a formula or a link."""
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row), sheet.title
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def xlsx_text(path: Path) -> str:
    return "\n".join(str(cell) for rows in xlsx(path).values() for row in rows for cell in row if cell is not None)


def pdf_text(path: Path) -> tuple[str, int]:
    """Text with single blanks, and the number of pages."""
    reader = pypdf.PdfReader(path)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()), len(reader.pages)
