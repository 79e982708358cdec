"""Ranks, bounds and counts, by exact binomial and by hand (definitions: median-bounds)."""

import numpy as np
import pytest
from scipy.stats import binom

from scripts.analyse.estimators.order_statistics import (
    known_possible,
    median_ranks,
    quantile,
    quantile_bounds,
    quantile_interval_bounds,
)

INF = np.inf
RANKS = {
    6: (1, 6),
    7: (1, 7),
    8: (1, 8),
    9: (2, 8),
    10: (2, 9),
    11: (2, 10),
    12: (3, 10),
    13: (3, 11),
    14: (3, 12),
    15: (4, 12),
    20: (6, 15),
    30: (10, 21),
}


@pytest.mark.parametrize("n", RANKS)
def test_ranks_of_the_median(n):
    assert median_ranks(n) == RANKS[n]


@pytest.mark.parametrize("n", [3, 4, 5])
def test_no_ranks_below_six(n):
    assert median_ranks(n) is None
    assert quantile_interval_bounds(range(n), range(n)) is None


@pytest.mark.parametrize("n", [0, 1, 2])
def test_no_ranks_for_hardly_anybody(n):
    assert median_ranks(n) is None


@pytest.mark.parametrize("p", [0.1, 0.25, 0.75, 0.9])
@pytest.mark.parametrize("n", [7, 20, 57])
def test_ranks_of_other_quantiles_leave_at_most_a_tail(n, p):
    """P(X < r) and P(X >= s) for X of Binomial(n, p) are at most 2.5 %, and no r or s further in would do."""
    below = binom(n, p).cdf(np.arange(-1, n + 1))  # below[k] = P(X < k)
    first, last = max(np.flatnonzero(below <= 0.025)), min(np.flatnonzero(1 - below <= 0.025))
    possible = 1 <= first < last <= n
    assert median_ranks(n, p) == ((first, last) if possible else None)


def test_limits_take_lower_ends_below_and_upper_ends_above():
    lower, upper = np.arange(12.0), np.arange(12.0) + 5
    assert quantile_interval_bounds(lower, upper) == (2, 14)
    assert quantile_interval_bounds([0] * 12, [4] * 8 + [INF] * 4) == (0, INF)


def test_headline_of_the_eleven_and_the_one():
    """Eleven cases on (0, 4] and one on (0, 2]: the bounds do not follow the NPMLE into (0, 2]."""
    assert quantile_bounds([0] * 12, [4] * 11 + [2]) == (0, 4)


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([1, 2, 3, 4], 2, 2.5),
        ([1, 2, 3, 4], 1, 2),
        ([1, 2, 3, 4], 7, 2.5),
        ([1, 2, 3, INF], 2, 2.5),
        ([1, 2, INF, INF], 2, INF),
        ([1, 2, INF], 2, 2),
        ([INF, INF], 7, INF),
    ],
)
def test_medians_with_times_not_reached(values, kind, expected):
    assert quantile(values, 0.5, kind) == expected


def test_quartiles_by_type():
    """Hyndman and Fan 1996: types differ on the same eleven values, as two published tools do."""
    values = np.arange(1.0, 12.0)
    assert [quantile(values, 0.25, kind) for kind in (2, 6, 7)] == [3, 3, 3.5]


def test_unknown_quantile_type():
    with pytest.raises(ValueError, match="quantile type 10"):
        quantile([1, 2], 0.5, 10)


@pytest.mark.parametrize(
    ("lower", "upper", "t", "known", "possible"),
    [
        (0, 14, 14, 1, 1),
        (0, 16, 14, 0, 1),
        (14, INF, 14, 0, 0),
        (14, 14, 14, 1, 1),
        (0, INF, 14, 0, 1),
        (13, INF, 14, 0, 1),
        (15, 15, 14, 0, 0),
    ],
)
def test_known_and_possible(lower, upper, t, known, possible):
    assert known_possible([lower], [upper], t) == (known, possible)


@pytest.mark.parametrize(
    ("values", "answer"), [((-3, np.inf), np.inf), ((-3, -2, np.inf), -2), ((-5, -3, np.inf, np.inf), np.inf)]
)
def test_what_is_not_reached_has_its_part_also_beside_negative_times(values, answer):
    assert quantile(values) == answer
