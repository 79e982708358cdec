"""Contract of a series profile: what the code must know about one drug-event pair, each fact with its source.

One YAML per series under config/series/. Unknown keys are refused. No code names a drug, an event or a case.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator, model_validator

from schemas import faults, patterns
from schemas.yaml_files import document

Form = TypeVar("Form", bound=BaseModel)


class Closed(BaseModel):
    """A section that refuses keys it does not know, and yes or no where a number is wanted."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth_as_number(cls, value: Any, info: ValidationInfo) -> Any:
        wanted = _types(cls.model_fields[str(info.field_name)].annotation)
        given = value if isinstance(value, list) else [value]
        if wanted & {int, float} and bool not in wanted and any(isinstance(element, bool) for element in given):
            raise ValueError("a number is wanted, not yes or no")
        return value


def _types(annotation: Any) -> set:
    """All types that an annotation names, at any depth, and those of the values it allows."""
    inner = get_args(annotation)
    if inner:
        return {inner_type for part in inner for inner_type in _types(part)}
    return {annotation if isinstance(annotation, type) else type(annotation)}


class Effect(Closed):
    """How long the drug goes on acting after the last dose."""

    at_least: float = Field(description="Lower bound of the duration of the effect.")
    unit: Literal["d", "wk", "mo", "a"]
    words: str
    source: str


class FirstUse(Closed):
    """When the drug was first used in people; no exposure can be earlier."""

    date: str = Field(pattern=patterns.PART_DATE, description="Part dates allowed; in quotation marks.")
    source: str


class UsualInterval(Closed):
    """Usual time between two administrations of a drug, also of a past one."""

    every: float = Field(gt=0)
    unit: Literal["d", "wk", "mo", "a"]
    source: str


class RiskWindow(Closed):
    """For how long after a dose the event would be expected to show itself."""

    days: float = Field(gt=0)
    source: str


class Named(Closed):
    """A section that is no more than a name where a single text stands."""

    name: str

    @model_validator(mode="before")
    @classmethod
    def _name_alone(cls, given: Any) -> Any:
        return {"name": given} if isinstance(given, str) else given


class Drug(Named):
    """The suspect drug."""

    substances: list[str] = Field(
        default=[],
        description="Names that count as the drug, compared without regard to case; left out, the name alone.",
    )
    class_members: list[str] = Field(
        default=[],
        description="Other drugs of the class: one given after the event is counted apart, never a re-exposure.",
    )
    effect: Effect | None = None
    first_used: FirstUse | None = None
    new_exposure_after: UsualInterval | None = Field(
        default=None, description="Time without the drug after which a further line of a message is a new exposure."
    )

    @model_validator(mode="after")
    def _own_name(self) -> "Drug":
        self.substances = self.substances or ([self.name] if self.name else [])
        both = {substance.casefold() for substance in self.substances} & {
            class_member.casefold() for class_member in self.class_members
        }
        if both:
            raise ValueError(f"class_members holds a name of the drug itself: {', '.join(sorted(both))}")
        return self


class Certainty(Closed):
    """Levels of diagnostic certainty; the first level whose conditions hold is the case's."""

    confirmed_by: list[str] = Field(default=[], description="Tests that confirm when they show the event.")
    signs: list[str] = Field(default=[], description="Reaction terms, or tests that show the event.")
    signs_needed: int = Field(default=2, description="How many signs make it probable, with a cause excluded.")
    source: str = ""


class Competing(Closed):
    """One kind of cause that can bring the event about by itself.

    Names are found as whole words, with or without a plural s and without regard to case. A name in capitals is an
    abbreviation: it is looked for in conditions and reactions only, since among treatments it may mean another thing.
    """

    conditions: list[str] = Field(default=[], description="Names of the condition.")
    drugs: list[str] = Field(default=[], description="Names of drugs; prophylaxis with one is its use.")
    why: str
    source: str


class Event(Named):
    """The event and what is not the event."""

    abbreviation: str = ""
    terms: list[str] = Field(
        default=[], description="Reaction terms that meet the case definition; left out, the name alone."
    )
    sentinel_signs: list[str] = Field(default=[], description="The pre-declared hard sign.")
    not_this_event: dict[str, str] = Field(default={}, description="Look-alike term -> why it is left out.")
    competing: dict[str, Competing] = Field(default={}, description="Kind of cause -> its names, and why it is one.")
    certainty: Certainty = Certainty()
    risk_window: RiskWindow | None = Field(
        default=None, description="Left out, the greatest time to onset of the series stands for it."
    )
    primary_resolution: Literal["radiological_resolution", "clinical_resolution"] = "clinical_resolution"
    poolable_origins: list[str] = Field(
        default=[], description="Origins whose resolution times may be pooled, with a footnote."
    )
    pattern: str = ""
    source: str = ""

    @model_validator(mode="after")
    def _own_name(self) -> "Event":
        self.terms = self.terms or ([self.name] if self.name else [])
        return self


class Oxygenation(Closed):
    """Which tests and measures of a case tell how short of oxygen it was; left out where the event has none."""

    saturation_tests: list[str] = Field(
        default=[], description="Tests that give the saturation, without regard to case."
    )
    ventilation_measures: list[str] = Field(
        default=[], description="Words within a measure that make it ventilation, without regard to case."
    )
    source: str = ""


class Analyte(Closed):
    """What a laboratory result of this test may look like."""

    upper: float | None = Field(default=None, description="Usual upper limit in `unit`.")
    lower: float | None = Field(default=None, description="Usual lower limit in `unit`.")
    unit: str
    expected: str = Field(default="", description="A drug effect that makes odd values plausible.")
    source: str


class Schedule(Closed):
    """Label or usual schedule for one group."""

    dose: float
    unit: str
    planned_doses: list[int] = Field(
        min_length=1,
        description="Doses of the first, the second, ... course; the last number holds for all later ones.",
    )
    source: str


class AgeRange(Closed):
    """Ages at which an indication is treated; outside it an age is asked about."""

    lower: float = 0
    upper: float
    source: str


class Profile(Closed):
    """One drug-event series. Only drug and event must be there; every other fact adds a check or a number."""

    title: str = Field(default="", description="Title of the series; left out, drug and event.")
    drug: Drug
    event: Event
    groups: dict[str, list[str]] = Field(
        default={}, description="Group name -> indications as reported, without regard to case; left out, all are one."
    )
    schedules: dict[str, Schedule] = {}
    analytes: dict[str, Analyte] = {}
    oxygenation: Oxygenation = Oxygenation()
    plausible_ages: dict[str, AgeRange] = Field(default={}, description="Group name -> ages in years.")
    usual_intervals: dict[str, UsualInterval] = Field(default={}, description="Drug -> time between administrations.")
    cautions: list[str] = Field(default=[], description="Limits of use that every report of this series prints.")
    abbreviations: dict[str, str] = Field(
        default={}, description="Abbreviation -> its words: the lead writes it out, documents that use it explain it."
    )

    @model_validator(mode="after")
    def _own_title(self) -> "Profile":
        self.title = self.title or f"{self.drug.name} and {self.event.name}"
        return self


def group_names(groups: dict[str, list[str]]) -> dict[str, str]:
    """Indication in small letters -> its group; of several groups that list it the first."""
    return {indication.casefold(): group for group, names in reversed(groups.items()) for indication in names}


def load(path: Path | str) -> Profile:
    """Read and check a profile; ValueError with one line per fault: place, reason."""
    return checked(Profile, path)


def checked(model: type[Form], path: Path | str, change: Callable[[str], str] = str) -> Form:
    """Read a YAML file into `model`, its text changed first; ValueError lists every fault as `file: line: key: reason`."""
    read = document(path, change)
    try:
        return model.model_validate(read.content)
    except ValidationError as error:
        raise ValueError("\n".join(f"{path}: {line}" for line in faults.lines(model, error, read))) from None
