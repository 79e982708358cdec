"""Line listing after CIOMS II: one line per case, conventions on the sheet (XLSX)."""

from collections.abc import Mapping
from pathlib import Path

from scripts.documents.case_file import CaseFile, has, of_the_event
from scripts.documents.cioms.boxes import therapy
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, narrative_event, narrative_patient, onsets, phrases, statement, summary
from scripts.documents.words.phrases import joined
from scripts.documents.words.references import Citations
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.sheets import Book
from scripts.words import patients_told, several, wording
from scripts.words.drugs import also_suspected

NAME = "cioms_ii_line_listing"
WIDTHS = (14, 9, 9, 11, 9, 8, 11, 13, 13, 12, 16, 10, 10, 11, 14, 10, 14, 24)
NOTES = (100,)
"""Width of the notes: one column that fits on a landscape page in any font, since a single one is not made smaller."""
NOT_STATED = "not stated"


def write(data: Dossier, out: Path) -> list[Path]:
    """Write cioms_ii_line_listing.xlsx."""
    path = out / f"{NAME}.xlsx"
    write_bytes(build(data), path)
    data.enter_every_case(NAME)
    return [path]


def build(data: Dossier) -> bytes:
    """The listing, which can be filtered, and a sheet that says how to read it."""
    wanted = texts(NAME)
    inside = data.inside
    values = statement.values(data) | {"n": len(data.counted), "inside": len(inside)}
    title = fill(wanted["title"], values, f"{NAME}.yaml")
    lines = [*groups.lines(data.counted), *groups.lines(inside)]
    book = Book(title, data.bundle.data_lock, len(lines))
    sheet = book.sheet(wanted["sheet"], WIDTHS)
    sheet.title(title)
    citations = Citations(data)
    sheet.table(wanted["header"], (_line(data, members, citations) for members in lines), filtered=True)
    notes = [statement.status(data), *(fill(text, values, f"{NAME}.yaml") for text in wanted["conventions"])]
    sheet = book.sheet(wanted["notes_sheet"], NOTES)
    for note in [*notes, *statement.definitions(data, "dechallenge", "rechallenge", "certainty", "completeness")]:
        sheet.note(note, len(NOTES))
    references = citations.listed()
    short = statement.abbreviations(data, "\n".join([book.text(), *references]))
    for note in [*short, wanted["references"], *references]:
        sheet.note(note, len(NOTES))
    return book.bytes()


def _line(data: Dossier, cases: list[CaseFile], citations: Citations) -> list[str]:
    """One line of the sheet: a patient, or all patients of an aggregate who are known only as its members."""
    told = zip(*(line(data, case, citations) for case in cases), strict=True)
    return [groups.group_name(cases), *map(several.part, told)]


def line(data: Dossier, case: CaseFile, citations: Citations) -> list[str]:
    """The cells of one case, its name apart."""
    derived, form = case.derived, therapy(case)
    occurred = [row for row in case.rows("reactions") if row["occurred"] == "yes"]
    strict = " / ".join(wording.name(derived[f"rechallenge_{sign}"]) for sign in ("event", "symptoms", "tests"))
    reported = wording.coded("rechallenge_reported", derived["rechallenge_reported"])
    return [
        fill(texts(NAME)["counted"][derived["counted"]], {"aggregate": case.aggregate}, f"{NAME}.yaml"),
        narrative_patient.country(case),
        _kind(case),
        citations.of_case(case),
        joined([_age(derived), _sex(derived)], ", "),
        joined([form["15"], _forms(case), "" if form["16"] == form["15"] else form["16"]], ", "),
        joined(onsets.told(data, case.times)) or wording.UNKNOWN,
        form["18"],
        joined(phrases.reaction(row, case) for row in occurred if not of_the_event(row)),
        joined(phrases.reaction(row, case) for row in occurred if of_the_event(row)),
        ", ".join(narrative_event.criteria_met(case)) or _unmet(data, case),
        derived["serious_report"].replace("; ", ", ") or _denied(derived["not_serious"], "report"),
        joined([wording.coded("outcome", derived["outcome"]), patients_told.life(derived)]),
        joined([wording.name(derived["dechallenge"]), derived["dechallenge_note"]]),
        case.derived["e2b_coded"],
        f"as reported: {reported}; strict: {strict}",
        _comments(data, case),
    ]


def _unmet(data: Dossier, case: CaseFile) -> str:
    """That the event is not serious, or that nobody says; the user's list of important medical events only suggests."""
    denial = _denied(case.derived["not_serious"], "event")
    listed = data.important.named(row["term"] for row in case.events())
    return f"{denial}; {texts(NAME)['important']}" if listed and denial == NOT_STATED else denial


def _age(derived: Mapping[str, str]) -> str:
    """`29 years`, or why there is none."""
    return wording.years(derived) or f"age {wording.age(derived)}"


def _sex(derived: Mapping[str, str]) -> str:
    told = wording.coded("sex", derived["sex"])
    return told if has(derived["sex"]) else f"sex {told}"


def _denied(text: str, level: str) -> str:
    """Not serious only where a source says so of this level."""
    return "not serious" if level in text else NOT_STATED


def _kind(case: CaseFile) -> str:
    return joined(dict.fromkeys(wording.coded("source_kind", source["kind"]) for source in case.sources), ", ")


def _forms(case: CaseFile) -> str:
    return joined(dict.fromkeys(row["form"] for row in case.suspect_doses() if has(row["form"])), ", ")


def _comments(data: Dossier, case: CaseFile) -> str:
    """Causality, other drugs, causes by their verdict, certainty; at length they stand in the narrative."""
    others = dict.fromkeys(phrases.drug(row) for row in case.rows("courses") if row["role"] == "concomitant")
    causes = phrases.verdicts(case)
    return joined(
        [
            f"causality: {case.derived['causality']}" if case.derived["causality"] else "",
            *also_suspected(case.derived),
            f"other drugs: {', '.join(others)}" if others else "",
            f"other causes: {causes}" if causes else "",
            f"certainty {case.derived['certainty']}",
            f"completeness {wording.number(summary.completeness_of(case), 2)}",
            f"findings {case.derived['findings']}" if case.derived["findings"] else "",
        ]
    )
