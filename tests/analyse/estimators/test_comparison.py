"""Refusing to compare, and Fisher's test for those who insist (P13)."""

import numpy as np
import pytest

from scripts.analyse.estimators.comparison import fisher_exact, holm, reasons_against


def test_relapsing_sclerosis_against_transplantation():
    """11 against 3: p = 1/364 is attainable and would only restate the difference in dose."""
    reasons = reasons_against({"RRMS": 11, "transplant": 3}, differ_by=("dose",))
    assert reasons == [
        "fewer than 5 cases in transplant (3)",
        "the groups differ by construction in dose",
        "reported cases are not a sample from anything a test could speak about",
    ]


def test_nothing_speaks_against():
    assert reasons_against({"a": 20, "b": 30}, sampling_frame=True) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [({"share_missing": 0.25}, "missing in 25%"), ({"split_seen_first": True}, "after the outcomes had been seen")],
)
def test_further_reasons(arguments, words):
    assert words in reasons_against({"a": 20, "b": 30}, sampling_frame=True, **arguments)[0]


def test_fisher_on_r_examples():
    assert fisher_exact([[3, 1], [1, 3]]) == pytest.approx(0.4857143, abs=1e-7)
    assert fisher_exact([[2, 15], [10, 3]], "less") == pytest.approx(0.0004651809, abs=1e-10)


def test_fisher_against_scipy():
    from scipy.stats import fisher_exact as library

    random = np.random.default_rng(3)
    for table in random.integers(0, 12, (30, 2, 2)):
        if table.sum():
            for alternative in ("two-sided", "less", "greater"):
                expected = library(table, alternative).pvalue
                assert fisher_exact(table, alternative) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("table", [[[1, 2]], [[1, -1], [2, 3]], [[1.5, 1], [2, 3]]])
def test_fisher_needs_counts(table):
    with pytest.raises(ValueError, match="2 x 2"):
        fisher_exact(table)


def test_holm():
    assert holm([0.01, 0.04, 0.03, 0.005]).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]).tolist() == [1, 1]
    assert holm([]).tolist() == []
