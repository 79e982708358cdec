"""Bootstrap limits of a quantile of the NPMLE: cases drawn anew, one fit each.

Drawing n cases with replacement gives multinomial weights on the distinct rows, so many equal rows cost no
more than one. Beside the order-statistic limits from 30 cases up, never instead: under inspection times that
follow the event its coverage falls short.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from scripts.analyse.estimators.intervals import Collapsed, Floats, collapse
from scripts.analyse.estimators.npmle import fit, quantile_interval

LEAST_CASES = 30
REPLICATES = 2000
SEED = 20250101


@dataclass(frozen=True)
class BootstrapLimits:
    """Percentile limits: `low` from the left ends, `high` from the right ends of the quantile's intervals.

    `not_reached` is the share of replicates whose interval is open to the right.
    """

    low: float
    high: float
    not_reached: float
    replicates: int


def bootstrap_quantile(
    lower: ArrayLike,
    upper: ArrayLike,
    weights: ArrayLike | None = None,
    p: float = 0.5,
    level: float = 0.95,
    replicates: int = REPLICATES,
    seed: int = SEED,
) -> BootstrapLimits:
    """Percentile limits of the p-quantile. The same rows in any order and the same seed give the same.

    Weights must be whole numbers (cases per row); ValueError otherwise, and for fewer than 1 replicate.
    """
    rows = collapse(lower, upper, weights)
    if replicates < 1:
        raise ValueError(f"{replicates} replicates; at least 1 is needed")
    ends = np.array([quantile_interval(fit(drawn), p) for drawn in _draws(rows, replicates, seed)])
    tail = (1 - level) / 2
    return BootstrapLimits(
        low=_percentile(ends[:, 0], tail),
        high=_percentile(ends[:, 1], 1 - tail),
        not_reached=float(np.isinf(ends[:, 1]).mean()),
        replicates=replicates,
    )


def _draws(rows: Collapsed, replicates: int, seed: int) -> Iterator[Collapsed]:
    """The rows with the weights of each replicate, one at a time so that memory stays that of one."""
    total = int(rows.weight.sum())
    if (rows.weight != np.floor(rows.weight)).any():
        raise ValueError("a bootstrap of cases needs whole numbers as weights")
    random, share = np.random.default_rng(seed), rows.weight / rows.weight.sum()
    for _ in range(replicates):
        yield replace(rows, weight=random.multinomial(total, share).astype(float))


def _percentile(values: Floats, share: float) -> float:
    """The smallest value that at least this share does not exceed; values may be infinite."""
    rank = int(np.ceil(share * values.size - 1e-9))
    return float(np.sort(values)[max(rank, 1) - 1])
