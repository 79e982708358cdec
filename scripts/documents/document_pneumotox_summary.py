"""Pneumotox summary: one page: lead, prose of an entry, criteria with what is shown by whom (DOCX and PDF)."""

from pathlib import Path

from scripts.documents.dossier import Dossier
from scripts.documents.words.pneumotox import NAME, Sheet, sheet
from scripts.files.tablefiles import write_bytes
from scripts.office import pdf_pages
from scripts.office.word_pages import Pages

WIDTHS = (44, 14, 44, 72)


def write(data: Dossier, out: Path) -> list[Path]:
    """Write pneumotox_summary.docx and .pdf from one content."""
    content = sheet(data)
    files = {"docx": docx(content, data.bundle.data_lock), "pdf": pdf(content)}
    data.enter_every_case(NAME)
    paths = []
    for suffix, made in files.items():
        path = out / f"{NAME}.{suffix}"
        write_bytes(made, path)
        paths.append(path)
    return paths


def docx(content: Sheet, data_lock: str) -> bytes:
    pages = Pages(content.title, data_lock, content.footer, compact=True)
    pages.paragraph(content.lead, bold=True, size=9)
    for heading, text in content.prose:
        pages.labelled(heading, text, size=7.5)
    pages.heading(content.criteria_heading)
    pages.table(content.criteria_header, content.criteria, WIDTHS, size=6)
    pages.heading(content.references_heading)
    for line in content.references:
        pages.paragraph(line, size=6)
    for line in [*content.notes, content.status]:
        pages.paragraph(line, size=6)
    pages.human(content.human, size=7)
    return pages.bytes()


def pdf(content: Sheet) -> bytes:
    pages = pdf_pages.Flow(content.title, content.footer)
    pages.paragraph(content.lead, 8)
    pages.table(content.prose, (19, 155), 6.8, bold_first=True)
    pages.heading(content.criteria_heading)
    pages.table([content.criteria_header, *content.criteria], WIDTHS, 6, header=True)
    pages.heading(content.references_heading)
    for line in [*content.references, *content.notes, content.status]:
        pages.paragraph(line, 6)
    pages.paragraph(content.human, 7, human=True)
    return pages.bytes()
