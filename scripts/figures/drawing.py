"""What every figure takes and gives."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

ALT_LIMIT = 250


@dataclass(frozen=True)
class Facts:
    """What a figure must know of the series profile and of the declared conventions."""

    drug: str = "the drug"
    event: str = "the event"
    abbreviation: str = ""
    sentinel: str = ""
    resolution: str = "clinical_resolution"
    onset: str = "first_symptom"
    clock: str = "first_dose"
    data_lock: str = ""
    level: float = 0.95
    poolable: tuple[str, ...] = ()

    @property
    def short_event(self) -> str:
        return self.abbreviation or self.event


@dataclass(frozen=True)
class Data:
    """The tables a figure may draw from. It plots and names what they hold; it computes no statistic.

    cases, times, rechallenges, tests   of `derive`
    results, curves                     of `analyse`
    ledger, findings                    of `assemble` and `validate`
    doses, reactions, measured          of the series (measured: its tests), for times no derived table holds; may
                                        be without rows
    """

    cases: pd.DataFrame
    times: pd.DataFrame
    rechallenges: pd.DataFrame
    tests: pd.DataFrame
    results: pd.DataFrame
    curves: pd.DataFrame
    ledger: pd.DataFrame
    findings: pd.DataFrame
    doses: pd.DataFrame = field(default_factory=pd.DataFrame)
    reactions: pd.DataFrame = field(default_factory=pd.DataFrame)
    measured: pd.DataFrame = field(default_factory=pd.DataFrame)
    facts: Facts = field(default_factory=Facts)

    @property
    def main_set(self) -> str:
        """The membership set of the headline numbers: the first of the table of times."""
        return self.times["set"].iloc[0] if len(self.times) else ""

    @property
    def counted(self) -> pd.DataFrame:
        """The cases that count, each once."""
        return self.cases[self.cases["counted"] == "in"]

    def main_times(self, endpoint: str, clock: str | None = None) -> pd.DataFrame:
        """Times of the main set for one endpoint (and clock), in the order of the table."""
        rows = self.times[(self.times["set"] == self.main_set) & (self.times["endpoint"] == endpoint)]
        return rows if clock is None else rows[rows["clock"] == clock]

    def found(self, analysis: str, **wanted: str | float) -> pd.DataFrame:
        """Rows of the results of one analysis whose columns have these values; no rows where there are none."""
        rows = self._by_analysis.get(analysis, self.results.iloc[:0])
        keep = np.ones(len(rows), dtype=bool)
        for column, value in wanted.items():
            keep &= rows[column].to_numpy() == value
        return rows[keep]

    @cached_property
    def _by_analysis(self) -> dict[str, pd.DataFrame]:
        return {str(name): rows for name, rows in self.results.groupby("analysis", sort=False)}


@dataclass(frozen=True)
class Drawing:
    """A finished figure: the picture, its caption and alternative text, and the data plotted in it."""

    figure: Figure
    caption: str
    alt: str
    data: pd.DataFrame

    def __post_init__(self):
        if len(self.alt) > ALT_LIMIT:
            raise ValueError(f"alt text has {len(self.alt)} characters; screen readers get at most {ALT_LIMIT}")
