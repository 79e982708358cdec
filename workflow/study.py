"""What a study's config means for the workflow, apart from Snakemake so that tests can ask it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from platform import python_version

from pydantic import ValidationError

from schemas import settings, yaml_files
from schemas.config import ACCEPTED, Config
from schemas.faults import lines
from schemas.packages import PACKAGES
from schemas.settings import leaves
from scripts.files import source_files
from workflow.steps import Step, steps

REPOSITORY = Path(__file__).resolve().parents[1]
ENVIRONMENT = "workflow/envs/rooms.yml"
"""What the rooms need, for conda."""
CODE = (".py", ".j2", ".css", ".js", ".yaml", ".csv", ".txt", ".md")


@dataclass(frozen=True)
class Place:
    """Where a study lies: `home`, from which the paths of its config count, and its folders."""

    home: Path
    series: str

    @property
    def processed(self) -> Path:
        return self.home / "data/processed" / self.series

    @property
    def accepted(self) -> Path:
        """The run that the next report is compared with."""
        return self.home / "data/processed" / ACCEPTED / self.series

    @property
    def results(self) -> Path:
        return self.home / "results" / self.series


def problems(config: dict) -> list[str]:
    """What is wrong with a config, one line per fault: key, reason, value."""
    try:
        Config.model_validate(config)
    except ValidationError as faults:
        return [f"config: {line}" for line in lines(Config, faults)]
    return []


def option_problems(study: Config) -> list[str]:
    """What is wrong with the formats and options of the sources, one line per fault."""
    from scripts.commands.reading import option_faults  # loads pandas, which a run with nothing to do does not need

    return [
        f"source {source.name}: {fault}"
        for source in study.sources
        for fault in option_faults(source.format, source.model_extra or {})
    ]


def faults_of_files(files: Iterable[Path | str]) -> list[str]:
    """What a strict reading refuses in config files, such as a key that stands twice, which Snakemake passes over."""
    messages = []
    for file in files:
        try:
            yaml_files.read(file)
        except ValueError as fault:
            messages.append(str(fault))
    return messages


def folder(config_path: Path, repository: Path = REPOSITORY) -> Path:
    """The folder a study's paths count from: the config's own, or the repository for its own config/."""
    home = config_path.resolve().parent
    return repository if home == (repository / "config").resolve() else home


def code(repository: Path = REPOSITORY) -> dict[str, list[Path]]:
    """The files that each room is made of: its own, the contracts, and all that is no other room's; `publish`: workflow/."""
    scripts = repository / "scripts"
    rooms = [place.parent.name for place in sorted(scripts.glob("*/__main__.py"))]
    paths = [
        file for top in (scripts, repository / "schemas") for file in sorted(top.rglob("*")) if file.suffix in CODE
    ]
    owners = [file.relative_to(scripts).parts[0] if file.is_relative_to(scripts) else "" for file in paths]
    by_room: dict[str, list[Path]] = {"publish": sorted((repository / "workflow").glob("*.py"))}
    for room in rooms:
        by_room[room] = [file for file, owner in zip(paths, owners, strict=True) if owner == room or owner not in rooms]
    return by_room


@cache
def packages() -> dict[str, str]:
    """The versions that a result may depend on."""
    return {"python": python_version()} | {package: metadata.version(package) for package in PACKAGES}


def packages_of(environment: str) -> dict[str, str]:
    """The same of an environment that conda builds from a file of the repository: its versions are not known before."""
    return {environment: sha256((REPOSITORY / environment).read_bytes()).hexdigest()}


def handed(study: Config, step: Step) -> dict:
    """What the config hands to a step: the options of a source, or the keys that the room reads."""
    if step.room == "ingest":
        source = next(source for source in study.sources if source.name == step.source)
        return source.model_dump(mode="json", exclude={"name"})
    return settings.of_room(study, step.room) if step.room in settings.READS else {}


def keys(study: Config, step: Step) -> dict[str, object]:
    """The same as one flat table, key by key, as a person would name them."""
    prefix = f"sources: {step.source}." if step.room == "ingest" else ""
    return {f"{prefix}{key}": value for key, value in leaves(handed(study, step))}


def read_files(study: Config, step: Step, home: Path) -> list[Path]:
    """The study's files that a step reads, by path from `home`; FileNotFoundError where one that the config names is missing."""
    if step.room == "ingest":
        source = next(source for source in study.sources if source.name == step.source)
        named = [home / text for value in (source.model_extra or {}).values() for text in _texts(value)]
        return [*source_files.files(home / source.path), *(file for file in named if os.path.isfile(file))]
    if step.room == "publish":
        return []
    profile = [home / study.profile]
    if step.room == "report":
        accepted = Place(home, study.series).accepted
        return profile + (source_files.files(accepted) if accepted.is_dir() else [])
    if step.room != "documents":
        return profile
    asked = [getattr(study.documents, key.partition(".")[2]) for key in settings.FILES]
    return profile + [file for text in asked if text for file in source_files.files(home / text)]


def _texts(value: object) -> list[str]:
    """The texts of an option, which may name files, as lists of deleted cases do."""
    listed = value if isinstance(value, list) else [value]
    return [text for text in listed if isinstance(text, str) and 0 < len(text) < 4096 and "\0" not in text]


def all_steps(study: Config) -> list[Step]:
    """The steps of a study."""
    return steps(source.name for source in study.sources)
