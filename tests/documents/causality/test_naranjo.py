"""Published sums (definitions: naranjo), the scoring traps, overrides and agreement."""

import pytest

from scripts.derive.instruments import naranjo as rows_of_naranjo
from scripts.derive.instruments.facts import Facts
from scripts.documents.causality import naranjo
from scripts.records.assessors import Assessor, answers, final, kappa
from tests.documents.invented import case

PUBLISHED = {
    "PMC6136411 table 1": ((0, 2, 1, 0, 2, 0, 0, 0, 0, 1), 6, "probable"),
    "Korean J Clin Pharm 2019;29:56": ((1, 2, 1, 0, 0, 0, 0, 0, 0, 0), 4, "possible"),
    "World J Clin Cases 2024;12:1371 table 1": ((1, 2, 0, 0, -1, 0, 0, 0, 0, 1), 3, "possible"),
}


def answered(points: tuple[int, ...]) -> dict[str, str]:
    """The answers behind published points: 0 is unknown."""
    given_answers = {}
    for (question, weights), point in zip(naranjo.weights().items(), points, strict=True):
        given_answers[question] = next(a for a in ("unknown", "yes", "no") if weights[a] == point)
    return given_answers


@pytest.mark.parametrize("source", PUBLISHED)
def test_published_scores(source):
    points, total, category = PUBLISHED[source]
    assert naranjo.score(answered(points)) == total
    assert naranjo.category(total) == category


@pytest.mark.parametrize(
    ("total", "category"),
    [
        (9, "definite"),
        (8, "probable"),
        (5, "probable"),
        (4, "possible"),
        (1, "possible"),
        (0, "doubtful"),
        (-1, "doubtful"),
    ],
)
def test_class_boundaries(total, category):
    assert naranjo.category(total) == category


def test_the_range_is_minus_4_to_13():
    assert naranjo.bounds({}) == (-4, 13)
    assert naranjo.score(dict.fromkeys(naranjo.weights(), "unknown")) == 0


NOTHING = {
    "episodes": "1",
    "dechallenge": "unknown",
    "dechallenge_note": "",
    "rechallenge_event": "not_stated",
    "other_cause": "not_assessed",
    "other_cause_basis": "",
}


def answer(question, again=(), **decided):
    """The answer of the rows where this is decided of a patient of whom nothing else is known."""
    facts = Facts(
        NOTHING | decided, {}, timed=False, rechallenges=list(again), given=0, doses=[], tests=[], managements=[]
    )
    return rows_of_naranjo.answers(facts)[question][0]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [("positive", "yes"), ("negative", "no"), ("not_done", "unknown"), ("not_stated", ""), ("inconclusive", ""),
     ("exposure_continued", "")],
)  # fmt: skip
def test_question_4_is_no_only_after_a_negative_rechallenge(outcome, expected):
    assert answer("4", rechallenge_event=outcome) == expected


@pytest.mark.parametrize(("decided", "expected"), [("no", "no"), ("yes", "yes"), ("not_assessed", "")])
def test_question_5_is_what_derive_decided_of_other_causes(decided, expected):
    """How it is decided stands in tests/decisions/test_causes.py."""
    assert answer("5", other_cause=decided) == expected


def test_question_6_without_placebo_and_what_no_row_holds_stay_open():
    derived_answers = naranjo.derived(case())
    assert [*derived_answers] == [str(number) for number in range(1, 11)]
    assert [derived_answers[question][0] for question in ("1", "6", "7", "8")] == [""] * 4


def test_the_seed_case(default_dossier):
    """Dechallenge positive, rechallenge negative, one cause unclear, CT shows the event; sentinel sign after day 1."""
    derived_answers = naranjo.derived(default_dossier.cases["ZHAO-2025"])
    assert {q: a for q, (a, _) in derived_answers.items() if a} == {"2": "yes", "3": "yes", "4": "no", "10": "yes"}
    assert naranjo.score({q: a for q, (a, _) in derived_answers.items()}) == 3


@pytest.mark.parametrize(
    ("people", "stands"),
    [
        ([], ("no", "derived")),
        ([Assessor("A", {"5": "yes"}, reason="seen")], ("yes", "assessor: A")),
        ([Assessor("A", {"5": "yes"})], ("no", "derived")),
        ([Assessor("A", {"5": "yes"}, reason="x"), Assessor("B", {"5": "yes"}, reason="y")], ("yes", "assessor: A, B")),
        ([Assessor("A", {"5": "yes"}, reason="x"), Assessor("B", {"5": "no"}, reason="y")], ("", "assessors differ")),
    ],
)
def test_an_override_with_a_reason_wins(people, stands):
    got = final(("no", "documented"), "5", people)
    assert (got.answer, got.origin) == stands
    assert "documented" in got.ground  # what the rows said is kept


def test_answers_as_typed():
    assert answers("1=yes; 2=unknown; 3 = No;x=yes;4=perhaps") == {"1": "yes", "2": "unknown", "3": "no"}


def test_kappa():
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx((50, 0.7, 0.4))
    assert kappa([("y", "y")] * 3) == (3, 1.0, None)
    assert kappa([])[2] is None
