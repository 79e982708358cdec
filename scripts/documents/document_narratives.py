"""Case narratives: one paragraph per case, assembled from its rows (DOCX)."""

from pathlib import Path

from scripts.documents.case_file import CaseFile, has
from scripts.documents.dossier import Dossier
from scripts.documents.words import statement
from scripts.documents.words.narrative import narrative
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.word_pages import Pages

NAME = "narratives"


def write(data: Dossier, out: Path) -> list[Path]:
    """Write narratives.docx."""
    path = out / f"{NAME}.docx"
    write_bytes(build(data), path)
    return [path]


def build(data: Dossier) -> bytes:
    """Cases of the series first, then patients counted inside an aggregate; a reported narrative stays in full."""
    wording = texts(NAME)
    inside = [case for case in data.cases.values() if case.inside]
    values = statement.values(data) | {"cases": len(data.counted), "inside": len(inside)}
    pages = Pages(fill(wording["title"], values, f"{NAME}.yaml"), data.bundle.data_lock, statement.footer(data))
    pages.paragraph(statement.status(data), bold=True)
    pages.paragraph(" ".join(data.bundle.lead))
    pages.paragraph(fill(wording["intro"], values, f"{NAME}.yaml"))
    pages.bullets(statement.definitions(data))
    for case in data.counted:
        _case(pages, case, wording["reported_heading"])
    if inside:
        pages.heading(wording["inside_heading"])
    for case in inside:
        _case(pages, case, wording["reported_heading"])
    for case in data.cases.values():
        data.books.enter(NAME, case.case_id, "counted_inside" if case.inside else "in")
    return pages.bytes()


def _case(pages: Pages, case: CaseFile, heading: str) -> None:
    pages.heading(case.case_id, 2)
    pages.paragraph(narrative(case))
    if has(case.report.get("narrative")):
        pages.paragraph(heading, bold=True)
        pages.paragraph(case.report["narrative"])
