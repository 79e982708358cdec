"""PRAC signal summary: evidence blocks, case-series table, strengths and limits (DOCX)."""

from pathlib import Path

from scripts.documents.dossier import Dossier
from scripts.documents.words import evidence, statement, summary
from scripts.documents.words.evidence import NAME, sentence
from scripts.documents.words.references import all_cited
from scripts.documents.words.series_table import HEADER, WIDTHS, table
from scripts.documents.words.texts import texts
from scripts.files.tablefiles import write_bytes
from scripts.office.word_pages import Pages


def write(data: Dossier, out: Path) -> list[Path]:
    """Write prac_signal_summary.docx."""
    path = out / f"{NAME}.docx"
    write_bytes(build(data), path)
    for case in data.cases.values():
        data.books.enter(NAME, case.case_id, "counted_inside" if case.inside else "in")
    return [path]


def build(data: Dossier) -> bytes:
    wanted = texts(NAME)
    pages = Pages(sentence(data, wanted["title"]), data.bundle.data_lock, statement.footer(data))
    pages.paragraph(statement.status(data), bold=True)
    pages.paragraph(" ".join(data.bundle.lead))
    pages.paragraph(wanted["instrument"])
    pages.heading(wanted["strength"]["summary"])
    pages.table(["", ""], summary.rows(data), (45, 129), size=9, header_row=False)
    _administrative(pages, data, wanted)
    pages.heading(wanted["background"])
    _awareness(pages, data, wanted)
    _strength(pages, data, wanted)
    _relevance(pages, data, wanted)
    _further(pages, data, wanted)
    _figures(pages, data, wanted)
    _strengths(pages, data, wanted)
    for part in ("additional", "recommendation"):
        pages.heading(wanted[part])
        pages.human(statement.human(data, wanted["human"][part]))
    pages.heading(wanted["definitions"])
    pages.bullets(statement.definitions(data))
    pages.heading(wanted["references"])
    pages.bullets(all_cited(data))
    return pages.bytes()


def _human(pages: Pages, data: Dossier, wanted: dict, name: str) -> None:
    pages.human(statement.human(data, wanted["human"][name]))


def _administrative(pages: Pages, data: Dossier, wanted: dict) -> None:
    labels, profile = wanted["administrative"]["rows"], data.bundle.profile
    sources = dict.fromkeys(source["source_id"] for case in data.cases.values() for source in case.sources)
    told = {
        "reaction": profile.event.name,
        "drug": profile.drug.name,
        "epitt": statement.human(data, wanted["human"]["epitt"]),
        "procedure": statement.human(data, wanted["human"]["procedure"]),
        "lock": data.bundle.data_lock,
        "sources": ", ".join(sources) or "none",
    }
    pages.heading(wanted["administrative"]["heading"])
    pages.table(["", ""], [(label, told[name]) for name, label in labels.items()], (55, 119), size=9, header_row=False)
    _human(pages, data, wanted, "declaration")


def _awareness(pages: Pages, data: Dossier, wanted: dict) -> None:
    first, *rest = evidence.awareness(data)
    pages.heading(wanted["awareness"]["heading"], 2)
    pages.paragraph(first)
    pages.bullets(rest)
    _human(pages, data, wanted, "labelling")


def _strength(pages: Pages, data: Dossier, wanted: dict) -> None:
    pages.heading(wanted["strength"]["heading"], 2)
    for line in evidence.strength(data):
        pages.paragraph(line)
    _human(pages, data, wanted, "exposure")
    pages.turn()
    rows = table(data, data.counted)
    pages.heading(wanted["strength"]["table"], 2)
    pages.paragraph(sentence(data, wanted["strength"]["table_note"], rows=len(rows)))
    last = ["Summary", *[""] * (len(HEADER) - 1)]
    pages.table(HEADER, [*rows, _summary(data, last)], WIDTHS, size=6.5, bold_last=True)
    inside = [case for case in data.cases.values() if case.inside]
    if inside:
        pages.heading(wanted["strength"]["inside"], 2)
        pages.table(HEADER, table(data, inside), WIDTHS, size=6.5)
    pages.turn()


def _summary(data: Dossier, row: list[str]) -> list[str]:
    """The summary row of the table, each number under its column."""
    told = dict(summary.rows(data))
    places = {
        0: ("Cases", "After deduplication"), 4: ("Well documented",), 5: ("Onset",), 6: ("Dechallenge", "Rechallenge"),
        7: ("Other causes",), 8: ("Alive or dead",), 9: ("Causality as reported",),
    }  # fmt: skip
    for place, names in places.items():
        row[place] = "\n".join([*filter(None, [row[place]]), *(told[name] for name in names)])
    return row


def _relevance(pages: Pages, data: Dossier, wanted: dict) -> None:
    pages.heading(wanted["relevance"]["heading"], 2)
    for line in evidence.relevance(data):
        pages.paragraph(line)
    _human(pages, data, wanted, "relevance")


def _further(pages: Pages, data: Dossier, wanted: dict) -> None:
    pages.heading(wanted["further"]["heading"], 2)
    for claim in data.bundle.claims:
        pages.paragraph(sentence(data, wanted["further"]["claims"], text=claim))
    others = evidence.other_statements(data)
    if others:
        pages.paragraph(wanted["further"]["statements"])
        pages.bullets(others)
    ledger = data.bundle.ledger
    out = ledger[(ledger["stage"] == "definition") & (ledger["decision"] == "out")]
    if len(out):
        pages.paragraph(sentence(data, wanted["further"]["excluded"], n=int(out["records"].sum())))
        pages.bullets(f"{row['record']} ({row['source']}): {row['reason']}" for row in out.to_dict("records"))
    _human(pages, data, wanted, "databases")


def _figures(pages: Pages, data: Dossier, wanted: dict) -> None:
    """Every PNG of the folder with its caption and alternative text, where files of these names stand beside it."""
    folder = Path(data.options.figures) if data.options.figures else None
    pictures = sorted(folder.glob("*.png")) if folder and folder.is_dir() else []
    pages.heading(wanted["figures"], 2)
    if not pictures:
        pages.paragraph(wanted["no_figures"])
    for picture in pictures:
        pages.picture(picture, _beside(picture, "alt"))
        pages.paragraph(_beside(picture, "caption") or picture.stem)


def _beside(picture: Path, kind: str) -> str:
    for name in (f"{picture.stem}.{kind}.txt", f"{picture.stem}.{kind}.md", f"{picture.stem}_{kind}.txt"):
        if (picture.parent / name).is_file():
            return (picture.parent / name).read_text(encoding="utf-8").strip()
    return ""


def _strengths(pages: Pages, data: Dossier, wanted: dict) -> None:
    pages.heading(wanted["strengths"]["heading"], 2)
    for title, lines in zip(wanted["strengths"]["sub"], (evidence.strengths, evidence.limits), strict=True):
        pages.paragraph(title, bold=True)
        pages.bullets(lines(data))
    _human(pages, data, wanted, "conclusion")
