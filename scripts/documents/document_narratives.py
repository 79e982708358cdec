"""Case narratives in order of time, from the rows; patients known only as a group in one paragraph (DOCX)."""

from pathlib import Path

from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, statement
from scripts.documents.words.narrative import narrative, of_group
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.word_pages import Pages

NAME = "narratives"
DEFINED = ("days", "onset", "event", "certainty", "dechallenge", "rechallenge", "missing", "completeness")
"""The definitions that a narrative needs; it prints neither limits nor evidence levels."""


def write(data: Dossier, out: Path) -> list[Path]:
    """Write narratives.docx."""
    path = out / f"{NAME}.docx"
    write_bytes(build(data), path)
    return [path]


def build(data: Dossier) -> bytes:
    """Cases of the series first, then patients counted inside an aggregate; a reported narrative stays in full."""
    wording = texts(NAME)
    inside = data.inside
    values = statement.values(data) | {"cases": len(data.counted), "inside": len(inside)}
    pages = Pages(fill(wording["title"], values, f"{NAME}.yaml"), data.bundle.data_lock, statement.footer(data))
    pages.paragraph(statement.status(data), bold=True)
    pages.paragraph(" ".join(data.bundle.lead))
    pages.paragraph(fill(wording["intro"], values, f"{NAME}.yaml"))
    pages.bullets(statement.definitions(data, *DEFINED))
    for cases in groups.lines(data.counted):
        _told(pages, cases, wording["reported_heading"])
    if inside:
        pages.heading(wording["inside_heading"])
    for cases in groups.lines(inside):
        _told(pages, cases, wording["reported_heading"])
    for line in statement.abbreviations(data, pages.text()):
        pages.paragraph(line)
    for case in data.cases.values():
        data.books.enter(NAME, case.case_id, case.decision)
    return pages.bytes()


def _told(pages: Pages, cases: list[CaseFile], heading: str) -> None:
    """A patient in paragraphs, or a group in one; a narrative as reported follows in full."""
    pages.heading(groups.group_name(cases), 2)
    for paragraph in narrative(cases[0]).split("\n") if cases[0].identified else [of_group(cases)]:
        pages.paragraph(paragraph)
    for case in cases:
        if has(case.report.get("narrative")):
            pages.paragraph(heading, bold=True)
            pages.paragraph(case.report["narrative"])
