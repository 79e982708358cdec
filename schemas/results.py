"""Contract of results: one long table, unrounded, and the points of curves. Statistics once, layout elsewhere."""

import pandera.pandas as pa
from pydantic import ConfigDict

from schemas.config import Analysis, Settings
from schemas.plain_text import Text
from schemas.profile import Event
from schemas.thresholds import Threshold, threshold

_TEXTS = {
    "analysis": "series, characteristics, onset, resolution, rechallenge ...",
    "set": "membership set",
    "endpoint": "what happened, or the variable counted",
    "clock": "what the time is counted from",
    "coding": "how the unclear complement of an aggregate statement is coded; blank where there is none",
    "group": "all, or a group of the profile",
    "statistic": "name of the number",
    "level": "level of a variable, or the case or source left out",
    "at_unit": "what `at` counts: study_day, d, h or min; blank where `at` is no time",
}
_ENDS = {
    "lower_is": "what `lower` is: exact, a time of a case; day, of a time known to the day; open, not included",
    "upper_is": "what `upper` is: exact, day or open, a bound that is included",
}
_NUMBERS = {
    "at": "the t of `by t`, in `at_unit`; in a profile the shape; else nan",
    "value": "the number; nan where only bounds can be given",
    "lower": "lower bound or limit",
    "upper": "upper bound or limit; inf not reached",
    "flat_from": "of a median: half of the cases surely have it by then; nan where no such stretch is",
    "flat_until": "of a median: the other half surely only after then",
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
        **{column: pa.Column(Text, description=words) for column, words in _TEXTS.items()},
        **{column: pa.Column(float, nullable=True, description=words) for column, words in _NUMBERS.items()},
        **{column: pa.Column(Text, description=words) for column, words in (_ENDS | _LAST).items()},
    },
    name="results",
    title="One number, or one pair of bounds",
    strict=True,
)

CURVES = pa.DataFrameSchema(
    {
        **{
            column: pa.Column(Text, description=_TEXTS[column])
            for column in ("analysis", "set", "endpoint", "clock", "coding", "group")
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

TEXT_COLUMNS = (*_TEXTS, *_ENDS, *_LAST)


class Conventions(Analysis):
    """The section `analysis` of the config, which every analysis takes and prints, and what else a number rests on
    (definitions: conventions).

    resolution        the primary one of the profile
    poolable_origins  origins whose times the profile allows to pool
    data_lock         the data lock point
    """

    model_config = ConfigDict(frozen=True)
    resolution: str = "clinical_resolution"
    poolable_origins: tuple[str, ...] = ()
    data_lock: str = ""

    @property
    def onset_thresholds(self) -> list[Threshold]:
        return [threshold(cell, "study_day") for cell in self.onset_days]

    @property
    def resolution_thresholds(self) -> list[Threshold]:
        return [threshold(cell, "d") for cell in self.resolution_days]


def conventions(settings: Settings, event: Event) -> Conventions:
    """The conventions of a study: its config's, with the profile's event."""
    return Conventions(
        **settings.analysis.model_dump(),
        resolution=event.primary_resolution,
        poolable_origins=tuple(event.poolable_origins),
        data_lock=settings.data_lock,
    )
