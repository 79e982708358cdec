"""An aggregate statement as anonymous rows, "9 of 11 within 14 days" and one named case at (0, 16] (definitions:
aggregate-statements).

The two others are known not to have met it, or nothing is known of them: the same words give 82 % or 100 %.
"""

import pytest

from scripts.analyse.estimators.npmle import cdf_bounds, npmle

INF = float("inf")
MET, NAMED = [(0, 14)] * 9, [(0, 16)]
CODINGS = {"not met": [*MET, *[(14, INF)] * 2, *NAMED], "unknown": [*MET, *[(0, INF)] * 2, *NAMED]}


def fit(coding: str):
    lower, upper = zip(*CODINGS[coding], strict=True)
    return npmle(lower, upper)


def test_others_known_not_to_have_met_it():
    estimate = fit("not met")
    assert list(zip(estimate.left, estimate.right, strict=True)) == [(0, 14), (14, 16)]
    assert estimate.mass == pytest.approx([0.818182, 0.181818], abs=1e-6)
    assert estimate.log_likelihood == pytest.approx(-5.215532, abs=1e-6)
    assert cdf_bounds(estimate, 14) == pytest.approx((0.818182, 0.818182), abs=1e-6)


def test_nothing_known_of_the_others():
    estimate = fit("unknown")
    assert (estimate.left.tolist(), estimate.right.tolist(), estimate.mass.tolist()) == ([0], [14], [1])
    assert cdf_bounds(estimate, 14) == (1, 1)
