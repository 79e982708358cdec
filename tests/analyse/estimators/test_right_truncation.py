"""Reverse-time product limit and the rule for ignoring the data lock (definitions: right-truncation)."""

import numpy as np
import pytest

from scripts.analyse.estimators.right_truncation import identified_from, reverse_product_limit, truncation

TIME = [1, 2, 2, 3, 5, 6, 8, 9, 10, 12]
SPAN = [20, 4, 12, 6, 15, 7, 14, 9, 22, 12]


def test_twice_computed_curve():
    curve = reverse_product_limit(TIME, SPAN)
    assert curve["time"].tolist() == [1, 2, 3, 5, 6, 8, 9, 10, 12]
    expected = [0.06, 0.18, 0.24, 0.32, 0.40, 0.533333, 0.666667, 0.833333, 1]
    assert curve["share"].tolist() == pytest.approx(expected, abs=1e-6)
    assert identified_from(curve) == -np.inf


def test_naive_share_is_not_used():
    """The share of reported cases by 5 is .5; short times are over-represented."""
    assert reverse_product_limit(TIME, SPAN).set_index("time").loc[5, "share"] != pytest.approx(0.5, abs=0.1)


def test_without_truncation_it_is_the_plain_share():
    curve = reverse_product_limit([1, 2, 3, 4], [100] * 4)
    assert curve["share"].tolist() == pytest.approx([0.25, 0.5, 0.75, 1])


def test_emptied_risk_set_is_reported():
    curve = reverse_product_limit([1, 5], [3, 9])
    assert curve["share"].tolist() == [0, 1]
    assert identified_from(curve) == 5


@pytest.mark.parametrize(("span", "negligible"), [(200, True), (120, True), (119, False)])
def test_negligible_from_ten_times(span, negligible):
    assert truncation([1, 12], [300, span]).negligible is negligible


@pytest.mark.parametrize(("time", "span"), [([5], [4]), ([-1], [4]), ([1], [np.inf]), ([], []), ([1, 2], [3])])
def test_bad_rows(time, span):
    with pytest.raises(ValueError, match=r"needs 0 <= time|differ in number"):
        reverse_product_limit(time, span)
