"""Contract of results: one long table, unrounded, and the points of curves. Statistics once, layout elsewhere."""

from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

_TEXTS = {
    "analysis": "series, characteristics, onset, resolution, rechallenge ...",
    "set": "membership set",
    "endpoint": "what happened, or the variable counted",
    "clock": "what the time is counted from",
    "coding": "how the unclear complement of an aggregate statement is coded; blank where there is none",
    "group": "all, or a group of the profile",
    "statistic": "name of the number",
    "level": "level of a variable, or the case or source left out",
}
_NUMBERS = {
    "at": "the t of `by day t`, elapsed days; in a profile the shape; else nan",
    "value": "the number; nan where only bounds can be given",
    "lower": "lower bound or limit",
    "upper": "upper bound or limit; inf not reached",
    "n": "cases with the information",
    "n_total": "cases in the group",
}
_LAST = {
    "method": "how it was computed",
    "note": "what a reader must know",
    "population": "the cases of n_total: `populations`",
    "known_population": "those of n",
    "counted_population": "those of the value, where it is a count of cases; blank elsewhere and for none",
}

RESULTS = pa.DataFrameSchema(
    {
        **{name: pa.Column(str, description=words) for name, words in _TEXTS.items()},
        **{name: pa.Column(float, nullable=True, description=words) for name, words in _NUMBERS.items()},
        **{name: pa.Column(str, description=words) for name, words in _LAST.items()},
    },
    name="results",
    title="One number, or one pair of bounds",
    strict=True,
)

CURVES = pa.DataFrameSchema(
    {
        **{
            name: pa.Column(str, description=_TEXTS[name])
            for name in ("analysis", "set", "endpoint", "clock", "coding", "group")
        },
        "lower": pa.Column(float, description="left end of an innermost interval, not included unless exact; days"),
        "upper": pa.Column(float, description="right end, included; inf beyond the last look"),
        "mass": pa.Column(float, description="share of cases in the interval"),
        "cumulative": pa.Column(float, description="share up to and including the interval"),
    },
    name="curves",
    title="One step of a nonparametric maximum likelihood estimate",
    strict=True,
)

TEXT_COLUMNS = (*_TEXTS, *_LAST)


@dataclass(frozen=True)
class Conventions:
    """Declared conventions that every analysis takes and prints (definitions: conventions)."""

    onset: str = "first_symptom"
    clock: str = "first_dose"
    resolution: str = "clinical_resolution"
    onset_days: tuple[int, ...] = (2, 4)
    resolution_days: tuple[int, ...] = (14,)
    poolable_origins: tuple[str, ...] = ()
    level: float = 0.95
    quantile_type: int = 2
    day_origin: str = "difference"
    same_day: str = "counted"
    several_rows: str = "longest"
    data_lock: str = ""
    recurrence_threshold: float = 0.1


@dataclass(frozen=True)
class Derived:
    """The derived tables an analysis reads, with the findings and the ledger for the counts of records."""

    cases: pd.DataFrame
    times: pd.DataFrame
    rechallenges: pd.DataFrame
    tests: pd.DataFrame
    ledger: pd.DataFrame
    findings: pd.DataFrame
