"""Coverage of the limits we print, by simulation with a fixed seed: `make simulate`, minutes, not part of the tests.

True times of resolution are Weibull, in days; 40 % are known to the day, the rest only to lie between two scans.
Under `independent` the scans follow their own clock; under `follows recovery` a scan tends to be made because
the patient has recovered, so that recovery lies late in its interval. Writes docs/coverage.md.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from scripts.analyse.bootstrap import bootstrap_quantile
from scripts.analyse.intervals import Floats
from scripts.analyse.order_statistics import quantile, quantile_interval_bounds

SEED = 20250714
CASES = 15
RUNS = 400
REPLICATES = 200
SHAPE, SCALE = 1.2, 10.0
TRUE_MEDIAN = SCALE * np.log(2) ** (1 / SHAPE)
EXACT_SHARE = 0.4
SCHEMES = ("independent", "follows recovery")
PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"


def series(random: np.random.Generator, scheme: str) -> tuple[Floats, Floats]:
    """One series of 15 cases as intervals; a quarter of those scanned are lost before they recover."""
    time = np.maximum(SCALE * random.weibull(SHAPE, CASES), 1e-6)
    scans = np.cumsum(random.exponential(7, (CASES, 40)), axis=1)
    before = (scans < time[:, None]).sum(axis=1)
    row = np.arange(CASES)
    lower = np.where(before > 0, scans[row, np.maximum(before - 1, 0)], 0.0)
    upper = scans[row, np.minimum(before, 39)]
    if scheme == "follows recovery":
        prompted = random.random(CASES) < 0.7
        upper = np.where(prompted, np.minimum(upper, time + random.exponential(1, CASES)), upper)
        lower = np.where(prompted, 0.0, lower)
    lost = random.random(CASES) < 0.1
    upper = np.where(lost & (lower > 0), np.inf, upper)
    exact = random.random(CASES) < EXACT_SHARE
    day = np.ceil(time)
    return np.where(exact, day - 1, lower), np.where(exact, day, upper)


def limits(lower: Floats, upper: Floats, seed: int) -> dict[str, tuple[float, float]]:
    """Limits of the median by each method; the midpoint's are the same ranks on imputed middles."""
    middle = (lower + upper) / 2
    resampled = bootstrap_quantile(lower, upper, replicates=REPLICATES, seed=seed)
    return {
        "order statistics": quantile_interval_bounds(lower, upper),
        "bootstrap NPMLE": (resampled.low, resampled.high),
        "midpoint, order ranks": quantile_interval_bounds(middle, middle),
    }


def coverage(scheme: str) -> pd.DataFrame:
    """`method, coverage, median_width` and the median error of the midpoint median, over all runs."""
    random = np.random.default_rng([SEED, SCHEMES.index(scheme)])
    rows, errors = [], []
    for run in range(RUNS):
        lower, upper = series(random, scheme)
        errors.append(quantile((lower + upper) / 2) - TRUE_MEDIAN)
        for method, (low, high) in limits(lower, upper, SEED + run).items():
            rows.append((method, low <= TRUE_MEDIAN <= high, high - low))
    table = pd.DataFrame(rows, columns=["method", "covers", "width"])
    summary = table.groupby("method", sort=False).agg(coverage=("covers", "mean"), median_width=("width", "median"))
    return summary.reset_index().assign(scheme=scheme, midpoint_error=float(np.median(errors)))
