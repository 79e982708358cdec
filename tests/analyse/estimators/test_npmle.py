"""The NPMLE against published and hand-derived answers, and the wrong answers other programs give (definitions: npmle)."""

import numpy as np
import pytest

from scripts.analyse.estimators.ascent import likelihood, ratio
from scripts.analyse.estimators.intervals import collapse, innermost
from scripts.analyse.estimators.npmle import cdf_bounds, npmle, quantile_interval
from tests.analyse.estimators.published import CHEMOTHERAPY, INF, RADIOTHERAPY

PUBLISHED = {
    # Fay and Shaw 2010, J Stat Softw 36(2), section 4.1
    "radiotherapy": (
        RADIOTHERAPY,
        [4, 6, 7, 11, 24, 33, 38, 46],
        [5, 7, 8, 12, 25, 34, 40, 48],
        [0.0463, 0.0334, 0.0887, 0.0708, 0.0926, 0.0818, 0.1209, 0.4656],
        -58.06002,
        (38, 40),
    ),
    "with chemotherapy": (
        CHEMOTHERAPY,
        [4, 5, 11, 16, 18, 19, 24, 30, 35, 44, 48],
        [5, 8, 12, 17, 19, 20, 25, 31, 36, 48, 60],
        [0.0433, 0.0433, 0.0692, 0.1454, 0.1411, 0.1157, 0.0999, 0.0709, 0.1608, 0.0552, 0.0552],
        -65.63696,
        (19, 20),
    ),
    # lifelines' test data; closed bounds would give .5 at 7 and .5 at 8
    "touching": (
        ([6, 7, 8, 7, 5], [7, 8, 10, 16, 20]),
        [6, 7, 8],
        [7, 8, 10],
        [0.25, 0.375, 0.375],
        -3.635635,
        (7, 8),
    ),
    # the second row is exact; closed bounds would give .16667, .33333, .125, .375
    "mixed": (
        ([1, 8, 8, 7, 7, 17, 37, 46, 46, 45], [7, 8, 10, 16, 14, INF, 44, INF, INF, INF]),
        [1, 8, 8, 37, 46],
        [7, 8, 10, 44, INF],
        [0.1, 0.2, 0.2, 0.125, 0.375],
        -13.069119,
        (8, 10),
    ),
    # Gentleman and Geyer 1994; likelihood 4/27 twice
    "self-consistent trap": (
        ([0, 1, 1, 0, 0, 2], [1, 3, 3, 2, 2, 3]),
        [0, 1, 2],
        [1, 2, 3],
        [1 / 3, 1 / 3, 1 / 3],
        2 * np.log(4 / 27),
        (1, 2),
    ),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_masses(name):
    (lower, upper), left, right, mass, log_likelihood, median = PUBLISHED[name]
    fit = npmle(lower, upper)
    assert fit.left.tolist() == left
    assert fit.right.tolist() == right
    assert fit.mass == pytest.approx(mass, abs=1e-4)
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=1e-5)
    assert fit.kkt <= 1 + 1e-6
    assert quantile_interval(fit, 0.5) == median


def test_closed_bounds_are_not_used():
    """lifelines 0.30.3 closes the left end: .0493 at 5 and .4597 on [46, 48]."""
    mass = npmle(*RADIOTHERAPY).mass
    assert abs(mass - 0.0493).min() > 1e-3
    assert abs(mass - 0.4597).min() > 1e-3


def test_median_is_an_interval_not_its_middle():
    """R's survfit prints 39.0, the middle of (38, 40]."""
    assert 39.0 not in quantile_interval(npmle(*RADIOTHERAPY), 0.5)


def test_pooled_log_likelihood():
    pooled = [np.concatenate(pair) for pair in zip(RADIOTHERAPY, CHEMOTHERAPY, strict=True)]
    assert npmle(*pooled).log_likelihood == pytest.approx(-136.9638, abs=1e-4)


def test_certificate_rejects_the_self_consistent_curve():
    """(1/2, 0, 1/2) reproduces itself under EM, but the middle interval's ratio is 8/6."""
    rows = collapse([0, 1, 1, 0, 0, 2], [1, 3, 3, 2, 2, 3])
    ratios = ratio(likelihood(innermost(rows), rows.weight), np.array([0.5, 0, 0.5]))
    assert ratios == pytest.approx([1, 8 / 6, 1])


def test_radiotherapy_repeated_2000_times():
    """92,000 rows, the same masses."""
    once = npmle(*RADIOTHERAPY)
    often = npmle(*(np.tile(bounds, 2000) for bounds in RADIOTHERAPY))
    assert often.mass == pytest.approx(once.mass, abs=1e-6)
    assert often.log_likelihood == pytest.approx(-116120.04, abs=0.01)
    assert often.n == 92_000


@pytest.mark.parametrize(
    ("lower", "upper", "left", "right"),
    [
        ([3], [3], [3], [3]),
        ([0], [0], [0], [0]),
        ([0], [INF], [0], [INF]),
        ([5, 5], [INF, INF], [5], [INF]),
        ([0, 0], [4, 4], [0], [4]),
        ([0, 0], [0, INF], [0], [0]),  # (0, inf) says nothing, so it cannot deny a time of 0
    ],
)
def test_one_interval_takes_everything(lower, upper, left, right):
    fit = npmle(lower, upper)
    assert (fit.left.tolist(), fit.right.tolist(), fit.mass.tolist()) == (left, right, [1.0])


def test_exact_time_at_the_open_end_of_another():
    """An exact 4 is outside (4, 8] and inside (0, 4]."""
    fit = npmle([4, 4, 0], [4, 8, 4])
    assert fit.left.tolist() == [4, 4]
    assert fit.right.tolist() == [4, 8]
    assert fit.mass == pytest.approx([2 / 3, 1 / 3])


def test_curve_between_and_inside_intervals():
    fit = npmle([6, 7, 8, 7, 5], [7, 8, 10, 16, 20])
    low, high = cdf_bounds(fit, [0, 6, 6.5, 7, 7.5, 8, 10, INF])
    assert low == pytest.approx([0, 0, 0, 0.25, 0.25, 0.625, 1, 1])
    assert high == pytest.approx([0, 0, 0.25, 0.25, 0.625, 0.625, 1, 1])


def test_quantile_that_is_not_reached():
    fit = npmle([1, 5, 5, 5], [1, INF, INF, INF])
    assert quantile_interval(fit, 0.25) == (1, 1)
    assert quantile_interval(fit, 0.5) == (5, INF)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], []), "no rows"),
        (([1, 4], [2, 3]), r"row 1, \(4, 3\]: lower exceeds upper"),
        (([1, np.nan], [2, 3]), "row 1.*bound is missing"),
        (([INF], [INF]), "lower is infinite"),
        (([1, 2], [2]), "differ in shape"),
        (([1, 2], [2, 3], [1, -1]), "row 1.*weight is negative"),
        (([1, 2], [2, 3], [0, 0]), "all weights are 0"),
    ],
)
def test_bad_rows_are_refused_in_words(arguments, words):
    with pytest.raises(ValueError, match=words):
        npmle(*arguments)


@pytest.mark.parametrize("p", [0, -0.1, 1.1])
def test_quantile_needs_a_probability(p):
    with pytest.raises(ValueError, match="0 < p <= 1"):
        quantile_interval(npmle([1], [2]), p)
