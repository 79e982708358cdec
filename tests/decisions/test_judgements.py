"""Causality as reported: per assessor and method, of this drug and this event, agreement beside it (definitions: judgements)."""

from scripts.documents.words import judged
from tests.decisions.line import COURSE, EVENT, WHERE, through, together

A = {
    "case_id": "C1",
    "assessor": "A",
    "drug": "Examplia",
    "reaction": "rash",
    "method": "WHO-UMC",
    "result": "possible",
} | WHERE
B = A | {"assessor": "B"}
OTHER = COURSE | {"course": "2", "drug": "otherol", "substance": "otherol"}
COUGH = EVENT | {"reaction": "cough", "role": "symptom", "term": "cough"}
SERIES = [
    [A, B | {"method": "who-umc system", "result": "Possible"}],  # one method, one result, in two spellings
    [A, B | {"result": "unlikely"}],
    [A | {"method": "Naranjo scale", "result": "7"}, B | {"method": "naranjo", "result": "probable"}],  # 7 is probable
    [A, A | {"drug": "otherol", "result": "certain"}],
    [A | {"drug": "", "course": "2", "result": "certain"}, A | {"reaction": "cough", "result": "certain"}],
    [A | {"method": "not_stated", "result": "likely"}, B | {"method": "", "result": "unlikely"}],  # no common scale is known
    [A | {"result": "examplumab rash"}],
    [A | {"result": "probably not related"}],  # no `probable`
]  # fmt: skip


def test_judgements_of_the_drug_and_the_event():
    rows = [{"courses": [COURSE, OTHER], "reactions": [EVENT, COUGH], "assessments": assessed} for assessed in SERIES]
    told = through(**together(rows))
    cases = [told.documented[f"C{number}"] for number in range(1, 9)]
    number, scales = judged.tally(cases)
    assert (number, {scale: dict(counts) for scale, counts in scales.items()}) == (
        7,
        {
            "A, WHO-UMC": {"possible": 3, "examplumab rash": 1, "probably not related": 1},
            "A, Naranjo scale": {"7": 1},
            "A, method not stated": {"likely": 1},
            "B, WHO-UMC": {"Possible": 1, "unlikely": 1},
            "B, Naranjo scale": {"probable": 1},
            "B, method not stated": {"unlikely": 1},
        },
    )
    assert judged.agreement(cases) == ["A and B agree in 1 of 1 by Naranjo scale", "A and B agree in 1 of 2 by WHO-UMC"]
    assert judged.supporting(cases) == (3, 5)
    assert [case.derived["causality"] for case in cases[3:6]] == [
        "possible (A, WHO-UMC)",
        "",
        "likely (A); unlikely (B)",
    ]
    assert told.derived["judgements"]["basis"].tolist()[:2] == ["assessments[A].result", "assessments[B].result"]
    besides = told.derived["judgements"].set_index("case_id")["judged_besides"]
    assert [besides[f"C{number}"].tolist() for number in (4, 5)] == [["", "otherol"], ["cough", "otherol"]]
