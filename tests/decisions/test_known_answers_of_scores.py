"""Known answers of the scores of a patient: completeness, and Naranjo as assessors answer it."""

from unittest import mock

import pytest

from scripts.documents import document_causality
from scripts.documents.causality import naranjo
from scripts.documents.words import key_table
from scripts.tables import table_line_listing
from tests.decisions.line import CASE, COURSE, EVENT, WHERE, through, together

FULL = CASE | {"sex": "F", "age_lower": "29", "age_upper": "29", "country": "NO", "summary": "An invented case that is told at length."}  # fmt: skip
REPORT = {"case_id": "C1", "version": "1", "report_type": "spontaneous", "reporter_qualification": "physician"} | WHERE
TREATED = COURSE | {"indication": "itch", "start_date": "2022-07-04"}
DOSE = {"case_id": "C1", "course": "1", "dose": "1", "amount": "10", "unit": "mg", "time_date": "2022-07-04"} | WHERE
ILL = EVENT | {"onset_date": "2022-07-07", "outcome": "recovered"}
DOCUMENTED = [
    # cells that are not told; the score
    ({}, 1.0),
    ({"reactions": {"onset_date": ""}}, 0.5),
    ({"reactions": {"onset_date": ""}, "courses": {"indication": "not_stated"}}, 0.35),
    ({"courses": {"indication": ""}, "reactions": {"outcome": "unknown"}, "cases": {"sex": "masked"}}, 0.343),
    ({"doses": {"amount": "not_stated"}, "cases": {"country": "not_seen"}}, 0.81),
    # whether the drug came first is open, by a month at most or by more
    ({"reactions": {"onset_date": "2022-07", "attribution": "", "role": "symptom"}}, 0.9),
    ({"reactions": {"onset_date": "2022", "attribution": "", "role": "symptom"}}, 0.7),
]


def test_completeness():
    """Definitions: completeness."""
    complete = {"cases": FULL, "reports": REPORT, "courses": TREATED, "doses": DOSE, "reactions": ILL}
    series = [{table: [row | lost.get(table, {})] for table, row in complete.items()} for lost, _ in DOCUMENTED]
    for rows, (lost, _) in zip(series, DOCUMENTED, strict=True):
        if lost.get("reactions", {}).get("role"):  # the event itself, of which only the outcome is told
            rows["reactions"].append(EVENT | {"reaction": "event", "outcome": "recovered"})
    told = through(**together(series))
    answers = [score for _, score in DOCUMENTED]
    assert list(told.derived["completeness"]["score"]) == pytest.approx(answers)
    listed = table_line_listing.build(told.bundle).cells["Completeness"]
    assert list(listed) == [f"{answer:g}" for answer in answers]


POINTS = {
    "PMC6136411 table 1": ("0 2 1 0 2 0 0 0 0 1", 6, "probable"),
    "Korean J Clin Pharm 2019;29:56": ("1 2 1 0 0 0 0 0 0 0", 4, "possible"),
    "World J Clin Cases 2024;12:1371 table 1": ("1 2 0 0 -1 0 0 0 0 1", 3, "possible"),
}


def answered(points: str) -> str:
    """The answers behind published points; 0 points are unknown."""
    answers = [
        next(answer for answer in ("unknown", "yes", "no") if weights[answer] == int(point))
        for weights, point in zip(naranjo.weights().values(), points.split(), strict=True)
    ]
    return "; ".join(f"{number}={answer}" for number, answer in enumerate(answers, start=1))


def test_an_assessors_answers_to_naranjo():
    """The answers as a row of `assessments` gives them, and the sum that the workbook prints (definitions: naranjo)."""
    row = {"case_id": "C1", "assessor": "A", "method": "Naranjo", "reaction": "rash", "drug": "examplumab"} | WHERE
    series = [
        {"reactions": [EVENT], "assessments": [row | {"answers": answered(points)}]} for points, _, _ in POINTS.values()
    ]
    series.append({"reactions": [EVENT], "assessments": [row | {"result": "9"}]})
    documented, sheet = through(**together(series)).documented, mock.Mock()
    for case in documented.values():
        document_causality.assessor_sums(sheet, case)
    printed = [call.args[0].rpartition(": ")[2] for call in sheet.note.call_args_list]
    sums = [f"A {total} ({category}; 10 of 10 answered)." for _, total, category in POINTS.values()]
    assert printed == [*sums, "A 9, without answers to the questions."]
    assert key_table.causality(list(documented.values())[-1:]) == "judged in 1 of 1; A, Naranjo: 9 in 1"
