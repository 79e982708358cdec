"""Line listing after CIOMS II: one line per case, conventions on the sheet (XLSX)."""

from pathlib import Path

from schemas.codes import crosswalk
from scripts.documents.case_file import CaseFile, has
from scripts.documents.cioms.boxes import boxes
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, phrases, statement, summary
from scripts.documents.words.narrative import other_drugs, seriousness
from scripts.documents.words.phrases import joined
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.sheets import Book
from scripts.words import times, wording

NAME = "cioms_ii_line_listing"
WIDTHS = (16, 11, 11, 18, 11, 15, 24, 18, 24, 13, 22, 24, 20, 40)


def write(data: Dossier, out: Path) -> list[Path]:
    """Write cioms_ii_line_listing.xlsx."""
    path = out / f"{NAME}.xlsx"
    write_bytes(build(data), path)
    for case in data.cases.values():
        data.books.enter(NAME, case.case_id, "counted_inside" if case.inside else "in")
    return [path]


def build(data: Dossier) -> bytes:
    wanted = texts(NAME)
    inside = [case for case in data.cases.values() if case.inside]
    values = statement.values(data) | {"n": len(data.counted), "inside": len(inside)}
    book = Book(fill(wanted["title"], values, f"{NAME}.yaml"), data.bundle.data_lock)
    sheet = book.sheet(wanted["sheet"], WIDTHS)
    sheet.title(fill(wanted["title"], values, f"{NAME}.yaml"))
    notes = [statement.status(data), *(fill(one, values, f"{NAME}.yaml") for one in wanted["conventions"])]
    for note in [*notes, *statement.definitions(data, "dechallenge", "rechallenge", "certainty", "completeness")]:
        sheet.note(note, len(WIDTHS))
    sheet.table(wanted["header"], [_line(data, own) for own in [*groups.lines(data.counted), *groups.lines(inside)]])
    return book.bytes()


def _line(data: Dossier, cases: list[CaseFile]) -> list[str]:
    """One line of the sheet: a patient, or all patients of an aggregate who are known only as its members."""
    _, *told = zip(*(line(data, case) for case in cases), strict=True)
    return [groups.name(cases), *(groups.cell(list(column)) for column in told)]


def line(data: Dossier, case: CaseFile) -> list[str]:
    """The cells of one case."""
    derived, form = case.derived, boxes(case, None, case.case_id, data.bundle.data_lock).text
    counted = fill(texts(NAME)["counted"][derived["counted"]], {"aggregate": case.aggregate}, f"{NAME}.yaml")
    strict = " / ".join(wording.name(derived[f"rechallenge_{of}"]) for of in ("event", "symptoms", "tests"))
    return [
        case.case_id,
        counted,
        wording.cell(derived["country"]),
        joined([_kind(case), derived["source_ids"]]),
        joined([wording.span(derived["age_lower"], derived["age_upper"]), wording.coded("sex", derived["sex"])], ", "),
        joined([form["15"], _forms(case), form["16"]], ", "),
        _onset(case),
        form["18"],
        joined(phrases.reaction(row, case) for row in case.rows("reactions") if row["occurred"] == "yes"),
        joined(
            [
                wording.coded("outcome", derived["outcome"]),
                wording.coded("vital", derived["vital"]),
                derived["death"],
                f"serious: {serious}" if (serious := seriousness(case)) else "",
            ]
        ),
        joined([wording.name(derived["dechallenge"]), derived["dechallenge_note"]]),
        _coded(case),
        f"as reported: {wording.coded('rechallenge_reported', derived['rechallenge_reported'])}; strict: {strict}",
        _comments(data, case),
    ]


def _kind(case: CaseFile) -> str:
    return joined(dict.fromkeys(wording.coded("source_kind", source["kind"]) for source in case.sources), ", ")


def _forms(case: CaseFile) -> str:
    return joined(dict.fromkeys(row["form"] for row in case.suspect_doses() if has(row["form"])), ", ")


def _onset(case: CaseFile) -> str:
    said = []
    for endpoint in ("first_symptom", "sentinel_sign", "diagnosis"):
        time = case.times.get((endpoint, "first_dose"))
        if time is not None and time["state"] == "observed":
            said.append(f"{wording.name(endpoint)}: {times.of_case(time)}")
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
    others = other_drugs(case)
    causes = joined(phrases.alternative(row) for row in case.rows("alternatives"))
    return joined(
        [
            f"causality: {case.derived['causality']}" if case.derived["causality"] else "",
            f"other drugs: {others}" if others else "",
            f"other causes: {causes}" if causes else "",
            f"certainty {case.derived['certainty']}",
            f"completeness {wording.number(summary.completeness_of(data, case), 2)}",
            f"findings {case.derived['findings']}" if case.derived["findings"] else "",
        ]
    )
