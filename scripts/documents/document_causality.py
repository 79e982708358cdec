"""Causality worksheet: Naranjo, WHO-UMC, Bégaud, certainty and Murad per patient, a sheet per group, assessors' overrides (XLSX)."""

from operator import itemgetter
from pathlib import Path

from schemas.codes import labels
from scripts.documents.case_file import CaseFile
from scripts.documents.causality import naranjo, other_instruments
from scripts.documents.dossier import Dossier
from scripts.documents.words import groups, judged, statement
from scripts.documents.words.texts import fill, texts
from scripts.files.tablefiles import write_bytes
from scripts.office.sheets import Book, Sheet
from scripts.records.assessors import Assessor, Final, assessors, final, kappa, paired
from scripts.words import several, wording

NAME = "causality"
WIDTHS = (9, 34, 16, 8, 24, 78)
OVERVIEW_WIDTHS = (18, 16, 11, 13, 12, 13, 18, 13, 12, 14, 26)
CATEGORIES = {"who_umc": other_instruments.who_umc, "begaud": other_instruments.begaud}
"""Instruments that give one result, which is a judgement, and rest on points that rows can tell."""
INSTRUMENTS = ("naranjo", *CATEGORIES, "murad")


def write(data: Dossier, out: Path) -> list[Path]:
    """Write causality.xlsx."""
    path = out / f"{NAME}.xlsx"
    write_bytes(build(data), path)
    data.enter_every_case(NAME)
    return [path]


def build(data: Dossier) -> bytes:
    wanted = texts(NAME)
    title = fill(wanted["title"], statement.values(data), f"{NAME}.yaml")
    book = Book(title, data.bundle.data_lock)
    sheet = book.sheet(wanted["overview"], OVERVIEW_WIDTHS)
    sheet.title(title)
    worked = {case.case_id: work(case) for case in data.cases.values()}
    lines = groups.lines(list(data.cases.values()))
    sheet.table(wanted["overview_header"], [_line(members, worked) for members in lines])
    _tally(sheet, data, wanted)
    _agreement(sheet, data, wanted)
    for line in [statement.status(data), *wanted["notes"], *statement.definitions(data, "certainty")]:
        sheet.note(line, len(OVERVIEW_WIDTHS))
    sheet.note(statement.human(data, wanted["human"]), len(OVERVIEW_WIDTHS), human=True)
    for members in lines:
        if members[0].identified:
            _case(book.sheet(members[0].case_id, WIDTHS), data, members[0], worked[members[0].case_id])
        else:
            _group(book.sheet(wanted["group"].format(name=members[0].aggregate), OVERVIEW_WIDTHS), members, worked)
    for line in statement.abbreviations(data, book.text()):
        sheet.note(line, len(OVERVIEW_WIDTHS))
    return book.bytes()


Worked = dict[str, dict[str, Final]]


def work(case: CaseFile) -> Worked:
    """The answers that stand, per instrument and question; of WHO-UMC and Bégaud the one result."""
    people = {instrument: assessors(case.judgements, instrument) for instrument in INSTRUMENTS}
    one_result = {
        instrument: {"1": final(points(case)[0], "1", _results(people[instrument]))}
        for instrument, points in CATEGORIES.items()
    }
    return {
        "naranjo": {q: final(decided, q, people["naranjo"]) for q, decided in naranjo.derived(case).items()},
        **one_result,
        "murad": {q: final(decided, q, people["murad"]) for q, decided in other_instruments.murad(case).items()},
    }


def _results(people: list[Assessor]) -> list[Assessor]:
    return [
        Assessor(assessor.name, {"1": assessor.result}, assessor.result, assessor.reason)
        for assessor in people
        if assessor.result
    ]


def _answers(finals: dict[str, Final]) -> dict[str, str]:
    return {question: decision.answer for question, decision in finals.items() if decision.answer}


def _overview(case: CaseFile, worked: Worked) -> list[object]:
    """One patient; where nothing is answered nothing is scored."""
    wanted, answers, murad = texts(NAME), _answers(worked["naranjo"]), _answers(worked["murad"])
    people = dict.fromkeys(
        assessor.name for instrument in INSTRUMENTS for assessor in assessors(case.judgements, instrument)
    )
    murad_answers = list(murad.values())
    scored = [naranjo.score(answers), "{} to {}".format(*naranjo.bounds(answers)), naranjo.categories(answers)]
    return [
        case.case_id,
        fill(wanted["counted"][case.derived["counted"]], {"aggregate": case.aggregate}, f"{NAME}.yaml"),
        len(answers),
        *(scored if answers else ["", "", wanted["nothing"]]),
        *(worked[instrument]["1"].answer or wanted["cannot"] for instrument in CATEGORIES),
        wording.coded("case_definition", case.derived["certainty"]),
        f"{murad_answers.count('yes')} / {murad_answers.count('no')} / {8 - len(murad_answers)}",
        ", ".join(people),
    ]


def _line(cases: list[CaseFile], worked: dict[str, Worked]) -> list[object]:
    """A patient, or a group with what is said of how many of it."""
    rows = [_overview(case, worked[case.case_id]) for case in cases]
    if cases[0].identified:
        return rows[0]
    _, *columns = zip(*rows, strict=True)
    return [groups.group_name(cases), *(several.part([str(cell) for cell in column]) for column in columns)]


def _group(sheet: Sheet, cases: list[CaseFile], worked: dict[str, Worked]) -> None:
    """The members of a group on one sheet: nothing is told of them one by one that could fill a sheet each."""
    wanted = texts(NAME)
    sheet.title(groups.group_name(cases))
    sheet.table(wanted["overview_header"], [_overview(case, worked[case.case_id]) for case in cases])
    sheet.note(wanted["group_note"], len(OVERVIEW_WIDTHS))


def _tally(sheet: Sheet, data: Dossier, wanted: dict) -> None:
    """How often each result was given, per assessor and method: scales are never mixed."""
    number, scales = judged.tally(data.counted)
    sheet.title(wanted["tally"].format(judged=number, n=len(data.counted)))
    rows = [[who, result, times] for who, frequencies in scales.items() for result, times in frequencies.items()]
    if rows:
        sheet.table(wanted["tally_header"], rows, freeze=False)


def _agreement(sheet: Sheet, data: Dossier, wanted: dict) -> None:
    sheet.title(wanted["agreement"])
    cases, compared = list(data.cases.values()), []
    for instrument in INSTRUMENTS:
        people = {case.case_id: assessors(case.judgements, instrument) for case in cases}
        compared += [((instrument, *names), "answers", pairs) for names, pairs in paired(people).items()]
    compared += [(names, "results", pairs) for names, pairs in judged.pairs(cases).items()]
    rows, called = [], judged.methods(cases)
    for (instrument, first, second), what, pairs in sorted(compared, key=itemgetter(0, 1)):
        n, agree, value = kappa(pairs)
        told = wanted["undefined"] if value is None else wording.number(value)
        rows.append([called.get(instrument, instrument), f"{first}, {second}", what, n, wording.number(agree), told])
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
            decision.answer or wanted["cannot"],
            points[q][decision.answer] if decision.answer else "",
            decision.origin,
            decision.ground,
        ]
        for q, decision in worked["naranjo"].items()
    ]
    sheet.table(wanted["answer_header"], [*rows, _total(worked)], freeze=False)
    assessor_sums(sheet, case)
    for instrument, points_of in CATEGORIES.items():
        _result(sheet, instrument, worked[instrument]["1"], points_of(case)[1])
    sheet.title(wanted["sections"]["certainty"])
    sheet.note(wording.coded("case_definition", case.derived["certainty"]), len(WIDTHS))
    for line in statement.definitions(data, "certainty"):
        sheet.note(line, len(WIDTHS))
    sheet.title(wanted["sections"]["murad"])
    sheet.table(
        wanted["answer_header"],
        [
            [int(q), labels("murad")[q], decision.answer or wanted["cannot"], "", decision.origin, decision.ground]
            for q, decision in worked["murad"].items()
        ],
        freeze=False,
    )


def _result(sheet: Sheet, instrument: str, result: Final, told: list[tuple[str, str]]) -> None:
    """One result of an assessor, and the points it rests on as far as rows tell them."""
    wanted = texts(NAME)
    sheet.title(wanted["sections"][instrument])
    row = ["", wanted["results"][instrument], result.answer or wanted["cannot"], "", result.origin, result.ground]
    sheet.table(wanted["answer_header"], [row], freeze=False)
    for what, point in told:
        sheet.note(f"{what}: {point}", len(WIDTHS))


def _total(worked: Worked) -> list[object]:
    answers = _answers(worked["naranjo"])
    total = naranjo.score(answers) if answers else ""
    low, high = naranjo.bounds(answers)
    ground = f"open questions count 0 here; they allow {low} to {high}: {naranjo.categories(answers)}"
    return ["", "sum", f"{len(answers)} of 10 answered", total, "", ground]


def assessor_sums(sheet: Sheet, case: CaseFile) -> None:
    """Every assessor's own sum, whether or not the answers won."""
    wanted, sums = texts(NAME), []
    for assessor in assessors(case.judgements, "naranjo"):
        if not assessor.answers:
            sums.append(f"{assessor.name} {assessor.result}, without answers to the questions")
            continue
        total = naranjo.score(assessor.answers)
        stated = f"; stated as {assessor.result}" if assessor.result else ""
        sums.append(
            f"{assessor.name} {total} ({naranjo.category(total)}; {len(assessor.answers)} of 10 answered{stated})"
        )
    if sums:
        sheet.note(fill(wanted["assessor_sums"], {"text": "; ".join(sums)}, f"{NAME}.yaml"), len(WIDTHS))
