"""Causality worksheet: Naranjo, WHO-UMC, certainty and Murad for every case, with assessors' overrides (XLSX)."""

from pathlib import Path

from schemas.codes import labels
from scripts.documents.case_file import CaseFile
from scripts.documents.causality import naranjo, other_instruments
from scripts.documents.causality.assessors import Assessor, Final, assessors, final, kappa, paired
from scripts.documents.dossier import Dossier
from scripts.documents.words import statement
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.sheets import Book, Sheet
from scripts.words import wording

NAME = "causality"
WIDTHS = (9, 34, 16, 8, 24, 78)
OVERVIEW_WIDTHS = (18, 16, 11, 13, 12, 13, 22, 12, 14, 26)
INSTRUMENTS = ("naranjo", "who_umc", "murad")


def write(data: Dossier, out: Path) -> list[Path]:
    """Write causality.xlsx."""
    path = out / f"{NAME}.xlsx"
    write_bytes(build(data), path)
    for case in data.cases.values():
        data.books.enter(NAME, case.case_id, "counted_inside" if case.inside else "in")
    return [path]


def build(data: Dossier) -> bytes:
    wanted = texts(NAME)
    title = fill(wanted["title"], statement.values(data), f"{NAME}.yaml")
    book = Book(title, data.bundle.data_lock)
    sheet = book.sheet(wanted["overview"], OVERVIEW_WIDTHS)
    sheet.title(title)
    for line in [statement.status(data), *wanted["notes"], *statement.definitions(data, "certainty")]:
        sheet.note(line, len(OVERVIEW_WIDTHS))
    sheet.note(statement.human(data, wanted["human"]), len(OVERVIEW_WIDTHS), human=True)
    worked = {case.case_id: work(data, case) for case in data.cases.values()}
    sheet.table(wanted["overview_header"], [_overview(case, worked[case.case_id]) for case in data.cases.values()])
    _agreement(sheet, data, wanted)
    for case in data.cases.values():
        _case(book.sheet(case.case_id, WIDTHS), data, case, worked[case.case_id])
    return book.bytes()


Worked = dict[str, dict[str, Final]]


def work(data: Dossier, case: CaseFile) -> Worked:
    """The answers that stand, per instrument and question; of WHO-UMC the one category."""
    terms = {term.casefold() for term in data.bundle.profile.event.terms}
    people = {name: assessors(case, name) for name in INSTRUMENTS}
    category, _ = other_instruments.who_umc(case, terms)
    results = [Assessor(one.name, {"1": one.result}, one.result, one.reason) for one in people["who_umc"] if one.result]
    return {
        "naranjo": {q: final(said, q, people["naranjo"]) for q, said in naranjo.derived(case, terms).items()},
        "who_umc": {"1": final(category, "1", results)},
        "murad": {q: final(said, q, people["murad"]) for q, said in other_instruments.murad(case).items()},
    }


def _answers(finals: dict[str, Final]) -> dict[str, str]:
    return {question: one.answer for question, one in finals.items() if one.answer}


def _overview(case: CaseFile, worked: Worked) -> list[object]:
    wanted, answers, murad = texts(NAME), _answers(worked["naranjo"]), _answers(worked["murad"])
    total = naranjo.score(answers)
    people = dict.fromkeys(one.name for name in INSTRUMENTS for one in assessors(case, name))
    said = list(murad.values())
    return [
        case.case_id,
        fill(wanted["counted"][case.derived["counted"]], {"aggregate": case.aggregate}, f"{NAME}.yaml"),
        len(answers),
        total,
        "{} to {}".format(*naranjo.bounds(answers)),
        naranjo.categories(answers),
        worked["who_umc"]["1"].answer or wanted["cannot"],
        wording.coded("case_definition", case.derived["certainty"]),
        f"{said.count('yes')} / {said.count('no')} / {8 - len(said)}",
        ", ".join(people),
    ]


def _agreement(sheet: Sheet, data: Dossier, wanted: dict) -> None:
    sheet.title(wanted["agreement"])
    rows = []
    for instrument in INSTRUMENTS:
        people = {case.case_id: assessors(case, instrument) for case in data.cases.values()}
        for first, second, items, results in paired(people):
            for what, pairs in (("answers", items), ("results", results)):
                if pairs:
                    n, share, value = kappa(pairs)
                    told = wanted["undefined"] if value is None else wording.number(value)
                    rows.append([instrument, f"{first}, {second}", what, n, wording.number(share), told])
    if rows:
        sheet.table(wanted["agreement_header"], rows, freeze=False)
    else:
        sheet.note(wanted["agreement_none"], len(OVERVIEW_WIDTHS))


def _case(sheet: Sheet, data: Dossier, case: CaseFile, worked: Worked) -> None:
    wanted = texts(NAME)
    sheet.title(case.case_id)
    sheet.note(statement.status(data), len(WIDTHS))
    if case.inside:
        sheet.note(fill(wanted["counted"]["inside"], {"aggregate": case.aggregate}, f"{NAME}.yaml"), len(WIDTHS))
    sheet.title(wanted["sections"]["naranjo"])
    points = naranjo.weights()
    rows = [
        [
            int(q),
            labels("naranjo")[q],
            one.answer or wanted["cannot"],
            points[q][one.answer or "unknown"],
            one.origin,
            one.ground,
        ]
        for q, one in worked["naranjo"].items()
    ]
    sheet.table(wanted["answer_header"], [*rows, _total(worked, wanted)], freeze=False)
    _assessor_sums(sheet, case, wanted)
    sheet.title(wanted["sections"]["who_umc"])
    terms = {term.casefold() for term in data.bundle.profile.event.terms}
    category = worked["who_umc"]["1"]
    sheet.table(
        wanted["answer_header"],
        [["", "category", category.answer or wanted["cannot"], "", category.origin, category.ground]],
        freeze=False,
    )
    for name, said in other_instruments.who_umc(case, terms)[1]:
        sheet.note(f"{name}: {said}", len(WIDTHS))
    sheet.title(wanted["sections"]["certainty"])
    sheet.note(wording.coded("case_definition", case.derived["certainty"]), len(WIDTHS))
    for line in statement.definitions(data, "certainty"):
        sheet.note(line, len(WIDTHS))
    sheet.title(wanted["sections"]["murad"])
    sheet.table(
        wanted["answer_header"],
        [
            [int(q), labels("murad")[q], one.answer or wanted["cannot"], "", one.origin, one.ground]
            for q, one in worked["murad"].items()
        ],
        freeze=False,
    )


def _total(worked: Worked, wanted: dict) -> list[object]:
    answers = _answers(worked["naranjo"])
    total = naranjo.score(answers)
    low, high = naranjo.bounds(answers)
    ground = f"open questions count 0 here; they allow {low} to {high}: {naranjo.categories(answers)}"
    return ["", "sum", f"{len(answers)} of 10 answered", total, "", ground]


def _assessor_sums(sheet: Sheet, case: CaseFile, wanted: dict) -> None:
    """Every assessor's own sum, whether or not the answers won."""
    sums = []
    for one in assessors(case, "naranjo"):
        total = naranjo.score(one.answers)
        stated = f"; stated as {one.result}" if one.result else ""
        sums.append(f"{one.name} {total} ({naranjo.category(total)}; {len(one.answers)} of 10 answered{stated})")
    if sums:
        sheet.note(fill(wanted["assessor_sums"], {"text": "; ".join(sums)}, f"{NAME}.yaml"), len(WIDTHS))
