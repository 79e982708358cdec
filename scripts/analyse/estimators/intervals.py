"""Interval-valued times: what is accepted, which rows are the same, and where probability mass can sit.

An interval is (lower, upper]: open below, closed above.

| lower | upper | meaning                                          |
|-------|-------|--------------------------------------------------|
| 3     | 3     | exactly 3                                        |
| 0     | 4     | after 0, at the latest at 4                      |
| 14    | inf   | not yet at 14 (right-censored)                   |
| 0     | inf   | nothing known (vacuous); holds every time, also 0 |
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Collapsed:
    """Rows that share both bounds, kept once with their summed weight, sorted by (lower, upper).

    `points` are the distinct bounds, finite or not, in ascending order; `lower_rank` and `upper_rank` index
    them. `row` gives, for every original row, the collapsed row it went into.
    """

    points: Floats
    lower_rank: Integers
    upper_rank: Integers
    weight: Floats
    row: Integers

    @property
    def lower(self) -> Floats:
        return self.points[self.lower_rank]

    @property
    def upper(self) -> Floats:
        return self.points[self.upper_rank]


@dataclass(frozen=True)
class Innermost:
    """Turnbull's innermost intervals (left, right], exact where equal, and the run of them each row covers.

    Row i covers the intervals first[i], first[i] + 1, ..., stop[i] - 1: never an empty run.
    """

    left: Floats
    right: Floats
    first: Integers
    stop: Integers


def checked(lower: ArrayLike, upper: ArrayLike, weights: ArrayLike | None = None) -> tuple[Floats, Floats, Floats]:
    """The three columns as float arrays of one length; weights default to 1.

    ValueError, naming the first offending row (counted from 0), for: no rows, unequal lengths, missing
    values, lower > upper, lower of infinity, negative or infinite weights, weights that sum to 0.
    """
    low, high = np.atleast_1d(np.asarray(lower, float)), np.atleast_1d(np.asarray(upper, float))
    weight = np.ones(low.shape) if weights is None else np.atleast_1d(np.asarray(weights, float))
    if not low.shape == high.shape == weight.shape or low.ndim != 1:
        raise ValueError(f"lower, upper and weights differ in shape: {low.shape}, {high.shape}, {weight.shape}")
    if low.size == 0:
        raise ValueError("no rows: an estimate needs at least one interval")
    _refuse(np.isnan(low) | np.isnan(high), "a bound is missing; write inf for an open end", low, high)
    _refuse(low > high, "lower exceeds upper", low, high)
    _refuse(np.isinf(low), "lower is infinite", low, high)
    _refuse(~(np.isfinite(weight) & (weight >= 0)), "the weight is negative, missing or infinite", low, high)
    if not weight.any():
        raise ValueError("all weights are 0: nothing is left to estimate from")
    return low, high, weight


def _refuse(bad: NDArray[np.bool_], why: str, lower: Floats, upper: Floats) -> None:
    if bad.any():
        row = int(bad.argmax())
        raise ValueError(f"row {row}, ({lower[row]:g}, {upper[row]:g}]: {why}")


def vacuous(lower: ArrayLike, upper: ArrayLike) -> NDArray[np.bool_]:
    """True for rows (0, inf), which say nothing about the time."""
    return (np.asarray(lower, float) == 0) & np.isinf(np.asarray(upper, float))


def collapse(lower: ArrayLike, upper: ArrayLike, weights: ArrayLike | None = None) -> Collapsed:
    """Each distinct (lower, upper] once. The order of rows, or splitting one's weight, changes nothing."""
    low, high, weight = checked(lower, upper, weights)
    ranks, points = pd.factorize(np.concatenate([low, high]), sort=True)
    pair = ranks[: low.size] * points.size + ranks[low.size :]
    row, pairs = pd.factorize(pair, sort=True)
    return Collapsed(
        points=np.asarray(points, float),
        lower_rank=pairs // points.size,
        upper_rank=pairs % points.size,
        weight=np.bincount(row, weight).astype(float),
        row=row,
    )


def innermost(rows: Collapsed) -> Innermost:
    """Where the likelihood can place mass: a left end followed by a right end with no other end between them.

    Bounds become integer positions, two per point, so that ends at one point fall in the right order: 2k is
    "at the k-th point", 2k + 1 "just after it". An open left end sits just after its point, others at it.
    """
    start = 2 * rows.lower_rank + ~_closed_below(rows)
    end = 2 * rows.upper_rank
    starts, ends = _distinct(start, 2 * rows.points.size), _distinct(end, 2 * rows.points.size)
    nearest = ends[np.searchsorted(ends, starts)]
    kept = nearest < np.append(starts[1:], 2 * rows.points.size)
    left, right = starts[kept], nearest[kept]
    first, stop = (
        _count_before(left, rows.points.size)[start],
        _count_before(right, rows.points.size)[end + 1],
    )
    return Innermost(rows.points[left // 2], rows.points[right // 2], first, stop)


def _closed_below(rows: Collapsed) -> NDArray[np.bool_]:
    """Exact times contain their lower bound; so does (0, inf), or it would deny an onset at time 0."""
    return (rows.lower_rank == rows.upper_rank) | vacuous(rows.lower, rows.upper)


def _distinct(positions: Integers, size: int) -> Integers:
    """Sorted distinct positions below `size`, by marking instead of sorting."""
    seen = np.zeros(size, bool)
    seen[positions] = True
    return np.flatnonzero(seen)


def _count_before(positions: Integers, points: int) -> Integers:
    """For every position 0 ... 2 * points, how many of the given positions come before it."""
    mark = np.zeros(2 * points, np.int64)
    mark[positions] = 1
    return np.concatenate([[0], np.cumsum(mark)])
