"""Known answers of docs/definitions.md on counts of the re-exposed, through the whole line: reported rows in, the number out."""

import pytest

from tests.decisions.line import EVENT, Cases, Told
from tests.decisions.re_exposed import ABSENT, AGAIN, CODE, LOOK, again
from tests.validate.build import SOURCE


def coded(recurred: int, re_exposed: int) -> list[dict]:
    """Patients whose report says by its code alone whether the event came again."""
    answers = ["recurred"] * recurred + ["not_recurred"] * (re_exposed - recurred)
    return [{"reactions": [EVENT], "assessments": [CODE | {"rechallenge": answer}]} for answer in answers]


COUNTED = Cases()
RECURRED = [
    # any recurrence in Allouchery 2020, and the counts of Dolladille 2020 (definitions: rechallenge)
    (COUNTED.of(coded(70, 180)), 180, (0.3173, 0.4642)),
    (COUNTED.of(coded(130, 452)), 452, (0.2463, 0.3317)),
    (COUNTED.of(coded(9, 11)), 11, (0.4822, 0.9772)),
]


@pytest.mark.parametrize(("series", "n", "answer"), RECURRED, ids=["70 of 180", "130 of 452", "9 of 11"])
def test_published_counts_of_rechallenge(series, n, answer):
    rows = series.alone("of_rechallenge").results
    rows = rows[
        (rows["statistic"] == "reported_limits") & (rows["level"] == "Clopper-Pearson") & (rows["endpoint"] == "event")
    ]
    known, *limits = rows[["n", "lower", "upper"]].iloc[0]
    assert known == n
    assert limits == pytest.approx(answer, abs=5e-5)


OTHER = AGAIN | {"reaction": "other", "term": "grey rash", "role": "other"}
SEEN = [[AGAIN]] * 4 + [[AGAIN, OTHER]] + [[ABSENT, OTHER]] * 2 + [[ABSENT]] * 11
ALL_SEEN = COUNTED.of(again(reactions=rows) for rows in SEEN)


def test_another_reaction_is_no_recurrence_of_the_event():
    """Of 18 re-exposed 5 had the event again and 2 another reaction alone: any reaction in 7, the same event in 5."""
    results = ALL_SEEN.alone("of_rechallenge").results
    reported = results[results["statistic"] == "reported"].set_index("level")["value"]
    assert reported.to_dict() == {"recurred": 5, "not_recurred": 13, "unknown": 0}


NEGATIVE, POSITIVE = again(reactions=[ABSENT], tests=[LOOK]), again(reactions=[AGAIN])
PRIORS = {
    # means after each outcome, last limits, last share above one tenth
    "uniform": ([1 / 3, 1 / 4, 2 / 5, 1 / 3], (0.0527, 0.7164), 0.9185),
    "jeffreys": ([0.25, 0.1667, 0.375, 0.30], (0.0285, 0.7162), 0.8526),
}


def by_year(outcomes: list[dict]) -> list[dict]:
    return [rows | {"sources": [SOURCE | {"published": f"{2020 + at}"}]} for at, rows in enumerate(outcomes)]


LEARNING = COUNTED.of(by_year([NEGATIVE, NEGATIVE, POSITIVE, NEGATIVE]))
POSITIVE_FIRST = COUNTED.of(by_year([POSITIVE, NEGATIVE, NEGATIVE, NEGATIVE]))


@pytest.fixture(scope="module")
def learning() -> Told:
    return LEARNING.alone("of_learning")


@pytest.mark.parametrize("prior", PRIORS)
def test_what_four_patients_teach(learning, prior):
    """Outcomes 0, 0, 1, 0 in the order of publication (definitions: updating)."""
    means, last, above = PRIORS[prior]
    results = learning.results.query("endpoint == 'event' and level == @prior").set_index(["statistic", "n"])
    steps = [1, 2, 3, 4]
    assert results.loc["predictive"].loc[steps, "value"].tolist() == pytest.approx(means, abs=5e-5)
    posterior = results.loc["posterior"].loc[steps[-1], ["lower", "upper"]]
    assert posterior.tolist() == pytest.approx(last, abs=5e-5)
    assert results.loc["posterior_above"].loc[steps[-1], "value"] == pytest.approx(above, abs=5e-5)


def test_the_end_does_not_depend_on_the_order(learning):
    other = POSITIVE_FIRST.alone("of_learning").results
    ends = [
        table[(table["n"] == 4) & table["level"].isin(PRIORS) & (table["endpoint"] == "event")].set_index(
            ["statistic", "level"]
        )[["value", "lower", "upper"]]
        for table in (learning.results, other)
    ]
    assert len(ends[0])
    assert ends[0].equals(ends[1])
