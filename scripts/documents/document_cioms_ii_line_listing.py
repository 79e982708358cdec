"""Line listing after CIOMS II: one line per case, conventions on the sheet (XLSX)."""

from pathlib import Path

from schemas.codes import crosswalk
from scripts.documents.case_file import CaseFile, has, of_the_event
from scripts.documents.cioms.boxes import boxes
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, phrases, statement, summary
from scripts.documents.words.phrases import joined
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.sheets import Book
from scripts.words import patients_told, several, times, wording

NAME = "cioms_ii_line_listing"
WIDTHS = (14, 9, 9, 11, 9, 8, 11, 13, 13, 12, 16, 10, 10, 11, 14, 10, 14, 24)
NOTES = (150,)


def write(data: Dossier, out: Path) -> list[Path]:
    """Write cioms_ii_line_listing.xlsx."""
    path = out / f"{NAME}.xlsx"
    write_bytes(build(data), path)
    for case in data.cases.values():
        data.books.enter(NAME, case.case_id, "counted_inside" if case.inside else "in")
    return [path]


def build(data: Dossier) -> bytes:
    """The listing, which can be filtered, and a sheet that says how to read it."""
    wanted = texts(NAME)
    inside = [case for case in data.cases.values() if case.inside]
    values = statement.values(data) | {"n": len(data.counted), "inside": len(inside)}
    title = fill(wanted["title"], values, f"{NAME}.yaml")
    book = Book(title, data.bundle.data_lock)
    sheet = book.sheet(wanted["sheet"], WIDTHS)
    sheet.title(title)
    rows = [_line(data, own) for own in [*groups.lines(data.counted), *groups.lines(inside)]]
    sheet.table(wanted["header"], rows, filtered=True)
    notes = [statement.status(data), *(fill(one, values, f"{NAME}.yaml") for one in wanted["conventions"])]
    sheet = book.sheet(wanted["notes_sheet"], NOTES)
    for note in [*notes, *statement.definitions(data, "dechallenge", "rechallenge", "certainty", "completeness")]:
        sheet.note(note, len(NOTES))
    return book.bytes()


def _line(data: Dossier, cases: list[CaseFile]) -> list[str]:
    """One line of the sheet: a patient, or all patients of an aggregate who are known only as its members."""
    told = zip(*(line(data, case) for case in cases), strict=True)
    return [groups.name(cases), *map(several.part, told)]


def line(data: Dossier, case: CaseFile) -> list[str]:
    """The cells of one case, its name apart."""
    derived, form = case.derived, boxes(case, None, case.case_id, data.bundle.data_lock).text
    occurred = [row for row in case.rows("reactions") if row["occurred"] == "yes"]
    strict = " / ".join(wording.name(derived[f"rechallenge_{of}"]) for of in ("event", "symptoms", "tests"))
    reported = wording.coded("rechallenge_reported", derived["rechallenge_reported"])
    return [
        fill(texts(NAME)["counted"][derived["counted"]], {"aggregate": case.aggregate}, f"{NAME}.yaml"),
        wording.cell(derived["country"]),
        _kind(case),
        derived["source_ids"],
        joined([wording.span(derived["age_lower"], derived["age_upper"]), wording.coded("sex", derived["sex"])], ", "),
        joined([form["15"], _forms(case), form["16"]], ", "),
        _onset(data, case),
        form["18"],
        joined(phrases.reaction(row, case) for row in occurred if not of_the_event(row)),
        joined(phrases.reaction(row, case) for row in occurred if of_the_event(row)),
        derived["serious"].replace("; ", ", ") or _denied(derived["not_serious"], "event"),
        derived["serious_report"].replace("; ", ", ") or _denied(derived["not_serious"], "report"),
        joined([wording.coded("outcome", derived["outcome"]), patients_told.life(derived)]),
        joined([wording.name(derived["dechallenge"]), derived["dechallenge_note"]]),
        _coded(case),
        f"as reported: {reported}; strict: {strict}",
        _comments(data, case),
    ]


def _denied(said: str, level: str) -> str:
    """Not serious only where a source says so of this level."""
    return "not serious" if level in said else "not stated"


def _kind(case: CaseFile) -> str:
    return joined(dict.fromkeys(wording.coded("source_kind", source["kind"]) for source in case.sources), ", ")


def _forms(case: CaseFile) -> str:
    return joined(dict.fromkeys(row["form"] for row in case.suspect_doses() if has(row["form"])), ", ")


def _onset(data: Dossier, case: CaseFile) -> str:
    said = []
    for endpoint in ("first_symptom", "sentinel_sign", "diagnosis"):
        time = case.times.get((endpoint, "first_dose"))
        if time is not None and time["state"] == "observed":
            said.append(f"{summary.called(data, endpoint)}: {times.of_case(time)}")
    return joined(said) or wording.UNKNOWN


def _coded(case: CaseFile) -> str:
    """G.k.9.i.4 of every reaction for which it was reported."""
    terms = {row["reaction"]: row["term"] for row in case.rows("reactions")}
    codes = crosswalk("rechallenge", "e2b_r3")
    return joined(
        f"{terms.get(row['reaction'], 'event')}: {codes[row['rechallenge']]}"
        for row in case.rows("assessments")
        if row["rechallenge"] in codes
    )


def _comments(data: Dossier, case: CaseFile) -> str:
    """Causality, other drugs, causes by their verdict, certainty; at length they stand in the narrative."""
    others = dict.fromkeys(phrases.drug(row) for row in case.rows("courses") if row["role"] == "concomitant")
    causes = phrases.verdicts(case.rows("alternatives"))
    return joined(
        [
            f"causality: {case.derived['causality']}" if case.derived["causality"] else "",
            f"other drugs: {', '.join(others)}" if others else "",
            f"other causes: {causes}" if causes else "",
            f"certainty {case.derived['certainty']}",
            f"completeness {wording.number(summary.completeness_of(data, case), 2)}",
            f"findings {case.derived['findings']}" if case.derived["findings"] else "",
        ]
    )
