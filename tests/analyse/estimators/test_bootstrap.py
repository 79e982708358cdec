"""Bootstrap limits: seeds, order, and limits that are not reached."""

import numpy as np
import pytest

from scripts.analyse.estimators.bootstrap import bootstrap_quantile
from tests.analyse.estimators.published import RADIOTHERAPY

INF = np.inf


def test_same_rows_same_seed_same_limits():
    order = np.random.default_rng(1).permutation(46)
    once = bootstrap_quantile(*RADIOTHERAPY, replicates=60)
    again = bootstrap_quantile(*(bounds[order] for bounds in RADIOTHERAPY), replicates=60)
    assert once == again
    assert once.replicates == 60
    assert once.low <= 38
    assert once.high >= 40


def test_weights_are_repeated_rows():
    lower, upper, weights = np.array([1.0, 2, 4, 6]), np.array([1.0, 3, 5, INF]), np.array([8, 9, 10, 8])
    repeated = [np.repeat(bounds, weights) for bounds in (lower, upper)]
    assert bootstrap_quantile(lower, upper, weights, replicates=40) == bootstrap_quantile(*repeated, replicates=40)


def test_median_not_reached():
    limits = bootstrap_quantile([1] * 4 + [5] * 30, [1] * 4 + [INF] * 30, replicates=30)
    assert (limits.low, limits.high, limits.not_reached) == (5, INF, 1)


def test_agrees_with_exact_ranks_on_exact_times():
    """For 100 exact times the percentile limits are close to the binomial ranks 40 and 61."""
    limits = bootstrap_quantile(np.arange(1, 101), np.arange(1, 101), replicates=400)
    assert abs(limits.low - 40) <= 3
    assert abs(limits.high - 61) <= 3


@pytest.mark.parametrize(
    ("weights", "replicates", "words"), [([0.5, 1], 5, "whole numbers"), ([1, 1], 0, "at least 1")]
)
def test_bad_arguments(weights, replicates, words):
    with pytest.raises(ValueError, match=words):
        bootstrap_quantile([1, 2], [2, 3], weights, replicates=replicates)
