"""What must not change, or change in step, when the rows are rearranged (definitions: invariances); SurPyval as second opinion."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.analyse.estimators.npmle import Npmle, cdf_bounds, npmle

INF = np.inf
day = st.integers(0, 20)


@st.composite
def cases(draw):
    """1 to 25 rows: exact, interval, left- and right-censored, on whole days, so that ends often touch."""
    rows = []
    for _ in range(draw(st.integers(1, 25))):
        low, width = draw(day), draw(st.sampled_from([0, 1, 2, 5, 12, INF]))
        rows.append((low, low + width if low + width > 0 else 1))
    return np.array(rows, float)


def fitted(rows, weights=None) -> Npmle:
    return npmle(rows[:, 0], rows[:, 1], weights)


def assert_same(first: Npmle, other: Npmle) -> None:
    assert first.left.tolist() == other.left.tolist()
    assert first.right.tolist() == other.right.tolist()
    assert first.mass == pytest.approx(other.mass, abs=1e-6)
    assert first.log_likelihood / first.n == pytest.approx(other.log_likelihood / other.n, abs=1e-8)


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_rows(rows, random):
    shuffled = rows.copy()
    random.shuffle(order := list(range(len(rows))))
    first, other = fitted(rows), fitted(shuffled[order])
    assert first.mass.tolist() == other.mass.tolist()
    assert first.left.tolist() == other.left.tolist()


@settings(max_examples=150, deadline=None)
@given(cases(), st.integers(2, 5))
def test_every_row_repeated(rows, times):
    first, other = fitted(rows), fitted(np.repeat(rows, times, axis=0))
    assert_same(first, other)
    assert other.log_likelihood == pytest.approx(times * first.log_likelihood, abs=1e-6)


@settings(max_examples=150, deadline=None)
@given(cases(), st.sampled_from([0.25, 24.0, 365.25]))
def test_other_unit_of_time(rows, factor):
    first, other = fitted(rows), fitted(rows * factor)
    assert (first.left * factor).tolist() == pytest.approx(other.left.tolist())
    assert first.mass.tolist() == other.mass.tolist()


@settings(max_examples=150, deadline=None)
@given(cases())
def test_row_that_says_nothing(rows):
    """Where several curves are equally likely, either may come out; the likelihood decides."""
    first, other = fitted(rows), fitted(np.vstack([rows, [0, INF]]))
    assert other.log_likelihood == pytest.approx(first.log_likelihood, abs=1e-6)
    assert set(other.left) <= {0, *rows[:, 0]}


@settings(max_examples=150, deadline=None)
@given(cases(), st.floats(0.01, 0.99))
def test_weight_of_a_row_split(rows, share):
    weights = np.ones(len(rows))
    split = np.concatenate([weights, [1 - share]])
    split[0] = share
    assert_same(fitted(rows, weights), fitted(np.vstack([rows, rows[:1]]), split))


@settings(max_examples=150, deadline=None)
@given(cases())
def test_rows_of_weight_zero_are_absent(rows):
    weights = np.concatenate([np.ones(len(rows)), [0]])
    first, other = fitted(rows), fitted(np.vstack([rows, [3, 4]]), weights)
    assert first.mass.tolist() == other.mass.tolist()


@settings(max_examples=200, deadline=None)
@given(cases())
def test_every_fit_is_certified_and_sums_to_one(rows):
    fit = fitted(rows)
    assert fit.kkt <= 1 + 1e-6
    assert fit.mass.sum() == pytest.approx(1, abs=1e-12)
    assert (fit.mass > 0).all()
    assert (fit.left[1:] >= fit.right[:-1]).all()
    low, high = cdf_bounds(fit, np.linspace(-1, 40, 83))
    assert (np.diff(low) >= 0).all()
    assert (low <= high).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(day, st.booleans()), min_size=1, max_size=25))
def test_without_intervals_it_is_kaplan_meier(observed):
    rows = np.array([(time, time if event else INF) for time, event in observed if event or time > 0] or [(1, 1)])
    fit = fitted(rows.astype(float))
    survival = 1.0
    for time in np.unique(rows[np.isfinite(rows[:, 1]), 0]):
        at_risk, events = (rows[:, 0] >= time).sum(), (rows[:, 1] == time).sum()
        survival *= 1 - events / at_risk
        assert cdf_bounds(fit, time)[0] == pytest.approx(1 - survival, abs=1e-7)


def mixed(seed: int, n: int) -> np.ndarray:
    """Weibull times on whole days, 40 % exact, the rest between inspections, some right-censored."""
    random = np.random.default_rng(seed)
    time, gap = np.ceil(20 * random.weibull(1.3, n)), random.integers(1, 15, n)
    start = np.maximum(time - random.integers(1, 15, n), 0)
    rows = np.column_stack([start, np.maximum(start + gap, time)])
    exact = random.random(n) < 0.4
    rows[exact] = time[exact, None]
    late = random.random(n) < 0.2
    rows[late] = np.column_stack([np.maximum(time - 1, 1), np.full(n, INF)])[late]
    return rows


@pytest.mark.parametrize(("seed", "n"), [(seed, n) for n in (3, 8, 15, 40, 300) for seed in range(6)])
def test_surpyval_agrees(seed, n):
    """SurPyval's Turnbull, told to use Kaplan-Meier; its worst difference measured elsewhere was 4e-6."""
    surpyval = pytest.importorskip("surpyval")
    rows = mixed(seed, n)
    left = np.where((rows[:, 0] == 0) & (rows[:, 1] > 0), -INF, rows[:, 0])
    other = surpyval.Turnbull.fit(xl=left, xr=rows[:, 1], turnbull_estimator="Kaplan-Meier")
    fit = fitted(rows)
    ends = fit.right[np.isfinite(fit.right)]
    assert 1 - other.sf(ends) == pytest.approx(cdf_bounds(fit, ends)[0], abs=4e-6)
