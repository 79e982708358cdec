"""Binomial limits against Newcombe 1998, R's binom.test, and by hand (definitions: proportions)."""

import numpy as np
import pytest

from scripts.analyse.estimators.proportions import (
    clopper_pearson,
    jeffreys,
    missing_outcome_bounds,
    outer_limits,
    rule_of_three,
    wilson,
    zero_event_upper,
)

PUBLISHED = """
    x    n   cp_low  cp_high  j_low  j_high  w_low  w_high
   81  263   .2527   .3676    .2545  .3656   .2553  .3662
   15  148   .0578   .1617    .0604  .1576   .0624  .1605
    0   20   0       .1684    0      .1166   0      .1611
  682  925   .7077   .7654    .7082  .7649   .7080  .7646
    0    1   0       .9750    0      .8533   0      .7935
    0    3   0       .7076    0      .5356   0      .5615
    0   15   0       .2180    0      .1518   0      .2039
    1    1   .0250   1        .1467  1       .2065  1
    9   11   .4822   .9772    .5328  .9602   .5230  .9486
"""
TABLE = np.array([line.split() for line in PUBLISHED.strip().splitlines()[1:]], float)


@pytest.mark.parametrize(("method", "column"), [(clopper_pearson, 2), (jeffreys, 4), (wilson, 6)])
def test_newcombe_and_r(method, column):
    low, high = method(TABLE[:, 0], TABLE[:, 1])
    assert low == pytest.approx(TABLE[:, column], abs=1e-4)
    assert high == pytest.approx(TABLE[:, column + 1], abs=1e-4)


def test_r_documentation_to_seven_digits():
    assert clopper_pearson(682, 925) == pytest.approx((0.7076683, 0.7654066), abs=1e-7)


@pytest.mark.parametrize("method", [clopper_pearson, jeffreys, wilson])
def test_ends_are_pinned(method):
    """statsmodels leaves Jeffreys at 3.2e-5 for 0/15."""
    assert method(0, 15)[0] == 0
    assert method(15, 15)[1] == 1


def test_zero_events_one_sided():
    n = np.array([1, 3, 5, 10, 15, 30, 100])
    assert zero_event_upper(n) == pytest.approx([0.95, 0.6316, 0.4507, 0.2589, 0.1810, 0.0950, 0.0295], abs=1e-4)
    assert zero_event_upper(n, 0.975) == pytest.approx(clopper_pearson(0, n)[1])


def test_rule_of_three_only_from_thirty():
    """3/n at n = 1 would be 3.0."""
    assert [rule_of_three(n) for n in (1, 2, 29)] == [None, None, None]
    assert rule_of_three(30) == pytest.approx(0.1)


def test_published_rechallenge_counts():
    """Allouchery 2020, 70 of 180; Dolladille 2020, 130 of 452."""
    assert clopper_pearson(70, 180) == pytest.approx((0.3173, 0.4642), abs=1e-4)
    assert clopper_pearson(130, 452) == pytest.approx((0.2463, 0.3317), abs=1e-4)
    assert wilson(130, 452) == pytest.approx((0.2478, 0.3310), abs=1e-4)
    assert pytest.approx(0.389, abs=5e-4) == 70 / 180
    assert pytest.approx(0.289, abs=5e-4) == (49 + 3) / 180  # same event, not to be mixed with any event


def test_known_and_possible_by_day_14():
    """9 of 11 within 14 days and one case on (0, 16]."""
    assert outer_limits(9, 10, 12) == pytest.approx((0.4281, 0.9791), abs=1e-4)
    assert outer_limits(9, 12, 12) == pytest.approx((0.4281, 1), abs=1e-4)


def test_missing_outcomes():
    assert missing_outcome_bounds(9, 11, 1) == pytest.approx((9 / 12, 10 / 12))
    assert missing_outcome_bounds(9, 11, 0) == pytest.approx((9 / 11, 9 / 11))
    assert np.isnan(missing_outcome_bounds(0, 0, 0)).all()


@pytest.mark.parametrize(("x", "n"), [(3, 2), (-1, 2), (0, 0), ([1, 5], [2, 4])])
def test_impossible_counts_are_refused(x, n):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        clopper_pearson(x, n)


def test_known_cannot_exceed_possible():
    with pytest.raises(ValueError, match="exceeds possible"):
        outer_limits(5, 4, 12)
