"""Contract of a study's config. Descriptions here are the help of the config file."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from schemas.profile import Closed, checked

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
Action = Literal["stop", "withhold_value", "exclude_case", "warn"]


class Source(Closed):
    """One raw source. Keys beyond these are the format's own selection options."""

    model_config = ConfigDict(extra="allow")
    name: Name = Field(description="Short name, used in the ledger.")
    format: Name = Field(description="csv, or another format that `python -m scripts.ingest --help` lists.")
    path: str = Field(description="File or folder, relative to the study's folder.")


class Policy(Closed):
    """What a finding of each severity does."""

    contract: Literal["stop"] = "stop"
    error: Action = "withhold_value"
    warning: Action = "warn"
    information: Action = "warn"


class Analysis(Closed):
    """Declared conventions; printed beside every number."""

    onset: Literal["first_symptom", "sentinel_sign", "diagnosis"] = "first_symptom"
    clock: Literal["first_dose", "last_dose", "first_exposure"] = "first_dose"
    onset_days: list[int] = Field(default=[2, 4], description="`by study day t` for onset.")
    resolution_days: list[int] = Field(default=[14], description="`within t days` for resolution.")
    level: float = Field(default=0.95, gt=0.5, lt=1, description="Confidence level.")
    quantile_type: Literal[1, 2, 3, 4, 5, 6, 7, 8, 9] = Field(
        default=2, description="Quantile definition after Hyndman and Fan 1996; 2 averages the two middle values."
    )
    day_origin: Literal["difference", "plus_one", "study_day"] = Field(
        default="difference", description="Day number of the first dose in the rows that reproduce other tools."
    )
    same_day: Literal["counted", "excluded"] = Field(
        default="counted", description="Whether an onset on the day of the dose counts in those rows."
    )
    several_rows: Literal["longest", "shortest", "first_row"] = Field(
        default="longest", description="Which of several therapy rows stands for a case in those rows."
    )
    recurrence_threshold: float = Field(
        default=0.1, gt=0, lt=1, description="Recurrence probability above which a reader would worry."
    )


class Config(Closed):
    """A study."""

    series: Name = Field(description="Name of the series and of its folders.")
    profile: str = Field(description="The series profile, relative to the study's folder.")
    sources: list[Source] = Field(min_length=1)
    data_lock: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="Data lock point: nothing later is in the series."
    )
    use_assumed: bool = Field(default=True, description="Use cells whose status is `assumed`.")
    policy: Policy = Policy()
    analysis: Analysis = Analysis()

    @model_validator(mode="after")
    def _distinct_sources(self):
        names = [source.name for source in self.sources]
        if len(set(names)) < len(names):
            raise ValueError("two sources share one name; give each its own")
        return self


def load(path: Path | str) -> Config:
    """Read and check a config; ValueError with one line per fault."""
    return checked(Config, path)
