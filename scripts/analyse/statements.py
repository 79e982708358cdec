"""Aggregate statements ("9 of 11 within 14 days") as rows, under both readings of the rest.

The remaining two may be known not to have met it, or be unknown: sources rarely say, and the same words give
82 % or 100 %. Both codings are always made; equal rows carry the multinomial likelihood of the count, so
curves and shapes are those of the statement itself.
"""

import numpy as np
import pandas as pd

from scripts.analyse.npmle import cdf_bounds, npmle

CODINGS = {
    "not_met": "the others had not met it by then: (within, inf)",
    "unknown": "nothing is known of the others: (0, inf)",
}


def expand(count: int, of: int, within: float, after: float = 0.0) -> dict[str, pd.DataFrame]:
    """ "`count` of `of` within `within`" as `of` anonymous rows `lower, upper`, one frame per coding.

    Members known by name must be subtracted from both numbers before. ValueError unless 0 <= count <= of and
    after < within.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of}: needs 0 <= count <= of")
    if not after < within:
        raise ValueError(f"({after:g}, {within:g}]: the interval is empty")
    rest = {"not_met": (within, np.inf), "unknown": (0.0, np.inf)}
    return {coding: _rows([(after, within)] * count + [rest[coding]] * (of - count)) for coding in CODINGS}


def coding_warning(rows: dict[str, pd.DataFrame], t: float) -> str | None:
    """What the codings disagree about at time t, in words; None where their curves agree.

    `rows`: for each coding, all rows of the analysis (`lower, upper`), named cases included.
    """
    shares = {}
    for coding, frame in rows.items():
        fit = npmle(frame["lower"], frame["upper"])
        shares[coding] = tuple(round(float(bound), 6) for bound in cdf_bounds(fit, t))
    if len(set(shares.values())) == 1:
        return None
    return f"the share by {t:g} depends on what is assumed of those not described: " + "; ".join(
        f"{low:.3g} if {CODINGS[coding]}" if low == high else f"{low:.3g} to {high:.3g} if {CODINGS[coding]}"
        for coding, (low, high) in shares.items()
    )


def _rows(bounds: list[tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(bounds, columns=["lower", "upper"], dtype=float)
