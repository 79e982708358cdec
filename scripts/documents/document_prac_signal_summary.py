"""PRAC signal summary: lead, key table, evidence blocks, case-series table, strengths and limits (DOCX)."""

from pathlib import Path

from schemas.plain_rows import plain_rows
from scripts.documents.dossier import Dossier
from scripts.documents.words import evidence, groups, key_table, statement
from scripts.documents.words.evidence import NAME, Topic, sentence
from scripts.documents.words.references import Citations
from scripts.documents.words.series_table import WIDTHS, header, table
from scripts.documents.words.texts import texts
from scripts.files.tablefiles import write_bytes
from scripts.office.word_pages import Pages

FINE = 8.5
FINEST = 7.5
"""Type of what is looked up rather than read, and of references."""


MOST_ROWS = 200
MOST_SOURCES = 30
"""Rows of the case-series table, and sources cited at once, that a Word file is asked to hold."""


def write(data: Dossier, out: Path) -> list[Path]:
    """Write prac_signal_summary.docx."""
    path = out / f"{NAME}.docx"
    write_bytes(build(data), path)
    data.enter_every_case(NAME)
    return [path]


def build(data: Dossier) -> bytes:
    wanted, citations = texts(NAME), Citations(data)
    pages = Pages(sentence(data, wanted["title"]), data.bundle.data_lock, statement.footer(data))
    pages.paragraph(" ".join(data.bundle.lead), bold=True)
    pages.heading(wanted["key"]["heading"])
    pages.table(["", ""], key_table.rows(data, citations), (38, 136), size=FINE, header_row=False)
    for line in (statement.status(data), wanted["instrument"]):
        pages.paragraph(line, size=FINE)
    _administrative(pages, data, wanted, citations)
    pages.heading(wanted["background"])
    _awareness(pages, data, wanted, citations)
    _strength(pages, data, wanted, citations)
    _relevance(pages, data, wanted)
    _further(pages, data, wanted, citations)
    _figures(pages, data, wanted)
    _strengths(pages, data, wanted)
    for part in ("additional", "recommendation"):
        pages.heading(wanted[part])
        pages.human(statement.human(data, wanted["human"][part]))
    pages.heading(wanted["definitions"])
    references = citations.listed()
    short = statement.abbreviations(data, "\n".join([pages.text(), *references]))
    pages.bullets([*statement.definitions(data), *short], size=FINE)
    pages.heading(wanted["references"])
    for line in references:
        pages.paragraph(line, size=FINEST)
    return pages.bytes()


def _human(pages: Pages, data: Dossier, wanted: dict, section: str) -> None:
    pages.human(statement.human(data, wanted["human"][section]), size=FINE)


def _administrative(pages: Pages, data: Dossier, wanted: dict, citations: Citations) -> None:
    labels, profile = wanted["administrative"]["rows"], data.bundle.profile
    sources = dict.fromkeys(source["source_id"] for case in data.cases.values() for source in case.sources)
    many = sentence(data, wanted["administrative"]["many_sources"], number=len(sources))
    told = {
        "reaction": profile.event.name,
        "drug": profile.drug.name,
        "epitt": statement.human(data, wanted["human"]["epitt"]),
        "procedure": statement.human(data, wanted["human"]["procedure"]),
        "lock": data.bundle.data_lock,
        "sources": (citations.cite(sources) or "none") if len(sources) <= MOST_SOURCES else many,
    }
    pages.heading(wanted["administrative"]["heading"])
    rows = [(label, told[key]) for key, label in labels.items()]
    pages.table(["", ""], rows, (45, 129), size=FINE, header_row=False)
    _human(pages, data, wanted, "declaration")


def _topics(pages: Pages, topics: list[Topic]) -> None:
    for heading, lines in topics:
        pages.paragraph(heading, bold=True, size=FINE, keep=True)
        pages.bullets(lines, size=FINE)


def _awareness(pages: Pages, data: Dossier, wanted: dict, citations: Citations) -> None:
    lead, topics = evidence.awareness(data, citations)
    pages.heading(wanted["awareness"]["heading"], 2)
    pages.paragraph(lead, keep=True)
    _topics(pages, topics)
    _human(pages, data, wanted, "labelling")


def _strength(pages: Pages, data: Dossier, wanted: dict, citations: Citations) -> None:
    pages.heading(wanted["strength"]["heading"], 2)
    for line in evidence.strength(data):
        pages.paragraph(line)
    _human(pages, data, wanted, "exposure")
    _series(pages, data, wanted, citations)


def _series(pages: Pages, data: Dossier, wanted: dict, citations: Citations) -> None:
    """The table of the series, and that of patients within a group; one that is too long for Word gives way, and says so."""
    inside = data.inside
    for section, cases in (("table", data.counted), ("inside", inside)):
        if not cases:
            continue
        pages.heading(wanted["strength"][section], 2)
        if (number := len(groups.lines(cases))) > MOST_ROWS:
            pages.paragraph(sentence(data, wanted["strength"]["too_long"], rows=number, most=MOST_ROWS))
            continue
        rows = table(data, cases, citations)
        if section == "table":
            shared = wanted["strength"]["shared_row"] if any(not case.identified for case in cases) else ""
            note = sentence(data, wanted["strength"]["table_note"], rows=len(rows), shared=shared)
            pages.paragraph(note, size=FINE, keep=True)
        pages.table(header(data), rows, WIDTHS, size=6.5)


def _relevance(pages: Pages, data: Dossier, wanted: dict) -> None:
    pages.heading(wanted["relevance"]["heading"], 2)
    for line in evidence.relevance(data):
        pages.paragraph(line)


def _further(pages: Pages, data: Dossier, wanted: dict, citations: Citations) -> None:
    pages.heading(wanted["further"]["heading"], 2)
    topics = evidence.other_statements(data, citations)
    if topics:
        pages.paragraph(wanted["further"]["statements"])
        _topics(pages, topics)
    ledger = data.bundle.ledger
    out = ledger[(ledger["stage"] == "definition") & (ledger["decision"] == "out")]
    if len(out):
        exclusions = [f"{row['record']} {citations.cite([row['source']])}: {row['reason']}" for row in plain_rows(out)]
        number = int(out["records"].sum())
        pages.paragraph(sentence(data, wanted["further"]["excluded"], n=number, text="; ".join(exclusions)), size=FINE)
    _human(pages, data, wanted, "databases")


def _figures(pages: Pages, data: Dossier, wanted: dict) -> None:
    """Pictures of the folder with caption and alternative text, those named in the texts first, up to a number."""
    folder = Path(data.options.figures) if data.options.figures else None
    pictures = sorted(folder.glob("*.png")) if folder and folder.is_dir() else []
    first = wanted["first_figures"]
    pictures.sort(key=lambda path: first.index(path.stem) if path.stem in first else len(first))
    shown, rest = pictures[: wanted["most_figures"]], pictures[wanted["most_figures"] :]
    pages.heading(wanted["figures"], 2)
    if not pictures:
        pages.paragraph(wanted["no_figures"])
    for picture in shown:
        pages.picture(picture, _beside(picture, "alt"), wanted["highest_figure"])
        pages.paragraph(_beside(picture, "caption") or picture.stem, size=FINE)
    if rest:
        names = ", ".join(path.stem.replace("_", " ") for path in rest)
        pages.paragraph(sentence(data, wanted["more_figures"], n=len(rest), text=names), size=FINE)


def _beside(picture: Path, kind: str) -> str:
    for file_name in (f"{picture.stem}.{kind}.txt", f"{picture.stem}.{kind}.md", f"{picture.stem}_{kind}.txt"):
        if (picture.parent / file_name).is_file():
            return (picture.parent / file_name).read_text(encoding="utf-8").strip()
    return ""


def _strengths(pages: Pages, data: Dossier, wanted: dict) -> None:
    pages.heading(wanted["strengths"]["heading"], 2)
    for title, lines in zip(wanted["strengths"]["sub"], (evidence.strengths, evidence.limits), strict=True):
        pages.paragraph(title, bold=True, size=FINE)
        pages.bullets(lines(data), size=FINE)
    _human(pages, data, wanted, "conclusion")
