"""Contract of a study's config. Descriptions here are the help of the config file."""

import re
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from schemas import faults, patterns
from schemas.profile import Closed, checked
from schemas.thresholds import Asked

LONGEST_NAME = 80
"""A name becomes a folder or a file with an ending; more may not fit into a path of Windows."""
ACCEPTED = "accepted"
"""The folder beside those of the series, in which accepted runs are kept."""
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE | re.ASCII)


def _not_reserved(file_name: str) -> str:
    if RESERVED.fullmatch(file_name):
        raise ValueError("Windows keeps this name for a device; add a letter")
    return file_name


Name = Annotated[
    str,
    StringConstraints(pattern=patterns.NAME, max_length=LONGEST_NAME),
    AfterValidator(_not_reserved),
]
"""A name that is safe as a file name on every system."""
Action = Literal["stop", "withhold_value", "exclude_case", "warn"]


class Source(Closed):
    """One raw source. Keys beyond these are the format's own selection options."""

    model_config = ConfigDict(extra="allow")
    name: Name = Field(description="Short name, used in the ledger.")
    format: Name = Field(
        description="csv, xlsx, table, or another format: an unknown one is refused with the names of all."
    )
    path: str = Field(description="File or folder, relative to the study's folder.")

    @model_validator(mode="before")
    @classmethod
    def _days_as_text(cls, given: Any) -> Any:
        """A day without quotation marks, as in `period: [2017-04-01, 2017-06-30]`, is a date to YAML: its text is meant."""
        known = cls.model_fields
        return (
            {key: value if key in known else _with_days(value) for key, value in given.items()}
            if isinstance(given, dict)
            else given
        )


def _with_days(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_days(element) for element in value]
    return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value


class Policy(Closed):
    """What a finding of each severity does."""

    contract: Literal["stop", "exclude_record"] | None = Field(
        default=None,
        description="Left out: exclude_record for messages and extracts, which nobody can edit (of a date that is none, withhold_value), stop for tables typed by an analyst.",
    )
    error: Action = Field(default="withhold_value", description="What cannot be, or cannot be used as printed.")
    warning: Action = Field(default="warn", description="What is doubtful.")
    information: Action = Field(default="warn", description="What is worth knowing.")


Endpoint = Literal[
    "first_symptom", "sentinel_sign", "diagnosis", "radiological_resolution", "clinical_resolution", "death"
]
Unit = Literal["min", "h", "d", "wk", "mo", "a"]


class Analysis(Closed):
    """Declared conventions; printed beside every number."""

    onset: Literal["first_symptom", "sentinel_sign", "diagnosis"] = Field(
        default="first_symptom", description="The onset that headlines tell; all three are computed."
    )
    clock: Literal["first_dose", "last_dose", "first_exposure"] = Field(
        default="first_dose", description="What its days are counted from; all three are computed."
    )
    index: Literal["first", "worst"] = Field(
        default="first",
        description="Episode a patient with several stands for, where none is marked in `reactions.index`.",
    )
    onset_days: list[Asked] = Field(
        default=[],
        description="`by study day t` for onset, or with a unit: `within 30 min`, `14 d`; none until you name what fits your event. Study days stand neither in figure nor "
        "in headline of onsets in hours or minutes.",
    )
    resolution_days: list[Asked] = Field(
        default=[14], description="`within t days` for resolution and death, or with a unit."
    )
    whole_days: Literal["calendar", "exact"] = Field(
        default="calendar",
        description="Whether whole days from a dose are counted by the calendar (3 d is study day 4) or as durations.",
    )
    units: dict[Endpoint, Unit] = Field(
        default={}, description="Unit in which an endpoint is shown; left out, the one its times are reported in."
    )
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


Day = Annotated[str, StringConstraints(pattern=patterns.DAY)]


class Sender(Closed):
    """Who sends E2B(R3) messages. Left out, messages carry placeholders and are marked not transmissible."""

    identifier: str = Field(min_length=1, max_length=60, description="Sender's identifier: N.1.3 and N.2.r.2.")
    receiver: str = Field(min_length=1, max_length=60, description="Receiver's identifier: N.1.4 and N.2.r.3.")
    batch_receiver: str = Field(
        default="",
        max_length=60,
        description="Receiver of the batch (N.1.4), where it is another: for the FDA ZZFDA, with the receiver CDER.",
    )
    organisation: Annotated[str, StringConstraints(pattern=patterns.ORGANISATION, max_length=60)] = Field(
        description="Organisation in the case identifiers (C.1.1) and in C.3.2; no dash."
    )
    country: Annotated[str, StringConstraints(pattern=patterns.COUNTRY)] = Field(
        description="Country in the case identifiers: ISO 3166-1 alpha-2."
    )
    kind: Literal[
        "company", "regulator", "health_professional", "regional_centre", "who_centre", "other", "patient"
    ] = Field(description="Sender type: C.3.1, list `sender_type`.")
    documents_available: bool | None = Field(default=None, description="C.1.6.1; left out, an open element.")
    expedited: bool | None = Field(default=None, description="Local criteria, C.1.7; left out, an open element.")


class Period(Closed):
    """Interval of the summary tabulation, both days included."""

    start: Day = Field(description="Its first day.")
    end: Day = Field(description="Its last day.")

    @model_validator(mode="after")
    def _ordered(self) -> "Period":
        if self.end < self.start:
            raise ValueError("the period ends before it starts")
        return self


class Documents(Closed):
    """Which documents are written, and what they need beyond the data."""

    write: Literal["all"] | list[Name] = Field(
        default="all", description="all, or names such as prac_signal_summary, cioms_i, e2b_r3, causality."
    )
    sender: Sender | None = Field(default=None, description="For E2B(R3) messages.")
    period: Period | None = Field(default=None, description="For the interval columns of the summary tabulation.")
    meddra_codes: str = Field(
        default="",
        description="Your own CSV file with the columns term, code and version; never shipped with the project.",
    )
    important_events: str = Field(
        default="",
        description="Your own CSV file with a column term: important medical events, which suggest seriousness where none is stated.",
    )
    figures: str = Field(default="", description="Folder of figures (PNG) to place in the signal summary.")


class Settings(Closed):
    """What a room may be handed of a study, all or a part of it; `schemas.settings` says which room reads what."""

    series: Name | Literal[""] = ""
    profile: str = ""
    sources: list[Source] = Field(default=[])
    data_lock: Day | Literal[""] = Field(default="", description="Data lock point: nothing later is in the series.")
    use_assumed: bool = Field(default=True, description="Use cells whose status is `assumed`.")
    policy: Policy = Policy()
    analysis: Analysis = Analysis()
    tables_also: list[Literal["checklists", "crosswalk"]] = Field(
        default=[], description="Tables made on request: reporting checklists, crosswalk to E2B elements."
    )
    figure_font: str = Field(
        default="",
        description="A TrueType face of this machine for the figures, such as Arial or Liberation Sans; left out, DejaVu Sans.",
    )
    documents: Documents = Documents()
    share: Literal["", "pseudonymous", "public"] = Field(
        default="", description="A copy to share that every run makes: pseudonymous or public; left out, none."
    )


class Config(Settings):
    """A study."""

    series: Name = Field(description="Name of the series and of its folders.")
    profile: str = Field(description="The series profile, relative to the study's folder.")
    sources: list[Source] = Field(min_length=1)
    data_lock: Day = Field(description="Data lock point: nothing later is in the series.")

    @field_validator("series")
    @classmethod
    def _no_folder_of_ours(cls, series_name: str) -> str:
        if series_name.casefold() == ACCEPTED:
            raise ValueError("accepted runs are kept in a folder of this name; choose another")
        return series_name

    @model_validator(mode="after")
    def _distinct_sources(self) -> "Config":
        """Capitals make no difference: on many systems they make none between folders."""
        names = [source.name.casefold() for source in self.sources]
        if twice := next((source_name for source_name in names if names.count(source_name) > 1), ""):
            raise ValueError(f"two sources share one name, '{twice}'; give each its own")
        return self


def faults_of_name(series: str) -> list[str]:
    """What is wrong with the name of a series, one line per fault."""
    least = {"profile": "p", "data_lock": "2000-01-01", "sources": [{"name": "s", "format": "csv", "path": "."}]}
    try:
        Config.model_validate({"series": series, **least})
    except ValidationError as fault:
        return faults.lines(Config, fault)
    return []


def load(path: Path | str) -> Config:
    """Read and check a config; ValueError with one line per fault."""
    return checked(Config, path)
