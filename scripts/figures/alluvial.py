"""Ribbons of an alluvial: how many patients go from each state of one stage to each state of the next.

A stage is a bar as long as the number of patients, cut into states in a fixed order; a ribbon joins the part of a
state that goes on to a state of the next bar. Every patient is in one ribbon between two bars, so nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd


@dataclass(frozen=True)
class Ribbon:
    """`patients` who are in state `before` at `stage` (counted from 0) and `after` at the next one.

    upper, lower: where the ribbon leaves and where it arrives, in patients counted from the left of the bar.
    """

    stage: int
    before: str
    after: str
    patients: int
    upper: int
    lower: int


def ribbons(stages: pd.DataFrame, order: Sequence[str]) -> list[Ribbon]:
    """The ribbons between neighbouring columns of `stages` (one row per patient); ValueError for an unknown state."""
    unknown = sorted(set(stages.to_numpy().ravel()) - set(order))
    if unknown:
        raise ValueError(f"state {unknown[0]!r}; known are {', '.join(order)}")
    names = list(stages.columns)
    return [
        ribbon
        for place, pair in enumerate(pairwise(names))
        for ribbon in _between(place, pd.crosstab(stages[pair[0]], stages[pair[1]]), order)
    ]


def _between(place: int, counts: pd.DataFrame, order: Sequence[str]) -> list[Ribbon]:
    """Leaving in the order of the next states, arriving in the order of the former: neighbours never cross."""
    full = counts.reindex(index=order, columns=order, fill_value=0)
    leaves, stage_ribbons = 0, []
    arrives = dict(zip(order, full.sum().cumsum().shift(fill_value=0), strict=True))
    for before in order:
        for after in order:
            patients = int(full.loc[before, after])
            if patients:
                stage_ribbons.append(Ribbon(place, before, after, patients, leaves, int(arrives[after])))
            leaves, arrives[after] = leaves + patients, arrives[after] + patients
    return stage_ribbons
