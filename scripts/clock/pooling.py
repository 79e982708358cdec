"""Times of different origins taken together: whose time stands in one number, and what stays known of the others."""

from collections.abc import Collection

import numpy as np
import pandas as pd


def pooled(times: pd.DataFrame, poolable: Collection[str]) -> pd.DataFrame:
    """All cases, with the times whose origin may be pooled; one origin alone needs no leave, nor does that of more than half
    of the times, which then stands alone where the profile allows to pool no more of them.

    times: `clock`, `lower`, `upper`, `state`, one row per case. poolable: origins that the profile allows to pool. A case of
    another origin keeps its place in the denominator and what is known of it, without its time: a resolution is reported and
    not usable there.
    """
    allowed = times["clock"].isin({"", *_together(times[times["clock"] != ""], poolable)})
    return times.assign(
        lower=times["lower"].where(allowed, 0.0),
        upper=times["upper"].where(allowed, np.inf),
        state=times["state"].mask(~allowed & (times["state"] == "observed"), "not_usable"),
    )


def as_not_resolved(times: pd.DataFrame) -> pd.DataFrame:
    """The cases that an aggregate leaves open taken as not resolved by the limit that it states (`complement_lower`)."""
    unclear = times["complement_lower"].notna()
    return times.assign(
        lower=times["lower"].mask(unclear, times["complement_lower"]),
        state=times["state"].mask(unclear, "not_resolved"),
    )


def origins(times: pd.DataFrame) -> dict[str, int]:
    """What the times are counted from -> in how many cases, the most frequent first.

    times: as of `pooled`. A case still unresolved at a last look has a time; one of which no bound is told has none.
    """
    told = (times["lower"] > 0) | np.isfinite(times["upper"])
    timed = times[times["state"].isin(["observed", "not_resolved"]) & told]
    clock_counts = timed["clock"].value_counts().items()
    return {str(clock): number for clock, number in sorted(clock_counts, key=lambda pair: (-pair[1], pair[0]))}


def _together(times: pd.DataFrame, poolable: Collection[str]) -> set[str]:
    """The origins whose times stand in one number."""
    if times["clock"].nunique() == 1:
        return set(times["clock"])
    clocks = times.loc[times["state"] == "observed", "clock"]
    numbers = clocks.value_counts()
    if len(numbers) and numbers.iloc[0] > max(len(clocks) / 2, clocks.isin(list(poolable)).sum()):
        return {str(numbers.index[0])}
    return set(poolable)
